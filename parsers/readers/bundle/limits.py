"""What a member of a bundle is, and how much is unpacked at most. Nothing is ever written to disk."""

from dataclasses import dataclass

from parsers.document import Unreadable

MOST_BYTES = 64 << 20
MOST_TOGETHER = 256 << 20
MOST_MEMBERS = 2_000
DEEPEST = 3

TOO_LARGE = Unreadable("too-large", "It unpacks to more than 64 MiB; it is no report.")
TOO_DEEP = Unreadable(
    "too-large", f"It is packed more than {DEEPEST} times over; unpack it and give the files."
)


@dataclass(frozen=True, slots=True)
class Member:
    """`content` says why where there is none. In nested bundles the names are joined by `!`."""

    name: str
    content: bytes | Unreadable


@dataclass(slots=True)
class Budget:
    """What may still be unpacked."""

    members: int = MOST_MEMBERS
    room: int = MOST_TOGETHER

    def spend(self, content: bytes) -> None:
        self.members -= 1
        self.room -= len(content)
        if self.members < 0:
            raise Unreadable("too-large", f"The archive holds over {MOST_MEMBERS} files; give them in parts.")
        if self.room < 0:
            raise Unreadable("too-large", "The archive unpacks to over 256 MiB; give its files in parts.")


def encrypted() -> Unreadable:
    return Unreadable("encrypted", "It asks for a password; unpack it and give the files in it.")


def damaged(error: object) -> Unreadable:
    return Unreadable("damaged", f"The archive cannot be unpacked ({error}); get it again.")

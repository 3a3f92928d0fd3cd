"""Archives of documents: ZIP, RAR and 7z. `members` gives what is in them, bundles in bundles included."""

from collections.abc import Iterator

from parsers.document import Document, Unreadable
from parsers.readers.bundle import packed, zipped
from parsers.readers.bundle.limits import DEEPEST, MOST_BYTES, TOO_DEEP, TOO_LARGE, Budget, Member
from parsers.readers.kind import kind_of

BUNDLES = ("zip", "rar", "7z")
_LITTER = ("__MACOSX/", ".DS_Store", "Thumbs.db", "desktop.ini")
"""What operating systems leave in archives beside the files."""


def read(data: bytes) -> Document:
    """A bundle is not one document: it is refused, and `members` is the way in."""
    count = sum(1 for _ in members(data))
    raise Unreadable("bundle", f"This is an archive of {count} files; read them one by one.")


def is_bundle(data: bytes) -> bool:
    try:
        return kind_of(data) in BUNDLES
    except Unreadable:
        return False


def members(data: bytes) -> Iterator[Member]:
    """In the order of the archive. Raises Unreadable where the archive itself cannot be opened or
    unpacks to more than is allowed; what is wrong with one member stands in it."""
    found = _members(data, "", 1, Budget())
    first = next(found, None)
    if first is None:
        raise Unreadable("empty", "The archive holds no files; get it again.")
    yield first
    yield from found


def _members(data: bytes, within: str, depth: int, budget: Budget) -> Iterator[Member]:
    for member in _unpacked(data):
        name, content = within + _printable(member.name), member.content
        if any(litter in name for litter in _LITTER):
            continue
        if isinstance(content, bytes):
            budget.spend(content)
            content = TOO_LARGE if len(content) > MOST_BYTES else content
        if isinstance(content, Unreadable) or not is_bundle(content):
            yield Member(name, content)
        elif depth == DEEPEST:
            yield Member(name, TOO_DEEP)
        else:
            yield from _nested(content, name, depth + 1, budget)


def _nested(data: bytes, name: str, depth: int, budget: Budget) -> Iterator[Member]:
    """A broken archive inside another is one broken member."""
    found = _members(data, f"{name}!", depth, budget)
    while True:
        try:
            member = next(found, None)
        except Unreadable as cause:
            if cause.kind == "too-large":
                raise
            member = Member(name, cause)
        if member is None:
            return
        yield member


def _unpacked(data: bytes) -> Iterator[Member]:
    return zipped.members(data) if kind_of(data) == "zip" else packed.members(data)


def _printable(name: str) -> str:
    return "".join(sign if sign.isprintable() else "�" for sign in name)

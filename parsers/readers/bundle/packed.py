"""Members of RAR and 7z archives, by the system's libarchive, from memory."""

from collections.abc import Iterator
from typing import Any

from parsers.document import Unreadable
from parsers.readers.bundle.limits import MOST_BYTES, Member, encrypted

_RAR_5 = b"Rar!\x1a\x07\x01"


def members(data: bytes) -> Iterator[Member]:
    library = _library()
    format = "7zip" if data.startswith(b"7z") else "rar5" if data.startswith(_RAR_5) else "rar"
    try:
        with library.memory_reader(data, format, "none") as archive:
            for entry in archive:
                if entry.isfile:
                    yield Member(entry.pathname, _content(entry))
    except library.ArchiveError as error:
        raise _why(error) from error


def _library() -> Any:
    try:
        import libarchive  # type: ignore[import-untyped]
    except (AttributeError, OSError, TypeError) as error:
        # What loading a shared library that is not there ends in.
        says = (
            "RAR and 7z need the system library libarchive; install it (Debian: libarchive13) or unpack them."
        )
        raise Unreadable("unsupported", says) from error
    return libarchive


def _content(entry: Any) -> bytes:
    """One byte more than is allowed, where it goes on."""
    held = bytearray()
    for block in entry.get_blocks(1 << 16):
        held += block
        if len(held) > MOST_BYTES:
            break
    return bytes(held)


def _why(error: Exception) -> Unreadable:
    # The whole text of the error has an address in memory in it.
    says = str(getattr(error, "msg", "") or "no reason given")
    if "ncrypt" in says or "assphrase" in says:
        return encrypted()
    # libarchive does not know every way of packing, nor always that a password is asked for.
    return Unreadable(
        "damaged", f"The archive cannot be unpacked ({says}); unpack it and give the files in it."
    )

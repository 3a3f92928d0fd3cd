"""The style sheet of a Word 97 binary: which styles of characters have a property."""

from collections.abc import Collection, Iterator
from struct import unpack_from

from parsers.readers.doc.fib import Binary
from parsers.readers.doc.sprms import sprms

_SHEET = 1
_OF_CHARACTERS = 2
SET, LOWERED = b"\x01", b"\x02"


def with_one(binary: Binary, codes: Collection[int], to: bytes) -> frozenset[int]:
    """The numbers of the styles that set one of these properties so."""
    styles = _of_characters(binary.part(_SHEET))
    return frozenset(number for number, changes in styles if sets_one(changes, codes, to))


def sets_one(changes: bytes, codes: Collection[int], to: bytes) -> bool:
    return any(code in codes and value == to for code, value in sprms(changes))


def _of_characters(sheet: bytes) -> Iterator[tuple[int, bytes]]:
    """Each style's number, and what it changes."""
    if not sheet:
        return
    head, count, base = unpack_from("<3H", sheet)
    at = 2 + head
    for number in range(count):
        (size,) = unpack_from("<H", sheet, at)
        if size and unpack_from("<H", sheet, at + 4)[0] & 0xF == _OF_CHARACTERS:
            (letters,) = unpack_from("<H", sheet, at + 2 + base)
            changes = at + 2 + base + 2 * (letters + 2)
            (length,) = unpack_from("<H", sheet, changes)
            yield number, sheet[changes + 2 : changes + 2 + length]
        at += 2 + size

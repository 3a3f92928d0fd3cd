"""The piece table: the characters of the document in order, and the byte each of them came from."""

from array import array
from dataclasses import dataclass, field
from itertools import pairwise
from struct import iter_unpack, unpack_from

from parsers.document import Unreadable
from parsers.readers.doc.fib import Binary

_CLX = 33
_FORMATTING, _PIECES = 1, 2
_ONE_BYTE = 0x4000_0000
_MOST_CHARACTERS = 8 << 20
_HIGH = {byte: ord(bytes([byte]).decode("cp1252", "replace")) for byte in range(256)}


@dataclass(frozen=True, slots=True)
class Characters:
    """UTF-16 units, and for each its place in the stream."""

    units: "array[int]" = field(default_factory=lambda: array("H"))
    places: "array[int]" = field(default_factory=lambda: array("L"))

    def text(self, chosen: list[int]) -> str:
        units = array("H", (self.units[index] for index in chosen))
        return units.tobytes().decode("utf-16-le", "replace")


def characters(binary: Binary) -> Characters:
    found = Characters()
    for length, place, narrow in _pieces(binary.part(_CLX)):
        if len(found.units) + length > _MOST_CHARACTERS:
            raise Unreadable(
                "too-large", "The Word file holds over eight million characters; it is no report."
            )
        width = 1 if narrow else 2
        held = binary.word[place : place + width * length]
        units = (_HIGH[byte] for byte in held) if narrow else (unit for (unit,) in iter_unpack("<H", held))
        found.units.extend(units)
        found.places.extend(range(place, place + len(held), width))
    return found


def _pieces(clx: bytes) -> list[tuple[int, int, bool]]:
    """Of each piece its length in characters, where it begins, and whether a byte is a character."""
    at = 0
    while clx[at] == _FORMATTING:
        at += 3 + int(unpack_from("<H", clx, at + 1)[0])
    if clx[at] != _PIECES:
        raise Unreadable("damaged", "The Word file has no table of its text; open and save it again in Word.")
    (size,) = unpack_from("<I", clx, at + 1)
    count = (size - 4) // 12
    ends = unpack_from(f"<{count + 1}I", clx, at + 5)
    first = at + 5 + 4 * (count + 1)
    places = [unpack_from("<I", clx, first + 8 * index + 2)[0] for index in range(count)]
    return [
        (end - start, (place & ~_ONE_BYTE) // 2 if place & _ONE_BYTE else place, bool(place & _ONE_BYTE))
        for (start, end), place in zip(pairwise(ends), places, strict=True)
    ]

"""The head of a Word 97 binary: which streams hold its text and where its tables of contents lie."""

from dataclasses import dataclass
from struct import unpack_from

from parsers.document import Unreadable
from parsers.readers.ole import Container

_WORD_97 = 0x00C1
_ENCRYPTED, _SECOND_TABLE = 0x0100, 0x0200
_PAIRS = 0x009A
_COUNTS = 0x004C
_MAIN, _TEXT_BOXES = 0, 6
"""Places of the stories among their lengths; the text boxes come after notes and headers."""


@dataclass(frozen=True, slots=True)
class Binary:
    """`word` holds text and formatting, `table` what says where, `data` what was too long for it."""

    word: bytes
    table: bytes
    data: bytes

    def part(self, index: int) -> bytes:
        """The structure that the head lists in this place."""
        start, length = self.bounds(index)
        return self.table[start : start + length]

    def bounds(self, index: int) -> tuple[int, int]:
        """Where it begins in the table stream, and its length."""
        start, length = unpack_from("<II", self.word, _PAIRS + 8 * index)
        return start, length

    def stories(self) -> tuple[range, range]:
        """The characters of the main text and of the text boxes."""
        lengths = unpack_from("<8i", self.word, _COUNTS)
        first = sum(lengths[:_TEXT_BOXES])
        return range(lengths[_MAIN]), range(first, first + lengths[_TEXT_BOXES])


def opened(data: bytes) -> Binary:
    container = Container(data)
    word = container.stream("WordDocument")
    version, flags = unpack_from("<H", word, 2)[0], unpack_from("<H", word, 0x0A)[0]
    if version < _WORD_97:
        raise Unreadable("unsupported", "This was written by Word 95 or older; save it as .docx.")
    if flags & _ENCRYPTED:
        raise Unreadable("encrypted", "The Word file asks for a password; save it without one.")
    table = container.stream("1Table" if flags & _SECOND_TABLE else "0Table")
    return Binary(word, table, container.stream("Data") if "Data" in container.names() else b"")

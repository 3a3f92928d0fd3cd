"""The numbered lists of a Word binary; they count as those of Word's XML do."""

from collections.abc import Iterator
from struct import unpack_from

from parsers.readers.doc.fib import Binary
from parsers.readers.docx.numbering import Level, List, Numbering

_LISTS, _USES = 73, 74
_LIST_SIZE, _USE_SIZE, _LEVEL_SIZE = 28, 16, 28
_LEVELS = 9
_SIMPLE = 0x01
_START, _WHOLE = 0x10, 0x20
_FORMATS = {
    1: "upperRoman", 2: "lowerRoman", 3: "upperLetter", 4: "lowerLetter", 10: "ideographDigital",
    11: "japaneseCounting", 18: "decimalEnclosedCircle", 23: "bullet", 33: "taiwaneseCounting",
    37: "chineseCounting", 39: "chineseCountingThousand", 255: "none",
}  # fmt: skip


class Lists(Numbering):
    """Counts while it is asked, so ask once a paragraph and in order."""

    def __init__(self, binary: Binary) -> None:
        super().__init__(None, None)
        self._lists = dict(_uses(binary.part(_USES), _lists(binary)))

    def printed(self, use: int, level: int) -> str:
        """What is printed before a paragraph that uses a list; uses count from 1."""
        found = self._lists.get(str(use))
        if found is None or level not in found.levels:
            return ""
        self._count(str(use), found, level)
        return self._printed(found, level)


def _lists(binary: Binary) -> dict[int, dict[int, Level]]:
    """From the id of a list to its levels, which stand behind all lists, outside their part."""
    part = binary.part(_LISTS)
    if len(part) < 2:
        return {}
    start, length = binary.bounds(_LISTS)
    at, found = start + length, {}
    for index in range(max(0, unpack_from("<h", part)[0])):
        first = 2 + _LIST_SIZE * index
        levels = {}
        for level in range(1 if part[first + 26] & _SIMPLE else _LEVELS):
            levels[level], at = _level(binary.table, at)
        found[int(unpack_from("<i", part, first)[0])] = levels
    return found


def _level(table: bytes, at: int) -> tuple[Level, int]:
    start, format = unpack_from("<iB", table, at)
    text = at + _LEVEL_SIZE + table[at + 24] + table[at + 25]
    (length,) = unpack_from("<H", table, text)
    signs = unpack_from(f"<{length}H", table, text + 2)
    printed = "".join(f"%{sign + 1}" if sign < _LEVELS else chr(sign) for sign in signs)
    return Level(start, _FORMATS.get(format, "decimal"), printed), text + 2 + 2 * length


def _uses(part: bytes, lists: dict[int, dict[int, Level]]) -> Iterator[tuple[str, List]]:
    """A use of a list may start a level anew or give it another look."""
    count = max(0, int(unpack_from("<i", part)[0])) if len(part) >= 4 else 0
    at = 4 + _USE_SIZE * count
    for index in range(count):
        first = 4 + _USE_SIZE * index
        (id,) = unpack_from("<i", part, first)
        levels, restarts = dict(lists.get(id, {})), {}
        at += 4
        for _ in range(part[first + 12]):
            start, flags = unpack_from("<ii", part, at)
            at += 8
            if flags & _WHOLE:
                levels[flags & 0xF], at = _level(part, at)
            elif flags & _START:
                restarts[flags & 0xF] = start
        yield str(index + 1), List(str(id), levels, restarts)

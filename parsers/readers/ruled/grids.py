"""Frames filled with characters."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from math import inf

from parsers.document import Box, Cell, Grid
from parsers.readers.ruled.chars import Char
from parsers.readers.ruled.frames import Frame
from parsers.readers.ruled.lines import Printed, adjacent, printed_lines
from parsers.readers.ruled.turn import Matrix, moved

_NUMERIC = frozenset("0123456789.,")
_LONG_NUMBER = re.compile(r"[0-9]{4,}")
_DIGITS = re.compile(r"[0-9]+")
_BESIDE_LINE = 0.15
_LEADING = 1.5
_LOOSER = 0.04
"""Part of a digit's height by which the gap between two numbers is wider than one within a number."""
_PADDING = 12.0


@dataclass(frozen=True, slots=True)
class Table:
    """A grid with what only its page knows: the edges of its columns, and for each cell how many
    characters would still have fitted in its last line."""

    grid: Grid
    edges: tuple[float, ...]
    room: tuple[float, ...]


def filled(frame: Frame, chars: Sequence[Char], page: int, shown: Matrix) -> Table:
    """`chars` are those within the frame, in the order of the file."""
    inside: list[list[Char]] = [[] for _ in frame.areas]
    for run in _runs(chars):
        if len(run) == 1:  # nearly all
            _, left, top, right, bottom = run[0]
            inside[_place(frame, (left + right) / 2, (top + bottom) / 2)].append(run[0])
        else:
            for char, place in zip(run, _places(frame, run), strict=True):
                inside[place].append(char)
    cells, room = [], []
    printed = [printed_lines(held) for held in inside]
    stacked = _stacked(frame, printed)
    for area, lines in zip(frame.areas, printed, strict=True):
        box = frame.area_box(area)
        text = "\n".join(line.text for line in lines) if area.row in stacked else _text(lines, box)
        cells.append(Cell(text, area.row, area.column, area.height, area.width, page, moved(box, shown)))
        room.append((box.right - lines[-1].right) / lines[-1].pitch if lines else inf)
    return Table(Grid(tuple(cells)), frame.xs, tuple(room))


def _stacked(frame: Frame, printed: Sequence[Sequence[Printed]]) -> set[int]:
    """Rows in which most numbers stand below others: the line between two rows is missing, and none of
    them is one number that its cell has broken."""
    depths: dict[int, list[bool]] = {}
    for area, lines in zip(frame.areas, printed, strict=True):
        if lines and all(_DIGITS.fullmatch(line.text) for line in lines):
            depths.setdefault(area.row, []).append(len(lines) > 1)
    return {row for row, deep in depths.items() if sum(deep) * 2 > len(deep)}


def _runs(chars: Sequence[Char]) -> list[list[Char]]:
    """Characters one by one, the digits of one number together."""
    runs: list[list[Char]] = []
    for char in chars:
        if char.text in _NUMERIC and runs and _of_one_number(runs[-1][-1], char):
            runs[-1].append(char)
        else:
            runs.append([char])
    return runs


def _of_one_number(first: Char, second: Char) -> bool:
    return first.text in _NUMERIC and adjacent(first, second)


def _places(frame: Frame, run: list[Char]) -> list[int]:
    """The cell of each character. A number too wide for its cell stays whole, in the cell around its
    middle; but where the line passes between two digits they are two numbers."""
    places = [_place(frame, (left + right) / 2, (top + bottom) / 2) for _, left, top, right, bottom in run]
    if len(set(places)) == 1 or _parted(frame, run):
        return places
    middle = _place(frame, (run[0].left + run[-1].right) / 2, (run[0].top + run[0].bottom) / 2)
    return [middle] * len(run)


def _parted(frame: Frame, run: list[Char]) -> bool:
    crossed = [x for x in frame.xs if run[0].left < x < run[-1].right]
    gaps = [(second.left - first.right, first.right, second.left) for first, second in pairwise(run)]
    widest = min(gap for gap, _, _ in gaps) + _LOOSER * (run[0].bottom - run[0].top)
    return all(
        any(abs(char.right - x) < _BESIDE_LINE * (char.right - char.left) for char in run)
        or any(gap > widest and left <= x <= right for gap, left, right in gaps)
        for x in crossed
    )


def _place(frame: Frame, x: float, y: float) -> int:
    place = frame.at(x, y)
    if place is None:
        raise ValueError(f"character at {x:.1f}, {y:.1f} outside its frame {frame.box}")
    return place


def _text(lines: list[Printed], cell: Box) -> str:
    """The lines of a cell; a number broken because its cell was full is put together again."""
    text = lines[0].text if lines else ""
    for above, line in pairwise(lines):
        text += line.text if _broken(above, line, cell) else "\n" + line.text
    return text


def _broken(above: Printed, line: Printed, cell: Box) -> bool:
    if not (_LONG_NUMBER.fullmatch(above.text) and _DIGITS.fullmatch(line.text)):
        return False
    width = above.right - above.left
    free = cell.right - cell.left - width
    return line.top - above.top < _LEADING * above.pitch and free < _PADDING + width / len(above.text)

"""What is printed on a sheet: specks of ink put together to lines, in cells and around tables."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

import cv2
import numpy as np

from parsers.readers.ruled.frames import Frame
from parsers.readers.scan.paper import Gray, Sheet
from parsers.readers.scan.rulings import Ruled

_LEAST_AREA = 0.35
_SIGN = 2.3
"""Points: what is shorter both ways is a dot of a letter or dirt."""
_APART = 0.8
_WORDS_APART = 30.0
_LARGEST = 60.0


class Speck(NamedTuple):
    """A piece of ink that hangs together, in dots."""

    left: int
    top: int
    right: int
    bottom: int
    area: int

    @property
    def height(self) -> int:
        return self.bottom - self.top

    @property
    def width(self) -> int:
        return self.right - self.left


@dataclass(frozen=True, slots=True)
class Strip:
    """One printed line. `specks` from left to right."""

    specks: tuple[Speck, ...]

    @property
    def left(self) -> int:
        return min(speck.left for speck in self.specks)

    @property
    def top(self) -> int:
        return min(speck.top for speck in self.specks)

    @property
    def right(self) -> int:
        return max(speck.right for speck in self.specks)

    @property
    def bottom(self) -> int:
        return max(speck.bottom for speck in self.specks)


@dataclass(frozen=True, slots=True)
class Held:
    """What a cell holds: its lines, and whether there is ink in it that makes none."""

    strips: tuple[Strip, ...]
    dirty: bool


@dataclass(frozen=True, slots=True)
class Print:
    """`bare` is the sheet without the rules of its tables, `ink` its ink; `cells` has one entry for
    each area of each table."""

    bare: Gray
    ink: Gray
    cells: tuple[tuple[Held, ...], ...]
    outside: tuple[Strip, ...]


def printed(sheet: Sheet, ruled: Ruled) -> Print:
    mask = cv2.dilate(ruled.lines, np.ones((3, 3), np.uint8))
    bare: Any = sheet.gray.copy()
    bare[mask > 0] = int(np.percentile(sheet.gray[::4, ::4], 60))
    ink: Any = sheet.ink.copy()
    ink[mask > 0] = 0
    inside: list[list[list[Speck]]] = [[[] for _ in table.areas] for table in ruled.tables]
    outside: list[Speck] = []
    for speck in _specks(ink, sheet.unit):
        _placed(speck, ruled.tables, sheet.unit, inside, outside)
    cells = tuple(tuple(_held(specks, sheet.unit) for specks in table) for table in inside)
    return Print(bare, ink, cells, tuple(_lines_outside(outside, sheet.unit)))


def _specks(ink: Gray, unit: float) -> list[Speck]:
    _, _, stats, _ = cv2.connectedComponentsWithStats(ink, connectivity=8)
    least = max(3.0, _LEAST_AREA * unit * unit)
    return [
        Speck(left, top, left + width, top + height, area)
        for left, top, width, height, area in stats[1:].tolist()
        if area >= least and max(width, height) < _LARGEST * unit
    ]


def _placed(
    speck: Speck,
    tables: Sequence[Frame],
    unit: float,
    inside: list[list[list[Speck]]],
    outside: list[Speck],
) -> None:
    x, y = (speck.left + speck.right) / 2 / unit, (speck.top + speck.bottom) / 2 / unit
    for table, held in zip(tables, inside, strict=True):
        place = table.at(x, y)
        if place is not None:
            held[place].append(speck)
            return
    outside.append(speck)


def _held(specks: list[Speck], unit: float) -> Held:
    lines = [line for line in _levels(specks, unit) if _is_print(line, unit)]
    left_over = sum(speck.area for speck in specks) - sum(s.area for line in lines for s in line)
    return Held(tuple(_strip(line) for line in lines), left_over > 3 * unit * unit)


def _is_print(line: Iterable[Speck], unit: float) -> bool:
    return any(max(speck.height, speck.width) >= _SIGN * unit for speck in line)


def _strip(specks: Iterable[Speck]) -> Strip:
    return Strip(tuple(sorted(specks)))


def _levels(specks: list[Speck], unit: float) -> list[list[Speck]]:
    """Specks in lines from the top down: where no ink is for a hair's breadth a new line begins."""
    levels: list[list[Speck]] = []
    bottom = 0.0
    for speck in sorted(specks, key=lambda speck: speck.top):
        if levels and speck.top < bottom + _APART * unit:
            levels[-1].append(speck)
            bottom = max(bottom, speck.bottom)
        else:
            levels.append([speck])
            bottom = speck.bottom
    return levels


def _lines_outside(specks: list[Speck], unit: float) -> list[Strip]:
    signs = [line for line in _levels(specks, unit) if _is_print(line, unit)]
    return [_strip(part) for line in signs for part in _parts(sorted(line), unit)]


def _parts(line: list[Speck], unit: float) -> list[list[Speck]]:
    """A line cut where a wide gap parts two columns."""
    parts: list[list[Speck]] = [[line[0]]]
    reach = line[0].right
    for speck in line[1:]:
        if speck.left > reach + _WORDS_APART * unit:
            parts.append([])
        parts[-1].append(speck)
        reach = max(reach, speck.right)
    return [part for part in parts if _is_print(part, unit)]

"""A sheet read: its lines and tables, each figure with what there is to judge it by."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import inf

import cv2
import numpy as np

from parsers.document import Box, Cell, Line
from parsers.readers.ruled.frames import Area, Frame
from parsers.readers.scan.engine import Engine, Look
from parsers.readers.scan.figures import DOUBTFUL, UNREAD, Figure, may_be_figure
from parsers.readers.scan.glyphs import glyphs_of
from parsers.readers.scan.paper import Gray, Sheet, sheet_of
from parsers.readers.scan.print import Held, Print, Strip, printed
from parsers.readers.scan.rulings import ruled

_MARGIN = 0.15
_BESIDE = 0.3
_OTHER_MARGIN = 0.25
_TRUSTED = 0.93
_TRIALS = 8
_WORDS = 10
_SIDE = 0.7


@dataclass(frozen=True, slots=True)
class DraftCell:
    cell: Cell
    room: float
    figure: Figure | None


@dataclass(frozen=True, slots=True)
class DraftTable:
    edges: tuple[float, ...]
    cells: tuple[DraftCell, ...]


Draft = Line | DraftTable


@dataclass(frozen=True, slots=True)
class Laid:
    """A sheet with its tables and all that is printed on it."""

    sheet: Sheet
    tables: tuple[Frame, ...]
    seen: Print

    @property
    def strips(self) -> list[Strip]:
        inside = [strip for table in self.seen.cells for held in table for strip in held.strips]
        return [*inside, *self.seen.outside]

    @property
    def tall(self) -> float:
        """The height of most lines."""
        return float(np.median([strip.bottom - strip.top for strip in self.strips] or [1]))


def read_sheet(gray: Gray, points: float, number: int, engine: Engine) -> list[Draft]:
    """The blocks of page `number` in reading order. `points` is the length of its longer side."""
    laid = _laid(gray, points)
    looks = _looks(laid, laid.strips, engine)
    if _trust(looks) < _TRUSTED:
        laid = _upright(gray, points, laid, engine)
        looks = _looks(laid, laid.strips, engine)
    reader = _Reader(laid, dict(zip(laid.strips, looks, strict=True)), engine, number)
    placed: list[tuple[float, Draft]] = [
        (frame.ys[0] * laid.sheet.unit, reader.table(frame, held))
        for frame, held in zip(laid.tables, laid.seen.cells, strict=True)
    ]
    placed.extend((strip.top, line) for strip, line in reader.lines())
    return [block for _, block in sorted(placed, key=lambda block: block[0])]


def _laid(gray: Gray, points: float, quarters: int = 0) -> Laid:
    sheet = sheet_of(gray, points, quarters)
    found = ruled(sheet)
    return Laid(sheet, found.tables, printed(sheet, found))


def _looks(laid: Laid, strips: Sequence[Strip], engine: Engine) -> list[Look]:
    tall = laid.tall
    return engine.read([_cut(laid.seen.bare, strip, tall) for strip in strips])


def _upright(gray: Gray, points: float, laid: Laid, engine: Engine) -> Laid:
    """The page turned so that the engine can read it: as it is, unless a trial says otherwise."""
    tried = [laid, *(_laid(gray, points, quarters) for quarters in (1, 2, 3))]
    return max(tried, key=lambda turned: _trust(_looks(turned, _samples(turned), engine)))


def _samples(laid: Laid) -> list[Strip]:
    """The beginnings of some lines of words."""
    reach = _WORDS * laid.tall
    widest = sorted(laid.strips, key=lambda strip: -min(strip.right - strip.left, reach))
    return [_begun(strip, reach) for strip in widest[:_TRIALS]]


def _begun(strip: Strip, reach: float) -> Strip:
    return Strip(tuple(s for s in strip.specks if s.right < strip.left + reach) or strip.specks)


def _trust(looks: Sequence[Look]) -> float:
    """How well the engine can read this; 1 where nothing is printed."""
    signs = sum(len(look.text) or 1 for look in looks)
    return sum(look.mean * (len(look.text) or 1) for look in looks) / signs if signs else 1.0


@dataclass(frozen=True, slots=True)
class _Reader:
    laid: Laid
    looks: Mapping[Strip, Look]
    engine: Engine
    number: int

    def lines(self) -> list[tuple[Strip, Line]]:
        """Looked at once, and no cell says where a number in them ends: none is certain."""
        read = [(strip, self.looks[strip]) for strip in self.laid.seen.outside]
        return [
            (strip, Line(look.text, self.number, self._place(strip), DOUBTFUL))
            for strip, look in read
            if look.text.strip()
        ]

    def table(self, frame: Frame, held: Sequence[Held]) -> DraftTable:
        areas = list(zip(frame.areas, held, strict=True))
        single = [
            (cell.strips[0], frame.area_box(area))
            for area, cell in areas
            if len(cell.strips) == 1 and may_be_figure(self.looks[cell.strips[0]].text)
        ]
        figures = self._figures(single)
        cells = [self._cell(frame, area, cell, figures) for area, cell in areas]
        return DraftTable(frame.xs, tuple(cells))

    def _cell(self, frame: Frame, area: Area, held: Held, figures: Mapping[Strip, Figure]) -> DraftCell:
        box = frame.area_box(area)
        looks = [self.looks[strip] for strip in held.strips]
        figure = figures.get(held.strips[0]) if held.strips else None
        text = figure.text if figure else "\n".join(look.text for look in looks if look.text)
        if not text and (looks or held.dirty):
            text = UNREAD
        sure = min((look.mean for look in looks), default=0.0 if held.dirty else 1.0)
        unit = self.laid.sheet.unit
        place = self.laid.sheet.place(box.left * unit, box.top * unit, box.right * unit, box.bottom * unit)
        cell = Cell(text, area.row, area.column, area.height, area.width, self.number, place, sure)
        return DraftCell(cell, self._room(box, held), figure)

    def _room(self, box: Box, held: Held) -> float:
        if not held.strips:
            return inf
        last = held.strips[-1]
        return (box.right * self.laid.sheet.unit - last.right) / max(1, last.bottom - last.top)

    def _figures(self, found: Sequence[tuple[Strip, Box]]) -> dict[Strip, Figure]:
        """Each looked at a second time, in black and white and cut otherwise."""
        paper: Gray = cv2.GaussianBlur(255 - self.laid.seen.ink, (3, 3), 0)
        tall, unit = self.laid.tall, self.laid.sheet.unit
        strips = [strip for strip, _ in found]
        second = self.engine.read([_cut(paper, strip, tall, _OTHER_MARGIN) for strip in strips])
        signs = glyphs_of(strips, self.laid.seen.bare)
        return {
            strip: Figure(self.looks[strip], look, glyphs, edged=_edged(strip, box, unit))
            for (strip, box), look, glyphs in zip(found, second, signs, strict=True)
        }

    def _place(self, strip: Strip) -> Box:
        return self.laid.sheet.place(strip.left, strip.top, strip.right, strip.bottom)


def _edged(strip: Strip, box: Box, unit: float) -> bool:
    """Does it reach so near to a side of its cell that something of it may be beyond?"""
    return strip.left < (box.left + _SIDE) * unit or strip.right > (box.right - _SIDE) * unit


def _cut(gray: Gray, strip: Strip, tall: float, margin: float = _MARGIN) -> Gray:
    """A strip with paper around it, never so low that a dash would fill it."""
    height = max(strip.bottom - strip.top, tall)
    middle, half = (strip.top + strip.bottom) / 2, height * (0.5 + margin)
    beside = height * _BESIDE
    top, left = max(0, int(middle - half)), max(0, int(strip.left - beside))
    return gray[top : int(middle + half) + 1, left : int(strip.right + beside) + 1]

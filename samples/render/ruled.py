"""A ruled table on pages: rows flow, a page may end inside a merged cell."""

from dataclasses import dataclass
from functools import cached_property
from typing import Protocol

from parsers.document import Cell, Grid

LINE, SIDE = 4.6, 1.2


class Paper(Protocol):
    """What is drawn on, in millimetres from the top left corner; a page at a time."""

    h: float
    t_margin: float
    b_margin: float
    l_margin: float

    def add_page(self) -> None: ...
    def get_y(self) -> float: ...
    def set_xy(self, x: float, y: float) -> None: ...
    def get_string_width(self, s: str) -> float: ...
    def text(self, x: float, y: float, text: str) -> None: ...
    def line(self, x1: float, y1: float, x2: float, y2: float) -> None: ...


@dataclass(frozen=True)
class Sheet:
    """The `head` rows stay together with the row after them; where `repeated`, they stand again on
    every further page. With `open_break` there is no rule where a page cuts the table. `pad` is what
    a row has above and below its text."""

    grid: Grid
    widths: tuple[float, ...]
    head: int
    pad: float = 1.2
    repeated: bool = False
    open_break: bool = False

    @cached_property
    def edges(self) -> tuple[float, ...]:
        return tuple(sum(self.widths[:column]) for column in range(len(self.widths) + 1))

    def width(self, cell: Cell) -> float:
        return self.edges[cell.column + cell.width] - self.edges[cell.column]


@dataclass(frozen=True, slots=True)
class Slice:
    """The rows `first` to before `last` on one page; `edges` are their rules from the top down."""

    first: int
    last: int
    edges: tuple[float, ...]

    def part(self, cell: Cell) -> tuple[float, float] | None:
        """Top and bottom of what is on this page of a cell."""
        top, bottom = max(cell.row, self.first), min(cell.row + cell.height, self.last)
        if top >= bottom:
            return None
        return self.edges[top - self.first], self.edges[bottom - self.first]


def draw(page: Paper, sheet: Sheet) -> None:
    """From the page's present height on; afterwards that height is below the table."""
    lines = {cell: _wrapped(page, cell.text, sheet.width(cell)) for cell in sheet.grid.cells}
    heights = _heights(sheet, lines)
    if page.get_y() + sum(heights[: sheet.head + 1]) > page.h - page.b_margin:
        page.add_page()
    pages = _slices(page, heights, sum(heights[: sheet.head]) if sheet.repeated else 0.0)
    widest = {cell: max(pages, key=lambda piece: _extent(piece, cell)) for cell in sheet.grid.cells}
    for number, piece in enumerate(pages):
        if number:
            page.add_page()
            _head(page, sheet, heights, lines)
        for cell in sheet.grid.cells:
            part = piece.part(cell)
            if part:
                shown = lines[cell] if widest[cell] is piece else ()
                _cell(page, sheet, cell, part, shown)
                _rules(page, sheet, cell, part, piece)
    page.set_xy(page.l_margin, pages[-1].edges[-1])


def _head(page: Paper, sheet: Sheet, heights: list[float], lines: dict[Cell, tuple[str, ...]]) -> None:
    if not sheet.repeated:
        return
    head = _slice(page.t_margin, heights, 0, sheet.head)
    for cell in sheet.grid.cells:
        part = head.part(cell)
        if part:
            _cell(page, sheet, cell, part, lines[cell])
            _rules(page, sheet, cell, part, head)


def _heights(sheet: Sheet, lines: dict[Cell, tuple[str, ...]]) -> list[float]:
    """Each row as high as its highest cell; a cell over several rows makes its last one higher."""
    heights = [LINE + 2 * sheet.pad] * sheet.grid.height
    for cell in sorted(sheet.grid.cells, key=lambda cell: cell.height):
        needed = len(lines[cell]) * LINE + 2 * sheet.pad
        rows = range(cell.row, cell.row + cell.height)
        heights[rows[-1]] += max(0.0, needed - sum(heights[row] for row in rows))
    return heights


def _slices(page: Paper, heights: list[float], head: float) -> list[Slice]:
    bottom = page.h - page.b_margin
    pages, first, top, used = [], 0, page.get_y(), page.get_y()
    for row, height in enumerate(heights):
        if used + height > bottom:
            pages.append(_slice(top, heights, first, row))
            first, top = row, page.t_margin + head
            used = top
        used += height
    return [*pages, _slice(top, heights, first, len(heights))]


def _slice(top: float, heights: list[float], first: int, last: int) -> Slice:
    edges = tuple(top + sum(heights[first:row]) for row in range(first, last + 1))
    return Slice(first, last, edges)


def _extent(piece: Slice, cell: Cell) -> float:
    part = piece.part(cell)
    return part[1] - part[0] if part else 0.0


def _wrapped(page: Paper, text: str, width: float) -> tuple[str, ...]:
    lines, line, used = [], "", 0.0
    for sign in text:
        wide = page.get_string_width(sign)
        if line and used + wide > width - 2 * SIDE:
            lines.append(line)
            line, used = "", 0.0
        line, used = line + sign, used + wide
    return (*lines, line) if line else tuple(lines)


def _cell(page: Paper, sheet: Sheet, cell: Cell, part: tuple[float, float], lines: tuple[str, ...]) -> None:
    left, width = page.l_margin + sheet.edges[cell.column], sheet.width(cell)
    top = part[0] + (part[1] - part[0] - len(lines) * LINE) / 2
    for number, line in enumerate(lines):
        indent = (width - page.get_string_width(line)) / 2
        page.text(left + indent, top + (number + 0.78) * LINE, line)


def _rules(page: Paper, sheet: Sheet, cell: Cell, part: tuple[float, float], piece: Slice) -> None:
    left = page.l_margin + sheet.edges[cell.column]
    right = left + sheet.width(cell)
    top, bottom = part
    page.line(left, top, left, bottom)
    page.line(right, top, right, bottom)
    if cell.row >= piece.first or not sheet.open_break:
        page.line(left, top, right, top)
    if cell.row + cell.height <= piece.last or not sheet.open_break:
        page.line(left, bottom, right, bottom)

"""A row that a page break cuts in two is put together: its label goes on above empty cells, or its
numbers stand on the other page."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from parsers.document import Cell, Grid, Line
from parsers.readers.ruled.grids import Table

_PAGE_NUMBER = re.compile(r"[\s\-‐-―－—·.第共页/0-9]*")
_NUMBER = re.compile(r"[\s0-9.,，．０-９+\-—－/]+")
_BEGINS = re.compile(
    r"\s*(?:[（(]?[一二三四五六七八九十]+[）)、.．]|[（(]?\d+[）).、．]|第[一二三四五六七八九十]+)"
)
_FULL = 1.6
"""Room for characters in a line that was broken for want of it, the cell's margin included."""
_SAME_EDGE, _SAME_WIDTH = 3.0, 0.03

Blocks = list[Line | Table]


def join_split_rows(pages: Sequence[Blocks]) -> None:
    """Mends the pages in place."""
    for upper, lower in pairwise(pages):
        above, below = _table_at_end(upper[::-1]), _table_at_end(lower)
        if not (above and below and _join(upper, above, lower, below)):
            _doubt_halves(upper, lower)


def _table_at_end(blocks: Blocks) -> Table | None:
    """The first table, where nothing but a page number stands before it."""
    for block in blocks:
        if isinstance(block, Table):
            return block
        if not _PAGE_NUMBER.fullmatch(block.text):
            return None
    return None


def _join(upper: Blocks, above: Table, lower: Blocks, below: Table) -> bool:
    """Done, if they share a row that can be told."""
    if not _same_columns(above, below):
        return False
    pairs = _pairs(above, below.grid)
    if not pairs or not all(pair.goes_on for pair in pairs) or not any(pair.low.text for pair in pairs):
        return False
    whole = {pair.high: pair.whole for pair in pairs}
    cells = tuple(whole.get(cell, cell) for cell in above.grid.cells)
    upper[upper.index(above)] = replace(above, grid=Grid(cells))
    rest = _without_first_row(below)
    place = lower.index(below)
    lower[place : place + 1] = [rest] if rest.grid.cells else []
    return True


@dataclass(frozen=True, slots=True)
class _Pair:
    """A cell that ends at the page break and the one below it that may be its other half."""

    high: Cell
    low: Cell
    room: float

    @property
    def goes_on(self) -> bool:
        if not self.high.text or not self.low.text:
            return True
        if _NUMBER.fullmatch(self.high.text) or _NUMBER.fullmatch(self.low.text):
            return False
        return self.room <= _FULL and not _BEGINS.match(self.low.text)

    @property
    def whole(self) -> Cell:
        if not self.high.text:
            return replace(self.high, text=self.low.text, page=self.low.page, box=self.low.box)
        return replace(self.high, text="\n".join(filter(None, (self.high.text, self.low.text))))


def _pairs(above: Table, lower: Grid) -> list[_Pair]:
    """Empty where a cell of the lower row has none of its width above it."""
    last = above.grid.height
    ends = {
        (cell.column, cell.width): (cell, room)
        for cell, room in zip(above.grid.cells, above.room, strict=True)
        if cell.row + cell.height == last
    }
    first = [cell for cell in lower.cells if cell.row == 0]
    if any((cell.column, cell.width) not in ends for cell in first):
        return []
    pairs = ((*ends[cell.column, cell.width], cell) for cell in first if cell.height == 1)
    return [_Pair(high, low, room) for high, room, low in pairs]


def _doubt_halves(upper: Blocks, lower: Blocks) -> None:
    """What was not joined may all the same be two halves of a row, even where the table on one of the pages
    was not seen. Where an engine saw them, neither the numbers of the one nor the emptiness of the other is
    then certain."""
    above = next((block for block in reversed(upper) if isinstance(block, Table)), None)
    below = next((block for block in lower if isinstance(block, Table)), None)
    height = above.grid.height if above else 0
    last = [c for c in above.grid.cells if c.row + c.height == height] if above else []
    first = [c for c in below.grid.cells if c.row == 0] if below else []
    if _hollow(last) or _hollow(first):
        if above:
            upper[upper.index(above)] = _doubted(above, last)
        if below:
            lower[lower.index(below)] = _doubted(below, first)


def _doubted(table: Table, row: Sequence[Cell]) -> Table:
    seen = [cell for cell in row if cell.confidence is not None]
    cells = (replace(c, confidence=0.0, alternatives=()) if c in seen else c for c in table.grid.cells)
    return replace(table, grid=Grid(tuple(cells)))


def _hollow(row: Sequence[Cell]) -> bool:
    numbers = any(_NUMBER.fullmatch(cell.text) for cell in row if cell.text)
    return not numbers and sum(not cell.text for cell in row) > 1


def _same_columns(above: Table, below: Table) -> bool:
    """Scanned pages lie each in a place and at an angle of their own."""
    if len(above.edges) != len(below.edges) or len(above.edges) < 2:
        return above.edges == below.edges
    wide, narrow = above.edges[-1] - above.edges[0], below.edges[-1] - below.edges[0]
    moved = (above.edges[0] + (edge - below.edges[0]) * wide / narrow for edge in below.edges)
    same_width = abs(wide - narrow) < _SAME_WIDTH * wide
    return same_width and all(abs(a - b) < _SAME_EDGE for a, b in zip(above.edges, moved, strict=True))


def _without_first_row(table: Table) -> Table:
    kept = [
        (replace(cell, row=cell.row - 1) if cell.row else replace(cell, height=cell.height - 1), room)
        for cell, room in zip(table.grid.cells, table.room, strict=True)
        if cell.row or cell.height > 1
    ]
    return replace(table, grid=Grid(tuple(cell for cell, _ in kept)), room=tuple(room for _, room in kept))

"""Rows with their shapes to grids; rows without make ragged ones."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from parsers.document import Cell, Grid
from parsers.readers.doc.rows import CellShape, RowShape

_SAME = 60
"""Twips, three points: edges that rows have in common are seldom exactly the same."""


@dataclass(frozen=True, slots=True)
class TextRow:
    """The texts of a row's cells, merged ones included."""

    texts: tuple[str, ...]
    shape: RowShape | None


def grid(rows: Sequence[TextRow]) -> Grid:
    if any(row.shape is None or len(row.shape) != len(row.texts) for row in rows):
        cells = (
            Cell(text, at, column) for at, row in enumerate(rows) for column, text in enumerate(row.texts)
        )
        return Grid(tuple(cells), ragged=True)
    edges = _distinct(
        sorted(edge for row in rows for cell in row.shape or () for edge in (cell.left, cell.right))
    )
    found = list(_cells(rows, edges))
    return Grid(tuple(sorted(found, key=lambda cell: (cell.row, cell.column))))


def _cells(rows: Sequence[TextRow], edges: Sequence[int]) -> Iterator[Cell]:
    """Each merged cell once."""
    above: dict[int, Cell] = {}
    for at, row in enumerate(rows):
        present: dict[int, Cell] = {}
        for cell, hangs in _of_row(row, at, edges):
            over = above.get(cell.column)
            if hangs and over and (over.row + over.height, over.width) == (at, cell.width):
                present[cell.column] = replace(over, height=over.height + 1, text=_both(over.text, cell.text))
            else:
                present[cell.column] = cell
        carried = {cell.row * 1000 + column for column, cell in present.items() if cell.row < at}
        yield from (c for column, c in above.items() if c.row * 1000 + column not in carried)
        above = present
    yield from above.values()


def _of_row(row: TextRow, at: int, edges: Sequence[int]) -> Iterator[tuple[Cell, bool]]:
    open_cell: Cell | None = None
    hangs = False
    for text, shape in zip(row.texts, row.shape or (), strict=True):
        left, right = _span(shape, edges)
        if shape.goes_on and open_cell:
            width = max(right - open_cell.column, open_cell.width)
            open_cell = replace(open_cell, width=width, text=_both(open_cell.text, text))
            continue
        if open_cell:
            yield open_cell, hangs
        # A cell without breadth stands between two edges that are one: it shares its neighbour's slot.
        open_cell, hangs = (
            (Cell(text, at, left, 1, right - left), shape.hangs) if right > left else (None, False)
        )
    if open_cell:
        yield open_cell, hangs


def _both(first: str, second: str) -> str:
    return "\n".join(filter(None, (first, second)))


def _span(shape: CellShape, edges: Sequence[int]) -> tuple[int, int]:
    return _nearest(edges, shape.left), _nearest(edges, shape.right)


def _distinct(places: Sequence[int]) -> list[int]:
    edges = list(places[:1])
    for place in places:
        if place - edges[-1] > _SAME:
            edges.append(place)
    return edges


def _nearest(edges: Sequence[int], place: int) -> int:
    return min(range(len(edges)), key=lambda index: abs(edges[index] - place))

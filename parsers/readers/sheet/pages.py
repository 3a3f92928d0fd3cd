"""Sheets of texts and merged ranges to lines and grids."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import groupby

from parsers.document import Block, Cell, Grid, Line, Unreadable

MOST_CELLS = 200_000


@dataclass(frozen=True, slots=True)
class Span:
    """A merged range: its first slot and how far it reaches."""

    row: int
    column: int
    height: int
    width: int


@dataclass(frozen=True, slots=True)
class Sheet:
    """`texts` by row and column from 0: the slots that a sheet mentions, empty ones too. `spans` by
    their first slot."""

    texts: Mapping[tuple[int, int], str]
    spans: Mapping[tuple[int, int], Span]


def blocks(sheet: Sheet) -> Iterator[Block]:
    """An empty row parts one table from the next; a row with one text above or below a table is a line."""
    cells = sorted(_cells(sheet), key=lambda cell: (cell.row, cell.column))
    filled = sorted({row for cell in cells if cell.text for row in range(cell.row, cell.row + cell.height)})
    for _, run in groupby(enumerate(filled), key=lambda one: one[1] - one[0]):
        rows = [row for _, row in run]
        yield from _part([cell for cell in cells if rows[0] <= cell.row <= rows[-1]], rows)


def refuse_huge(count: int) -> None:
    if count > MOST_CELLS:
        raise Unreadable("too-large", f"The workbook has over {MOST_CELLS} cells; it is no report.")


def _cells(sheet: Sheet) -> Iterator[Cell]:
    covered: set[tuple[int, int]] = set()
    for span in sheet.spans.values():
        refuse_huge(span.height * span.width + len(covered))
        covered |= {
            (row, column)
            for row in range(span.row, span.row + span.height)
            for column in range(span.column, span.column + span.width)
        }
    for at, text in sheet.texts.items():
        if at in sheet.spans:
            yield Cell(text.strip(), *at, sheet.spans[at].height, sheet.spans[at].width)
        elif at not in covered:
            yield Cell(text.strip(), *at)


def _part(cells: list[Cell], rows: list[int]) -> Iterator[Block]:
    across = {row: [cell for cell in cells if cell.row <= row < cell.row + cell.height] for row in rows}
    table = [row for row in rows if sum(bool(cell.text) for cell in across[row]) > 1]
    # Empty cells beside its one text make the last row a row.
    table += [row for row in rows if table and row > table[0] and len(across[row]) > 1]
    table = sorted(set(table))
    first, last = (table[0], table[-1]) if table else (rows[-1] + 1, rows[-1])
    above = [cell for cell in cells if cell.row < first]
    below = [cell for cell in cells if cell.row > last] if table else []
    yield from _lines(above)
    if table:
        yield _grid([cell for cell in cells if first <= cell.row <= last])
    yield from _lines(below)


def _lines(cells: list[Cell]) -> Iterator[Line]:
    for cell in cells:
        yield from (Line(line.strip()) for line in cell.text.split("\n") if line.strip())


def _grid(cells: list[Cell]) -> Grid:
    """Empty columns at either side and below are no part of the table."""
    held = [cell for cell in cells if cell.text]
    top, left = min(cell.row for cell in cells), min(cell.column for cell in held)
    bottom, right = (
        max(cell.row + cell.height for cell in held),
        max(cell.column + cell.width for cell in held),
    )
    inside = [c for c in cells if c.row < bottom and left <= c.column < right]
    return Grid(tuple(Cell(c.text, c.row - top, c.column - left, c.height, c.width) for c in inside))

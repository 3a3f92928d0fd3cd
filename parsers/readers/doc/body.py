"""Paragraphs put into the tables they stand in, and what of that is a table of the report."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from parsers.document import Block, Line
from parsers.readers.doc.paragraphs import Paragraph
from parsers.readers.doc.rows import RowShape
from parsers.readers.doc.tables import TextRow, grid

_LONG = 400
"""Characters that no cell of a form has: a table with more in one cell is there for its layout."""


@dataclass(slots=True)
class Table:
    """While it is open, `cells` are those of the row being read and `held` is what the cell being
    read holds so far."""

    rows: list["Row"] = field(default_factory=list)
    cells: list["Held"] = field(default_factory=list)
    held: "Held" = field(default_factory=list)

    def end_cell(self) -> None:
        self.cells.append(self.held)
        self.held = []

    def end_row(self, shape: RowShape | None) -> None:
        if any(self.held):
            self.end_cell()
        if self.cells:
            self.rows.append(Row(self.cells, shape))
        self.cells, self.held = [], []


Held = list[str | Table]


@dataclass(frozen=True, slots=True)
class Row:
    cells: list[Held]
    shape: RowShape | None


def blocks(paragraphs: Iterable[Paragraph]) -> Iterator[Block]:
    return _blocks(_tree(paragraphs))


def _tree(paragraphs: Iterable[Paragraph]) -> Held:
    held: Held = []
    tables: list[Table] = []
    for paragraph in paragraphs:
        while len(tables) > paragraph.depth:
            _close(tables, held)
        while len(tables) < paragraph.depth:
            tables.append(Table())
        if paragraph.ends_row:
            tables[-1].end_row(paragraph.shape)
            continue
        (tables[-1].held if tables else held).append(paragraph.text)
        if paragraph.ends_cell:
            tables[-1].end_cell()
    while tables:
        _close(tables, held)
    return held


def _close(tables: list[Table], outside: Held) -> None:
    table = tables.pop()
    table.end_row(None)
    (tables[-1].held if tables else outside).append(table)


def _blocks(held: Held) -> Iterator[Block]:
    for one in held:
        if isinstance(one, str):
            yield from (Line(line.strip()) for line in one.split("\n") if line.strip())
        elif _is_layout(one):
            yield from (block for row in one.rows for cell in row.cells for block in _blocks(cell))
        elif one.rows:
            yield grid([TextRow(tuple(map(_text, row.cells)), row.shape) for row in one.rows])


def _is_layout(table: Table) -> bool:
    if max((len(row.cells) for row in table.rows), default=0) < 2:
        return True
    cells = [cell for row in table.rows for cell in row.cells]
    return any(len(_text(cell)) > _LONG or any(_is_grid(one) for one in cell) for cell in cells)


def _is_grid(one: str | Table) -> bool:
    return isinstance(one, Table) and len(one.rows) > 1 and max(len(row.cells) for row in one.rows) > 1


def _text(cell: Held) -> str:
    parts = (
        one.strip()
        if isinstance(one, str)
        else "\n".join(_text(inner) for row in one.rows for inner in row.cells)
        for one in cell
    )
    return "\n".join(part for part in parts if part)

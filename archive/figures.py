"""Figures as rows: what a code means, the long row of a figure, the wide rows of the statutory tables."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import cache

from parsers.form import Block, Form, Label, forms
from parsers.reading import Figure, Place, Value

FEN = 1_000_000
"""分 in 万元. Real amounts have up to six decimals."""


@dataclass(frozen=True, slots=True)
class Code:
    key: int
    code: str
    form: str
    table_name: str
    row: str
    column: str
    row_label: str
    column_label: str
    unit: str


@cache
def codes() -> Mapping[str, Code]:
    """Every code of every form under the labels of the newest form that has it."""
    known: dict[str, Code] = {}
    for form in forms():
        for block in form.blocks:
            for row in block.rows:
                for column in block.typed(row):
                    code = _code(len(known) + 1, form, block, row, column)
                    known.setdefault(code.code, code)
    return known


def _code(key: int, form: Form, block: Block, row: Label, column: Label) -> Code:
    return Code(
        key,
        block.code(row, column),
        form.id,
        block.table,
        row.id,
        column.id,
        " ".join((*row.under, row.label)),
        " ".join((*column.under, column.label)),
        "fen" if column.amount else "count",
    )


def number(code: str, value: Value | None) -> int | None:
    """A count as it is, an amount in 分. What is finer than 分 is rounded; `finer` says so."""
    if value is None or codes()[code].unit == "count":
        return None if value is None else int(value)
    return int((Decimal(value) * FEN).to_integral_value())


def finer(figure: Figure) -> bool:
    """An amount that 分 cannot hold."""
    amount = figure.value is not None and codes()[figure.code].unit == "fen"
    return amount and (Decimal(str(figure.value)) * FEN) % 1 != 0


ROW_NAMES = {"disclosure": "item", "requests": "row", "disputes": "kind", "indicators": "indicator"}
"""The column of each wide table that says which row of the form it is."""

Row = tuple[int | float | str | None, ...]


def figure_rows(version: int, figures: Iterable[Figure]) -> Iterator[Row]:
    """The rows of version_figures, in the order of its key."""
    for figure in sorted(figures, key=lambda figure: codes()[figure.code].key):
        proposal = figure.proposal
        yield (
            version,
            codes()[figure.code].key,
            figure.status,
            number(figure.code, figure.value),
            figure.text,
            *_place(figure.place),
            number(figure.code, proposal.value) if proposal else None,
            proposal.basis if proposal else None,
            figure.place.document,
        )


def _place(place: Place) -> Row:
    box = place.box
    if box is None:
        return place.page, None, None, None, None, place.grid, place.row, place.column
    edges = round(box.left * 100), round(box.top * 100), round(box.right * 100), round(box.bottom * 100)
    return place.page, *edges, place.grid, place.row, place.column


WIDE = {
    "disclosure": (
        *("issued", "repealed", "in_force", "made", "opened", "open_total"),
        *("decisions", "previous", "change", "items", "amount"),
    ),
    "requests": ("person", "company", "research", "nonprofit", "legal", "other", "total"),
    "disputes": ("upheld", "corrected", "other", "pending", "total"),
    "indicators": ("",),
}
"""The columns of each wide table after its key, as in schema.sql; that of the table of 2014 has no name."""


def wide_rows(report: str, figures: Iterable[Figure]) -> dict[str, list[Row]]:
    """From table to its rows, in key order: one for each row of which a cell was found."""
    wide: dict[tuple[str, str], dict[str, int | None]] = {}
    for figure in figures:
        if figure.status != "absent":
            code = codes()[figure.code]
            values = wide.setdefault((code.table_name, code.row), {})
            values[code.column] = number(figure.code, figure.value)
    rows: dict[str, list[Row]] = {}
    for table, row in sorted(wide):
        values = wide[table, row]
        rows.setdefault(table, []).append((report, row, *map(values.get, WIDE[table])))
    return rows

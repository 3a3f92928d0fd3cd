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
    edges = (box.left, box.top, box.right, box.bottom) if box else (None,) * 4
    hundredths = (None if edge is None else round(edge * 100) for edge in edges)
    return (place.page, *hundredths, place.grid, place.row, place.column)


def wide_rows(report: str, figures: Iterable[Figure]) -> dict[str, list[dict[str, str | int | None]]]:
    """From table to its rows, in key order: one for each row of which a cell was found."""
    wide: dict[str, dict[str, dict[str, str | int | None]]] = {}
    for figure in figures:
        if figure.status != "absent":
            code = codes()[figure.code]
            name = ROW_NAMES[code.table_name]
            row = wide.setdefault(code.table_name, {}).setdefault(
                code.row, {"report": report, name: code.row}
            )
            row[code.column or "value"] = number(figure.code, figure.value)
    return {table: [rows[row] for row in sorted(rows)] for table, rows in wide.items()}

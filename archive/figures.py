"""Figures as rows: what a code means, the long row of a figure, the wide rows of the statutory tables."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import cache

from parsers.form import Block, Form, Label, forms
from parsers.reading import Value

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


def finer(value: Value) -> bool:
    """An amount that 分 cannot hold."""
    return (Decimal(str(value)) * FEN) % 1 != 0


ROW_NAMES = {"disclosure": "item", "requests": "row", "disputes": "kind", "indicators": "indicator"}
"""The column of each wide table that says which row of the form it is."""

Row = tuple[int | float | str | None, ...]


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

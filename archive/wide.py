"""One wide view a generation of the form, for spreadsheets: one row a report, one column a figure."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from archive.figures import ROW_NAMES
from parsers.form import Block, Form, Label, forms

_HEAD = """
-- Reports in the form of {id} for a spreadsheet: a row a report, a column a figure, null where not read.
CREATE VIEW form_{id} AS
SELECT
  reports.id AS report,  -- id of the report
  bodies.name AS body_name,  -- the publisher
  bodies.division AS division,  -- code of its division, null while nothing proves it
  reports.year AS year,  -- the year it speaks of
  reports.scope AS scope,  -- aggregate, own or unstated; never add the first two
  reports.published AS published,  -- date of publication, null where unknown
  reports.url AS url,  -- its address
  reports.figures_unreadable AS figures_unreadable,  -- how many cells of it are printed and could not be read
"""
HEAD_COLUMNS = 8
"""Columns of a view before those of its figures."""

_FEN = "; in 分, a millionth of 万元"


@dataclass(frozen=True, slots=True)
class Column:
    alias: str
    source: str
    name: str
    says: str


def wide_views() -> str:
    return "".join(_view(form) for form in forms())


def column_name(code: str) -> str:
    """A name that SQL needs no quotes for: quotes around a misspelt one would make it a text."""
    return code.replace(".", "_")


def _view(form: Form) -> str:
    joins: list[str] = []
    columns: list[Column] = []
    for block in form.blocks:
        for row in block.rows:
            alias = column_name(f"{block.table}.{row.id}")
            joins.append(_join(alias, block.table, row.id))
            columns += _columns(alias, block, row)
    tables = "JOIN bodies ON bodies.id = reports.body\n" + "".join(joins)
    head = _HEAD.format(id=form.id)
    return f"{head}{_listed(columns)}FROM reports\n{tables}WHERE reports.form = '{form.id}';\n"


def _columns(alias: str, block: Block, row: Label) -> Iterator[Column]:
    for column in block.typed(row):
        code = block.code(row, column)
        label = " ".join((*row.under, row.label, *column.under, column.label))
        says = f"{code}: {label}{_FEN if column.amount else ''}"
        yield Column(alias, column.id or "value", column_name(code), says)


def _join(alias: str, table: str, row: str) -> str:
    name = ROW_NAMES[table]
    return f"LEFT JOIN {table} AS {alias} ON {alias}.report = reports.id AND {alias}.{name} = '{row}'\n"


def _listed(columns: Iterable[Column]) -> str:
    lines = [(f'  {one.alias}."{one.source}" AS {one.name}', one.says) for one in columns]
    (last, says), *_ = reversed(lines)
    return "".join(f"{line},  -- {its}\n" for line, its in lines[:-1]) + f"{last}  -- {says}\n"

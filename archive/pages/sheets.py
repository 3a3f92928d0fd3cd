"""The statutory tables in their printed shape: header cells merged as the form merges them."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import takewhile

from archive.pages.figures import Cell
from parsers.form import Block, Form, Label

_DEPTH = 3
"""Label columns of table three: group, sub-group, row."""

_INDICATORS = "政府信息公开情况统计表"


@dataclass(frozen=True, slots=True)
class Head:
    """A header cell and the slots it spans. `scope` is what HTML calls so."""

    text: str
    scope: str
    width: int = 1
    height: int = 1


@dataclass(frozen=True, slots=True)
class Slot:
    """A place for a figure; `cell` is None where the report's reading has no such code."""

    cell: Cell | None
    width: int = 1


@dataclass(frozen=True, slots=True)
class Row:
    heads: tuple[Head, ...]
    slots: tuple[Slot, ...] = ()


@dataclass(frozen=True, slots=True)
class Sheet:
    """One statutory table. Every row is header cells, then figures; `section` is where it is printed."""

    table: str
    section: str
    rows: tuple[Row, ...]


def sheets(form: Form, cells: Mapping[str, Cell]) -> tuple[Sheet, ...]:
    if form.table("indicators"):
        return (Sheet("indicators", _INDICATORS, tuple(_indicators(form, cells))),)
    return (
        Sheet("disclosure", form.sections[1], tuple(_disclosure(form, cells))),
        Sheet("requests", form.sections[2], tuple(_requests(form, cells))),
        Sheet("disputes", form.sections[3], tuple(_disputes(form, cells))),
    )


def found(sheet: Sheet) -> bool:
    """Is there any cell of this table in the report?"""
    return any(_there(slot.cell) for row in sheet.rows for slot in row.slots)


def _disclosure(form: Form, cells: Mapping[str, Cell]) -> Iterator[Row]:
    blocks = form.table("disclosure")
    most = max(len(block.columns) for block in blocks)
    for block in blocks:
        widths = _shares(most, len(block.columns))
        yield Row((Head(block.article or "", "colgroup", 1 + most),))
        named = zip(block.columns, widths, strict=True)
        yield Row((Head("信息内容", "col"), *(Head(column.label, "col", width) for column, width in named)))
        for row in _printed(block, cells):
            yield Row((Head(row.label, "row"),), _slots(block, row, cells, widths))


def _requests(form: Form, cells: Mapping[str, Cell]) -> Iterator[Row]:
    (block,) = form.table("requests")
    yield Row((Head(form.note, "col", _DEPTH, 3), Head(form.over, "colgroup", len(block.columns))))
    yield Row(tuple(_upper(block.columns)))
    yield Row(tuple(Head(column.label, "col") for column in block.columns if column.under))
    rows = _printed(block, cells)
    for at, row in enumerate(rows):
        yield Row(tuple(_row_heads(rows, at)), _slots(block, row, cells))


def _disputes(form: Form, cells: Mapping[str, Cell]) -> Iterator[Row]:
    (block,) = form.table("disputes")
    kinds, each = _printed(block, cells), len(block.columns)
    yield Row(tuple(_upper(kinds, each)))
    yield Row(tuple(Head(kind.label, "colgroup", each) for kind in kinds if kind.under))
    yield Row(tuple(Head(column.label, "col") for _ in kinds for column in block.columns))
    yield Row((), tuple(slot for kind in kinds for slot in _slots(block, kind, cells)))


def _indicators(form: Form, cells: Mapping[str, Cell]) -> Iterator[Row]:
    """Labels in the order of print; a label above others that has no figure stands as a heading."""
    (block,) = form.table("indicators")
    (column,) = block.columns
    yield Row((Head("统计指标", "col"), Head("单位", "col"), Head(column.label, "col")))
    shown = {row.label for row in block.rows}
    for row in block.rows:
        for heading in row.under:
            if heading not in shown:
                shown.add(heading)
                yield Row((Head(heading, "colgroup", 3),))
        yield Row((Head(row.label, "row"), Head(row.unit or "", "row")), _slots(block, row, cells))


def _upper(labels: Sequence[Label], each: int = 1) -> Iterator[Head]:
    """The first of two header rows: what stands alone goes through both, a group stands over its own."""
    for at, label in enumerate(labels):
        if not label.under:
            yield Head(label.label, "colgroup" if each > 1 else "col", each, 2)
        elif at == 0 or labels[at - 1].under != label.under:
            yield Head(label.under[0], "colgroup", each * _members(labels[at:], label.under))


def _row_heads(rows: Sequence[Label], at: int) -> Iterator[Head]:
    """The group cells that begin in this row, then its own label over the label columns left."""
    under = rows[at].under
    for depth in range(len(under)):
        group = under[: depth + 1]
        if at == 0 or rows[at - 1].under[: depth + 1] != group:
            yield Head(under[depth], "rowgroup", 1, _members(rows[at:], group))
    yield Head(rows[at].label, "row", _DEPTH - len(under))


def _members(labels: Sequence[Label], group: tuple[str, ...]) -> int:
    """How many labels from the first on stand under the group."""
    return sum(1 for _ in takewhile(lambda label: label.under[: len(group)] == group, labels))


def _printed(block: Block, cells: Mapping[str, Cell]) -> tuple[Label, ...]:
    """The rows of this report's table: one that stands in place of others only where it is printed,
    and the others beside it only where they are printed too."""
    printed = {row.id for row in block.rows if any(_there(slot.cell) for slot in _slots(block, row, cells))}
    replaced = {id for row in block.rows if row.id in printed for id in row.replaces}
    return tuple(row for row in block.rows if row.id in printed or not (row.replaces or row.id in replaced))


def _there(cell: Cell | None) -> bool:
    return cell is not None and cell.status != "absent"


def _slots(
    block: Block, row: Label, cells: Mapping[str, Cell], widths: Sequence[int] = ()
) -> tuple[Slot, ...]:
    figures = [cells.get(block.code(row, column)) for column in block.columns]
    return tuple(Slot(cell, width) for cell, width in zip(figures, widths or [1] * len(figures), strict=True))


def _shares(slots: int, among: int) -> list[int]:
    """Slots dealt out to columns from the left, one more to the first where they do not divide."""
    return [slots // among + (1 if at < slots % among else 0) for at in range(among)]

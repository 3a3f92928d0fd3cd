"""The statutory tables in their printed shape: spans as in the official forms, labels from parsers.form."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from parsers.document import Cell, Grid
from parsers.form import Block, Form, Label, form
from samples.indicators import ROWS
from samples.report import Report

Spot = tuple[int, int, int, int]


def tables(report: Report) -> dict[int, Grid]:
    """The report's grids by the number of the section that holds them; 0 is an appendix."""
    if report.form == "free":
        return {}
    if report.form == "2014":
        return {0: _indicators(report.texts)}
    statute = form(report.form)
    texts = report.texts
    made = {
        2: _disclosure(statute.table("disclosure"), texts),
        3: _requests(statute, texts),
        4: _disputes(statute.table("disputes")[0], texts),
    }
    return {number: _mistyped(grid, dict(report.labels)) for number, grid in made.items()}


def _cell(text: str, spot: Spot) -> Cell:
    row, column, height, width = spot
    return Cell(text, row, column, height, width)


def _mistyped(grid: Grid, labels: Mapping[str, str]) -> Grid:
    return Grid(tuple(replace(cell, text=labels.get(cell.text, cell.text)) for cell in grid.cells))


def _disclosure(blocks: Iterable[Block], texts: Mapping[str, str]) -> Grid:
    cells: list[Cell] = []
    row = 0
    for block in blocks:
        cells.append(_cell(block.article or "", (row, 0, 1, 4)))
        cells += _wide(row + 1, ["信息内容", *(column.label for column in block.columns)])
        for number, label in enumerate(block.rows, row + 2):
            values = [texts[block.code(label, column)] for column in block.columns]
            cells += _wide(number, [label.label, *values])
        row += 2 + len(block.rows)
    return Grid(tuple(cells))


def _wide(row: int, texts: Sequence[str]) -> list[Cell]:
    """A row of a table four columns wide; its last cell takes what is left."""
    last = len(texts) - 1
    return [
        _cell(text, (row, column, 1, 4 - last if column == last else 1)) for column, text in enumerate(texts)
    ]


def _requests(statute: Form, texts: Mapping[str, str]) -> Grid:
    block = statute.table("requests")[0]
    rows = [row for row in block.rows if block.code(row, block.columns[0]) in texts]
    cells = [
        _cell(statute.note, (0, 0, 3, 3)),
        _cell(statute.over, (0, 3, 1, len(block.columns))),
        *_heads(block.columns, top=1, left=3),
    ]
    for number, row in enumerate(rows, 3):
        cells += _labels(rows, number - 3, number)
        cells += [
            _cell(texts[block.code(row, column)], (number, place, 1, 1))
            for place, column in enumerate(block.columns, 3)
        ]
    return Grid(tuple(cells))


def _heads(columns: Sequence[Label], top: int, left: int) -> list[Cell]:
    """Two rows of column labels: a group over its members, the others over both rows."""
    cells = []
    for index, column in enumerate(columns):
        if not column.under:
            cells.append(_cell(column.label, (top, left + index, 2, 1)))
            continue
        if index == 0 or columns[index - 1].under != column.under:
            width = sum(other.under == column.under for other in columns)
            cells.append(_cell(column.under[0], (top, left + index, 1, width)))
        cells.append(_cell(column.label, (top + 1, left + index, 1, 1)))
    return cells


def _labels(rows: Sequence[Label], index: int, at: int) -> list[Cell]:
    """The label cells that begin in this row: three columns deep, merged downwards where they agree."""
    path = (*rows[index].under, rows[index].label)
    cells = []
    for depth, text in enumerate(path):
        last = depth == len(path) - 1
        if not last and index and rows[index - 1].under[: depth + 1] == path[: depth + 1]:
            continue
        height = 1 if last else sum(row.under[: depth + 1] == path[: depth + 1] for row in rows)
        cells.append(_cell(text, (at, depth, height, 3 - depth if last else 1)))
    return cells


def _disputes(block: Block, texts: Mapping[str, str]) -> Grid:
    step = len(block.columns)
    cells = []
    for index, row in enumerate(block.rows):
        left = index * step
        if not row.under:
            cells.append(_cell(row.label, (0, left, 1, step)))
        elif index == 0 or block.rows[index - 1].under != row.under:
            span = step * sum(other.under == row.under for other in block.rows)
            cells.append(_cell(row.under[0], (0, left, 1, span)))
        if row.under:
            cells.append(_cell(row.label, (1, left, 1, step)))
        for place, column in enumerate(block.columns, left):
            spot = (2, place, 1, 1) if row.under else (1, place, 2, 1)
            cells.append(_cell(column.label, spot))
            cells.append(_cell(texts[block.code(row, column)], (3, place, 1, 1)))
    return Grid(tuple(sorted(cells, key=lambda cell: (cell.row, cell.column))))


def _indicators(texts: Mapping[str, str]) -> Grid:
    cells = [_cell(text, (0, column, 1, 1)) for column, text in enumerate(("统计指标", "单位", "统计数"))]
    for number, (code, label, unit) in enumerate(ROWS, 1):
        shown = texts[f"indicators.{code}"] if code else "——"
        cells += [_cell(text, (number, column, 1, 1)) for column, text in enumerate((label, unit, shown))]
    return Grid(tuple(cells))

"""Documents made straight from a form, so that matching is tested without any reader."""

from collections.abc import Callable, Mapping

import pytest

from parsers.document import Cell, Document, Grid, Line
from parsers.form import Block, Form

Texts = Mapping[str, str]


def requests_grid(block: Block, texts: Texts, *, header: bool = True, first: int = 0, last: int = 99) -> Grid:
    """Table three with its merged cells: two label columns of groups, one of labels, seven of figures."""
    cells: list[Cell] = []
    if header:
        cells.append(Cell("申请人情况", 0, 3, 1, 7))
        cells += [Cell(column.label, 1, 3 + i) for i, column in enumerate(block.columns)]
    top = 2 if header else 0
    rows = [row for row in block.rows if f"requests.{row.id}.total" in texts][first:last]
    for number, row in enumerate(rows, top):
        above = rows[number - top - 1].under if number > top else ()
        for depth, group in enumerate(row.under):
            if above[: depth + 1] != row.under[: depth + 1]:
                height = sum(other.under[: depth + 1] == row.under[: depth + 1] for other in rows)
                cells.append(Cell(group, number, depth, height))
        cells.append(Cell(row.label, number, len(row.under), 1, 3 - len(row.under)))
        cells += [
            Cell(texts[block.code(row, column)], number, 3 + i) for i, column in enumerate(block.columns)
        ]
    return Grid(tuple(cells))


def disclosure_grid(blocks: tuple[Block, ...], texts: Texts) -> Grid:
    cells: list[Cell] = []
    line = 0
    for block in blocks:
        cells.append(Cell(block.article or "", line, 0, 1, 4))
        cells.append(Cell("信息内容", line + 1, 0))
        cells += [Cell(column.label, line + 1, 1 + i) for i, column in enumerate(block.columns)]
        line += 2
        for row in block.rows:
            cells.append(Cell(row.label, line, 0))
            cells += [
                Cell(texts[block.code(row, column)], line, 1 + i) for i, column in enumerate(block.columns)
            ]
            line += 1
    return Grid(tuple(cells))


def disputes_grid(block: Block, texts: Texts) -> Grid:
    cells = [Cell("行政复议", 0, 0, 2, 5), Cell("行政诉讼", 0, 5, 1, 10)]
    cells += [Cell("未经复议直接起诉", 1, 5, 1, 5), Cell("复议后起诉", 1, 10, 1, 5)]
    for place, code in enumerate(block.codes()):
        cells.append(Cell(block.columns[place % 5].label, 2, place))
        cells.append(Cell(texts[code], 3, place))
    return Grid(tuple(cells))


def as_document(form: Form, texts: Texts, split: int | None = None, repeat_header: bool = False) -> Document:
    (requests,) = form.table("requests")
    (disputes,) = form.table("disputes")
    parts = [requests_grid(requests, texts, last=99 if split is None else split)]
    if split is not None:
        parts.append(requests_grid(requests, texts, header=repeat_header, first=split))
    blocks: tuple[Line | Grid, ...] = (
        Line("青禾镇2023年政府信息公开工作年度报告"),
        Line(f"二、{form.sections[1]}"),
        disclosure_grid(form.table("disclosure"), texts),
        Line(f"三、{form.sections[2]}"),
        *parts,
        Line(f"四、{form.sections[3]}"),
        disputes_grid(disputes, texts),
    )
    return Document("text/html", blocks)


@pytest.fixture(scope="session")
def make_document() -> Callable[..., Document]:
    return as_document

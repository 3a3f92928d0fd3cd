"""A table of any spans comes back from HTML, Word and PDF as it was: each cell once, in its slots."""

from collections.abc import Callable
from typing import Any

from hypothesis import assume, given, settings
from hypothesis import strategies as st

from parsers.document import Cell, Grid
from parsers.readers import docx, html, pdf


@st.composite
def tables(draw: st.DrawFn) -> list[Cell]:
    rows, columns = draw(st.integers(2, 6)), draw(st.integers(2, 6))
    free = {(row, column) for row in range(rows) for column in range(columns)}
    cells: list[Cell] = []
    while free:
        row, column = min(free)
        width = draw(st.integers(1, _run(free, row, column)))
        height = draw(st.integers(1, rows - row))
        free -= {(row + down, column + right) for down in range(height) for right in range(width)}
        cells.append(
            Cell(draw(st.sampled_from(["", f"甲{len(cells)}", "0", "1287"])), row, column, height, width)
        )
    assume(any(sum(cell.row == row for cell in cells) > 1 for row in range(rows)))
    return cells


def _run(free: set[tuple[int, int]], row: int, column: int) -> int:
    width = 1
    while (row, column + width) in free:
        width += 1
    return width


def _only_grid(blocks: tuple[Any, ...]) -> Grid:
    grids = [block for block in blocks if isinstance(block, Grid)]
    assert len(grids) == 1
    return grids[0]


def _bare(grid: Grid) -> list[Cell]:
    return sorted((Cell(c.text, c.row, c.column, c.height, c.width) for c in grid.cells), key=_place)


def _place(cell: Cell) -> tuple[int, int]:
    return cell.row, cell.column


@given(tables())
def test_html(cells: list[Cell]) -> None:
    rows = [[cell for cell in cells if cell.row == row] for row in range(Grid(tuple(cells)).height)]
    source = "".join(
        "<tr>"
        + "".join(f"<td rowspan={c.height} colspan='{c.width}'><p>{c.text}</p></td>" for c in row)
        + "</tr>"
        for row in rows
    )
    document = html.read(f"<html><body><p>表</p><table>{source}</table></body></html>".encode())
    assert _bare(_only_grid(document.blocks)) == cells


@given(tables())
@settings(deadline=None)
def test_word(make_word: Callable[..., bytes], cells: list[Cell]) -> None:
    whole = Grid(tuple(cells))
    rows = ["".join(_word_cells(cells, row)) for row in range(whole.height)]
    body = "<w:tbl>" + "".join(f"<w:tr>{row}</w:tr>" for row in rows) + "</w:tbl>"
    assert (
        _bare(_only_grid(docx.read(make_word("<w:p><w:r><w:t>表</w:t></w:r></w:p>" + body)).blocks)) == cells
    )


def _word_cells(cells: list[Cell], row: int) -> list[str]:
    covering = [c for c in cells if c.row <= row < c.row + c.height]
    return [_word_cell(cell, row) for cell in sorted(covering, key=lambda cell: cell.column)]


def _word_cell(cell: Cell, row: int) -> str:
    goes_on = "" if row > cell.row else ' w:val="restart"'
    merge = f"<w:vMerge{goes_on}/>" if cell.height > 1 else ""
    text = f"<w:r><w:t>{cell.text}</w:t></w:r>" if row == cell.row else ""
    return f'<w:tc><w:tcPr><w:gridSpan w:val="{cell.width}"/>{merge}</w:tcPr><w:p>{text}</w:p></w:tc>'


@given(tables(), st.sampled_from(["line", "thin"]))
@settings(deadline=None, max_examples=40)
def test_pdf(make_pdf: Callable[..., bytes], sheet: Any, cells: list[Cell], by: str) -> None:
    drawn = _without_hidden_edges(cells)
    page = sheet().text(50, 60, "表").table(drawn, by=by)
    assert _bare(_only_grid(pdf.read(make_pdf(page)).blocks)) == drawn


def _without_hidden_edges(cells: list[Cell]) -> list[Cell]:
    """Where no cell begins, no line is drawn, and print does not show a row or column."""
    rows = sorted({cell.row for cell in cells})
    columns = sorted({cell.column for cell in cells})
    return [
        Cell(
            cell.text,
            rows.index(cell.row),
            columns.index(cell.column),
            sum(cell.row <= row < cell.row + cell.height for row in rows),
            sum(cell.column <= column < cell.column + cell.width for column in columns),
        )
        for cell in cells
    ]

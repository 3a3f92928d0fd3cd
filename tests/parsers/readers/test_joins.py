"""Rows over page breaks, tables given as they were laid out: by a file, or as an engine saw them."""

from dataclasses import replace
from math import inf

import pytest

from parsers.document import Cell, Grid, Line
from parsers.readers.ruled.grids import Table
from parsers.readers.ruled.joins import join_split_rows

EDGES = (0.0, 100.0, 150.0, 200.0)
Blocks = list[Line | Table]


def table(*lines: str, edges: tuple[float, ...] = EDGES, seen: bool = False) -> Table:
    """Rows of cells with `|` between; a label's line is full. `seen` by an engine that is sure of all."""
    cells = tuple(
        Cell(text, row, column, confidence=0.99 if seen else None)
        for row, line in enumerate(lines)
        for column, text in enumerate(line.split("|"))
    )
    return Table(Grid(cells), edges, tuple(1.0 if cell.column == 0 else inf for cell in cells))


def joined(*tables: Table) -> list[list[list[str]]]:
    pages: list[Blocks] = [[one] for one in tables]
    join_split_rows(pages)
    found = [block.grid for page in pages for block in page if isinstance(block, Table)]
    return [
        [[cell.text for cell in grid.cells if cell.row == row] for row in range(grid.height)]
        for grid in found
    ]


def test_a_table_over_three_pages_is_mended_at_both_breaks() -> None:
    upper = table("1.国家|0|1", "2.没有现|5|0")
    middle = table("成信息||", "3.信访|4|4", "4.要求行|2|0")
    lower = table("政机关||", "5.其他|1|1")
    assert joined(upper, middle, lower) == [
        [["1.国家", "0", "1"], ["2.没有现\n成信息", "5", "0"]],
        [["3.信访", "4", "4"], ["4.要求行\n政机关", "2", "0"]],
        [["5.其他", "1", "1"]],
    ]


def test_pages_lie_each_in_a_place_of_their_own() -> None:
    aside = tuple(12 + 1.01 * edge for edge in EDGES)
    (first, _) = joined(table("2.没有现|5|0"), table("成信息||", "3.信访|4|4", edges=aside))
    assert first == [["2.没有现\n成信息", "5", "0"]]


@pytest.mark.parametrize(
    "edges", [(0.0, 80.0, 150.0, 200.0), (0.0, 110.0, 165.0, 220.0), (0.0, 100.0, 200.0)]
)
def test_a_table_of_other_columns_is_another_table(edges: tuple[float, ...]) -> None:
    assert len(joined(table("2.没有现|5|0"), table("成信息||", edges=edges))) == 2


OTHER = (0.0, 30.0, 60.0, 150.0, 200.0)
"""As of a page on which an engine took strokes of letters for lines."""


def sure(upper: Table, lower: Table) -> list[list[bool]]:
    """Which rows of the two are certain, after the joining."""
    pages: list[Blocks] = [[upper], [lower]]
    join_split_rows(pages)
    grids = [block.grid for page in pages for block in page if isinstance(block, Table)]
    return [
        [all(cell.confidence != 0 for cell in grid.cells if cell.row == row) for row in range(grid.height)]
        for grid in grids
    ]


def test_halves_of_a_row_that_were_not_joined_are_not_certain() -> None:
    upper = table("1.国家|0|1", "2.没有现|5|0", seen=True)
    lower = table("成信息|||", "|3.信访|4|4", edges=OTHER, seen=True)
    assert sure(upper, lower) == [[True, False], [False, True]]


def test_nor_where_the_table_above_was_not_seen_at_all() -> None:
    pages: list[Blocks] = [[Line("（二）部分公开", 1)], [table("成信息||", "3.信访|4|4", seen=True)]]
    join_split_rows(pages)
    below = pages[1][0]
    assert isinstance(below, Table)
    assert [cell.confidence for cell in below.grid.cells] == [0.0] * 3 + [0.99] * 3


def test_nor_where_the_numbers_went_to_the_next_page() -> None:
    upper = table("1.国家|0|1", "2.没有现||", seen=True)
    lower = table("||5|0", "|3.信访|4|4", edges=OTHER, seen=True)
    assert sure(upper, lower) == [[True, False], [False, True]]


def test_whole_rows_on_both_sides_of_a_break_are() -> None:
    upper = table("1.国家|0|1", "2.没有现|5|0", seen=True)
    assert sure(upper, table("|3.信访|4|4", edges=OTHER, seen=True)) == [[True, True], [True]]


def test_what_a_file_says_of_its_own_cells_stays_certain() -> None:
    pages: list[Blocks] = [[table("2.没有现|5|0")], [table("成信息|||", edges=OTHER)]]
    join_split_rows(pages)
    cells = [
        cell for page in pages for block in page if isinstance(block, Table) for cell in block.grid.cells
    ]
    assert {cell.confidence for cell in cells} == {None}


def test_a_page_number_may_stand_between_and_a_sentence_may_not() -> None:
    upper, lower = table("2.没有现|5|0"), table("成信息||", "3.信访|4|4")
    for words, tables in (
        ("- 2 -", [["2.没有现\n成信息", "5", "0"]]),
        ("另有一表：", [["2.没有现", "5", "0"]]),
    ):
        pages: list[Blocks] = [[upper], [Line(words, 2), replace(lower)]]
        join_split_rows(pages)
        first = pages[0][0]
        assert isinstance(first, Table)
        assert [[cell.text for cell in first.grid.cells]] == tables

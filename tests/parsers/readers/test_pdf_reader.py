from collections.abc import Callable
from typing import Any

import pytest

from parsers.document import Box, Cell, Grid, Line, Unreadable
from parsers.readers import pdf, scan

Make = Callable[..., bytes]
ROW = [Cell("一、本年新收", 0, 0, 1, 3), Cell("12", 0, 3), Cell("0", 0, 4), Cell("12", 0, 5)]


def texts(data: bytes) -> list[str]:
    return [block.text for block in pdf.read(data).blocks if isinstance(block, Line)]


def rows(grid: Grid) -> list[list[str]]:
    return [[cell.text for cell in grid.cells if cell.row == row] for row in range(grid.height)]


def tables(data: bytes) -> list[list[list[str]]]:
    return [rows(grid) for grid in pdf.read(data).grids]


def cells(*lines: str) -> list[Cell]:
    return [Cell(t, r, c) for r, line in enumerate(lines) for c, t in enumerate(line.split("|"))]


def test_lines_and_tables_in_reading_order_with_page_and_box(make_pdf: Make, sheet: Any) -> None:
    page = sheet().text(50, 400, "后").table(ROW).text(50, 60, "前").text(60, 60, "文")
    first, table, last = pdf.read(make_pdf(page)).blocks
    assert isinstance(first, Line)
    assert (first.text, first.page) == ("前文", 1)
    assert first.box is not None
    assert (first.box.left, first.box.right) == (50, 70)
    assert first.box.top < 60 < first.box.bottom
    assert isinstance(table, Grid)
    assert table.cells[1] == Cell("12", 0, 1, 1, 1, 1, Box(230, 100, 290, 124))
    assert isinstance(last, Line)
    assert last.text == "后"


@pytest.mark.parametrize("quarter", range(4))
@pytest.mark.parametrize("crop", [None, "20 30 520 720"])
def test_turned_pages_are_read_upright_and_placed_as_shown(
    make_pdf: Make, sheet: Any, quarter: int, crop: str | None
) -> None:
    page = sheet().table(ROW).text(50, 60, "前文")
    page.matrix = ("1 0 0 1 0 0", "0 1 -1 0 800 0", "-1 0 0 -1 600 800", "0 -1 1 0 0 600")[quarter]
    media = "0 0 800 600" if quarter % 2 else "0 0 600 800"
    line, grid = pdf.read(make_pdf(page, rotate=90 * quarter, media=media, crop=crop)).blocks
    assert isinstance(line, Line)
    assert isinstance(grid, Grid)
    assert line.text == "前文"
    assert rows(grid) == [["一、本年新收", "12", "0", "12"]]
    if crop is None:
        assert grid.cells[1].box == Box(230, 100, 290, 124)


def test_text_turned_on_an_upright_page_is_read_and_placed_as_shown(make_pdf: Make, sheet: Any) -> None:
    page = sheet().table(ROW)
    page.matrix = "0 1 -1 0 800 0"
    (grid,) = pdf.read(make_pdf(page, media="0 0 800 600")).grids
    assert rows(grid) == [["一、本年新收", "12", "0", "12"]]
    assert grid.cells[1].box == Box(100, 310, 124, 370)


def test_a_border_missing_at_the_page_break_is_closed(make_pdf: Make, sheet: Any) -> None:
    page = sheet()
    for x in (50, 150, 250):
        page.line(x, 40, x, 160)
    for y in (80, 120, 160):
        page.line(50, y, 250, y)
    for number, y in enumerate((60, 100, 140)):
        page.text(60, y, f"甲{number}").text(160, y, str(number))
    assert tables(make_pdf(page)) == [[["甲0", "0"], ["甲1", "1"], ["甲2", "2"]]]


def test_open_sides_are_closed(make_pdf: Make, sheet: Any) -> None:
    page = sheet().line(150, 100, 150, 148)
    for y in (100, 124, 148):
        page.line(50, y, 250, y)
    page.text(60, 116, "甲").text(160, 116, "1").text(60, 140, "乙").text(160, 140, "2")
    page.line(149.5, 100, 149.5, 148).line(250, 100, 250, 148)
    assert tables(make_pdf(page)) == [[["甲", "1"], ["乙", "2"]]]


def test_a_lost_line_makes_no_cell_swallow_its_neighbours_row(make_pdf: Make, sheet: Any) -> None:
    page = sheet().table(cells("甲|1|2", "乙|3|4"))
    page.drawn = [drawn for drawn in page.drawn if "110 676 m 170" not in drawn and "170 676 m" not in drawn]
    (grid,) = pdf.read(make_pdf(page)).grids
    slots = [
        (cell.row + down, cell.column + right)
        for cell in grid.cells
        for down in range(cell.height)
        for right in range(cell.width)
    ]
    assert sorted(slots) == [(row, column) for row in range(2) for column in range(3)]


def test_a_frame_around_the_page_is_no_table(make_pdf: Make, sheet: Any) -> None:
    page = sheet().text(50, 60, "前文").table(ROW)
    for edge in ((20, 20, 580, 20), (20, 780, 580, 780), (20, 20, 20, 780), (580, 20, 580, 780)):
        page.line(*edge)
    assert texts(make_pdf(page)) == ["前文"]
    assert tables(make_pdf(page)) == [[["一、本年新收", "12", "0", "12"]]]


def test_an_underline_is_no_table(make_pdf: Make, sheet: Any) -> None:
    assert texts(make_pdf(sheet().text(50, 60, "前文").line(50, 62, 90, 62))) == ["前文"]


def test_cells_drawn_as_filled_boxes_are_a_table(make_pdf: Make, sheet: Any) -> None:
    page = sheet().table(cells("甲|1|2", "乙|3|4"), by="box")
    assert tables(make_pdf(page)) == [[["甲", "1", "2"], ["乙", "3", "4"]]]


def test_shaded_paragraphs_are_no_table(make_pdf: Make, sheet: Any) -> None:
    page = sheet().table(cells(*(f"第{number}行" for number in range(1, 9))), width=200, by="box")
    assert tables(make_pdf(page)) == []
    assert texts(make_pdf(page)) == [f"第{number}行" for number in range(1, 9)]


def test_gaps_are_spaces_and_numbers_never_touch(make_pdf: Make, sheet: Any) -> None:
    page = sheet().text(50, 60, "行政许可").text(120, 60, "8").text(130, 60, "0").text(137.5, 60, "3")
    page.text(50, 80, "共").text(62, 80, "81").text(74, 80, "件")
    assert texts(make_pdf(page)) == ["行政许可 8 0 3", "共81件"]


def test_a_decimal_point_stays_in_its_number(make_pdf: Make, sheet: Any) -> None:
    page = sheet().table(cells("收费|75.8688", "许可|1,287"))
    assert tables(make_pdf(page)) == [[["收费", "75.8688"], ["许可", "1,287"]]]


def test_bold_faked_by_printing_twice_is_printed_once(make_pdf: Make, sheet: Any) -> None:
    page = sheet().text(50, 60, "11件").text(50.4, 60, "11件")
    assert texts(make_pdf(page)) == ["11件"]


def test_a_number_too_wide_for_its_cell_stays_whole(make_pdf: Make, sheet: Any) -> None:
    page = sheet().table(cells("甲||乙"), width=30).text(83, 116, "1287654")
    assert tables(make_pdf(page)) == [[["甲", "1287654", "乙"]]]


def test_numbers_on_both_sides_of_a_line_are_two(make_pdf: Make, sheet: Any) -> None:
    page = sheet().table(cells("甲||乙"), width=30).text(70, 116, "12").text(80, 116, "34")
    assert tables(make_pdf(page)) == [[["甲 12", "34", "乙"]]]


def test_a_number_broken_in_a_full_cell_is_put_together(make_pdf: Make, sheet: Any) -> None:
    page = sheet().table(cells("甲|||8|9"), width=30).text(83, 110, "12345").text(83, 121, "67")
    page.text(113, 110, "12").text(113, 121, "67")
    assert tables(make_pdf(page)) == [[["甲", "1234567", "12\n67", "8", "9"]]]


def test_a_table_over_two_pages_is_two_grids(make_pdf: Make, sheet: Any) -> None:
    upper = sheet().table(cells("甲|1|2"), top=700).text(290, 780, "- 1 -")
    lower = sheet().table(cells("乙|3|4"), top=40)
    assert tables(make_pdf(upper, lower)) == [[["甲", "1", "2"]], [["乙", "3", "4"]]]


def test_a_row_cut_by_the_page_break_is_one_row(make_pdf: Make, sheet: Any) -> None:
    upper = sheet().table(
        [
            Cell("（五）", 0, 0, 2),
            *_from_second(["1.信访举报", "5", "0"], 0),
            *_from_second(["2.没有现成", "7", "0"], 1),
        ],
        top=700,
    )
    lower = sheet().table(
        [Cell("", 0, 0, 2), *_from_second(["信息", "", ""], 0), *_from_second(["3.其他", "4", "0"], 1)],
        top=40,
    )
    first, second = pdf.read(make_pdf(upper.text(290, 780, "第1页"), lower)).grids
    assert rows(first)[1] == ["2.没有现成\n信息", "7", "0"]
    assert rows(second) == [["", "3.其他", "4", "0"]]
    assert second.cells[0].height == 1


def _from_second(texts: list[str], row: int) -> list[Cell]:
    return [Cell(text, row, column) for column, text in enumerate(texts, 1)]


def test_numbers_that_fell_on_the_next_page_keep_their_place(make_pdf: Make, sheet: Any) -> None:
    upper = sheet().table(cells("1.信访举报||"), top=700)
    lower = sheet().table(cells("|7|0", "2.重复|1|2"), top=40)
    first, second = pdf.read(make_pdf(upper, lower)).grids
    assert rows(first) == [["1.信访举报", "7", "0"]]
    assert [cell.page for cell in first.cells] == [1, 2, 2]
    assert rows(second) == [["2.重复", "1", "2"]]


@pytest.mark.parametrize(
    ("above", "below"),
    [
        ("规章|5|0", "行政强制||"),  # its line was not full, so the label is another one
        ("1.没有现成|5|0", "2.信访||"),  # begins with a number of its own
        ("1.没有现成|5|0", "信息|3|0"),  # both have figures
        ("1.没有现成|5|0", "信息|"),  # other columns
    ],
)
def test_two_rows_are_not_joined(make_pdf: Make, sheet: Any, above: str, below: str) -> None:
    upper = sheet().table(cells(above), top=700)
    lower = sheet().table(cells(below), top=40)
    assert tables(make_pdf(upper, lower)) == [[above.split("|")], [below.split("|")]]


def test_a_scan_needs_ocr(make_pdf: Make, sheet: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(scan, "find_spec", lambda _name: None)
    with pytest.raises(Unreadable, match="OCR") as raised:
        pdf.read(make_pdf(sheet().box(50, 50, 550, 750)))
    assert raised.value.kind == "needs-ocr"


def test_too_many_pages(make_pdf: Make, sheet: Any) -> None:
    with pytest.raises(Unreadable, match="1001 pages") as raised:
        pdf.read(make_pdf(*[sheet()] * 1001))
    assert raised.value.kind == "too-large"


@pytest.mark.parametrize("cut", [20, 400, 900])
def test_a_truncated_file_is_damaged_or_read(make_pdf: Make, sheet: Any, cut: int) -> None:
    data = make_pdf(sheet().text(50, 60, "前文").table(ROW))[:cut]
    with pytest.raises(Unreadable) as raised:
        pdf.read(data)
    assert raised.value.kind in ("damaged", "no-text", "needs-ocr")


def test_invisible_text_is_a_doubt(make_pdf: Make, sheet: Any) -> None:
    page = sheet()
    page.drawn.append("3 Tr")
    document = pdf.read(make_pdf(page.text(50, 60, "前文")))
    assert document.damaged
    assert "invisible" in document.doubts[0]


def test_characters_that_the_font_does_not_name_are_marked_and_a_doubt(make_pdf: Make, sheet: Any) -> None:
    page = sheet().text(50, 60, "规章许可处罚").text(150, 60, "甲1", font="F2")
    document = pdf.read(make_pdf(page))
    assert [block.text for block in document.blocks if isinstance(block, Line)] == [
        "规章许可处罚 \ufffd\ufffd"
    ]
    assert document.damaged
    assert "2 characters" in document.doubts[0]


def test_a_file_of_nameless_characters_needs_ocr(
    make_pdf: Make, sheet: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(scan, "find_spec", lambda _name: None)
    with pytest.raises(Unreadable, match="OCR") as raised:
        pdf.read(make_pdf(sheet().text(50, 60, "规章").text(150, 60, "行政许可", font="F2")))
    assert raised.value.kind == "needs-ocr"


def test_a_page_crowded_with_lines_costs_no_time_and_is_a_doubt(make_pdf: Make, sheet: Any) -> None:
    page = sheet().text(50, 60, "前文")
    for number in range(4100):
        page.line(number % 500, number // 8, number % 500 + 8, number // 8)
    document = pdf.read(make_pdf(page))
    assert not document.grids
    assert "too many lines" in document.doubts[0]


def test_lines_inside_form_objects_count(make_pdf: Make, sheet: Any) -> None:
    page = sheet().text(53, 116, "甲").text(113, 116, "1")
    page.drawn.append("q 1 0 0 1 50 676 cm /X1 Do Q")
    assert tables(make_pdf(page)) == [[["甲", "1"]]]


def test_a_small_digit_behind_a_number_is_the_sign_of_a_note(make_pdf: Make, sheet: Any) -> None:
    page = sheet().text(50, 60, "12").text(60, 57, "12", size=6).text(50, 90, "121")
    page.text(50, 120, "12", size=14).text(70, 120, "12")
    assert texts(make_pdf(page)) == ["12¹²", "121", "12 12"], "a smaller number further on is one"


def test_a_line_through_characters_strikes_them_out(make_pdf: Make, sheet: Any) -> None:
    page = sheet().text(50, 60, "912").thin(50, 56, 55, 56.5).text(50, 90, "912").thin(50, 93, 65, 93.5)
    assert texts(make_pdf(page)) == ["9̶12", "912"]


def test_numbers_of_two_rows_without_a_line_between_them_are_never_one(make_pdf: Make, sheet: Any) -> None:
    page = sheet().table(cells("甲|||"), width=30)
    for x in (83, 113, 143):
        page.text(x, 110, "12345").text(x, 121, "67")
    assert tables(make_pdf(page)) == [[["甲", "12345\n67", "12345\n67", "12345\n67"]]]


def test_numbers_in_full_cells_side_by_side_are_two(make_pdf: Make, sheet: Any) -> None:
    """Each fills its cell, and the gap at the line is wider than the ones between the digits."""
    page = sheet().table(cells("甲|||乙"), width=30).text(84.3, 116, "12345").text(110.2, 116, "67890")
    assert tables(make_pdf(page)) == [[["甲", "12345", "67890", "乙"]]]


def test_the_sign_of_a_note_may_stand_before_the_number_or_be_as_large(make_pdf: Make, sheet: Any) -> None:
    page = sheet().text(50, 60, "1", size=6).text(53.1, 60, "12").text(50, 90, "12").text(60, 87, "1")
    assert texts(make_pdf(page)) == ["¹12", "12¹"]

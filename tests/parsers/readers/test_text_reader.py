import pytest
from hypothesis import given
from hypothesis import strategies as st

from parsers.document import Grid, Line, Unreadable
from parsers.readers import text

SIGNS = "甲乙丙0123456789（）"
WORD = st.text(SIGNS, min_size=1, max_size=4)
# Built and not filtered: of random rows so few begin and end with a word that hypothesis gave up looking.
ROW = st.builds(
    lambda first, inner, last: [first, *inner, last],
    WORD,
    st.lists(st.text(SIGNS, max_size=4), max_size=3),
    WORD,
)
ROWS = st.lists(ROW, min_size=1, max_size=6)


@given(st.lists(ROWS, min_size=1, max_size=4))
def test_rows_with_tabs_come_back_cell_by_cell(tables: list[list[list[str]]]) -> None:
    source = "\n\n".join("\n".join("\t".join(row) for row in rows) for rows in tables)
    read = [block for block in text.read(source.encode()).blocks if isinstance(block, Grid)]
    assert [
        [[cell.text for cell in grid.cells if cell.row == row] for row in range(grid.height)] for grid in read
    ] == tables
    assert all(grid.ragged for grid in read)


def test_lines_stay_as_printed_and_blank_ones_go() -> None:
    source = " ⼀、总体情况\r\n\r\n- (一)主动公开。\n规章 0 0 0\n"
    assert text.read(source.encode()).blocks == (
        Line("⼀、总体情况"),
        Line("- (一)主动公开。"),
        Line("规章 0 0 0"),
    )


def test_an_indent_made_with_a_tab_is_no_table() -> None:
    assert text.read("\t一、总体情况\n\t无\t\n".encode()).blocks == (Line("一、总体情况"), Line("无"))


def test_empty_cells_at_either_end_of_a_row_are_kept() -> None:
    (grid,) = text.read("\t自然人\t\n规章\t0\t\n".encode()).grids
    assert [cell.text for cell in grid.cells] == ["", "自然人", "", "规章", "0", ""]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "gb18030"])
def test_encodings(encoding: str) -> None:
    document = text.read("一、总体情况".encode(encoding))
    assert document.blocks == (Line("一、总体情况"),)
    assert not document.damaged


def test_bytes_nobody_can_read_are_a_doubt() -> None:
    document = text.read("总体情况".encode("gb18030") + b"\xff\n")
    assert document.damaged
    assert "1 place" in document.doubts[0]


def test_white_space_is_nothing() -> None:
    with pytest.raises(Unreadable, match="white space") as raised:
        text.read(b"\r\n \t\n")
    assert raised.value.kind == "empty"


def cells(source: str) -> list[list[str]]:
    (grid,) = text.read(source.encode()).grids
    assert grid.ragged
    return [[cell.text for cell in grid.cells if cell.row == row] for row in range(grid.height)]


def test_bars_at_the_edge_of_every_line_are_a_frame() -> None:
    assert cells("| 规章 | 0 |\n|---|---|\n| | 1 |\n｜行政许可｜2｜") == [
        ["规章", "0"],
        ["", "1"],
        ["行政许可", "2"],
    ]


def test_an_empty_first_cell_is_no_frame() -> None:
    assert cells("三、 | 予以公开 | 0 |\n | 部分公开 | 1 |\n总计 | | 2 |") == [
        ["三、", "予以公开", "0"],
        ["", "部分公开", "1"],
        ["总计", "", "2"],
    ]


@pytest.mark.parametrize(
    "source",
    [
        "规章\n|\n0\n|\n\n行政\n许可\n|\n12\n|\n",
        "规章 |\n0 |\n行政\n许可 |\n12 |\n",
    ],
)
def test_a_row_begins_with_the_first_label_behind_figures(source: str) -> None:
    assert cells(source) == [["规章", "0"], ["行政\n许可", "12"]]


def test_a_heading_before_a_bar_is_no_cell() -> None:
    source = "规章 |\n0 |\n三、收到和处理政府信息公开申请情况\n|\n自然人 |\n1 |"
    document = text.read(source.encode())
    assert Line("三、收到和处理政府信息公开申请情况") in document.blocks
    assert [cell.text for grid in document.grids for cell in grid.cells] == ["规章", "0", "", "自然人", "1"]


def test_the_path_to_a_page_is_no_table() -> None:
    assert text.read("首页 | 政务公开 | 年报\n一、总体情况".encode()).grids == ()


@pytest.mark.parametrize(
    ("head", "published", "source"),
    [
        ("发布时间:2016-02-14", "2016-02-14", None),
        ("来源:区人民政府办公室 时间:2017-01-12 10:01", "2017-01-12", "区人民政府办公室"),
        ("日期:2019年03月04日 信息来源:市政府办公厅", "2019-03-04", "市政府办公厅"),
        ("索引号:x/2025-693 | 发布机构:南关街道 |\n发文日期:2025-01-10 | ||", "2025-01-10", "南关街道"),
        ("发布机构 县政府办公室 发文日期 2018-02-26", "2018-02-26", "县政府办公室"),
    ],
)
def test_the_head_block_says_when_and_by_whom(head: str, published: str, source: str | None) -> None:
    document = text.read(f"{head}\n一、总体情况\n2015年1月1日".encode())
    assert (document.published, document.source) == (published, source)

import json
from typing import Any

import pytest

from parsers.document import Grid, Line, Unreadable
from parsers.readers import html

FILL = "<p>" + "本机关认真贯彻落实条例，主动公开政府信息。" * 20 + "</p>"
REPORT = f"<p>一、总体情况</p>{FILL}<p>六、其他需要报告的事项</p><p>无</p>"


def page(body: str, head: str = "") -> bytes:
    return f"<html><head>{head}</head><body>{body}</body></html>".encode()


def texts(data: bytes) -> list[str]:
    return [block.text for block in html.read(data).blocks if isinstance(block, Line)]


def grids(data: bytes) -> list[Grid]:
    return list(html.read(data).grids)


def rows(grid: Grid) -> list[list[str]]:
    return [[cell.text for cell in grid.cells if cell.row == row] for row in range(grid.height)]


@pytest.mark.parametrize("encoding", ["utf-8", "gb18030", "utf-8-sig", "utf-16"])
@pytest.mark.parametrize("label", ["utf-8", "gb2312", "iso-8859-1", "big5"])
def test_the_bytes_say_the_encoding_and_no_label_does(encoding: str, label: str) -> None:
    source = f'<?xml version="1.0" encoding="{label}"?><html><meta charset="{label}"><body>{REPORT}</body>'
    document = html.read(source.encode(encoding))
    assert document.blocks[0] == Line("一、总体情况")
    assert not document.damaged
    assert not document.doubts


def test_bytes_nobody_can_read_are_a_doubt() -> None:
    document = html.read(page(REPORT).replace("无".encode(), b"\xe6\x97"))
    assert document.damaged
    assert "1 place" in document.doubts[0]


def test_the_report_is_found_among_the_furniture_of_the_page() -> None:
    links = "".join(f"<li><a href='#'>{name}</a></li>" for name in ("一、总体情况", "六、其他需要报告的事项"))
    body = f"<ul>{links}</ul><div>首页 导航</div><div><div class='x'>{REPORT}</div></div><div>版权所有</div>"
    found = texts(page(body))
    assert found[0] == "一、总体情况"
    assert found[-1] == "无"


def test_a_report_in_two_elements_is_taken_whole() -> None:
    first, last = f"<p>一、总体情况</p>{FILL}", f"{FILL}<p>六、其他需要报告的事项</p>"
    found = texts(page(f"<div>导航</div><div><div>{first}</div><div>{last}</div></div>"))
    assert (found[0], found[-1]) == ("一、总体情况", "六、其他需要报告的事项")


def test_radicals_and_spaces_in_the_headings_do_not_hide_the_report() -> None:
    body = f"<div>首页</div><div>{REPORT}</div>".replace("其他需要报告", "其他 需要报告").replace(
        "事项", "事 项"
    )
    assert texts(page(body.replace("总体情况", "总 体情况")))[0] == "一、总 体情况"
    assert texts(page(body.replace("需要", "需 ⾏").replace("需 ⾏", "需要")))[-1] == "无"


@pytest.mark.parametrize(
    "box", ["id='zoom'", "class='TRS_Editor x'", "class='article_content'", "id='vsb_content'"]
)
def test_a_page_without_the_statutory_headings_is_read_from_a_known_container(box: str) -> None:
    body = f"<div>{'<a>导航链接</a>' * 90}</div><div {box}><p>2010年，我局公开信息31条。</p></div>"
    assert texts(page(body)) == ["2010年，我局公开信息31条。"]


def test_else_from_the_element_that_most_of_the_text_is_in() -> None:
    links = "".join(f"<p><a>{number}号链接的很长的标题文字</a></p>" for number in range(60))
    body = f"<div>{links}</div><div><div><p>2010年工作</p>{FILL}</div></div><div>版权所有</div>"
    assert texts(page(body))[0] == "2010年工作"
    assert len(texts(page(body))) == 2


def test_a_report_that_is_one_table_keeps_its_table() -> None:
    table = (
        "<table><tr><td colspan=2>一、总体情况</td></tr><tr><td>规章</td><td>3</td></tr>"
        + "<tr><td>行政许可事项名称</td><td>0</td></tr>" * 40
        + "<tr><td colspan=2>六、其他需要报告的事项</td></tr></table>"
    )
    (grid,) = grids(page(f"<div>首页</div><div>{table}</div>"))
    assert rows(grid)[1] == ["规章", "3"]


def test_digits_broken_over_spans_are_one_number_and_breaks_are_lines() -> None:
    cell = "<span lang=EN-US>20</span><span><font>2</font>3</span>年<br>三<br/><p>本</p><span>年</span>"
    data = page(
        f"<div>{REPORT}<table><tr><td>{cell}</td><td>\n &nbsp;<o:p>&nbsp;</o:p> \n</td></tr></table></div>"
    )
    assert rows(grids(data)[0]) == [["2023年\n三\n本\n年", ""]]


def test_lines_wrapped_in_the_source_are_not_broken() -> None:
    assert texts(page("<p>政府信息\n      公开 3\n 件</p>")) == ["政府信息公开 3 件"]


def test_what_is_not_shown_is_not_read() -> None:
    hidden = (
        "<script>var a='1';</script><style>p{}</style><!--[if !supportLists]-->7、<!--[endif]-->"
        "<span style='mso-hide:all'>甲</span><b style='DISPLAY : none'>乙</b>丙<i hidden>丁</i>"
    )
    assert texts(page(f"<p>{hidden}</p>")) == ["7、丙"]


@pytest.mark.parametrize(
    ("sheet", "shown"),
    [
        (".x{display:none}", "12"),
        ("td .x, #other { color:red; DISPLAY : none }", "12"),
        ("#p > span.x{visibility:hidden}", "12"),
        (".x{display:none} .x{display:inline}", "192"),
        (".x{display:none} #p .x{display:inline}", "192"),
        (".x{display:none!important} #p .x{display:inline}", "12"),
        (".x:hover{display:none} .y{display:none} table > .x{display:none} .x + b{display:none}", "192"),
        ("@media print{.x{display:none}} @media (max-width:9px){p{top:0} .x{display:none}}", "192"),
        ("@charset 'x'; /* .a{ */ @media screen { .x{display:none} }", "12"),
        ("span{display:none}", "12"),
        (".x{text-decoration:underline line-through}", "19̶2"),
        (".x{vertical-align:super}", "1⁹2"),
    ],
)
def test_what_a_style_sheet_of_the_page_hides_or_marks(sheet: str, shown: str) -> None:
    cell = '<p id="p">1<span class="a x">9</span>2</p>'
    body = f"<style>{sheet}</style>{REPORT}<table><tr><td>甲</td><td>{cell}</td></tr></table>"
    assert rows(grids(page(body))[0]) == [["甲", shown]]


def test_what_is_shown_by_itself_no_sheet_hides_and_what_is_invisible_keeps_its_place() -> None:
    cells = '<td class="x" style="display:table-cell">1</td><td style="visibility:hidden">2</td><td>3</td>'
    body = f"<style>.x{{display:none}}</style>{REPORT}<table><tr>{cells}</tr></table>"
    assert rows(grids(page(body))[0]) == [["1", "", "3"]]


def test_tables_for_layout_are_unwrapped_and_their_order_kept() -> None:
    inner = "<table><tr><td>规章</td><td>0</td></tr><tr><td>许可</td><td>1</td></tr></table>"
    outer = f"<table><tr><td>前</td><td>{inner}之间{inner}</td></tr><tr><td>后</td></tr></table>"
    blocks = html.read(page(outer)).blocks
    shapes = [block.text if isinstance(block, Line) else rows(block) for block in blocks]
    table = [["规章", "0"], ["许可", "1"]]
    assert shapes == ["前", table, "之间", table, "后"]


def test_a_small_table_inside_a_cell_is_that_cells_text() -> None:
    inner = "<table><tr><td>（一）予以公开</td></tr></table>"
    rows_of = f"<tr><td>{inner}</td><td>3</td></tr><tr><td>（二）</td><td>0</td></tr>"
    (grid,) = grids(page(f"<table>{rows_of}</table>"))
    assert rows(grid) == [["（一）予以公开", "3"], ["（二）", "0"]]


def test_text_between_the_rows_of_a_table_is_not_lost() -> None:
    data = page("<table><caption>表一</caption>漏<tr><td>规章</td><td>0</td></tr>外</table>")
    assert texts(data) == ["表一", "漏", "外"]
    assert len(grids(data)) == 1


@pytest.mark.parametrize(
    ("cell", "shape"),
    [
        ("<td rowspan=9 colspan=1>甲</td><td>乙</td>", [(2, 1), (1, 1)]),
        ("<td rowspan=0>甲</td><td>乙</td>", [(2, 1), (1, 1)]),
        ("<td rowspan=x colspan='2 '>甲</td><td>乙</td>", [(1, 2), (1, 1)]),
        ("<td rowspan=-3 colspan=0>甲</td><td>乙</td>", [(1, 1), (1, 1)]),
        ("<td>甲</td><td rowspan=99999 colspan=99999>乙</td>", [(1, 1), (2, 200)]),
    ],
)
def test_wrong_spans_are_clipped(cell: str, shape: list[tuple[int, int]]) -> None:
    (grid,) = grids(page(f"<table><tr>{cell}</tr><tr><td>丙</td><td>丁</td></tr></table>"))
    assert [(c.height, c.width) for c in grid.cells if c.row == 0] == shape


def test_overlapping_spans_stop_at_the_cell_that_was_there_first() -> None:
    source = "<tr><td>甲</td><td>乙</td><td rowspan=2>丙</td></tr><tr><td colspan=3>丁</td></tr>"
    (grid,) = grids(page(f"<table>{source}</table>"))
    assert [(c.text, c.column, c.width) for c in grid.cells if c.row == 1] == [("丁", 0, 2)]


@pytest.mark.parametrize(
    ("head", "body", "title"),
    [
        ("<meta name='ArticleTitle' content='甲局年报'><title>站</title>", "<h1>乙</h1>", "甲局年报"),
        ("<title>站</title>", "<h1><ucaptitle>甲局年报</ucaptitle></h1>", "甲局年报"),
        ("<title>站</title>", "<h1> </h1><h1>甲局 年报</h1>", "甲局 年报"),
        ("<title>甲局年报-站</title>", "", "甲局年报-站"),
        ("", "", None),
    ],
)
def test_the_title_outside_the_text_is_not_lost(head: str, body: str, title: str | None) -> None:
    assert html.read(page(f"{body}<div>{REPORT}</div>", head)).title == title


@pytest.mark.parametrize(
    ("head", "body", "published", "source"),
    [
        (
            "<meta name=PubDate content='2024-1-9 10:00'><meta name=ContentSource content=甲局>",
            "",
            "2024-01-09",
            "甲局",
        ),
        ("", "<td>公开日期</td><td><publishtime>2024-01-17</publishtime></td>", "2024-01-17", None),
        ("", "<span>来源：甲局</span><span>发布时间：2021年2月3日</span>", "2021-02-03", "甲局"),
        ("", "<b>发布机构</b><i>甲局</i><b>发布日期：</b><i>2021/02/03</i>", "2021-02-03", "甲局"),
        ("", "<b>来源：</b><b>日期：</b>", None, None),
        ("", "<p>有效时间2024-01-01</p>", None, None),
    ],
)
def test_date_and_source_around_the_text(head: str, body: str, published: Any, source: Any) -> None:
    document = html.read(page(f"<div>{body}</div><div>{REPORT}</div>", head))
    assert (document.published, document.source) == (published, source)


@pytest.mark.parametrize("data", [b"<html><body><script>1</script></body></html>", b"<html></html>", b"<p>"])
def test_a_page_that_shows_nothing(data: bytes) -> None:
    with pytest.raises(Unreadable, match="no text") as raised:
        html.read(data)
    assert raised.value.kind == "empty"


@pytest.mark.parametrize(
    "data",
    [
        b"<table>" * 500 + "甲".encode(),
        b"<table><tr><td>" * 500 + "甲".encode(),
        b"<td>1<td>2<tr><td rowspan=4>3</table></table></td>",
        "<p>a\x00b\x07\ufffe</p>".encode(),
        b"\xff\xfe<\x00p\x00>\x002N",
    ],
)
def test_broken_markup_is_read_as_far_as_it_goes(data: bytes) -> None:
    assert html.read(data).blocks


def test_a_text_kept_in_a_script_is_read_as_if_it_stood_in_the_page() -> None:
    table = "<table><tr><td>行政许可</td><td>126</td></tr></table>"
    content = json.dumps(REPORT + table).replace("<", "\\u003C").replace("/", "\\/")
    script = f'<script>window._CONFIG = {{SID: \'1\', DETAIL: {{"id":7,"content":{content}}}}}</script>'
    head = "<meta name='ArticleTitle' content='年报'><meta name='PubDate' content='2024-01-18'>"
    document = html.read(page(f"<div>首页</div>{script}<p>来源：青禾县民政局</p>", head))
    assert document.blocks[0] == Line("一、总体情况")
    assert rows(document.grids[0]) == [["行政许可", "126"]]
    assert (document.title, document.published, document.source) == ("年报", "2024-01-18", "青禾县民政局")


@pytest.mark.parametrize("content", ['""', '"broken off', '"\\u00zz"', "7"])
def test_a_script_without_a_text_leaves_the_page_to_speak(content: str) -> None:
    script = f"<script>window._CONFIG = {{DETAIL: {{content: {content}}}}}</script>"
    assert texts(page(script + REPORT))[0] == "一、总体情况"

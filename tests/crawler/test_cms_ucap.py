import json
from typing import Any

import pytest

from crawler.cms.family import Ask, Row
from crawler.cms.ucap import Ucap
from crawler.page import Page, page

COLUMN = "http://www.example.cn/qhx/gknb/dezlist.shtml"
HEX = "0123456789abcdef0123456789abcdef"
SEARCH = f"http://www.example.cn/common/search/{HEX}"
ASKED = "&_pageSize=15&_isAgg=true&_isJson=true&_template=index"
LIST = f"""<ul><li><a href="../gknb/202101/{HEX}.shtml">青禾县财政局2020年年报</a><span>2021-01-20</span></li>
<li><a href="/qhx/c102059/202201/c04_274952.shtml">青禾县财政局2021年年报</a></li></ul>
<div id="page_div"></div><script>createPageHTML('page_div',3, THIS,'dezlist','shtml',29)</script>"""


def _list(this: int, url: str = COLUMN) -> Page:
    return page(url, LIST.replace("THIS", str(this)).encode())


def _json(data: Any, number: int = 1) -> Page:
    return page(f"{SEARCH}?page={number}{ASKED}", json.dumps({"data": data}).encode())


def _results(count: int) -> list[dict[str, str]]:
    return [
        {
            "title": f"青禾县栖云镇{2008 + n}年年报",
            "url": f"/c1/202101/c04_{n}.shtml",
            "publishedTimeStr": "2021-01-20 09:30:00",
        }
        for n in range(count)
    ]


def test_pages_count_from_one_and_the_call_says_how_many_rows_there_are() -> None:
    first = Ucap().listing(_list(1), COLUMN)
    assert first.rows == (
        Row(f"http://www.example.cn/qhx/gknb/202101/{HEX}.shtml", "青禾县财政局2020年年报", "2021-01-20"),
        Row("http://www.example.cn/qhx/c102059/202201/c04_274952.shtml", "青禾县财政局2021年年报", None),
    )
    assert (first.next, first.total) == ((Ask("http://www.example.cn/qhx/gknb/dezlist_2.shtml"),), 29)
    assert Ucap().listing(_list(3), COLUMN).next == ()


@pytest.mark.parametrize(
    "script",
    [
        f'var channelId = "{HEX}"; $.getJSON("/common/search/" + channelId)',
        f"<input id='channelId' value='{HEX}'>",
        f'$.get("/common/search/{HEX}?page=1")',
    ],
)
def test_a_list_that_a_script_fills_is_asked_for_as_json(script: str) -> None:
    listing = Ucap().listing(page(COLUMN, f"<ul></ul><script>{script}</script>".encode()), COLUMN)
    assert listing.next == (Ask(f"{SEARCH}?page=1{ASKED}"),)
    assert listing.signals == ()


def test_json_is_asked_page_by_page_until_its_total() -> None:
    listing = Ucap().listing(_json({"total": 31, "page": 2, "rows": 15, "results": _results(15)}, 2), COLUMN)
    assert listing.rows[0] == Row(
        "http://www.example.cn/c1/202101/c04_0.shtml", "青禾县栖云镇2008年年报", "2021-01-20"
    )
    assert (len(listing.rows), listing.total, listing.signals) == (15, 31, ())
    assert listing.next == (Ask(f"{SEARCH}?page=3{ASKED}"),)
    last = Ucap().listing(_json({"total": 31, "page": 3, "rows": 15, "results": _results(1)}, 3), COLUMN)
    assert (last.next, last.signals) == ((), ())


@pytest.mark.parametrize(
    ("data", "says"),
    [
        (None, "no data.results and data.total"),
        ({"total": 3}, "no data.results and data.total"),
        ({"total": 3, "results": []}, "no rows on page 2 where a list of 3 is due"),
        ({"total": 3, "page": 1, "results": _results(3)}, "answers page 1 where page 2 was asked for"),
        ({"total": 3, "results": [*_results(2), {"name": "x"}]}, "1 of 3 results have no title"),
    ],
)
def test_json_of_another_shape_is_said(data: Any, says: str) -> None:
    (signal,) = Ucap().listing(_json(data, 2), COLUMN).signals
    assert says in signal


def test_what_is_no_list_is_said() -> None:
    bare = Ucap().listing(page(COLUMN, "<p>系统维护</p>".encode()), COLUMN)
    assert bare.signals == ("no rows where a list is due",)
    html = Ucap().listing(page(f"{SEARCH}?page=1{ASKED}", b"<html><p>error</p></html>"), COLUMN)
    assert html.signals == ("no data.results and data.total in the JSON where a list is due",)


def test_a_file_lies_in_a_folder_of_the_article() -> None:
    body = b"<div><ucapcontent><a href='a-b/files/c-d.pdf'>x</a></ucapcontent></div>"
    (file,) = Ucap().article(page("http://www.example.cn/qhx/gknb/202101/1.shtml", body))
    assert file.url == "http://www.example.cn/qhx/gknb/202101/a-b/files/c-d.pdf"


@pytest.mark.parametrize(
    "text",
    [
        "<ucapcontent>x</ucapcontent>",
        "<UCAPTITLE>x</UCAPTITLE>",
        "<script>createPageHTML('page_div',10,1,'dezlist','shtml',149)</script>",
        '<script>get("/common/search/" + channel, {_isJson: true})</script>',
    ],
)
def test_the_family_is_told_by_what_only_it_writes(text: str) -> None:
    assert Ucap().recognised(page(COLUMN, text.encode()))


def test_another_familys_pager_of_that_name_is_not_its_own() -> None:
    for call in (
        'createPageHTML(21, 0, "index", "html");',
        "createPageHTML('paging',25,1,'index','html',500)",
    ):
        assert Ucap().recognised(page(COLUMN, f"<script>{call}</script>".encode())) is None

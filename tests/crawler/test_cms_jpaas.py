import json
from urllib.parse import parse_qs, urlsplit

from crawler.cms.family import Listing, Row
from crawler.cms.jpaas import Jpaas
from crawler.page import Page, page

COLUMN = "http://www.example.cn/col/col33/index.html"
UNIT = "/api-gateway/jpaas-publish-server/front/page/build/unit"
ROWS = """<ul><li class="clearfix"><a title="青禾县民政局2022年政府信息公开工作年度报告"
 href="//mz.example.cn/art/2023/1/9/art_33_4.html">青禾县民政局...</a><span>2023-01-09</span></li>
<li><a href="/col/col33/art/2022/art_0123456789abcdef0123456789abcdef.html">
 青禾县统计局2021年年报 </a><b>2022-01-10</b></li></ul>"""
ROW = Row(
    "http://mz.example.cn/art/2023/1/9/art_33_4.html",
    "青禾县民政局2022年政府信息公开工作年度报告",
    "2023-01-09",
)


def _unit(count: int, page: int) -> str:
    query = "{'webId':'3185','pageId':'33','tagId': '信息列表', 'tplSetId':'o0Y'}"
    return f'<div count="{count}" rows="2" pageNo="{page}" unitUrl="{UNIT}" queryData="{query}"></div>'


def _column(html: str) -> Page:
    return page(COLUMN, f"<html><body><a href='/'>首页</a>{html}</body></html>".encode())


def _answer(number: int, answer: object) -> Listing:
    url = f"http://www.example.cn{UNIT}?pageId=33&pageNo={number}"
    return Jpaas().listing(page(url, json.dumps(answer).encode()), COLUMN)


def _html(html: str) -> object:
    return {"success": True, "data": {"html": html}}


def test_rows_of_a_column_page_and_the_question_for_the_next() -> None:
    listing = Jpaas().listing(_column(ROWS + _unit(5, 1)), COLUMN)
    assert listing.rows == (
        ROW,
        Row(
            "http://www.example.cn/col/col33/art/2022/art_0123456789abcdef0123456789abcdef.html",
            "青禾县统计局2021年年报",
            "2022-01-10",
        ),
    )
    assert (listing.total, listing.signals) == (5, ())
    (ask,) = listing.next
    assert ask.form is None
    assert urlsplit(ask.url).path == UNIT
    assert {name: said[0] for name, said in parse_qs(urlsplit(ask.url).query).items()} == {
        "parseType": "bulidstatic",
        "pageType": "column",
        "editType": "null",
        "webId": "3185",
        "pageId": "33",
        "tagId": "信息列表",
        "tplSetId": "o0Y",
        "rows": "2",
        "pageNo": "2",
        "paramJson": '{"pageNo":2,"pageSize":2}',
    }


def test_a_column_page_without_rows_asks_for_the_first_page_of_its_unit() -> None:
    listing = Jpaas().listing(_column(_unit(5, 1)), COLUMN)
    assert (listing.rows, listing.signals) == ((), ())
    assert "&pageNo=1&" in listing.next[0].url


def test_a_list_ends_where_its_unit_says() -> None:
    assert "&pageNo=3&" in _answer(2, _html(ROWS + _unit(5, 2))).next[0].url
    last = _answer(3, _html(ROWS + _unit(5, 3)))
    assert (last.next, last.rows[0], last.signals) == ((), ROW, ())


def test_a_server_that_always_answers_with_the_first_page_is_left_with_a_signal() -> None:
    listing = _answer(2, _html(ROWS + _unit(5, 1)))
    assert listing.next == ()
    assert listing.signals == (
        "page 2 of the list was asked for, and the answer is another; the list was left here",
    )


def test_broken_answers_give_a_signal() -> None:
    answers: tuple[object, ...] = ({"success": False}, {"data": None}, {"data": []})
    for answer in answers:
        assert "no JSON with data.html" in _answer(2, answer).signals[0]
    cut = page(f"http://www.example.cn{UNIT}?pageNo=2", b'{"success":true,"data":{"ht')
    assert "no JSON with data.html" in Jpaas().listing(cut, COLUMN).signals[0]
    for html in (None, "", "<ul></ul>", _unit(5, 2)):
        assert "no rows where a list is due" in _answer(2, _html(html or "")).signals
    assert Jpaas().listing(_column(""), COLUMN).signals == ("no rows where a list is due",)


def test_only_a_list_unit_is_recognised() -> None:
    assert Jpaas().recognised(_column(_unit(5, 1))) == f"a list unit that goes on at {UNIT}"
    assert Jpaas().recognised(_column(ROWS)) is None

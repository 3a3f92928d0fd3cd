import json
from pathlib import Path
from urllib.parse import parse_qs, unquote, urlsplit

import pytest

from crawler.cms.family import Listing, Row
from crawler.cms.jpaas import Jpaas
from crawler.crawl import crawl
from crawler.page import Page, page
from tests.crawler.loopback import Reply, Site

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
    url = f"http://www.example.cn{UNIT}?pageId=33&rows=2&pageNo={number}"
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


def test_an_answer_without_its_unit_goes_on_while_it_is_full() -> None:
    (ask,) = _answer(2, _html(ROWS)).next
    assert "&rows=2&" in ask.url
    assert "&pageNo=3&" in ask.url
    assert _answer(3, _html(ROWS.partition("<li><a")[0] + "</ul>")).next == ()
    assert _answer(4, _html("")) == Listing(())


@pytest.mark.parametrize("unit", ["", _unit(6, 1)])
def test_a_crawl_of_a_server_that_ignores_the_number_ends_with_a_signal(
    unit: str, site: Site, tmp_path: Path
) -> None:
    site.html("/col/col33/index.html", f"<html><body>{ROWS}{_unit(6, 1)}</body></html>")
    first = Jpaas().listing(page(site.base + "/col/col33/index.html", (ROWS + _unit(6, 1)).encode()), COLUMN)
    for number in ("2", "3", "4"):
        path = unquote(first.next[0].url.removeprefix("http://www.example.cn"))
        asked = path.replace("pageNo=2", f"pageNo={number}").replace('"pageNo":2', f'"pageNo":{number}')
        answer = json.dumps({"success": True, "data": {"html": ROWS + unit}})
        site.replies[asked] = Reply(answer.encode(), "application/json")
    site.portal_file(tmp_path, "990101-x", ["/col/col33/index.html"], cms="jpaas")
    (outcome,) = crawl(["990101-x"], tmp_path, local=True, progress=lambda _line: None)
    assert outcome.run is not None
    assert any("the list was left here" in signal.says for signal in outcome.run.signals)
    assert sum(UNIT in path for path in site.asked) == 1


def test_broken_answers_give_a_signal() -> None:
    answers: tuple[object, ...] = ({"success": False}, {"data": None}, {"data": []})
    for answer in answers:
        assert "no JSON with data.html" in _answer(2, answer).signals[0]
    cut = page(f"http://www.example.cn{UNIT}?pageNo=2", b'{"success":true,"data":{"ht')
    assert "no JSON with data.html" in Jpaas().listing(cut, COLUMN).signals[0]
    assert _answer(2, _html(_unit(5, 2))).signals == ("no rows where a list is due",)
    assert _answer(1, _html("<ul></ul>")).signals == ("no rows where a list is due",)
    assert Jpaas().listing(_column(""), COLUMN).signals == ("no rows where a list is due",)


def test_only_a_list_unit_is_recognised() -> None:
    assert Jpaas().recognised(_column(_unit(5, 1))) == f"a list unit that goes on at {UNIT}"
    assert Jpaas().recognised(_column(ROWS)) is None

import json
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest

from crawler.cms.family import Attachment, Lead, Row
from crawler.cms.fujian import Fujian
from crawler.cms.trs import Trs
from crawler.page import Page, page

COLUMN = "http://www.example.cn/zwgk/zfxxgk/dfbmptlj/ptbm/ptczj/zfxxgknb/"
SEARCH = "http://www.example.cn/fjdzapp/search?channelid=9&siteId=4&chnlid=1788&page={}&prepage=10"
HEAD = '<meta name="ChnlId" content="1788"><meta name="SiteId" content="4"/>'
LIST = """<div ms-visible="showStatic"><dl><dd>
<a href="./202601/t20260116_104656.htm" title="青禾县财政局2025年年报">青禾县财...</a>
</dd><dd>
 2026-01-16
</dd></dl></div>
<dl ms-repeat="list"><dd><a ms-attr-href="el.chnldocurl" ms-text="el.doctitle"></a></dd></dl>"""


def _list(head: str = HEAD, script: str = "var q = {channelid: 9}") -> Page:
    return page(COLUMN, f"{head}{LIST}<script>{script}</script>".encode())


def _answer(said: Any, number: int) -> Page:
    return page(SEARCH.format(number), json.dumps(said).encode())


def _documents(count: int) -> list[dict[str, str]]:
    return [
        {
            "chnldocurl": f"/zwgk/t2026_{n}.htm",
            "doctitle": f"青禾县财政局{2008 + n}年年报",
            "docreltime": "2026-01-16 00:00",
        }
        for n in range(count)
    ]


def test_static_rows_are_taken_and_the_search_asked_for_all() -> None:
    listing = Fujian().listing(_list(), COLUMN)
    assert listing.rows == (
        Row(COLUMN + "202601/t20260116_104656.htm", "青禾县财政局2025年年报", "2026-01-16"),
    )
    assert [ask.url for ask in listing.next] == [SEARCH.format(1), SEARCH.format(2)]
    assert [ask.form for ask in listing.next] == [urlsplit(ask.url).query for ask in listing.next]
    assert parse_qs(Fujian().listing(_list(script=""), COLUMN).next[0].form or "")["channelid"] == ["200210"]


def test_the_search_is_asked_until_its_count() -> None:
    first = Fujian().listing(_answer({"count": 31, "docs": _documents(10)}, 1), COLUMN)
    assert (len(first.rows), first.total, first.next) == (10, 31, ())
    second = Fujian().listing(_answer({"data": {"list": _documents(10)}, "total": "31"}, 2), COLUMN)
    assert [ask.url for ask in second.next] == [SEARCH.format(3)]
    last = Fujian().listing(_answer({"count": 31, "docs": _documents(1)}, 4), COLUMN)
    assert (last.next, last.signals) == ((), ())
    assert last.rows == (
        Row("http://www.example.cn/zwgk/t2026_0.htm", "青禾县财政局2008年年报", "2026-01-16"),
    )
    beyond = Fujian().listing(_answer({"count": 8, "docs": []}, 2), COLUMN)
    assert (beyond.rows, beyond.signals) == ((), ())


def test_a_day_in_milliseconds_is_the_day_in_china() -> None:
    (document,) = _documents(1)
    document["docreltime"] = "1768492800000"
    listing = Fujian().listing(_answer({"count": 1, "docs": [document]}, 1), COLUMN)
    assert listing.rows[0].date == "2026-01-16"


@pytest.mark.parametrize(
    ("said", "says"),
    [
        ({"result": "error"}, "no documents and their count"),
        ({"docs": _documents(1)}, "no documents and their count"),
        ({"count": 3, "docs": [{"title": "x"}]}, "no documents and their count"),
        ({"count": 31, "docs": []}, "no rows on page 2 where a list of 31 is due"),
        ({"count": 2, "docs": [*_documents(1), {"chnldocurl": ""}]}, "1 of 2 documents have no title"),
    ],
)
def test_json_of_another_shape_is_said(said: Any, says: str) -> None:
    (signal,) = Fujian().listing(_answer(said, 2), COLUMN).signals
    assert says in signal


@pytest.mark.parametrize(("deep", "rows"), [(2, 1), (400, 0)])
def test_documents_are_looked_for_as_deep_as_anybody_puts_them(deep: int, rows: int) -> None:
    said: Any = _documents(1)
    for _ in range(deep):
        said = {"data": said}
    assert len(Fujian().listing(_answer({"count": 1, **said}, 1), COLUMN).rows) == rows


def test_a_list_without_its_channel_is_said() -> None:
    (signal,) = Fujian().listing(_list(head=""), COLUMN).signals
    assert signal == "no ChnlId on a page of avalon where a list is due"
    plain = page(COLUMN, (HEAD + "<p>系统维护</p>").encode())
    assert Fujian().listing(plain, COLUMN).signals


def test_leads_are_templates_filled_with_steps_of_the_address() -> None:
    links = """
<a ms-attr-href="/zwgk/zfxxgk/{{paths[5]}}/{{paths[6]}}/{{paths[7]}}/zfxxgknb/">政府信息<br>公开年报</a>
<a ms-attr-href="/zwgk/{{paths[40]}}/x/">远</a><a ms-attr-href="el.url">叶</a>
<a ms-attr-href="{{el.url}}">页</a>
<a ms-attr-href="/{{paths[5]}}/{{el.name}}/">页</a>"""
    shown = page(COLUMN.removesuffix("zfxxgknb/") + "index.html?a=/b", links.encode())
    assert Fujian().leads(shown) == (Lead(COLUMN, "政府信息公开年报"),)


def test_the_facsimile_is_a_file_of_the_article() -> None:
    text = """<script>var qzbFile = './attachments/2c90b38b.ofd';</script>
<iframe ms-attr-src="/generic/web/viewer.html?file={{qzbFile}}"></iframe>
<a ms-attr-href="qzbFile">文件下载</a>
<div class="article_content"><iframe src="/generic/web/viewer.html?file=./W02026.pdf"></iframe></div>"""
    found = Fujian().article(page(COLUMN + "202601/t20260116_1.htm", text.encode()))
    assert found == (
        Attachment(COLUMN + "202601/W02026.pdf", "W02026.pdf"),
        Attachment(COLUMN + "202601/attachments/2c90b38b.ofd", "全真版"),
    )


def test_avalon_is_not_the_classic_trs() -> None:
    assert Fujian().recognised(_list())
    assert Trs().recognised(page(COLUMN, (LIST * 2).encode())) is None
    assert Fujian().recognised(page(COLUMN, (HEAD + "<a href='./t20260116_1.htm'>x</a>").encode())) is None

"""Whole crawls, with the real Scrapy in its own process, of a portal on loopback."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from crawler.captures import Capture, Store
from crawler.crawl import Outcome, crawl
from tests.crawler.loopback import Reply, Site, serving

COLUMN = "/zwgk/zfxxgknb/"
KEY = "990101-qinghe"


def _list(rows: list[tuple[str, str]], pages: int, this: int) -> str:
    lines = "".join(
        f'<tr><td><a href="{link}">{title}</a></td><td>01-2{number}</td></tr>'
        for number, (link, title) in enumerate(rows)
    )
    return f'<table>{lines}</table><script>createPageHTML({pages}, {this}, "index", "html");</script>'


def _article(title: str, more: str = "") -> str:
    text = "本机关全年主动公开政府信息。" * 50
    return f'<h1>{title}</h1><div class="TRS_Editor"><p>{text}</p>{more}</div>'


def _title(year: int) -> str:
    return f"青禾县民政局{year}年政府信息公开工作年度报告"


def _county(site: Site) -> None:
    """A column of three pages, the last of which is the second again; pinned and double rows; traps."""
    pinned = ("./202201/t20220120_1.htm", _title(2021))
    second = [
        pinned,
        ("./202001/t20200120_3.htm", "青禾县民政局2019年政府信..."),
        ("./202001/t20200120_4.htm", "青禾县民政局2019年政府信..."),
        ("./202001/t20200120_5.htm", "《2019年政府信息公开工作年度报告》解读"),
        ("/secret/t20200120_6.htm", _title(2018)),
        ("http://elsewhere.example/t20200120_7.htm", _title(2017)),
        ("./202001/t20200120_8.htm", _title(2016)),
        ("./202001/t20200120_9.htm", _title(2015)),
    ]
    site.html(COLUMN, _list([pinned, ("./202101/t20210120_2.htm", _title(2020)), pinned], 3, 0), "gb18030")
    site.html(COLUMN + "index_1.html", _list(second, 3, 1), "gb18030")
    site.html(COLUMN + "index_2.html", _list(second, 3, 2), "gb18030")
    files = (
        '<a href="./P020220120.pdf">年报.pdf</a>'
        '<a href="/module/download/downfile.jsp?filename=a.docx">附件</a>'
        '<a href="./年报 正式.doc">年报 正式.doc</a><a href="./申请表.doc">申请表.doc</a>'
    )
    site.html(COLUMN + "202201/t20220120_1.htm", _article(_title(2021), files), "gb18030")
    site.html(COLUMN + "202101/t20210120_2.htm", _article(_title(2020)))
    site.html(COLUMN + "202001/t20200120_3.htm", _article(_title(2019)))
    site.html(COLUMN + "202001/t20200120_4.htm", _article("青禾县民政局2019年政府信息公开工作要点"))
    site.html(COLUMN + "202001/t20200120_8.htm", "<title>提示</title><p>您访问的页面不存在</p>")
    site.html(COLUMN + "202001/t20200120_9.htm", "<form>请登录<input type='password'></form>")
    site.replies[COLUMN + "202201/P020220120.pdf"] = Reply(b"%PDF-1.4 one", "application/pdf")
    site.replies[COLUMN + "202201/年报 正式.doc"] = Reply(b"\xd0\xcf\x11\xe0 two", "application/msword")
    site.replies["/module/download/downfile.jsp?filename=a.docx"] = Reply(
        b"", status=302, headers=(("Location", "/attach/0/a.docx"),)
    )
    site.replies["/attach/0/a.docx"] = Reply(b"PK\x03\x04 three", None)
    site.replies["/robots.txt"] = Reply(b"User-agent: *\nDisallow: /secret/\n", "text/plain")


def _crawl(data: Path, *keys: str, local: bool = True, replay: bool = False) -> list[Outcome]:
    return crawl(keys or [KEY], data, local=local, replay=replay, progress=lambda _line: None)


def _taken(captures: list[Capture], role: str) -> set[str]:
    return {
        c.url.partition("127.0.0.1")[2].partition("/")[2] for c in captures if c.role == role and _good(c)
    }


def _good(capture: Capture) -> bool:
    return capture.status == 200 and capture.refusal is None


@dataclass(frozen=True, slots=True)
class Crawled:
    site: Site
    data: Path
    outcome: Outcome
    captures: list[Capture]


@pytest.fixture(scope="module")
def crawled(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Crawled]:
    data = tmp_path_factory.mktemp("data")
    with serving() as site:
        _county(site)
        site.portal_file(data, KEY, [COLUMN, "/gone/"], expected={"reports": 3})
        (outcome,) = _crawl(data)
        yield Crawled(site, data, outcome, list(Store(data / "captures").captures()))


@pytest.fixture
def data(tmp_path: Path, site: Site) -> Path:
    _county(site)
    site.portal_file(tmp_path, KEY, [COLUMN], expected={"reports": 3})
    return tmp_path


def test_a_column_is_crawled_to_its_end_and_only_for_reports(crawled: Crawled) -> None:
    assert _taken(crawled.captures, "article") == {
        "zwgk/zfxxgknb/202201/t20220120_1.htm",
        "zwgk/zfxxgknb/202101/t20210120_2.htm",
        "zwgk/zfxxgknb/202001/t20200120_3.htm",
    }
    assert _taken(crawled.captures, "attachment") == {
        "zwgk/zfxxgknb/202201/P020220120.pdf",
        "zwgk/zfxxgknb/202201/%E5%B9%B4%E6%8A%A5%20%E6%AD%A3%E5%BC%8F.doc",
        "attach/0/a.docx",
    }
    assert crawled.outcome.reports == 3


def test_the_crawl_is_polite(crawled: Crawled) -> None:
    asked = Counter(capture.url for capture in crawled.captures)
    assert set(asked.values()) == {1}
    assert crawled.site.base + "/robots.txt" in asked
    assert "/secret/t20200120_6.htm" not in crawled.site.asked
    assert all(agent.startswith("nianbao/") for agent in crawled.site.agents)


def test_what_was_not_had_is_said(crawled: Crawled) -> None:
    run = crawled.outcome.run
    assert run is not None
    assert sorted((item.kind, item.role) for item in run.unreached) == [
        ("login", "article"),
        ("offsite", "article"),
        ("robots", "article"),
        ("soft-404", "article"),
        ("soft-404", "list"),
    ]
    assert sorted(item.title for item in run.not_taken) == [
        "《2019年政府信息公开工作年度报告》解读",
        "申请表.doc",
        "青禾县民政局2019年政府信息公开工作要点",
    ]
    assert len(crawled.outcome.says) == 5


def test_a_capture_keeps_what_the_list_said(crawled: Crawled) -> None:
    base, store = crawled.site.base, Store(crawled.data / "captures")
    by_url = {capture.url.removeprefix(base): capture for capture in crawled.captures}
    article = by_url[COLUMN + "202201/t20220120_1.htm"]
    assert (article.title, article.listed, article.parent) == (_title(2021), "01-20", base + COLUMN)
    assert store.body(article).decode("gb18030").startswith("<h1>青禾县")
    assert by_url["/attach/0/a.docx"].parent == article.url
    assert store.body(by_url["/attach/0/a.docx"]) == b"PK\x03\x04 three"
    assert by_url["/robots.txt"].role == "robots"


def test_crawling_twice_makes_one_set_and_replay_needs_no_network(crawled: Crawled) -> None:
    _crawl(crawled.data)
    both = list(Store(crawled.data / "captures").captures())
    assert {(c.url, c.document) for c in both} == {(c.url, c.document) for c in crawled.captures}
    assert len(both) == 2 * len(crawled.captures)
    crawled.site.asked.clear()
    (replayed,) = _crawl(crawled.data, replay=True)
    assert crawled.site.asked == []
    assert replayed.reports == 3
    assert list(Store(crawled.data / "captures").captures()) == both


def test_loopback_is_refused_unless_local(data: Path, site: Site) -> None:
    (outcome,) = _crawl(data, local=False)
    assert site.asked == []
    assert outcome.run is not None
    assert {item.kind for item in outcome.run.unreached} == {"private"}


def test_a_portal_that_is_down_leaves_the_others_crawled(data: Path, site: Site) -> None:
    site.portal_file(data, "990102-down", ["/nb/"])
    path = data / "portals" / "990102-down.yaml"
    path.write_text(path.read_text().replace(site.base, "http://127.0.0.1:9"))
    down_outcome, outcome = _crawl(data, "990102-down", KEY)
    assert outcome.reports == 3
    assert down_outcome.run is not None
    assert [item.kind for item in down_outcome.run.unreached] == ["network"]
    assert down_outcome.run.summary is not None
    assert down_outcome.run.summary.stopped == "network"
    assert "no report was found" in down_outcome.says[-1]


def test_fewer_reports_than_expected_and_an_early_end_of_the_list_are_signals(data: Path, site: Site) -> None:
    site.html(COLUMN + "index_1.html", site.replies[COLUMN].body.decode("gb18030").replace("3, 0", "3, 1"))
    (outcome,) = _crawl(data)
    assert outcome.run is not None
    assert [signal.says.split(",")[0] for signal in outcome.run.signals] == [
        "repeats rows already read where the list should go on; the list was left here",
        "3 reports are expected",
    ]


def test_hanweb_by_record_number(tmp_path: Path, site: Site) -> None:
    def records(start: int, end: int) -> str:
        item = (
            "<record><![CDATA[<li><a href='/art/2022/1/{0}/art_1_{0}.html' title='{1}'>x</a></li>]]></record>"
        )
        return "".join(item.format(number, _title(2000 + number)) for number in range(start, end + 1))

    call = (
        "$('#7').jpage({totalRecord:5,perPage:2,groupSize:1,proxyUrl:'/dataproxy.jsp',"
        "ajaxParam:{col:1,unitid:'7',webname:'青禾县'}});"
    )
    store = "<datastore><recordset>{}</recordset></datastore>"
    site.html("/col/col1/index.html", f"{store.format(records(10, 11))}<script>{call}</script>")
    proxy = "/dataproxy.jsp?startrecord={}&endrecord={}&perpage=2"
    site.html(proxy.format(3, 4), store.format(records(12, 13)))
    site.html(proxy.format(5, 5), store.format(records(14, 14)))
    for number in range(10, 15):
        site.html(f"/art/2022/1/{number}/art_1_{number}.html", _article(_title(2000 + number)))
    site.portal_file(tmp_path, KEY, ["/col/col1/index.html"], cms="hanweb")
    (outcome,) = _crawl(tmp_path)
    assert (outcome.reports, outcome.says) == (5, ())
    assert site.forms[proxy.format(3, 4)] == b"col=1&unitid=7&webname=%E9%9D%92%E7%A6%BE%E5%8E%BF"
    (replayed,) = _crawl(tmp_path, replay=True)
    assert (replayed.reports, replayed.says) == (5, ())

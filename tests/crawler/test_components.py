"""Scrapy's components one by one, and Scrapy's own command line."""

import subprocess
import sys
from pathlib import Path

import pytest
from scrapy import Request
from scrapy.crawler import Crawler
from scrapy.http import Response
from scrapy.statscollectors import MemoryStatsCollector

from crawler.captures import Exchange, PortalFacts, Store
from crawler.loader import spider_class
from crawler.page import page
from crawler.portal import Column, Portal
from crawler.reach import Reach, Refused, host_of, hosts_of
from crawler.record import NotRecorded, Record
from crawler.settings import DOWNLOAD_DELAY, DOWNLOADER_MIDDLEWARES, ROBOTSTXT_OBEY, USER_AGENT

PORTAL = Portal(
    "990101-qinghe", "990101", "青禾县", "http://www.example.cn/", "trs",
    (Column("https://open.example.cn:8443/nb/"),), hosts=("files.example.cn",),
)  # fmt: skip
FACTS = PortalFacts("990101-qinghe", "990101", "青禾县", "http://www.example.cn/", "trs")


def test_the_hosts_of_a_portal_are_those_its_file_names() -> None:
    assert hosts_of(PORTAL) == {"www.example.cn", "open.example.cn:8443", "files.example.cn"}
    assert (
        host_of("http://WWW.example.cn:80/a") == host_of("https://www.example.cn:443/b") == "www.example.cn"
    )


@pytest.mark.parametrize(
    ("url", "kind"),
    [
        ("http://example.cn/", "offsite"),
        ("http://www.example.cn:8080/", "offsite"),
        ("http://www.example.cn.evil.example/", "offsite"),
        ("ftp://www.example.cn/a.pdf", "scheme"),
    ],
)
async def test_only_the_hosts_of_the_portal_are_asked(url: str, kind: str) -> None:
    with pytest.raises(Refused) as refused:
        await Reach(PORTAL, local=True).process_request(Request(url))
    assert refused.value.kind == kind


@pytest.mark.parametrize(
    "host", ["127.0.0.1", "10.0.0.8", "192.168.1.1", "169.254.169.254", "[::1]", "localhost"]
)
async def test_private_addresses_are_refused(host: str) -> None:
    portal = Portal("k", "990101", "n", f"http://{host}/", "trs", (Column(f"http://{host}/nb/"),))
    with pytest.raises(Refused, match="--local"):
        await Reach(portal, local=False).process_request(Request(f"http://{host}/nb/"))
    await Reach(portal, local=True).process_request(Request(f"http://{host}/nb/"))


async def test_a_proxy_is_used_where_the_file_names_one() -> None:
    portal = Portal("k", "990101", "n", "http://a.example/", "trs", (), proxy="http://proxy.example:3128")
    request = Request("http://a.example/")
    await Reach(portal, local=False).process_request(request)
    assert request.meta["proxy"] == "http://proxy.example:3128"


def test_a_store_that_cannot_be_written_fails_the_request(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    store = Store(tmp_path)
    recording = store.begin(FACTS, "test")
    record, response = Record(store, recording), Response("http://www.example.cn/", body=b"x")
    monkeypatch.setattr(recording, "exchange", _full)
    with pytest.raises(NotRecorded, match="No space left"):
        record.process_response(Request("http://www.example.cn/"), response)
    recording.close(0)


def _full(exchange: Exchange, refusal: str | None) -> None:
    raise OSError(28, "No space left on device", exchange.url, refusal)


def test_the_recorder_stands_below_everything_that_changes_a_response() -> None:
    from scrapy.settings.default_settings import DOWNLOADER_MIDDLEWARES_BASE

    own = DOWNLOADER_MIDDLEWARES["crawler.record.Record"]
    assert own is not None
    above = {name: place for name, place in DOWNLOADER_MIDDLEWARES_BASE.items() if place > own}
    assert list(above) == ["scrapy.downloadermiddlewares.httpcache.HttpCacheMiddleware"]


def test_the_settings_are_polite() -> None:
    assert ROBOTSTXT_OBEY
    assert DOWNLOAD_DELAY >= 3
    assert USER_AGENT.startswith("nianbao/")


def test_a_page_is_read_from_its_bytes_whatever_its_header_says() -> None:
    shown = page(
        "http://a.example/x/", "<meta charset='iso-8859-1'><base href='/y/'><a href='z'>年报</a>".encode()
    )
    assert shown.root.css("a::text").get() == "年报"
    assert shown.join(" z ") == "http://a.example/y/z"


def test_scrapy_lists_a_spider_for_each_portal(tmp_path: Path) -> None:
    root = Path(__file__).parents[2]
    (tmp_path / "990101-qinghe.yaml").write_text("{}")
    folders = f"PORTALS={tmp_path}"
    command = [sys.executable, "-m", "scrapy", "list", "-s", folders]
    listed = subprocess.run(command, cwd=root, capture_output=True, text=True, check=True)
    assert listed.stdout == "990101-qinghe\n"


def test_a_page_the_crawler_stumbles_over_is_said(tmp_path: Path) -> None:
    settings = {"CAPTURES": str(tmp_path), "USER_AGENT": "test"}
    crawler = Crawler(spider_class(PORTAL), settings)
    spider = spider_class(PORTAL).from_crawler(crawler)
    crawler.stats = MemoryStatsCollector(crawler)
    crawler.stats.set_value("spider_exceptions/count", 2)
    spider.closed("finished")
    (run,) = Store(tmp_path).runs()
    assert [(item.kind, "2 pages" in item.says) for item in run.unreached] == [("crawler", True)]
    assert run.summary is not None
    assert run.summary.stopped == "crawler"

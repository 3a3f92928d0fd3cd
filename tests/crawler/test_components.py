"""Scrapy's components one by one, and Scrapy's own command line."""

import asyncio
import os
import subprocess
import sys
import threading
from dataclasses import dataclass, field, replace
from pathlib import Path

import pytest
from scrapy import Request
from scrapy.crawler import Crawler
from scrapy.http import Response
from scrapy.statscollectors import MemoryStatsCollector

from crawler.asking.reach import Left, Reach, Refused
from crawler.asking.turns import Turns
from crawler.captures import Exchange, PortalFacts, Store
from crawler.hosts import host_of, hosts_of
from crawler.loader import spider_class
from crawler.page import page
from crawler.portal import Column, Limits, Pace, Portal
from crawler.record import Asked, NotRecorded, Record
from crawler.settings import DOWNLOADER_MIDDLEWARES, USER_AGENT

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


@dataclass(slots=True)
class Told:
    """A spider as far as the middlewares know it."""

    portal: Portal
    stops: list[tuple[str, str]] = field(default_factory=list)

    def reaches(self, url: str) -> bool:
        return host_of(url) in hosts_of(self.portal)

    def stop(self, reason: str, url: str, says: str) -> None:
        assert says
        self.stops.append((reason, url))


@pytest.mark.parametrize(
    ("url", "kind"),
    [
        ("http://example.cn/", "offsite"),
        ("http://www.example.cn:8080/", "offsite"),
        ("http://www.example.cn.evil.example/", "offsite"),
        ("ftp://www.example.cn/a.pdf", "scheme"),
    ],
)
def test_only_the_hosts_of_the_portal_are_asked(url: str, kind: str) -> None:
    with pytest.raises(Refused) as refused:
        Reach(Told(PORTAL)).process_request(Request(url))
    assert refused.value.kind == kind


@pytest.mark.parametrize("proxy", ["http://proxy.example:3128", None])
def test_a_proxy_is_used_where_the_file_names_one_and_only_there(proxy: str | None) -> None:
    request = Request("http://www.example.cn/")
    Reach(Told(replace(PORTAL, proxy=proxy))).process_request(request)
    assert request.meta["proxy"] == proxy


def test_what_is_too_deep_or_one_list_too_many_ends_the_crawl_there() -> None:
    told = Told(replace(PORTAL, limits=Limits(depth=3, lists=2)))
    reach = Reach(told)
    reach.process_request(Request("http://www.example.cn/a", meta={"depth": 3}))
    with pytest.raises(Left, match="3 steps"):
        reach.process_request(Request("http://www.example.cn/b", meta={"depth": 4}))
    for path in ("1", "2", "2"):
        reach.process_request(Request(f"http://www.example.cn/{path}", meta={"asked": Asked("list")}))
    with pytest.raises(Left, match="2 pages of lists"):
        reach.process_request(Request("http://www.example.cn/3", meta={"asked": Asked("list")}))
    assert told.stops == [("limit", "http://www.example.cn/b"), ("limit", "http://www.example.cn/3")]


async def test_a_store_that_cannot_be_written_fails_the_request_and_hands_the_turn_on(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    store, turns = Store(tmp_path), Turns()
    recording = store.begin(FACTS, "test")
    record, response = Record(store, recording), Response("http://www.example.cn/", body=b"x")
    monkeypatch.setattr(recording, "write", _full)
    request = Request("http://www.example.cn/", meta={"turn": await turns.take(["a"], 0.0)})
    with pytest.raises(NotRecorded, match="No space left"):
        await record.process_response(request, response)
    await asyncio.wait_for(turns.take(["a"], 0.0), 5)
    recording.close(0)


async def test_an_answer_is_handed_on_and_entered_when_the_disk_has_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    store = Store(tmp_path)
    recording = store.begin(FACTS, "test")
    record, response = Record(store, recording), Response("http://www.example.cn/1", body=b"x")
    await record.process_response(Request(response.url), response)
    written, fsync = threading.Event(), os.fsync
    monkeypatch.setattr(os, "fsync", lambda file: written.wait() and fsync(file))
    other = response.replace(body=b"y")
    waits = asyncio.ensure_future(record.process_response(Request(response.url), other))
    done, _ = await asyncio.wait({waits}, timeout=0.3)
    assert not done
    assert len(list(Store(tmp_path).captures())) == 1
    written.set()
    await waits
    assert len(list(Store(tmp_path).captures())) == 2
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
    assert "crawler.asking.obey.Obey" in DOWNLOADER_MIDDLEWARES
    assert Pace().delay >= 3
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

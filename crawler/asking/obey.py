"""A downloader middleware: robots.txt is asked first, obeyed, and what it decides is in the run."""

import asyncio
from typing import Any, Self
from urllib.parse import urlsplit

from scrapy import Request, signals
from scrapy.crawler import Crawler
from scrapy.exceptions import IgnoreRequest, StopDownload
from scrapy.http import Response
from scrapy.http.request import NO_CALLBACK

from crawler.asking.download import NETWORK
from crawler.asking.reach import Left, Refused
from crawler.asking.robots import Robots, robots
from crawler.asking.stops import AWAY, STOPS, tell
from crawler.asking.turns import TURNS
from crawler.captures import Note
from crawler.failure import failed
from crawler.hosts import host_of
from crawler.replay import NotCaptured

LARGEST = 512 * 1024
"""Bytes of a robots.txt that are read; RFC 9309 demands 500 KiB."""


class Obey:
    """One robots.txt a scheme and host. While it cannot be had, nothing of the host may be asked: only a
    server that says that there is none (4xx) sets everything free."""

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        obey = cls(crawler)
        crawler.signals.connect(obey.cut, signal=signals.bytes_received)
        return obey

    def __init__(self, crawler: Crawler) -> None:
        self._crawler = crawler
        self._asked: dict[str, asyncio.Task[Robots]] = {}

    async def process_request(self, request: Request) -> None:
        if "robots" in request.meta or urlsplit(request.url).scheme not in ("http", "https"):
            return
        parts = urlsplit(request.url)
        url = f"{parts.scheme}://{parts.netloc}/robots.txt"
        if url not in self._asked:
            self._asked[url] = asyncio.ensure_future(self._ask(url))
        rule = (await self._asked[url]).rule(request.url)
        if rule is not None and not rule.allow:
            says = f"robots.txt ({rule}) asks not to fetch it; ask the portal, or leave it"
            raise Refused("robots", says)

    def cut(self, data: bytes, request: Request) -> None:
        if "robots" in request.meta:
            request.meta["robots"] += len(data)
            if request.meta["robots"] > LARGEST:
                raise StopDownload(fail=False)

    async def _ask(self, url: str) -> Robots:
        """Who is refused or stopped here is refused or stopped again, and told so, at the gate."""
        meta = {"robots": 0, "download_maxsize": 0}
        request = Request(url, priority=1000, callback=NO_CALLBACK, meta=meta)
        engine: Any = self._crawler.engine
        try:
            response: Response = await engine.download_async(request)
        except (Left, NotCaptured):
            return Robots()
        except IgnoreRequest as problem:
            if isinstance(problem, Refused) and problem.kind == "too-large":
                return self._none_now(url, str(problem))
            if isinstance(problem, Refused) and problem.kind != "offsite":
                return Robots()
            self._note(url, f"leads nowhere ({problem}), so all may be asked")
            return Robots()
        except NETWORK as problem:
            return self._none_now(url, failed(request, problem).says)
        return self._said(url, response)

    def _said(self, url: str, response: Response) -> Robots:
        if response.status >= 500:
            return self._none_now(url, f"status {response.status}; try later")
        if response.status != 200:
            if response.status not in AWAY:
                self._note(url, f"status {response.status}: there is none, so all may be asked")
            return Robots()
        if "download_stopped" in response.flags:
            self._note(url, f"is larger than {LARGEST // 1024} KiB; its beginning was kept and obeyed")
        said = robots(response.body[:LARGEST])
        if said.delay is not None:
            self._note(url, f"asks for {said.delay:g} seconds between two requests")
            TURNS.wish(host_of(url), said.delay)
        return said

    def _none_now(self, url: str, why: str) -> Robots:
        says = f"its robots.txt could not be had, so nothing is asked of the host in this run: {why}"
        STOPS.stop(host_of(url), "network", says)
        tell(self._crawler.spider, host_of(url), STOPS)
        return Robots()

    def _note(self, url: str, says: str) -> None:
        spider: Any = self._crawler.spider
        spider.recording.note(Note(url, says))

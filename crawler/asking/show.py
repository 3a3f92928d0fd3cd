"""A downloader middleware: list pages as a browser shows them, where the portal's file says `browser: true`.

The browser has no network. A page's bytes were asked for and recorded like any other's, and what its scripts
ask for comes the same way, so whoever has the captures can show it again."""

import asyncio
from functools import partial
from typing import Any, Self

from scrapy import Request, signals
from scrapy.crawler import Crawler
from scrapy.exceptions import NotConfigured
from scrapy.http import Response

from crawler.asking.browser import Browser, NotShown
from crawler.asking.parts import Parts, served
from crawler.asking.reach import Left, Refused
from crawler.asking.showing import PARTS, NoBrowser, Shown
from crawler.captures import Signal
from crawler.page import is_page
from crawler.record import ROBOTS, Asked
from crawler.refuse import refusal

_AS_SERVED = frozenset({None, "empty", "soft-404"})
"""What a page may be taken for before its scripts have run."""


class Show:
    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        spider: Any = crawler.spider
        if not spider.portal.browser:
            raise NotConfigured
        show = cls(crawler, spider)
        crawler.signals.connect(show.close, signal=signals.spider_closed)
        return show

    def __init__(self, crawler: Crawler, spider: Any) -> None:
        self._spider = spider
        self._limits = spider.portal.limits
        self._browser = Browser(crawler.settings["USER_AGENT"])
        self._parts = Parts(crawler)
        self._one = asyncio.Lock()

    async def close(self) -> None:
        await self._browser.close()

    async def process_response(self, request: Request, response: Response) -> Response:
        asked: Asked = request.meta.get("asked", ROBOTS)
        if asked.role != "list" or "part" in request.meta or not _can_be_shown(request, response):
            return response
        async with self._one:
            body = await self._shown(response)
        if len(body) > self._limits.decoded:
            raise Refused("too-large", f"shows more than {self._limits.decoded} bytes (limits.decoded)")
        request.meta["refusal"] = refusal(response.status, body)
        return response.replace(body=body)

    async def _shown(self, response: Response) -> bytes:
        limits, first = self._limits, served(response)
        answer = partial(self._parts.had, parent=response.url)
        try:
            shown = await self._browser.shown(response.url, first, answer, limits.seconds, limits.pages)
        except NoBrowser as problem:
            self._spider.stop("browser", self._spider.portal.home, f"its lists need a browser: {problem}")
            raise Left("browser", f"needs a browser: {problem}") from None
        except NotShown as problem:
            raise Refused("too-slow", str(problem)) from None
        if (lost := self._parts.lost) is not None:
            self._parts.lost = None
            raise lost
        self._say(shown, response.url)
        return shown.html.encode("utf-8", "replace")

    def _say(self, shown: Shown, url: str) -> None:
        if shown.more:
            says = f"its list goes on after {self._limits.pages} pages (limits.pages), which were read"
            self._spider.stop("limit", url, says)
        if shown.endless:
            says = f"its scripts ask for more than {PARTS} things at once; it was shown without the rest"
            self._spider.recording.signal(Signal(url, says))


def _can_be_shown(request: Request, response: Response) -> bool:
    as_served = response.status == 200 and request.meta["refusal"] in _AS_SERVED
    return as_served and is_page(response.body)

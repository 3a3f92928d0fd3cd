"""A downloader middleware: pages as a browser shows them, where the portal's file says `browser: true`.

Lists always; articles where the page as served says next to nothing. The browser has no network: a page's
bytes were asked for and recorded like any other's, and what its scripts ask for comes the same way, so
whoever has the captures can show it again."""

import asyncio
from dataclasses import replace
from functools import partial
from typing import Any, Self

from scrapy import Request, signals
from scrapy.crawler import Crawler
from scrapy.exceptions import NotConfigured
from scrapy.http import Response

from crawler.asking.browser import Browser, NotShown
from crawler.asking.parts import Parts, served
from crawler.asking.reach import Left, Refused
from crawler.asking.showing import PARTS, NoBrowser, Served, Shown
from crawler.captures import CaptureLost, Exchange, Signal
from crawler.page import is_page, page, visible
from crawler.record import FULL, ROBOTS, Asked, NotRecorded
from crawler.refuse import refusal

_AS_SERVED = frozenset({None, "empty", "soft-404"})
"""What a page may be taken for before its scripts have run."""

_FEW = 500
"""An article with more visible characters than this as served is read as served."""

_SHOWN = "#shown"
_TYPE = (("Content-Type", "text/html; charset=utf-8"),)


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
        if "part" in request.meta or not _can_be_shown(request, response):
            return response
        if asked.role == "list":
            body = await self._shown(response, self._limits.pages)
            request.meta["refusal"] = refusal(response.status, body)
            return response.replace(body=body)
        if asked.role == "article" and len(_says(response.url, response.body)[0]) <= _FEW:
            return await self._article(request, response, asked)
        return response

    async def _article(self, request: Request, response: Response, asked: Asked) -> Response:
        """What scripts add to an article is recorded as what it is, a file beside the page as served."""
        url = f"{response.url}{_SHOWN}"
        body = self._had(url)
        if body is None:
            body = await self._shown(response, None)
            if _says(url, body) == _says(url, response.body) or refusal(response.status, body):
                return response
            try:
                self._spider.recording.made(_made(url, body, asked, response.url))
            except OSError as problem:
                raise NotRecorded(FULL.format(problem)) from problem
        request.meta["refusal"] = None
        return response.replace(body=body)

    def _had(self, url: str) -> bytes | None:
        """What this sweep recorded already."""
        entered = self._spider.recording.rest.had(url, "GET", b"")
        try:
            return bytes(self._spider.store.served(entered).document) if entered else None
        except CaptureLost:
            return None

    async def _shown(self, response: Response, most: int | None) -> bytes:
        seconds, first = self._limits.seconds, _in_its_charset(response)
        answer = partial(self._parts.had, parent=response.url)
        try:
            async with self._one:
                shown = await self._browser.shown(response.url, first, answer, seconds, most)
        except NoBrowser as problem:
            self._spider.stop("browser", self._spider.portal.home, f"its pages need a browser: {problem}")
            raise Left("browser", f"needs a browser: {problem}") from None
        except NotShown as problem:
            raise Refused("too-slow", str(problem)) from None
        if (lost := self._parts.lost) is not None:
            self._parts.lost = None
            raise lost
        self._say(shown, response.url)
        body = shown.html.encode("utf-8", "replace")
        if len(body) > self._limits.decoded:
            raise Refused("too-large", f"shows more than {self._limits.decoded} bytes (limits.decoded)")
        return body

    def _say(self, shown: Shown, url: str) -> None:
        if shown.more:
            says = f"its list goes on after {self._limits.pages} pages (limits.pages), which were read"
            self._spider.stop("limit", url, says)
        if shown.endless:
            says = f"its scripts ask for more than {PARTS} things at once; it was shown without the rest"
            self._spider.recording.signal(Signal(url, says))


def _can_be_shown(request: Request, response: Response) -> bool:
    as_served = response.status == 200 and request.meta["refusal"] in _AS_SERVED
    return as_served and is_page(response.body) and b"<script" in response.body.lower()


def _in_its_charset(response: Response) -> Served:
    """A browser believes the header, and without one its own guess; the crawl reads the bytes."""
    as_served, encoding = served(response), page(response.url, response.body).encoding
    headers = {**as_served.headers, "Content-Type": f"text/html; charset={encoding}"}
    return replace(as_served, headers=headers)


def _says(url: str, body: bytes) -> tuple[str, list[str]]:
    root = page(url, body).root
    return visible(root), root.css("a::attr(href)").getall()


def _made(url: str, body: bytes, asked: Asked, parent: str) -> Exchange:
    known = (asked.title, asked.listed, asked.body_name)
    return Exchange(url, "GET", (), b"", 0, _TYPE, body, "attachment", *known, parent=parent)

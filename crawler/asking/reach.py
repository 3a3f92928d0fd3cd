"""Which addresses a portal's crawl may ask: those of its own hosts, and not without end."""

from typing import Any, Self
from urllib.parse import urlsplit

from scrapy import Request
from scrapy.crawler import Crawler
from scrapy.exceptions import IgnoreRequest

from crawler.hosts import PORTS, host_of
from crawler.portal import Portal


class Refused(IgnoreRequest):
    """A request that is not made or an answer that is not taken. `kind` is a word for programs:
    `offsite`, `private`, `scheme`, `robots`, `too-large` or `too-slow`."""

    def __init__(self, kind: str, says: str) -> None:
        super().__init__(says)
        self.kind = kind


class Left(Refused):
    """A request that this run makes no more: the spider was told why (`stop`). `kind` is that reason; but
    for `limit`, the next run takes it up."""


class Reach:
    """A downloader middleware. What address a name stands for is checked where it is connected to."""

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        return cls(crawler.spider)

    def __init__(self, spider: Any) -> None:
        self._spider = spider
        self._portal: Portal = spider.portal
        self._lists: set[str] = set()

    def process_request(self, request: Request) -> None:
        if urlsplit(request.url).scheme not in PORTS:
            raise Refused("scheme", "is neither http nor https; look at it by hand")
        if not self._spider.reaches(request.url):
            host = host_of(request.url)
            raise Refused("offsite", f"is on {host}; if that is the portal's too, add it to the file's hosts")
        self._within_limits(request)
        # Set even where there is none: else Scrapy would take one from the environment unsaid.
        request.meta["proxy"] = self._portal.proxy

    def _within_limits(self, request: Request) -> None:
        limits, asked = self._portal.limits, request.meta.get("asked")
        if request.meta.get("depth", 0) > limits.depth:
            self._end(request, f"is more than {limits.depth} steps from its column (limits.depth)")
        if asked is not None and asked.role == "list":
            if len(self._lists) >= limits.lists and request.url not in self._lists:
                self._end(request, f"comes after {limits.lists} pages of lists (limits.lists)")
            self._lists.add(request.url)

    def _end(self, request: Request, why: str) -> None:
        says = f"{why}; what comes after is not asked: look whether the list is real, then raise the limit"
        self._spider.stop("limit", request.url, says)
        raise Left("limit", says)

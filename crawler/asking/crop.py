"""A downloader middleware: a page with more links than anybody reads ends before the first too many."""

import re
from itertools import islice
from typing import Any, Self

from scrapy import Request
from scrapy.crawler import Crawler
from scrapy.http import Response

from crawler.captures import Signal
from crawler.page import is_page

_LINK = re.compile(rb"<a\s", re.IGNORECASE)
_SHORTEST = len("<a href=a>")


class Crop:
    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        return cls(crawler.spider)

    def __init__(self, spider: Any) -> None:
        self._links: int = spider.portal.limits.links
        self._recording = spider.recording

    def process_response(self, request: Request, response: Response) -> Response:  # noqa: ARG002
        if len(response.body) < self._links * _SHORTEST or not is_page(response.body):
            return response
        too_many = next(islice(_LINK.finditer(response.body), self._links, None), None)
        if too_many is None:
            return response
        says = f"has more than {self._links} links (limits.links); those after were left out"
        self._recording.signal(Signal(response.url, says))
        return response.replace(body=response.body[: too_many.start()])

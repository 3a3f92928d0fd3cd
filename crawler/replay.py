"""A download handler that answers from captures: a crawl without a network."""

from pathlib import Path
from typing import Self
from urllib.parse import urldefrag

from scrapy import Request
from scrapy.core.downloader.handlers.base import BaseDownloadHandler
from scrapy.crawler import Crawler
from scrapy.http import Response

from crawler.captures import Store
from crawler.record import response_of


class NotCaptured(Exception):
    """No answer to this request is in the store."""


class Replay(BaseDownloadHandler):
    lazy = False

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        handler = cls(crawler)
        handler._store = Store(Path(crawler.settings["REPLAY"]))
        return handler

    _store: Store

    async def download_request(self, request: Request) -> Response:
        answer = self._store.answer(urldefrag(request.url).url, request.method, request.body)
        if answer is None:
            raise NotCaptured(f"no capture answers {request.method} {request.url}; crawl it first")
        return response_of(request.url, answer, "replayed")

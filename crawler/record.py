"""A downloader middleware: every response, as served, into the store."""

from dataclasses import dataclass
from typing import Self

from scrapy import Request
from scrapy.crawler import Crawler
from scrapy.http import Headers, Response

from crawler.captures import Exchange, Recording, Role
from crawler.refuse import refusal


class NotRecorded(Exception):
    """The store could not be written, so the response does not count."""


@dataclass(frozen=True, slots=True)
class Asked:
    """What the crawl knows of a request when it makes it: `meta["asked"]`."""

    role: Role
    title: str | None = None
    listed: str | None = None
    body_name: str | None = None
    parent: str | None = None


ROBOTS = Asked("robots")
"""The only requests that the crawl itself does not make."""


class Record:
    """Stands below decompression and redirection, so it sees what came over the wire.

    Leaves in `meta["refusal"]` why the response is not what was asked for, or None."""

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        return cls(crawler.spider.recording)  # type: ignore[union-attr]

    def __init__(self, recording: Recording) -> None:
        self._recording = recording

    def process_response(self, request: Request, response: Response) -> Response:
        exchange = _exchange(request, response)
        why = refusal(response.status, exchange.document)
        try:
            self._recording.exchange(exchange, why)
        except OSError as problem:
            raise NotRecorded(f"the store cannot be written ({problem}); make room or mend it") from problem
        request.meta["refusal"] = why
        return response


def _exchange(request: Request, response: Response) -> Exchange:
    asked: Asked = request.meta.get("asked", ROBOTS)
    return Exchange(
        url=response.url,
        method=request.method,
        sent=_pairs(request.headers),
        form=request.body,
        status=response.status,
        received=_pairs(response.headers),
        payload=response.body,
        role=asked.role,
        title=asked.title,
        listed=asked.listed,
        body_name=asked.body_name,
        parent=asked.parent,
    )


def _pairs(headers: Headers) -> tuple[tuple[str, str], ...]:
    return tuple(
        (name.decode("latin-1"), value.decode("latin-1"))
        for name, values in headers.items()
        for value in values
    )

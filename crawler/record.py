"""A downloader middleware: every response, as served, into the store, and nothing asked for twice."""

from dataclasses import dataclass
from typing import Self
from urllib.parse import urldefrag

from scrapy import Request
from scrapy.crawler import Crawler
from scrapy.http import Headers, Response
from scrapy.responsetypes import responsetypes

from crawler.adopt import Known, adopt, answer_of
from crawler.captures import (
    DISK,
    Answer,
    Entered,
    Exchange,
    Recording,
    Role,
    Store,
    settled,
)
from crawler.refuse import refusal

STORED = "stored"
"""The flag of a response that a sweep had already, and for which nothing was asked."""


FULL = "the store cannot be written ({}); make room or mend it"


class NotRecorded(Exception):
    """The store could not be written, so the response does not count."""


@dataclass(frozen=True, slots=True)
class Asked:
    """What the crawl knows of a request when it makes it: `meta["asked"]`. `column` is the one that a
    report was found in; `unlisted` says that none names it any more."""

    role: Role
    title: str | None = None
    listed: str | None = None
    body_name: str | None = None
    parent: str | None = None
    column: str = ""
    unlisted: bool = False


ROBOTS = Asked("robots")
"""The only requests that the crawl itself does not make."""


@dataclass(frozen=True, slots=True)
class Had:
    """What an earlier crawl had of an address, while it is asked whether that has changed."""

    entered: Entered
    answer: Answer


class Record:
    """Stands below decompression and redirection, so it sees what came over the wire.

    Leaves in `meta["refusal"]` why the response is not what was asked for, or None."""

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        return cls(crawler.spider.store, crawler.spider.recording)  # type: ignore[union-attr]

    def __init__(self, store: Store, recording: Recording) -> None:
        self._store = store
        self._recording = recording

    def process_request(self, request: Request) -> Response | None:
        for left_by_a_redirect in ("If-None-Match", "If-Modified-Since"):
            request.headers.pop(left_by_a_redirect, None)
        had = self._had(request)
        if had is not None:
            request.meta["refusal"] = refusal(had.status, had.document)
            return response_of(request.url, had, STORED)
        request.meta["had"] = earlier = self._earlier(request)
        if earlier and earlier.entered.etag:
            request.headers["If-None-Match"] = earlier.entered.etag.encode("latin-1")
        if earlier and earlier.entered.modified:
            request.headers["If-Modified-Since"] = earlier.entered.modified.encode("latin-1")
        return None

    async def process_response(self, request: Request, response: Response) -> Response:
        if STORED in response.flags:
            return response
        exchange, had = _exchange(request, response), request.meta.pop("had", None)
        unchanged = had if response.status == 304 else None
        why = _why(response.status, exchange, unchanged)
        try:
            if unchanged:
                written = self._recording.write_unchanged(exchange, unchanged.entered, why)
            else:
                written = self._recording.write(exchange, why)
            await DISK.holds(written.stream)
            self._recording.enter(written)
        except OSError as problem:
            _nobody_judges(request)
            raise NotRecorded(FULL.format(problem)) from problem
        request.meta["refusal"] = why
        if unchanged:
            return response_of(exchange.url, unchanged.answer, "not-modified")
        return response

    def _had(self, request: Request) -> Answer | None:
        """What this sweep had of the request already. What robots.txt says is asked by each run."""
        asked = (urldefrag(request.url).url, request.method, request.body)
        entered = self._adopted(request, asked) or self._recording.rest.had(*asked)
        if entered is None or _of(request).role == "robots" or not settled(entered.capture):
            return None
        return answer_of(self._store, entered)

    def _adopted(self, request: Request, asked: tuple[str, str, bytes]) -> Entered | None:
        found = self._recording.rest.orphan(*asked)
        try:
            return adopt(self._store, self._recording, found, _known(_of(request))) if found else None
        except OSError as problem:
            raise NotRecorded(FULL.format(problem)) from problem

    def _earlier(self, request: Request) -> Had | None:
        """What an earlier crawl had, where the server can be asked whether it has changed."""
        if request.method != "GET":
            return None
        entered = self._store.last_good(urldefrag(request.url).url)
        if entered is None or not (entered.etag or entered.modified):
            return None
        answer = answer_of(self._store, entered)
        return Had(entered, answer) if answer else None


def _why(status: int, exchange: Exchange, unchanged: Had | None) -> str | None:
    """Why this is not what was asked for."""
    if unchanged:
        return refusal(unchanged.answer.status, unchanged.answer.document)
    return "status" if status == 304 else refusal(status, exchange.document)


def _nobody_judges(request: Request) -> None:
    if turn := request.meta.pop("turn", None):
        turn.release()


def response_of(url: str, answer: Answer, flag: str) -> Response:
    headers = Headers()
    for name, value in answer.headers:
        headers.appendlist(name, value.encode("latin-1"))
    kind = responsetypes.from_args(headers=headers, url=url, body=answer.payload)
    return kind(url, status=answer.status, headers=headers, body=answer.payload, flags=[flag])


def _of(request: Request) -> Asked:
    asked: Asked = request.meta.get("asked", ROBOTS)
    return asked


def _exchange(request: Request, response: Response) -> Exchange:
    return Exchange(
        response.url,
        request.method,
        _pairs(request.headers),
        request.body,
        response.status,
        _pairs(response.headers),
        response.body,
        *_known(_of(request)),
    )


def _known(asked: Asked) -> Known:
    return asked.role, asked.title, asked.listed, asked.body_name, asked.parent


def _pairs(headers: Headers) -> tuple[tuple[str, str], ...]:
    return tuple(
        (name.decode("latin-1"), value.decode("latin-1"))
        for name, values in headers.items()
        if name.lower() != b"proxy-authorization"  # the operator's password is no evidence
        for value in values
    )

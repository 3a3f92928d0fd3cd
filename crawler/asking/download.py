"""The download handler: the last place before the network, where every request passes, whoever made it."""

import asyncio
import hashlib
import time
from typing import TYPE_CHECKING, Any, cast
from urllib.parse import urlsplit

from scrapy import Request, signals
from scrapy.core.downloader.handlers.http11 import HTTP11DownloadHandler, TunnelError
from scrapy.crawler import Crawler
from scrapy.exceptions import (
    CannotResolveHostError,
    DownloadCancelledError,
    DownloadConnectionRefusedError,
    DownloadFailedError,
    DownloadTimeoutError,
    ResponseDataLossError,
)
from scrapy.http import Response
from twisted.internet.error import ConnectError, ConnectionClosed
from twisted.internet.ssl import TLSVersion

from crawler.asking.addresses import NAMES, Forbidden, literal
from crawler.asking.budget import Spent
from crawler.asking.certificates import doubts
from crawler.asking.lenient import HEADERS, LenientFactory, TooManyHeaders
from crawler.asking.old_tls import OldTls
from crawler.asking.reach import Left, Refused
from crawler.asking.sizes import beyond
from crawler.asking.stops import STOPS, tell
from crawler.asking.turns import TURNS, Turn
from crawler.captures import Note
from crawler.hosts import host_of

if TYPE_CHECKING:
    from twisted.web.iweb import IPolicyForHTTPS

NETWORK = (
    CannotResolveHostError,
    DownloadConnectionRefusedError,
    DownloadFailedError,
    DownloadTimeoutError,
    ResponseDataLossError,
    ConnectError,
    ConnectionClosed,
    TunnelError,
    OSError,
)
"""What counts as an error of the network, and not of what was asked for."""

IDLE = 1
"""Seconds a connection is kept: a crawl with a delay opens one for each request."""


class Polite(HTTP11DownloadHandler):
    """One request at a time to a host, in turn with all portals of this process, within budget and limits,
    to addresses that were checked, and none to a host that was given up."""

    def __init__(self, crawler: Crawler) -> None:
        super().__init__(crawler)
        self._pool._factory = LenientFactory
        # Twisted would ask again at once, and out of turn.
        self._pool.retryAutomatically = False
        self._pool.cachedConnectionTimeout = IDLE
        self._contextFactory = cast(
            "IPolicyForHTTPS", OldTls(method=None, tls_min_version=TLSVersion.TLSv1_0)
        )
        spider: Any = crawler.spider
        self._spider = spider
        self._portal = spider.portal
        self._local = crawler.settings.getbool("LOCAL")
        self._spent: Spent = spider.spent
        self._limits = spider.portal.limits
        self._vouched_for: set[str] = set()
        self._begun: dict[Request, asyncio.Future[None]] = {}
        crawler.signals.connect(self._headers, signal=signals.headers_received)

    async def download_request(self, request: Request) -> Response:
        host = host_of(request.url)
        self._gate(host)
        turn = await TURNS.take(await self._addresses(request), TURNS.delay(host, self._portal.pace.delay))
        try:
            self._gate(host)
            await turn.wait()
            self._gate(host)
            response = await self._answer(request, host, turn)
        except BaseException:
            turn.release()
            raise
        request.meta["turn"] = turn
        turn.release_later()
        return response

    async def _addresses(self, request: Request) -> tuple[str, ...]:
        name = (urlsplit(request.url).hostname or "").lower()
        try:
            if proxy := request.meta.get("proxy"):
                await literal(name, local=self._local)
                await NAMES.proxy((urlsplit(proxy).hostname or "").lower())
                return (name,)
            return tuple(map(str, await NAMES.checked(name, local=self._local))) or (name,)
        except Forbidden as problem:
            says = f"leads to {problem}, which is not on the public internet; --local allows loopback alone"
            raise Refused("private", says) from problem

    def _gate(self, host: str) -> None:
        if stop := STOPS.of(host):
            tell(self._spider, host, STOPS)
            raise Left(stop.reason, stop.says)
        if says := self._spent.over():
            self._spider.stop("budget", self._portal.home, says)
            raise Left("budget", says)

    async def _answer(self, request: Request, host: str, turn: Turn) -> Response:
        self._spent.request()
        began = time.monotonic()
        try:
            response = await self._within(request)
            self._whole(request, response)
        except NETWORK as problem:
            if endless := _endless(problem):
                raise endless from problem
            STOPS.failed(host, sentence(problem))
            tell(self._spider, host, STOPS)
            raise
        finally:
            turn.ended()
        turn.answered(time.monotonic() - began, good=response.status in (200, 304))
        self._spent.answer(len(response.body))
        encodings = b",".join(response.headers.getlist("Content-Encoding")).decode("latin-1")
        if beyond(response.body, encodings, self._limits.decoded):
            raise Refused("too-large", f"unpacks to more than {self._limits.decoded} bytes (limits.decoded)")
        self._vouched(response)
        return response

    async def _within(self, request: Request) -> Response:
        """An answer that begins within pace.timeout and is whole within limits.seconds."""
        request.meta["download_timeout"] = self._limits.seconds
        request.meta.setdefault("download_maxsize", self._limits.answer)
        begun = self._begun[request] = asyncio.get_running_loop().create_future()
        asked = asyncio.ensure_future(super().download_request(request))
        timeout = self._portal.pace.timeout
        try:
            await asyncio.wait({asked, begun}, timeout=timeout, return_when=asyncio.FIRST_COMPLETED)
            if asked.done() or begun.done():
                return await asked
        except DownloadTimeoutError as problem:
            if not begun.done():
                raise
            STOPS.failed(host_of(request.url), "an answer without end")
            says = f"was not whole within {self._limits.seconds} seconds (limits.seconds)"
            raise Refused("too-slow", says) from problem
        except DownloadCancelledError as problem:
            self._spent.answer(self._limits.answer)
            says = f"is larger than {self._limits.answer} bytes (limits.answer)"
            raise Refused("too-large", says) from problem
        finally:
            asked.cancel()
            del self._begun[request]
        raise DownloadTimeoutError(f"no answer began within {timeout:g} seconds (pace.timeout)")

    def _headers(self, request: Request) -> None:
        if (begun := self._begun.get(request)) is not None and not begun.done():
            begun.set_result(None)

    def _whole(self, request: Request, response: Response) -> None:
        """A body shorter than its Content-Length is believed when it comes twice; half a robots.txt never."""
        if "partial" not in response.flags or "Content-Length" not in response.headers:
            return
        digest = hashlib.sha256(response.body).hexdigest()
        if request.meta.get("short") != digest or "robots" in request.meta:
            request.meta["short"] = digest
            raise ResponseDataLossError("the answer is shorter than its Content-Length says")
        self._note(response.url, "is shorter than its Content-Length says, twice the same; taken as it is")

    def _vouched(self, response: Response) -> None:
        host = host_of(response.url)
        if response.certificate is None or host in self._vouched_for:
            return
        self._vouched_for.add(host)
        name = urlsplit(response.url).hostname or ""
        if found := doubts(response.certificate.original, name):
            self._note(response.url, f"its certificate proves nothing: {', '.join(found)}")

    def _note(self, url: str, says: str) -> None:
        self._spider.recording.note(Note(url, says))


def _endless(problem: BaseException) -> Refused | None:
    """Twisted hides under two layers why it gave an answer up."""
    reasons = getattr(problem.__cause__, "reasons", ())
    if any(reason.check(TooManyHeaders) for reason in reasons):
        return Refused("too-large", f"has more than {HEADERS} bytes of headers")
    return None


def sentence(problem: BaseException) -> str:
    says = " ".join(str(problem).split())
    return f"{type(problem).__name__}: {says}" if says else type(problem).__name__

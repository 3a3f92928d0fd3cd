"""What the scripts of a page ask for, asked as all is asked: by robots.txt, in turn, in budget, recorded."""

from collections.abc import Mapping
from typing import Any

from scrapy import Request
from scrapy.crawler import Crawler
from scrapy.exceptions import IgnoreRequest
from scrapy.http import Response
from scrapy.http.request import NO_CALLBACK

from crawler.asking.download import NETWORK
from crawler.asking.reach import Left, Refused
from crawler.asking.showing import Part, Served
from crawler.captures import Note
from crawler.failure import failed
from crawler.hosts import host_of
from crawler.record import Asked, NotRecorded
from crawler.replay import NotCaptured

# Ours, or of the connection; the rest of what a script sends may be what its server asks for.
_NOT_SENT = frozenset(
    {"accept-encoding", "accept-language", "connection", "content-length", "cookie", "host", "user-agent"}
)
_NOT_SERVED = frozenset({"connection", "content-encoding", "content-length", "transfer-encoding"})


class Parts:
    """Of one portal in one run: a script is asked for once, whatever pages it stands in. `lost` is what makes
    a page worthless that was shown without it."""

    def __init__(self, crawler: Crawler) -> None:
        self._crawler = crawler
        self._scripts: dict[str, Served] = {}
        self._strange: set[str] = set()
        self.lost: NotRecorded | None = None

    @property
    def _recording(self) -> Any:
        spider: Any = self._crawler.spider
        return spider.recording

    async def had(self, part: Part, parent: str) -> Served | None:
        """None where it is not had; the run says why."""
        if part.url in self._scripts:
            return self._scripts[part.url]
        engine: Any = self._crawler.engine
        request = _request(part, parent)
        try:
            answered = served(await engine.download_async(request))
        except (IgnoreRequest, NotCaptured, *NETWORK) as problem:
            self._not_had(request, problem)
            return None
        except NotRecorded as problem:
            self.lost = problem
            return None
        if part.kind == "script":
            self._scripts[part.url] = answered
        return answered

    def _not_had(self, request: Request, problem: BaseException) -> None:
        """What counts visitors stands in every page, and on a host of somebody else."""
        host = host_of(request.url)
        if isinstance(problem, Refused) and problem.kind == "offsite":
            if host not in self._strange:
                self._strange.add(host)
                self._recording.note(Note(request.url, f"is a part of a page, on {host}; it was not asked"))
        elif not isinstance(problem, Left):
            self._recording.unreached(failed(request, problem))


def served(response: Response) -> Served:
    headers: Mapping[str, str] = {
        name.decode("latin-1"): b", ".join(values).decode("latin-1")
        for name, values in response.headers.items()
        if name.decode("latin-1").lower() not in _NOT_SERVED
    }
    return Served(response.status, headers, response.body)


def _request(part: Part, parent: str) -> Request:
    headers = {name: value for name, value in part.headers.items() if _sent(name)}
    return Request(
        part.url,
        method=part.method,
        headers=headers,
        body=part.body,
        callback=NO_CALLBACK,
        meta={"asked": Asked("list", parent=parent), "part": True},
    )


def _sent(name: str) -> bool:
    return name not in _NOT_SENT and not name.startswith(("sec-", ":", "upgrade-"))

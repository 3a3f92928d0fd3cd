"""What went wrong with a request, in a word for programs and a sentence for people."""

from scrapy import Request
from scrapy.exceptions import (
    CannotResolveHostError,
    DownloadConnectionRefusedError,
    DownloadTimeoutError,
    IgnoreRequest,
)
from scrapy.spidermiddlewares.httperror import HttpError

from crawler.asking.download import NETWORK
from crawler.asking.reach import Refused
from crawler.captures import Unreached
from crawler.record import ROBOTS, Asked, NotRecorded
from crawler.replay import NotCaptured

REFUSALS = {
    "challenge": "answered with a challenge page; try later or from elsewhere",
    "soft-404": "says that there is no such page; look on the portal where it went",
    "login": "asks for a login; look on the portal whether it is public",
    "error": "shows an error of its server; try later",
    "parked": "is up for sale or switched off; look whether the portal has a new address",
    "hijacked": "shows somebody else's advertising; tell the portal",
    "empty": "is a page that was not filled in; look on the portal in a browser",
}

UNEXPECTED = "unexpected"
"""An exception that nobody thought of: of the network it says nothing."""

_KINDS: tuple[tuple[type[Exception], str, str], ...] = (
    (NotRecorded, "store", ""),
    (NotCaptured, "not-captured", ""),
    (CannotResolveHostError, "dns", "its host name is not known; check the address"),
    (DownloadConnectionRefusedError, "connection", "its host refuses connections; try later"),
    (DownloadTimeoutError, "timeout", "no answer in time; try later or raise the portal's pace.timeout"),
    (IgnoreRequest, "redirects", ""),
)


def refused(request: Request, url: str, refusal: str) -> Unreached:
    """A response that came and was not what was asked for."""
    return _unreached(request, url, refusal, REFUSALS[refusal])


def failed(request: Request, problem: BaseException) -> Unreached:
    """A request that ended in an exception."""
    if isinstance(problem, HttpError):
        status, refusal = problem.response.status, request.meta.get("refusal") or "status"
        says = REFUSALS.get(refusal, "try later, or look on the portal where it went")
        return _unreached(request, problem.response.url, refusal, f"status {status}: {says}")
    if isinstance(problem, Refused):
        return _unreached(request, request.url, problem.kind, str(problem))
    for kind, word, says in _KINDS:
        if isinstance(problem, kind):
            return _unreached(request, request.url, word, says or str(problem))
    says = f"{type(problem).__name__}: {' '.join(str(problem).split())}"
    if isinstance(problem, NETWORK):
        return _unreached(request, request.url, "connection", f"{says}; try later")
    return _unreached(request, request.url, UNEXPECTED, f"{says}; crawl.log says where; report it as a bug")


def _unreached(request: Request, url: str, kind: str, says: str) -> Unreached:
    asked: Asked = request.meta.get("asked", ROBOTS)
    return Unreached(url, asked.role, kind, says, asked.title)

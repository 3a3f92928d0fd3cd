"""The spider that asks a portal whether it still answers as its file says: its front page, and of each
column the first page. It keeps nothing."""

from collections.abc import AsyncIterator
from dataclasses import dataclass
from typing import Any

from scrapy import Request
from scrapy.http import Response
from twisted.python.failure import Failure

from crawler.discover.columns import found, recognised
from crawler.discover.looker import Looker
from crawler.failure import failed, refused
from crawler.hosts import host_of, hosts_of
from crawler.page import page
from crawler.record import Asked


@dataclass(frozen=True, slots=True)
class Answer:
    """`says` is None where the column lists reports as the portal's family does."""

    url: str
    reports: int
    says: str | None


@dataclass(frozen=True, slots=True)
class Health:
    key: str
    answers: tuple[Answer, ...]

    @property
    def sound(self) -> bool:
        return all(answer.says is None for answer in self.answers)


class Checkup(Looker):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._answers: dict[str, Answer] = {}
        self._hosts = hosts_of(self.portal)
        self._family = self.portal.family

    def reaches(self, url: str) -> bool:
        return host_of(url) in self._hosts

    async def start(self) -> AsyncIterator[Any]:
        yield self._request(self.portal.home, self.front)
        for column in self.portal.columns:
            yield self._request(column.url, self.column)

    def front(self, response: Response) -> None:
        refusal = response.meta["refusal"]
        if refusal is not None and response.request is not None:
            self._say(self.portal.home, 0, refused(response.request, response.url, refusal).says)

    def column(self, response: Response) -> None:
        request, refusal = response.request, response.meta["refusal"]
        if request is None:
            return
        asked = request.meta["column"]
        if refusal is not None:
            self._say(asked, 0, refused(request, response.url, refusal).says)
            return
        shown = page(response.url, response.body)
        held = found(shown, self.portal.cms, self._family)
        problem = "; ".join(held.listing.signals) or None
        if not held.reports:
            problem = problem or f"{len(held.listing.rows)} rows, and no report among them"
        if problem and (others := [f"{family} ({knows})" for family, knows in recognised(shown)]):
            problem += f"; the page is written by {', '.join(others)}"
        self._say(asked, len(held.reports), problem)

    def failed(self, failure: Failure) -> None:
        request: Request = failure.request  # type: ignore[attr-defined]
        if failure.value is not None:
            self._say(request.meta["column"], 0, failed(request, failure.value).says)

    def health(self) -> Health:
        """What was asked and said, in the order of the file; what was never answered says so."""
        asked = [column.url for column in self.portal.columns]
        stumbled = self.crawler.stats.get_value("spider_exceptions/count", 0)
        whose = f"{self.portal.own} stumbled over it; crawl.log of a crawl says where"
        says = whose if stumbled and self.portal.own else "was not answered; ask again"
        silent = {url: Answer(url, 0, says) for url in asked}
        answers = silent | self._answers
        return Health(self.portal.key, tuple(answers.values()))

    def _say(self, url: str, reports: int, says: str | None) -> None:
        self._answers[url] = Answer(url, reports, says)

    def _request(self, url: str, callback: Any) -> Request:
        meta = {"asked": Asked("list"), "column": url}
        return Request(url, callback=callback, errback=self.failed, meta=meta, dont_filter=True)

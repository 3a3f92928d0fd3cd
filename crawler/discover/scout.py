"""The spider that looks for a portal's columns: it walks the links that promise most, lists what it finds
to the end, and opens a few articles to learn where their files lie. It keeps nothing."""

from collections.abc import AsyncIterator, Iterator
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urldefrag

from scrapy import Request
from scrapy.http import Response
from twisted.python.failure import Failure

from crawler.captures import Unreached
from crawler.cms import FAMILIES
from crawler.cms.family import Ask, Lead, Row
from crawler.discover.columns import Found, column, found, is_blank, recognised, ways
from crawler.discover.looker import Looker
from crawler.discover.worth import COLUMN, worth
from crawler.failure import failed, refused
from crawler.hosts import host_of, hosts_of
from crawler.page import is_page, own_title, page
from crawler.record import Asked

DEEPEST = 6
ARTICLES = 2
"""So many articles of each column are opened."""
NAMED = "年报"
"""The label of a column that a person named."""
_INSIDE = 40
"""A link worth this much leads into the disclosure of the portal."""


@dataclass(slots=True)
class Column:
    """`label` is the words of the links that led there, from the front page down."""

    url: str
    label: tuple[str, ...]
    family: str
    knows: str | None
    total: int | None
    readable: frozenset[str]
    reports: dict[str, Row] = field(default_factory=dict)
    alike: dict[str, Row] = field(default_factory=dict)
    signals: list[str] = field(default_factory=list)


class Scout(Looker):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.columns: dict[str, Column] = {}
        self.families: dict[str, str] = {}
        self.titles: list[str] = []
        self.hosts: dict[str, str] = {}
        self.lost: list[Unreached] = []
        self.passed: list[Lead] = []
        self.blank: list[str] = []
        self.asked = 0
        self._known: set[str] = set()
        self._named = hosts_of(self.portal)

    async def start(self) -> AsyncIterator[Any]:
        for request in self._walk(Lead(self.portal.home, ""), (), COLUMN, within=False):
            yield request
        for named in self.portal.columns:
            for request in self._walk(Lead(named.url, NAMED), (), COLUMN, within=True):
                yield request

    def reaches(self, url: str) -> bool:
        """The portal's hosts, and those of its registered name, as xxgk.example.gov.cn beside www."""
        return same_site(url, self.portal.home) or host_of(url) in self._named

    def seen(self, response: Response, label: tuple[str, ...], within: bool) -> Iterator[Request]:
        """A page on the way: perhaps a column, perhaps with links to some."""
        if response.meta["refusal"] == "empty":
            self.blank.append(response.url)
        if not self._had(response) or not is_page(response.body):
            return
        shown = page(response.url, response.body)
        if label and is_blank(shown):
            self.blank.append(response.url)
        for family, knows in recognised(shown):
            self._knows(family, f"{knows}, on {response.url}")
        if title := own_title(shown):
            self.titles.append(title)
        promised = bool(label) and worth(Lead(response.url, label[-1]), within=within) >= COLUMN - 5
        if held := column(shown, promised=promised, met=self.families):
            yield from self._column(held, response.url, label)
        reports = {row.url for row in held.reports} if held else set()
        for lead in ways(shown):
            score = worth(lead, within=within)
            if score and lead.url not in reports and len(label) < DEEPEST:
                yield from self._walk(lead, label, score, within=within or score >= _INSIDE)

    def listed(self, response: Response, url: str) -> Iterator[Request]:
        """A further page of a column's list."""
        if self._had(response):
            into = self.columns[url]
            held = found(page(response.url, response.body), into.family)
            before = len(into.reports) + len(into.alike)
            yield from self._rows(held, into)
            if len(into.reports) + len(into.alike) > before or not held.reports:
                yield from self._goes_on(held, into)

    def article(self, response: Response, family: str) -> Iterator[Request]:
        """An article of a column: the hosts of its files are the portal's too."""
        if self._had(response) and is_page(response.body):
            for attachment in FAMILIES[family].article(page(response.url, response.body)):
                self.hosts.setdefault(host_of(attachment.url), attachment.url)
        yield from ()

    def failed(self, failure: Failure) -> None:
        request: Request = failure.request  # type: ignore[attr-defined]
        if failure.value is not None:
            self._lost(request, failed(request, failure.value))

    def _knows(self, family: str, says: str) -> None:
        """Of all pages that show it the one whose address comes first: answers come in any order."""
        known = (self.families.get(family, says), says)
        self.families[family] = min(known, key=lambda said: said.rpartition(", on ")[2])

    def _had(self, response: Response) -> bool:
        self.asked += 1
        refusal = response.meta["refusal"]
        if refusal is not None and response.request is not None:
            self._lost(response.request, refused(response.request, response.url, refusal))
        return refusal is None

    def _lost(self, request: Request, item: Unreached) -> None:
        """A wrong turn on the way is nobody's business; a front page or a list that is not had is."""
        if request.callback == self.listed or not request.cb_kwargs.get("label"):
            self.lost.append(item)

    def _column(self, held: Found, url: str, label: tuple[str, ...]) -> Iterator[Request]:
        if url in self.columns:
            return
        into = Column(url, label, held.family, held.knows, held.listing.total, held.readable)
        into.signals += held.listing.signals
        self.columns[url] = into
        yield from self._rows(held, into)
        yield from self._goes_on(held, into)

    def _goes_on(self, held: Found, into: Column) -> Iterator[Request]:
        """The next pages of the list, and the lists one level below, which a crawl of it reads too."""
        for ask in (*held.listing.next, *(Ask(below.url) for below in held.listing.columns)):
            yield from self._more(ask, into)

    def _rows(self, held: Found, into: Column) -> Iterator[Request]:
        opened = len(into.reports)
        for row in held.reports:
            if into.reports.setdefault(row.url, row) is row and opened < ARTICLES:
                opened += 1
                asked = Asked("article", row.title, row.date, None, into.url)
                again: dict[str, Any] = {"callback": self.article, "cb_kwargs": {"family": into.family}}
                yield from self._ask(row.url, asked, COLUMN, **again)
        into.alike.update((row.url, row) for row in held.alike)

    def _more(self, ask: Ask, into: Column) -> Iterator[Request]:
        posted: dict[str, Any] = {}
        if ask.form is not None:
            kind = "application/x-www-form-urlencoded"
            posted = {"method": "POST", "body": ask.form, "headers": {"Content-Type": kind}}
        again: dict[str, Any] = {"callback": self.listed, "cb_kwargs": {"url": into.url}}
        key = f"{ask.url} {ask.form or ''}"
        yield from self._ask(ask.url, Asked("list", parent=into.url), COLUMN, key=key, **again, **posted)

    def _walk(self, lead: Lead, label: tuple[str, ...], score: int, *, within: bool) -> Iterator[Request]:
        words = (*label, lead.title) if lead.title or label else ()
        again: dict[str, Any] = {"callback": self.seen, "cb_kwargs": {"label": words, "within": within}}
        priority = score - 3 * len(label)
        if not self.reaches(lead.url):
            if score >= COLUMN:
                self.passed.append(lead)
            return
        yield from self._ask(lead.url, Asked("list", parent=self.portal.home), priority, **again)

    def _ask(self, url: str, asked: Asked, priority: int, key: str = "", **more: Any) -> Iterator[Request]:
        bare = urldefrag(url).url
        if (key or bare) in self._known:
            return
        self._known.add(key or bare)
        try:
            yield Request(
                bare, errback=self.failed, meta={"asked": asked}, priority=priority, dont_filter=True, **more
            )
        except ValueError as problem:
            says = f"is no address that can be asked ({problem}); look at it by hand"
            self.lost.append(Unreached(url, asked.role, "address", says, asked.title))


_SHARED = ("gov.cn", "com.cn", "org.cn", "net.cn", "edu.cn", "ac.cn")


def same_site(url: str, home: str) -> bool:
    """Whether both hosts are of one registered name, as xxgk.example.gov.cn and www.example.gov.cn are; of
    bare numbers, whether they are one machine."""
    return _registered(url) == _registered(home)


def _registered(url: str) -> str:
    host = host_of(url).rpartition(":")[0] or host_of(url)
    parts = host.split(".")
    if parts[-1].isdigit():
        return host
    return ".".join(parts[-3:] if host.endswith(_SHARED) else parts[-2:])

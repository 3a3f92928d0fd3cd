"""One portal's crawl: its columns to their end, the reports in them, and the files of each report."""

import hashlib
from collections.abc import AsyncIterator, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Self

from scrapy import Request, Spider, signals
from scrapy.crawler import Crawler
from scrapy.exceptions import DontCloseSpider
from scrapy.http import Response
from twisted.python.failure import Failure

from crawler.adopt import adopt_left
from crawler.asking.budget import Spent
from crawler.asking.reach import Left
from crawler.captures import Note, NotTaken, PortalFacts, Recording, Signal, Store, Taken, Unreached
from crawler.cms.family import Ask, Attachment, Lead, Row
from crawler.failure import UNEXPECTED, failed, refused
from crawler.hosts import as_asked, host_of, hosts_of
from crawler.links import Link, is_other_file, judge
from crawler.page import is_page, own_title, page
from crawler.portal import Column, Portal
from crawler.record import Asked
from crawler.wording import wording

_ALIKE = "its title has a report's words and is none"

REMEMBERED = 4
"""So many complete sweeps in a row must miss a report before it is asked for no more: the one that first
misses it, and three that ask again."""


@dataclass(slots=True)
class Progress:
    """How far a column has been read. Rows repeated on several pages count each time in `rows`. `broken`
    where a page of its list was not had."""

    column: Column
    seen: set[str] = field(default_factory=set)
    rows: int = 0
    total: int = 0
    pages: int = 0
    broken: bool = False


class PortalSpider(Spider):
    portal: Portal
    store: Store
    recording: Recording

    @classmethod
    def from_crawler(cls, crawler: Crawler, *args: Any, **kwargs: Any) -> Self:
        spider = super().from_crawler(crawler, *args, **kwargs)
        spider.store = Store(Path(crawler.settings["CAPTURES"]))
        spider.recording = spider.store.begin(_facts(cls.portal), crawler.settings["USER_AGENT"])
        if cls.portal.own:
            spider.recording.note(_own(cls.portal.home, Path(cls.portal.own)))
        crawler.signals.connect(spider.idle, signal=signals.spider_idle)
        return spider

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.family = self.portal.family
        self.columns = [Progress(column) for column in self.portal.columns]
        self.named = {column.url for column in self.portal.columns}
        self.rows = 0
        self.known: set[str] = set()
        self.reports: set[str] = set()
        self.stopped: str | None = None
        self.through = False
        self.stops: set[tuple[str, str]] = set()
        self.spent = Spent(self.portal.budget)
        self.hosts = hosts_of(self.portal)

    def reaches(self, url: str) -> bool:
        return host_of(url) in self.hosts

    async def start(self) -> AsyncIterator[Any]:
        for progress in self.columns:
            for request in self._list_page(Ask(progress.column.url), progress, self.portal.home):
                yield request

    def listing(self, response: Response, progress: Progress) -> Iterator[Request]:
        if not self._had(response):
            progress.broken = True
            return
        listing = self.family.listing(page(response.url, response.body), progress.column.url)
        for says in listing.signals:
            self.recording.signal(Signal(response.url, says))
        rows = listing.rows[: max(0, self.portal.limits.rows - self.rows)]
        self.rows += len(rows)
        new = [row for row in rows if row.url not in progress.seen]
        progress.seen.update(row.url for row in new)
        progress.rows += len(rows)
        progress.total = max(progress.total, listing.total or 0)
        for row in new:
            yield from self._row(row, progress, response)
        for lead in listing.columns:
            yield from self._column_below(lead, progress, response)
        if len(rows) < len(listing.rows):
            says = f"its lists go on after {self.portal.limits.rows} rows (limits.rows), which were read"
            self._too_much(progress, says)
            return
        if listing.next and listing.rows and not new:
            says = "repeats rows already read where the list should go on; the list was left here"
            self.recording.signal(Signal(response.url, says))
            return
        for ask in listing.next:
            yield from self._list_page(ask, progress, response.url)

    def _column_below(self, lead: Lead, above: Progress, response: Response) -> Iterator[Request]:
        if lead.url in self.named:
            return
        if len(self.columns) >= self.portal.limits.lists:
            says = (
                f"has more columns below it than {self.portal.limits.lists} (limits.lists), which were read"
            )
            self._too_much(above, says)
            return
        self.named.add(lead.url)
        self.columns.append(Progress(Column(lead.url, above.column.body)))
        yield from self._list_page(Ask(lead.url), self.columns[-1], response.url)

    def article(self, response: Response, link: Link, files: tuple[Attachment, ...]) -> Iterator[Request]:
        if not self._had(response):
            return
        if not is_page(response.body):
            self._taken(response, None, link.year, hashlib.sha256(response.body).hexdigest())
            return
        shown, asked = page(response.url, response.body), response.meta["asked"]
        title = own_title(shown)
        if link.verdict == "doubtful" and title and judge(title, response.url).verdict != "report":
            why = "its title in the column is cut short, and the article's own is no report's"
            self.recording.not_taken(NotTaken(response.url, title, asked.listed, why))
            return
        whole = title if link.verdict == "doubtful" else None
        year = link.year or judge(title or "", response.url).year
        self._taken(response, whole, year, wording(shown, title))
        for attachment in (*files, *self.family.article(shown)):
            yield from self._attachment(attachment, response)

    def attachment(self, response: Response) -> None:
        self._had(response)

    def failed(self, failure: Failure) -> None:
        request: Request = failure.request  # type: ignore[attr-defined]
        if progress := request.cb_kwargs.get("progress"):
            progress.broken = True
        if failure.value is not None and not isinstance(failure.value, Left):
            unreached = failed(request, failure.value)
            self.recording.unreached(unreached)
            if unreached.kind == UNEXPECTED:
                self.logger.error("%s: %s", request.url, failure.getTraceback())

    def idle(self) -> None:
        """Every column is through: what earlier sweeps took and no column names now is asked for itself."""
        if self.through:
            return
        self.through = True
        requests = [] if self.stopped or _crashes(self.crawler) else list(self._unlisted())
        for request in requests:
            self.crawler.engine.crawl(request)
        if requests:
            raise DontCloseSpider

    def stop(self, reason: str, url: str, says: str) -> None:
        """Work is left for the next run: `reason` is a word of Summary.stopped, and the first one stands.
        What ends the crawl of a host or a list is said once."""
        self.stopped = self.stopped or reason
        if (reason, url) not in self.stops:
            self.stops.add((reason, url))
            self.recording.unreached(Unreached(url, "list", reason, says))

    def closed(self, reason: str) -> None:
        for progress in self.columns:
            if progress.rows < progress.total:
                says = f"says it has {progress.total} rows, and {progress.rows} were read"
                self.recording.signal(Signal(progress.column.url, says))
        expected = self.portal.expected.reports
        if expected is not None and len(self.reports) < expected:
            says = f"{expected} reports are expected, and {len(self.reports)} were found"
            self.recording.signal(Signal(self.portal.home, says))
        if crashes := _crashes(self.crawler):
            whose = f"mend {self.portal.own}" if self.portal.own else "report it as a bug"
            says = f"the crawler stumbled over {crashes} pages; crawl.log says where; {whose}"
            self.stop("crawler", self.portal.home, says)
        if reason != "finished":
            says = f"the crawl was ended early ({reason}); crawl again"
            self.stop("interrupted", self.portal.home, says)
        adopt_left(self.store, self.recording)
        self.recording.close(len(self.reports), self.stopped)

    def _had(self, response: Response) -> bool:
        """Whether the response is what was asked for; where not, the run says so."""
        refusal = response.meta["refusal"]
        if refusal is not None and response.request is not None:
            self.recording.unreached(refused(response.request, response.url, refusal))
        return refusal is None

    def _taken(self, response: Response, whole: str | None, year: int | None, text: str) -> None:
        """`whole` is the article's own title, where the column cuts it short."""
        asked: Asked = response.meta["asked"]
        url = response.meta.get("redirect_urls", [response.url])[0]
        self.reports.add(response.url)
        title = whole or asked.title
        self.recording.taken(Taken(url, title, year, asked.listed, asked.column, text, asked.unlisted))

    def _unlisted(self) -> Iterator[Request]:
        """A column that was not read to its end may name them still, and so may one that hangs on it."""
        whole = {
            progress.column.url: progress.column.body for progress in self.columns if not progress.broken
        }
        sweeps = self.store.complete_sweeps(self.portal.key, last=REMEMBERED)
        for taken in {taken.url: taken for sweep in sweeps for taken in sweep.taken}.values():
            if self._new(taken.url) and (taken.column in whole or len(whole) == len(self.columns)):
                body = whole.get(taken.column)
                asked = Asked(
                    "article", taken.title, taken.listed, body, taken.column, taken.column, unlisted=True
                )
                had = {"link": Link("report", taken.year), "files": ()}
                yield from self._request(taken.url, asked, callback=self.article, cb_kwargs=had)

    def _new(self, url: str) -> bool:
        """Whether this address is met for the first time, however it is written."""
        asked = as_asked(url)
        if asked in self.known:
            return False
        self.known.add(asked)
        return True

    def _row(self, row: Row, progress: Progress, response: Response) -> Iterator[Request]:
        if not self._new(row.url):
            return
        link = judge(row.title, row.url)
        if row.sure and link.verdict != "report":
            link = Link("report", link.year)
        if link.verdict == "alike":
            self.recording.not_taken(NotTaken(row.url, row.title, row.date, _ALIKE))
        if link.verdict in ("report", "doubtful"):
            column = progress.column
            asked = Asked("article", row.title, row.date, column.body, response.url, column.url)
            had = {"link": link, "files": row.files}
            yield from self._request(row.url, asked, callback=self.article, cb_kwargs=had)

    def _attachment(self, attachment: Attachment, response: Response) -> Iterator[Request]:
        article: Asked = response.meta["asked"]
        if not self._new(attachment.url):
            return
        if is_other_file(attachment.title):
            why = "a file beside a report that says it is something else"
            self.recording.not_taken(NotTaken(attachment.url, attachment.title, article.listed, why))
            return
        asked = Asked("attachment", attachment.title, article.listed, article.body_name, response.url)
        yield from self._request(attachment.url, asked, callback=self.attachment)

    def _list_page(self, ask: Ask, progress: Progress, parent: str) -> Iterator[Request]:
        progress.pages += 1
        if progress.pages > self.portal.limits.pages:
            says = f"its list goes on after {self.portal.limits.pages} pages (limits.pages), which were read"
            self._too_much(progress, says)
            return
        asked = Asked("list", body_name=progress.column.body, parent=parent)
        posted: dict[str, Any] = {}
        if ask.form is not None:
            kind = "application/x-www-form-urlencoded"
            posted = {"method": "POST", "body": ask.form, "headers": {"Content-Type": kind}}
        again = {"callback": self.listing, "cb_kwargs": {"progress": progress}}
        yield from self._request(ask.url, asked, **again, **posted)

    def _too_much(self, progress: Progress, says: str) -> None:
        self.stop("limit", progress.column.url, says)
        progress.broken = True

    def _request(self, url: str, asked: Asked, **more: Any) -> Iterator[Request]:
        try:
            yield Request(url, errback=self.failed, meta={"asked": asked}, **more)
        except ValueError as problem:
            says = f"is no address that can be asked ({problem}); look at it by hand"
            self.recording.unreached(Unreached(url, asked.role, "address", says, asked.title))


def _crashes(crawler: Crawler) -> int:
    return int(crawler.stats.get_value("spider_exceptions/count", 0))


def _own(home: str, file: Path) -> Note:
    digest = hashlib.sha256(file.read_bytes()).hexdigest()
    return Note(home, f"its lists were read by its own {file.name}, sha256 {digest}")


def _facts(portal: Portal) -> PortalFacts:
    via = host_of(portal.proxy) if portal.proxy else "direct"
    return PortalFacts(portal.key, portal.division, portal.name, portal.home, portal.cms, via)

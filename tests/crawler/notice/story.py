"""A portal in memory that is crawled again and again: what each sweep meets is written down by a test."""

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

from crawler.captures import Capture, PortalFacts, Role, Run, Signal, Summary, Sweep, Taken, Unreached
from crawler.captures.sweeps import sweeps
from crawler.notice import Notice, notices

HOME = "http://county.example/"
COLUMN = HOME + "nb/"
PORTAL = PortalFacts("county", "990101", "清源县人民政府门户网站", HOME, "trs")
FIRST = datetime(2025, 6, 2, tzinfo=UTC)


def digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


@dataclass(frozen=True, slots=True)
class Page:
    """A report as the portal has it. `listed`: whether a column names it. `answer`: a word for how its
    page answers, `had` where it does."""

    url: str
    title: str
    year: int
    text: str = ""
    files: tuple[tuple[str, str], ...] = ()
    column: str = COLUMN
    listed: bool = True
    answer: str = "had"


def page(name: str, year: int, body: str = "清源县民政局", **facts: object) -> Page:
    title = f"{body}{year}年政府信息公开工作年度报告"
    text = digest(f"{body}{year}")
    return Page(HOME + name, title, year, **{"text": text, **facts})  # type: ignore[arg-type]


STATUS = {"404": 404, "403": 403, "503": 503, "redirect": 302}
KIND = {"404": "status", "403": "status", "503": "status", "redirect": "redirect"}


@dataclass
class Story:
    sweeps: list[Sweep] = field(default_factory=list)
    captures: list[Capture] = field(default_factory=list)
    now: datetime = FIRST

    def crawl(
        self,
        pages: Iterable[Page],
        *,
        lists: Iterable[tuple[str, str]] = ((COLUMN, "had"),),
        signals: Sequence[Signal] = (),
        stopped: str | None = None,
        resumes: bool = False,
        days: int = 7,
    ) -> Notice:
        """One run: a sweep of its own, or the rest of the last one. Its notice, and all before it hold."""
        self.now += timedelta(days=days)
        started = self.now.isoformat()
        id = f"{self.now:%Y%m%dT%H%M%S}Z-county"
        run = _Run(id, started, self.captures)
        for url, answer in lists:
            run.ask(url, "list", answer, None, HOME)
        for one in pages:
            run.page(one)
        sweep = self.sweeps[-1].id if resumes else id
        errors = (("status", len(run.unreached)),) if run.unreached else ()
        summary = Summary(started, run.requests, 1000, len(run.taken), errors, stopped)
        done = Run(
            id,
            sweep,
            started,
            "agent",
            PORTAL,
            tuple(run.taken),
            tuple(run.unreached),
            tuple(signals),
            (),
            summary,
        )
        runs = (*(self.sweeps.pop().runs if resumes else ()), done)
        self.sweeps += sweeps(runs)
        return self.notices()[-1]

    def notices(self) -> list[Notice]:
        return notices(self.sweeps, self.captures)


@dataclass
class _Run:
    id: str
    started: str
    captures: list[Capture]
    taken: list[Taken] = field(default_factory=list)
    unreached: list[Unreached] = field(default_factory=list)
    requests: int = 0

    def page(self, one: Page) -> None:
        if one.answer == "not asked":
            return
        self.ask(one.url, "article", one.answer, one.title, one.column)
        if one.answer in ("had", "redirect"):
            listed = f"{one.year + 1}-01-20" if one.listed else None
            self.taken.append(
                Taken(one.url, one.title, one.year, listed, one.column, one.text, not one.listed)
            )
            for url, content in one.files:
                self._capture(url, "attachment", 200, None, None, one.url, content)

    def ask(self, url: str, role: Role, answer: str, title: str | None, parent: str) -> None:
        self.requests += 1
        if answer in ("had", "redirect"):
            self._capture(url, role, STATUS.get(answer, 200), None, title, parent, url)
            return
        kind = KIND.get(answer, answer)
        if answer not in ("timeout", "dns", "connection"):
            self._capture(url, role, STATUS.get(answer, 200), kind, title, parent, answer)
        self.unreached.append(Unreached(url, role, kind, f"{answer}; try later", title))

    def _capture(
        self,
        url: str,
        role: Role,
        status: int,
        refusal: str | None,
        title: str | None,
        parent: str,
        content: str,
    ) -> None:
        self.captures.append(
            Capture(
                id=digest(url + self.started)[:32],
                url=url,
                fetched=self.started,
                status=status,
                media_type="text/html",
                role=role,
                portal="county",
                title=title,
                listed=None,
                body_name=None,
                parent=parent,
                document=digest(content),
                length=len(content),
                warc="one.warc.gz",
                offset=0,
                run=self.id,
                refusal=refusal,
            )
        )

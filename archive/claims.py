"""Claims: captures whose document says that it is the report of a body for a year."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import PurePosixPath
from sys import intern
from typing import Any

from archive.bodies import Body, known_body
from archive.bundles import Bundle
from archive.kept import Kept, Told, kept
from crawler.captures import Capture, PortalFacts
from parsers.identify import in_context
from parsers.reading import Finding, Publisher, Reading, Refusal, Scope
from parsers.register.divisions import register
from parsers.register.evidence import Evidence
from parsers.text.titles import report_title
from parsers.text.years import full_date

Outcome = Kept | Refusal | Bundle
Get = Callable[[str], Outcome | None]
"""The reading of a document, from its digest."""


def looked_up(get: Callable[[str], Reading | Outcome | None]) -> Get:
    """For readings that are in memory as for those that are kept."""

    def found(sha256: str) -> Outcome | None:
        outcome = get(sha256)
        return kept(outcome) if isinstance(outcome, Reading) else outcome

    return found


@dataclass(frozen=True, slots=True)
class Context:
    """What the column says of a document: it resolves what the document leaves open."""

    listed_title: str | None
    division: str | None
    body_name: str | None
    published: str | None

    def evidence(self, reading: Reading) -> Evidence:
        """Of who published it. `reading` is one in this context."""
        name, year = reading.publisher.name, reading.year
        return Evidence(self.listed_title, name, column=self.body_name, portal=self.division, year=year)


@dataclass(frozen=True, slots=True)
class Met:
    """A capture that may hold a report and the article that it hangs on, itself for an article, each with
    its key among the captures. `leads`: the article is another document, and was read. `stands`: its address
    last answered with just this document."""

    key: int
    capture: Capture
    page_key: int
    page: Capture
    leads: bool
    stands: bool


@dataclass(frozen=True, slots=True)
class Source:
    """A document, its name where it came in an archive, and how it was met."""

    document: str
    name: str | None
    met: Met


@dataclass(frozen=True, slots=True)
class Claim:
    """`page` is the article a capture hangs on, itself for an article. `document` is the one that was read:
    what the capture brought or, where that is an archive, `member` of it, its digest, `!` and its name.
    `named` is the body as printed, in the report itself or, where that is silent, in its portal;
    `known_from` and `decides` are how that is known and what would settle it, as in bodies.Known."""

    document: str
    member: str | None
    capture: Capture
    page: Capture
    body: Body
    known_from: str
    decides: str | None
    named: str
    division: str | None
    printed: bool
    year: int
    form: str | None
    scope: Scope
    title: str | None
    published: str | None
    read: int
    sections: int
    own_portal: bool
    stands: bool
    """Its address last answered with just this capture's document."""
    findings: tuple[Finding, ...]
    """What is to be decided of whose it is."""

    def reading(self, get: Get) -> Reading:
        return self.told(get).whole()

    def told(self, get: Get) -> Told:
        """What the document says, and of whom and of when it is as it was met here."""
        told = _read_again(get, self.document)
        reading = replace(
            told.reading,
            publisher=Publisher(self.named, self.division),
            title=self.title,
            year=self.year,
            published=self.published,
            findings=(*told.reading.findings, *self.findings),
        )
        return replace(told, reading=reading)


@dataclass(frozen=True, slots=True)
class Unclaimed:
    """A report of which the body or the year is not known."""

    document: str
    lacks: str


def _read_again(get: Get, document: str) -> Told:
    outcome = get(document)
    if isinstance(outcome, Kept):
        return outcome.told()
    raise ValueError(f"document {document}: no reading of a report; build again")


_ANSWERED = (0, 200, 304)
"""Saved without its HTTP answer, with the document, or with the word that it is what it was."""


def candidates(captures: Iterable[Capture]) -> Iterator[Capture]:
    """Captures that may hold a report, in the order they come in. archive.gathering asks a file the same."""
    asked = (c for c in captures if c.role in ("article", "attachment"))
    return (c for c in asked if c.status in _ANSWERED and not c.refusal)


def claims(met: Met, portal: PortalFacts, read: Get) -> Iterator[Claim | Unclaimed]:
    leading = read(met.page.document) if met.leads else None
    context = _context(met.capture, met.page, leading, portal)
    for document, name in _documents(met.capture, read(met.capture.document)):
        outcome = read(document)
        if isinstance(outcome, Kept):
            yield _claim(Source(document, name, met), _of_member(context, name), outcome)


def _documents(capture: Capture, outcome: Outcome | None) -> Iterable[tuple[str, str | None]]:
    """What a capture brought, each document with its name where it is one of an archive."""
    return outcome.documents().items() if isinstance(outcome, Bundle) else ((capture.document, None),)


def _of_member(context: Context, name: str | None) -> Context:
    """A file in an archive of many reports is named by whose it is, where its page names them all."""
    listed = PurePosixPath(name.replace("!", "/")).stem if name else ""
    title = report_title(listed) if listed else None
    return replace(context, listed_title=listed, body_name=None) if title and title.body else context


def _in_context(reading: Reading, context: Context) -> Reading:
    return in_context(
        reading,
        listed_title=context.listed_title,
        division=context.division,
        body_name=context.body_name,
        published=context.published,
    )


def _context(capture: Capture, page: Capture, leading: Outcome | None, portal: PortalFacts) -> Context:
    """`leading` is the reading of the page, where it is another document and was read."""
    title = published = None
    if isinstance(leading, Kept):
        title, published = leading.first.title, leading.first.published
    # The text of a link to an attachment is often only 附件下载: the page's title or its line in the column
    # is better. Some columns cut titles.
    return Context(
        title or page.title or capture.title,
        portal.division,
        page.body_name or capture.body_name,
        published or full_date(page.listed or capture.listed or "", page.url),
    )


def _claim(source: Source, context: Context, kept: Kept) -> Claim | Unclaimed:
    reading, capture = _in_context(kept.first, context), source.met.capture
    publisher = reading.publisher
    if publisher.name is None or reading.year is None:
        lacks = "publisher" if publisher.name is None else "year"
        return Unclaimed(source.document, lacks)
    known = known_body(publisher, context.evidence(reading), capture.portal)
    return Claim(
        document=source.document,
        member=f"{capture.document}!{source.name}" if source.name else None,
        capture=capture,
        page=source.met.page,
        body=_once(known.body),
        known_from=intern(known.known_from),
        decides=known.decides,
        named=intern(publisher.name),
        division=_once(publisher.division),
        printed=kept.first.publisher.name is not None,
        year=reading.year,
        form=_once(reading.form),
        scope=_once(reading.scope),
        title=reading.title,
        published=_once(reading.published),
        read=kept.read,
        sections=kept.sections,
        own_portal=_own(publisher.division, context.division),
        stands=source.met.stands,
        findings=_once(reading.findings[len(kept.first.findings) :]),
    )


@lru_cache(maxsize=65536)
def _once(value: Any) -> Any:
    """The first that was equal: claims are many, what they hold is little."""
    return value


def _own(division: str | None, portal: str | None) -> bool:
    """Is the portal that of the division, of its county, or of what either came from or became?"""
    if division is None or portal is None:
        return False
    return any(division.startswith(code) for code in register().kin(portal))

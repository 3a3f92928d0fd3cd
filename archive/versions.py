"""Versions: the distinct documents that a body published as its report for a year."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from archive.claims import Claim
from crawler.captures import Capture
from parsers.form import FORMS

Standing = Mapping[str, str]
"""From an address, the document it last answered with."""


@dataclass(frozen=True, slots=True)
class Version:
    """`claims` are all captures of its document, `beside` the latest capture of each other document
    that hung on the same page; both oldest first."""

    report: str
    number: int
    claims: tuple[Claim, ...]
    beside: tuple[Claim, ...]
    current: bool

    @property
    def last(self) -> Claim:
        return self.claims[-1]

    @property
    def document(self) -> str:
        return self.last.document

    @property
    def id(self) -> str:
        return f"{self.report}-{self.document[:12]}"


def standing(captures: Iterable[Capture]) -> Standing:
    asked = (c for c in captures if c.role in ("article", "attachment"))
    return {c.url: c.document for c in sorted(asked, key=lambda c: (c.fetched, c.id))}


def report_id(claim: Claim) -> str:
    return f"{claim.body.id}-{claim.year}"


def reports(
    claims: Iterable[Claim], standing: Standing, started: Mapping[str, str]
) -> dict[str, tuple[Version, ...]]:
    """From report id, in order, to its versions. `started` says when the sweep of each run began."""
    grouped: dict[str, list[Claim]] = {}
    for claim in sorted(claims, key=lambda c: (c.capture.fetched, c.capture.id)):
        grouped.setdefault(report_id(claim), []).append(claim)
    return {id: _versions(id, grouped[id], standing, started) for id in sorted(grouped)}


def _versions(
    report: str, claims: list[Claim], standing: Standing, started: Mapping[str, str]
) -> tuple[Version, ...]:
    mains: dict[str, list[Claim]] = {}
    others: dict[str, dict[str, Claim]] = {}
    for edition in _editions(claims, started):
        main = max(edition, key=_precedence)
        mains.setdefault(main.document, []).append(main)
        others.setdefault(main.document, {}).update({c.document: c for c in edition})
    rank = {document: _rank(found, standing, started) for document, found in mains.items()}
    first = {document: started[found[0].capture.run] for document, found in mains.items()}
    ordered = sorted(mains, key=lambda document: (first[document], rank[document]))
    current = max(ordered, key=rank.__getitem__)
    return tuple(
        Version(
            report,
            number,
            tuple(mains[document]),
            tuple(c for other, c in sorted(others[document].items()) if other != document),
            document == current,
        )
        for number, document in enumerate(ordered, 1)
    )


def _editions(claims: Iterable[Claim], started: Mapping[str, str]) -> list[list[Claim]]:
    """A page and what hangs on it, as one sweep saw them."""
    editions: dict[tuple[str, str], list[Claim]] = {}
    for claim in claims:
        editions.setdefault((claim.page.url, started[claim.capture.run]), []).append(claim)
    return list(editions.values())


def _precedence(claim: Claim) -> tuple[int, int, bool, str]:
    """The document whose tables hold more figures, where they have none that has more sections (a page
    may hold nothing but the link to its attachment); the page before its attachment on a tie."""
    return claim.read, claim.sections, claim.capture.role == "article", claim.document


Rank = tuple[bool, bool, bool, str, str, int, str, str]


def _rank(claims: list[Claim], standing: Standing, started: Mapping[str, str]) -> Rank:
    """The current version is the highest: of the body's own portal, verified by its tables, still
    standing at its address, published last, seen by the latest sweep. The rest decides ties for ever,
    whatever order the pages of one run were fetched in."""
    last = claims[-1]
    return (
        last.own_portal,
        last.form in FORMS,
        standing.get(last.capture.url) == last.capture.document,
        last.published or "",
        started[last.capture.run],
        last.read,
        last.capture.url,
        last.document,
    )

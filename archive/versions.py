"""Versions: the distinct documents that a body published as its report for a year."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from archive.claims import Claim
from parsers.form import FORMS


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


def versions(report: str, claims: Iterable[Claim], started: Mapping[str, str]) -> tuple[Version, ...]:
    """Of a report, from all its claims, oldest first. `started` says when the sweep of each run began."""
    mains: dict[str, list[Claim]] = {}
    others: dict[str, dict[str, Claim]] = {}
    for edition in _editions(claims, started):
        main = max(edition, key=_precedence)
        mains.setdefault(main.document, []).append(main)
        others.setdefault(main.document, {}).update({c.document: c for c in edition})
    rank = {document: _rank(found, started) for document, found in mains.items()}
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


def _rank(claims: list[Claim], started: Mapping[str, str]) -> Rank:
    """The current version is the highest: of the body's own portal, verified by its tables, still
    standing at its address, published last, seen by the latest sweep. The rest decides ties for ever,
    whatever order the pages of one run were fetched in."""
    last = claims[-1]
    return (
        last.own_portal,
        last.form in FORMS,
        last.stands,
        last.published or "",
        started[last.capture.run],
        last.read,
        last.capture.url,
        last.document,
    )

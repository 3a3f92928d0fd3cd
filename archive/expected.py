"""Expected reports: what a body seen in a portal ought to have published, and what became of it."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal

from archive.bodies import Body
from archive.claims import Claim
from crawler.captures import Capture, Run
from parsers.register.deadlines import due
from parsers.register.evidence import Evidence
from parsers.register.names import squeezed
from parsers.register.resolve import resolve

Outcome = Literal["published", "not_found", "blocked", "gone", "not_due", "not_obliged"]


@dataclass(frozen=True, slots=True)
class Expected:
    body: Body
    year: int
    outcome: Outcome
    portal: str
    due: date | None
    days_late: int | None


@dataclass(frozen=True, slots=True)
class Missed:
    """A title in a column behind which there was no report, and why."""

    portal: str
    division: str
    title: str
    outcome: Outcome

    def names(self, body: Body, year: int) -> bool:
        """Whom the title names the register decides, or else the words in it."""
        title = squeezed(self.title)
        if str(year) not in title:
            return False
        known = resolve(Evidence(self.title, portal=self.division, year=year)).id
        return known == body.id if known else squeezed(body.name) in title


def expected(
    current: Sequence[Claim], runs: Sequence[Run], captures: Iterable[Capture]
) -> Iterator[Expected]:
    """For each body every year from its first to the latest of its portal, in key order. `current` are
    the claims that stand in reports."""
    missed = list(_missed(runs, captures))
    seen = {run.portal.key: date.fromisoformat(run.started[:10]) for run in runs}
    last = {claim.capture.portal: 0 for claim in current}
    bodies: dict[str, dict[int, Claim]] = {}
    for claim in current:
        last[claim.capture.portal] = max(last[claim.capture.portal], claim.year)
        bodies.setdefault(claim.body.id, {})[claim.year] = claim
    for id in sorted(bodies):
        years = bodies[id]
        portal = years[max(years)].capture.portal
        for year in range(min(years), max(last[portal], *years) + 1):
            yield _expected(years, year, portal, missed, seen[portal])


def days_late(published: str | None, due: date | None) -> int | None:
    return (date.fromisoformat(published) - due).days if published and due else None


def _expected(
    years: Mapping[int, Claim], year: int, portal: str, missed: Iterable[Missed], seen: date
) -> Expected:
    body = years[max(years)].body
    deadline = due(body.kind, year)
    if year in years:
        late = days_late(years[year].published, deadline)
        return Expected(body, year, "published", years[year].capture.portal, deadline, late)
    met = (entry for entry in missed if entry.portal == portal and entry.names(body, year))
    found = next((entry.outcome for entry in met), None)
    outcome: Outcome = found or ("not_due" if deadline and seen <= deadline else "not_found")
    return Expected(body, year, outcome, portal, deadline, None)


def _missed(runs: Iterable[Run], captures: Iterable[Capture]) -> Iterator[Missed]:
    divisions = {run.portal.key: run.portal.division for run in runs}
    for run in runs:
        for item in run.unreached:
            if item.title:
                yield Missed(run.portal.key, run.portal.division, item.title, "blocked")
    for capture in captures:
        place = capture.portal, divisions.get(capture.portal, "")
        if capture.title and capture.status in (404, 410):
            yield Missed(*place, capture.title, "gone")
        elif capture.title and capture.refusal in ("challenge", "login", "status"):
            yield Missed(*place, capture.title, "blocked")

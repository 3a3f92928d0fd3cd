"""Expected reports: what a body that a portal has or names ought to have published, and what became of it."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from heapq import merge
from operator import itemgetter
from typing import Literal

from archive.bodies import Body
from archive.listed import Listed
from archive.succession import Succession, doubt
from crawler.captures import IMPORT, Capture, Run
from crawler.captures.sweeps import sweeps
from crawler.notice import gaps
from parsers.register.deadlines import due
from parsers.register.divisions import register
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
    searched: date | None = None
    says: str | None = None


@dataclass(frozen=True, slots=True)
class Stands:
    """A report that is there, as far as what was expected turns on it."""

    body: Body
    year: int
    published: str | None
    portal: str


@dataclass(frozen=True, slots=True)
class Missed:
    """A title in a column behind which there was no report, and why."""

    division: str | None
    title: str
    outcome: Outcome

    def names(self, body: Body, year: int) -> bool:
        """Whom the title names the register decides, or else the words in it."""
        title = squeezed(self.title)
        if str(year) not in title:
            return False
        known = resolve(Evidence(self.title, portal=self.division, year=year)).id
        return known == body.id if known else squeezed(body.name) in title


@dataclass(frozen=True, slots=True)
class Look:
    """A portal as its runs saw it: `seen` is the day of the last, `read` that of the last to which every
    column was open. `imported`: others looked."""

    portal: str
    imported: bool
    seen: date
    read: date
    missed: tuple[Missed, ...]

    def outcome(self, due: date, *, known: bool) -> Outcome:
        """Of a report of which no column named anything. What a closed column may hold is blocked, and
        never not found."""
        if known and self.seen <= due:
            return "not_due"
        return "not_found" if self.read > due else "blocked"


def expected(
    reports: Iterable[tuple[str, Sequence[Stands]]],
    last: Mapping[str, int],
    looks: Mapping[str, Look],
    succeeded: Mapping[str, Succession],
    directory: Sequence[Listed] = (),
) -> Iterator[Expected]:
    """For each body every year from its first to the latest of its portal, in key order. `reports` are those
    of each body, by its id and in order; `last` is the latest year of each portal's. What others captured is
    no look at a whole portal: of it only the reports that are there. A body of the `directory`, of which
    there is no report, stood when the portal was looked at: it is expected to have one for the latest year
    of the portal's others."""
    named = ((one.body.id, one) for one in directory if last.get(one.portal))
    both: Iterator[tuple[str, Listed | Sequence[Stands]]] = merge(reports, named, key=itemgetter(0))
    for id, one in both:
        if isinstance(one, Listed):
            yield _unpublished(one.body, last[one.portal], one.portal, looks[one.portal], None, None)
            continue
        years = {report.year: report for report in one}
        portal = years[max(years)].portal
        for year in range(min(years), max(last[portal], *years) + 1):
            if year in years or not looks[portal].imported:
                yield _expected(years, year, portal, looks[portal], succeeded.get(id))


def days_late(published: str | None, due: date | None) -> int | None:
    return (date.fromisoformat(published) - due).days if published and due else None


def _expected(
    years: Mapping[int, Stands], year: int, portal: str, look: Look, succeeded: Succession | None
) -> Expected:
    body = years[max(years)].body
    if year not in years:
        return _unpublished(body, year, portal, look, max(years), succeeded)
    deadline = due(body.kind, year)
    late = days_late(years[year].published, deadline)
    return Expected(body, year, "published", years[year].portal, deadline, late)


def _unpublished(
    body: Body, year: int, portal: str, look: Look, last: int | None, succeeded: Succession | None
) -> Expected:
    """What a column named and did not give comes before what a search did not find. `last` is the year of
    the body's last report. Of the years between it and the successor's first nobody knows whose they were:
    they stay the body's."""
    deadline = due(body.kind, year)
    searched = look.read if look.read > date.min else None
    met = next((entry.outcome for entry in look.missed if entry.names(body, year)), None)
    if met is None and (over := _over(body, year) or _passed_on(year, succeeded)):
        return Expected(body, year, "not_obliged", portal, deadline, None, searched, over)
    outcome = met or look.outcome(deadline or date(year + 1, 1, 1), known=deadline is not None)
    says = succeeded.says if succeeded else doubt(body, last, year)
    return Expected(
        body, year, outcome, portal, deadline, None, searched, None if year < (last or 0) else says
    )


def _passed_on(year: int, succeeded: Succession | None) -> str | None:
    return succeeded.says if succeeded and year >= succeeded.year else None


def _over(body: Body, year: int) -> str | None:
    """Why the body was there no more when a report for the year was to be made."""
    place = register().get(body.division or "")
    if place is None or place.last_year is None or year < place.last_year:
        return None
    return f"{place.name} ({place.code}) ended in {place.last_year}, before a report for {year} was due."


def look(portal: str, runs: Sequence[Run], captures: Iterable[Capture]) -> Look:
    """`runs` and `captures` are those of the portal."""
    swept = sweeps(runs)
    found, last = gaps(swept, captures), swept[-1].runs[-1]
    missed = (
        Missed(last.portal.division, one.absent.title, "gone" if one.gone else "blocked")
        for one in found.missing.values()
        if one.absent.title and (one.gone or one.absent.why != "missing")
    )
    read = _day(found.read) if found.read else date.min
    imported = any(run.portal.cms == IMPORT for run in runs)
    return Look(portal, imported, _day(last.started), read, tuple(missed))


def _day(time: str) -> date:
    return date.fromisoformat(time[:10])

"""A body with its reports by year, and a place with its bodies."""

import sqlite3
from dataclasses import dataclass

from archive.pages.addresses import UNRESOLVED
from archive.pages.coverage import (
    COUNTY,
    WITHIN,
    Coverage,
    Linked,
    Outcome,
    coverage_of_body,
    coverage_of_place,
    stem_of,
)
from archive.pages.portals import Health, portals_of
from archive.pages.reach import Reach, reach_within
from archive.pages.series import Drawn, charts_of
from archive.pages.totals import Totals, totals_of
from archive.pages.translation import translated
from archive.pages.words import saying

_BODY = """
SELECT bodies.id, bodies.name, bodies.kind, bodies.division, divisions.name
FROM bodies LEFT JOIN divisions ON divisions.code = bodies.division WHERE bodies.id = ?
"""
_REPORTS = """
SELECT reports.id, reports.year, reports.form, reports.scope, reports.published,
  (SELECT total FROM requests WHERE requests.report = reports.id AND requests.row = 'new'),
  (SELECT total FROM requests WHERE requests.report = reports.id AND requests.row = 'processed'),
  (SELECT count(*) FROM findings WHERE findings.report = reports.id AND outcome = 'broken')
FROM reports WHERE reports.body = ?
"""
_BEFORE = """
SELECT bodies.id, bodies.name, body_successors.first_year
FROM body_successors JOIN bodies ON bodies.id = body_successors.body
WHERE body_successors.successor = ? ORDER BY bodies.id
"""
_SAYS = "SELECT says FROM expected WHERE body = ? AND says IS NOT NULL ORDER BY year"

_MANY = f"SELECT count(*) FROM bodies WHERE {WITHIN}"  # noqa: S608 - words of ours
BODIES = 400
"""In a province or prefecture with more, each county is a row."""


@dataclass(frozen=True, slots=True)
class Body:
    id: str
    name: str
    kind: str
    division: str | None
    place: str | None


@dataclass(frozen=True, slots=True)
class YearReport:
    """`new` and `processed` are the printed totals of table three, None where not read."""

    id: str
    year: int
    form: str | None
    scope: str
    published: str | None
    new: int | None
    processed: int | None
    broken: int


@dataclass(frozen=True, slots=True)
class Year:
    outcome: Outcome
    report: YearReport | None


@dataclass(frozen=True, slots=True)
class BodyPage:
    """`became` took its place in a reform of government, it took that of those in `before`; `says` has why
    it is not obliged, or what it may have become."""

    body: Body
    became: Linked | None
    before: tuple[Linked, ...]
    says: tuple[str, ...]
    years: tuple[Year, ...]
    charts: tuple[Drawn, ...]


@dataclass(frozen=True, slots=True)
class PlacePage:
    """`division` is None on the page of the bodies whose division is not proved. A place with many bodies
    has its counties in `reach` and no body in `coverage`."""

    division: str | None
    name: str | None
    portals: tuple[Health, ...]
    coverage: Coverage
    reach: Reach | None
    totals: tuple[Totals, ...]


def body_page(connection: sqlite3.Connection, id: str, language: str) -> BodyPage | None:
    row = connection.execute(_BODY, (id,)).fetchone()
    if row is None:
        return None
    reports = {row[0]: YearReport(*row) for row in connection.execute(_REPORTS, (id,))}
    (line,) = coverage_of_body(connection, id).lines
    newest_first = sorted(filter(None, line.outcomes), key=lambda outcome: -outcome.year)
    said = dict.fromkeys(says for (says,) in connection.execute(_SAYS, (id,)))
    return BodyPage(
        Body(*row),
        line.became,
        tuple(Linked(*other) for other in connection.execute(_BEFORE, (id,))),
        tuple(translated(says, language) for says in said),
        tuple(Year(outcome, reports.get(outcome.report or "")) for outcome in newest_first),
        charts_of(connection, id, saying(language)),
    )


def place_page(connection: sqlite3.Connection, place: str, language: str) -> PlacePage | None:
    division = None if place == UNRESOLVED else place
    known = connection.execute("SELECT name FROM divisions WHERE code = ?", (division,)).fetchone()
    stem = stem_of(division or "")
    (bodies,) = connection.execute(_MANY, {"place": stem}).fetchone()
    many = 0 < len(stem) < COUNTY and bodies > BODIES
    coverage = Coverage((), ()) if many else coverage_of_place(connection, division)
    if not many and not coverage.lines and known is None:
        return None
    portals = portals_of(connection, division) if division else ()
    reach = reach_within(connection, stem) if many else None
    totals = totals_of(connection, stem, saying(language)) if division else ()
    return PlacePage(division, known[0] if known else None, portals, coverage, reach, totals)

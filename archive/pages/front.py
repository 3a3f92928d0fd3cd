"""The front page: what is here, what is new, what is wrong."""

import sqlite3
from dataclasses import dataclass

from archive.pages.coverage import Coverage, coverage_of_all
from archive.pages.findings import Serious, most_serious

_COUNTS = """
SELECT (SELECT count(DISTINCT substr(division, 1, 6)) FROM bodies),
  (SELECT count(*) FROM bodies), (SELECT count(*) FROM reports),
  (SELECT min(year) FROM reports), (SELECT max(year) FROM reports)
"""
_NEWEST = """
SELECT reports.id, bodies.id, bodies.name, reports.year, reports.published, reports.days_late
FROM reports JOIN bodies ON bodies.id = reports.body
ORDER BY coalesce(reports.published, '') DESC, reports.year DESC, reports.id LIMIT 8
"""
_PLACES = """
SELECT substr(bodies.division, 1, 6) AS place, divisions.name, count(DISTINCT bodies.id), count(reports.id),
  min(reports.year), max(reports.year)
FROM bodies LEFT JOIN reports ON reports.body = bodies.id
LEFT JOIN divisions ON divisions.code = substr(bodies.division, 1, 6)
GROUP BY place ORDER BY place IS NULL, place
"""
_BODIES_IN_GRID = 60


@dataclass(frozen=True, slots=True)
class Counts:
    places: int
    bodies: int
    reports: int
    first_year: int | None
    last_year: int | None


@dataclass(frozen=True, slots=True)
class NewReport:
    report: str
    body: str
    name: str
    year: int
    published: str | None
    days_late: int | None


@dataclass(frozen=True, slots=True)
class Place:
    """`division` is None for the bodies whose division is not proved."""

    division: str | None
    name: str | None
    bodies: int
    reports: int
    first_year: int | None
    last_year: int | None


@dataclass(frozen=True, slots=True)
class Front:
    """`coverage` is None where the archive holds too many bodies for one table."""

    counts: Counts
    newest: tuple[NewReport, ...]
    findings: tuple[Serious, ...]
    places: tuple[Place, ...]
    coverage: Coverage | None


def front_page(connection: sqlite3.Connection, language: str) -> Front:
    counts = Counts(*connection.execute(_COUNTS).fetchone())
    return Front(
        counts,
        tuple(NewReport(*row) for row in connection.execute(_NEWEST)),
        most_serious(connection, 6, language),
        tuple(Place(*row) for row in connection.execute(_PLACES)),
        coverage_of_all(connection) if counts.bodies <= _BODIES_IN_GRID else None,
    )

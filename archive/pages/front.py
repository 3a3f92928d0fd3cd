"""The front page: what is here, what is new, what is wrong."""

import sqlite3
from dataclasses import dataclass

from archive.pages.findings import Serious, most_serious
from archive.pages.reach import Reach, reach

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
class Front:
    counts: Counts
    newest: tuple[NewReport, ...]
    findings: tuple[Serious, ...]
    reach: Reach


def front_page(connection: sqlite3.Connection, language: str) -> Front:
    counts = Counts(*connection.execute(_COUNTS).fetchone())
    return Front(
        counts,
        tuple(NewReport(*row) for row in connection.execute(_NEWEST)),
        most_serious(connection, 6, language),
        reach(connection, counts.places),
    )

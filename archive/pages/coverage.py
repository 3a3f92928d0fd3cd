"""Bodies by years: which report there is, and what became of the others."""

import re
import sqlite3
from dataclasses import dataclass

_OUTCOMES = """
WITH chosen AS MATERIALIZED (
  SELECT id, name, kind FROM bodies WHERE {which}
), outcomes AS (
  SELECT body, year, outcome, report, days_late FROM expected WHERE body IN (SELECT id FROM chosen)
  UNION ALL
  SELECT body, year, 'published', id, days_late FROM reports WHERE body IN (SELECT id FROM chosen)
    AND NOT EXISTS (
      SELECT 1 FROM expected WHERE expected.body = reports.body AND expected.year = reports.year)
)
SELECT chosen.id, chosen.name, later.id, later.name, body_successors.first_year,
  outcomes.year, outcomes.outcome, outcomes.report, outcomes.days_late
FROM chosen LEFT JOIN outcomes ON outcomes.body = chosen.id
LEFT JOIN body_successors ON body_successors.body = chosen.id
LEFT JOIN bodies AS later ON later.id = body_successors.successor
ORDER BY CASE chosen.kind WHEN 'government' THEN 0 WHEN 'department' THEN 1 WHEN 'township' THEN 2
  WHEN 'subdistrict' THEN 3 ELSE 4 END,
  chosen.id, outcomes.year
"""
COUNTY = 6
"""Digits of a county's code: from there on a place is small enough to be gone through."""


def within(division: str) -> str:
    """Codes that begin as :place does, found in an index of them: the colon comes after the nine."""
    return f"{division} BETWEEN :place AND :place || ':'"


WITHIN = within("bodies.division")
_WHICH = {"body": "id = :body", "within": WITHIN, "unresolved": "division IS NULL"}


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of the report of one year; `report` is its id where it was published."""

    year: int
    outcome: str
    report: str | None
    days_late: int | None

    @property
    def late(self) -> bool:
        return self.days_late is not None and self.days_late > 0


@dataclass(frozen=True, slots=True)
class Linked:
    """The body that took another's place or whose place it took; `year` is that of the later one's first
    report."""

    body: str
    name: str
    year: int


@dataclass(frozen=True, slots=True)
class Line:
    """A body and, for each year of the grid, its outcome or None where no report was due of it. `became` is
    what took its place in a reform of government."""

    body: str
    name: str
    became: Linked | None
    outcomes: tuple[Outcome | None, ...]


@dataclass(frozen=True, slots=True)
class Coverage:
    """The newest year comes first: a phone shows no more than three."""

    years: tuple[int, ...]
    lines: tuple[Line, ...]


def coverage_of_body(connection: sqlite3.Connection, body: str) -> Coverage:
    return _coverage(connection, "body", body=body)


def coverage_of_place(connection: sqlite3.Connection, division: str | None) -> Coverage:
    """Of the division and what lies in it; of the bodies without a division where there is none."""
    if division is None:
        return _coverage(connection, "unresolved")
    return _coverage(connection, "within", place=stem_of(division))


def stem_of(division: str) -> str:
    """How the codes begin of what lies in it: 41 of 410000."""
    return re.sub("(00)+$", "", division) if len(division) == COUNTY else division


def _coverage(connection: sqlite3.Connection, which: str, **values: str) -> Coverage:
    found: dict[tuple[str, str, Linked | None], dict[int, Outcome]] = {}
    for body, name, *later, year, outcome, report, late in connection.execute(
        _OUTCOMES.format(which=_WHICH[which]), values
    ):
        of_body = found.setdefault((body, name, Linked(*later) if later[0] else None), {})
        if year is not None:
            of_body[year] = Outcome(year, outcome, report, late)
    years = tuple(sorted({year for of_body in found.values() for year in of_body}, reverse=True))
    lines = (Line(*body, tuple(map(of_body.get, years))) for body, of_body in found.items())
    return Coverage(years, tuple(lines))

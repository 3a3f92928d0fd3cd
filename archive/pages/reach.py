"""Places by years: of the reports that were due, how many there are. One row a county, or a province."""

import sqlite3
from collections.abc import Sequence
from dataclasses import dataclass

from archive.pages.coverage import WITHIN

COUNTIES = 60
"""More than these, and a row is a province: the first page stays light however much there is."""

_PLACES = """
SELECT place, divisions.name, bodies FROM (
  SELECT substr(division, 1, :digits) AS place, count(*) AS bodies FROM bodies WHERE {within} GROUP BY 1
) LEFT JOIN divisions ON divisions.code = substr(place || '0000', 1, 6) ORDER BY place IS NULL, place
"""
_SHARES = """
SELECT substr(division, 1, :digits), year, sum(there), count(*) FROM (
  SELECT bodies.division, expected.year, expected.outcome = 'published' AS there
  FROM bodies CROSS JOIN expected ON expected.body = bodies.id
  WHERE expected.outcome NOT IN ('not_due', 'not_obliged') AND {within}
  UNION ALL
  SELECT bodies.division, reports.year, 1 FROM bodies CROSS JOIN reports ON reports.body = bodies.id
  WHERE {within} AND NOT EXISTS (
    SELECT 1 FROM expected WHERE expected.body = reports.body AND expected.year = reports.year)
) GROUP BY 1, 2
"""


@dataclass(frozen=True, slots=True)
class Share:
    published: int
    due: int


@dataclass(frozen=True, slots=True)
class Row:
    """`division` is None for the bodies whose division is not proved. A share is None where nothing
    was due."""

    division: str | None
    name: str | None
    bodies: int
    shares: tuple[Share | None, ...]


@dataclass(frozen=True, slots=True)
class Reach:
    """The newest year comes first."""

    years: tuple[int, ...]
    rows: tuple[Row, ...]


def reach(connection: sqlite3.Connection, places: int) -> Reach:
    """Of all. `places` is how many counties there are."""
    return _reach(connection, "", 6 if places <= COUNTIES else 2)


def reach_within(connection: sqlite3.Connection, stem: str) -> Reach:
    """Of the counties in a province or a prefecture, by the digits that their codes begin with."""
    return _reach(connection, stem, 6)


def _reach(connection: sqlite3.Connection, stem: str, digits: int) -> Reach:
    values, within = {"place": stem, "digits": digits}, WITHIN if stem else "true"
    shares: dict[str | None, dict[int, Share]] = {}
    for place, year, *share in connection.execute(_SHARES.format(within=within), values):
        shares.setdefault(place, {})[year] = Share(*share)
    years = tuple(sorted({year for of_place in shares.values() for year in of_place}, reverse=True))
    rows = connection.execute(_PLACES.format(within=within), values).fetchall()
    return Reach(years, tuple(_row(row, shares.get(row[0], {}), years) for row in rows))


def _row(row: Sequence[str | int | None], shares: dict[int, Share], years: Sequence[int]) -> Row:
    place, name, bodies = row
    division = str(place).ljust(6, "0") if place else None
    return Row(division, str(name) if name else None, int(bodies or 0), tuple(map(shares.get, years)))

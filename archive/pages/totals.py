"""What the bodies of a place received and decided over the years, with how many of them are in each sum."""

import sqlite3
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from archive.pages.charts import Chart, Line
from archive.pages.coverage import WITHIN

SCOPES = ("own", "aggregate")
ROWS = {"new": "requests.new.total", "processed": "requests.processed.total"}

# Several reports of whole counties are not added: one may hold the other.
_SUMS = f"""
SELECT reports.year, reports.scope, requests.row,
  CASE WHEN reports.scope = 'own' OR count(requests.total) = 1 THEN sum(requests.total) END,
  count(requests.total)
FROM bodies
CROSS JOIN reports ON reports.body = bodies.id
JOIN requests ON requests.report = reports.id
WHERE {WITHIN} AND requests.row IN ('new', 'processed')
GROUP BY 1, 2, 3
"""  # noqa: S608 - words of ours
_DUE = f"""
SELECT expected.year, count(*) FROM bodies CROSS JOIN expected ON expected.body = bodies.id
WHERE {WITHIN}
  AND expected.outcome NOT IN ('not_due', 'not_obliged')
GROUP BY 1
"""  # noqa: S608 - words of ours

Sums = Mapping[tuple[str, int], tuple[int | None, int]]
"""By row and year the sum, and how many reports are in it."""


@dataclass(frozen=True, slots=True)
class Totals:
    """`counted` has for each year of the chart in how many bodies' reports the requests received were read;
    `due` how many bodies ought to have reported, whatever the scope, None where none is known to."""

    scope: str
    chart: Chart
    counted: tuple[int, ...]
    due: tuple[int | None, ...]


def totals_of(connection: sqlite3.Connection, stem: str, say: Callable[..., str]) -> tuple[Totals, ...]:
    """Of the place whose divisions begin with these digits; a scope that has two years to show."""
    found: dict[str, dict[tuple[str, int], tuple[int | None, int]]] = {scope: {} for scope in SCOPES}
    for year, scope, row, total, counted in connection.execute(_SUMS, {"place": stem}):
        if scope in found:
            found[scope][row, year] = (total, counted)
    due = dict(connection.execute(_DUE, {"place": stem}).fetchall())
    shown = (_totals(scope, sums, due, say) for scope, sums in found.items())
    return tuple(one for one in shown if one)


def _totals(scope: str, sums: Sums, due: Mapping[int, int], say: Callable[..., str]) -> Totals | None:
    there = {year for (_, year), (total, _) in sums.items() if total is not None}
    if len(there) < 2:
        return None
    years = tuple(range(min(there), max(there) + 1))
    lines = tuple(
        Line(say(f"series.{code}"), tuple(sums.get((row, year), (None, 0))[0] for year in years))
        for row, code in ROWS.items()
    )
    counted = tuple(sums.get(("new", year), (None, 0))[1] for year in years)
    chart = Chart(say(f"chart.totals.{scope}"), years, lines)
    return Totals(scope, chart, counted, tuple(map(due.get, years)))

"""What a body reported over the years, joined over the generations of the form as far as that can be done."""

import sqlite3
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from archive.pages.charts import Chart, Line

CHARTS: Mapping[str, Sequence[str]] = {
    "requests": ("requests.new.total", "requests.processed.total"),
    "disputes": ("disputes.review.total", "disputes.direct.total", "disputes.after_review.total"),
}
_SERIES = """
SELECT series, year, value, comparable, why FROM series WHERE body = ? AND series IN ({marks}) ORDER BY year
"""


@dataclass(frozen=True, slots=True)
class Drawn:
    """A chart with what its hollow points are not quite: `notes` has each reason once."""

    name: str
    chart: Chart
    notes: tuple[str, ...]


def charts_of(connection: sqlite3.Connection, body: str, say: Callable[..., str]) -> tuple[Drawn, ...]:
    """Those that have at least two years to show."""
    drawn = (_drawn(connection, body, name, codes, say) for name, codes in CHARTS.items())
    return tuple(one for one in drawn if one)


def _drawn(
    connection: sqlite3.Connection, body: str, name: str, codes: Sequence[str], say: Callable[..., str]
) -> Drawn | None:
    rows = connection.execute(_SERIES.format(marks=", ".join("?" * len(codes))), (body, *codes)).fetchall()
    known = {(series, year): value for series, year, value, *_ in rows if value is not None}
    shown = [year for _, year in known]
    if len(set(shown)) < 2:
        return None
    years = tuple(range(min(shown), max(shown) + 1))
    close = {(series, year) for series, year, _, comparable, _ in rows if comparable == "close"}
    lines = tuple(
        Line(
            say(f"series.{code}"),
            tuple(known.get((code, year)) for year in years),
            frozenset(year for year in years if (code, year) in close),
        )
        for code in codes
    )
    notes = dict.fromkeys(why for series, year, value, comparable, why in rows if comparable == "close")
    return Drawn(name, Chart(say(f"chart.{name}"), years, lines), tuple(notes))

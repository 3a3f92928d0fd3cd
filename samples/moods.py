"""What may befall a portal between two crawls, beside the edits of phase 2."""

from collections.abc import Callable
from copy import copy
from dataclasses import replace
from html import escape
from typing import Literal

from samples.publication import LAST_YEAR
from samples.sites.hanweb import Hanweb
from samples.sites.page import Answer, Query, Row
from samples.sites.trs import Trs

Mood = Literal["well", "moved", "blocked", "unreachable", "redesigned", "silent", "shrunk"]
Site = Trs | Hanweb

MOVED = ("finance-2021", "audit-2022")
"""The report of each portal that stands at another address when it is `moved`."""

CHALLENGE = "<html><script>var __jsl_clearance = go();</script><body>安全验证</body></html>".encode()
NO_ANSWER = Answer(b"", None, status=0)


class Moody:
    """A portal in a mood: another look at the same reports."""

    def __init__(self, site: Site, mood: Mood) -> None:
        self._site = _changed(site, mood)
        self._answer = _ANSWERS.get(mood)

    def answer(self, query: Query) -> Answer:
        if self._answer and query.path != "/robots.txt":
            return self._answer(self._site, query)
        return self._site.answer(query)


def _changed(site: Site, mood: Mood) -> Site:
    made = copy(site)
    if mood == "moved":
        paths = {row.path: moved(row.path) for rows in site.rows.values() for row in rows if row.key in MOVED}
        made.reports = {paths.get(path, path): report for path, report in site.reports.items()}
        made.rows = _rows(site, lambda row: replace(row, path=paths.get(row.path, row.path)))
    if mood == "silent":
        made.reports = {path: report for path, report in site.reports.items() if report.year != LAST_YEAR}
        made.rows = _rows(site, lambda row: None if row.key.endswith(f"-{LAST_YEAR}") else row)
    if mood == "shrunk":
        made.rows = {column: rows[: max(1, len(rows) // 2)] for column, rows in site.rows.items()}
    return made


def moved(path: str) -> str:
    return path.replace(".htm", "0.htm")


def _rows(site: Site, change: Callable[[Row], Row | None]) -> dict[str, tuple[Row, ...]]:
    return {
        column: tuple(row for row in map(change, rows) if row is not None)
        for column, rows in site.rows.items()
    }


def _redesigned(site: Site, query: Query) -> Answer:
    """Its columns are put together by a script, of which the old pages knew nothing."""
    rows = site.rows.get(query.path.removesuffix("index.html") if isinstance(site, Trs) else query.path)
    if rows is None:
        return site.answer(query)
    items = "".join(f'<div class="card" data-to="{row.path}">{escape(row.title)}</div>' for row in rows)
    text = f'<html><meta charset="utf-8"><div id="app">{items}</div><script src="/app.js"></script></html>'
    return Answer(text.encode(), "text/html")


_ANSWERS: dict[Mood, Callable[[Site, Query], Answer]] = {
    "blocked": lambda _site, _query: Answer(CHALLENGE, "text/html", status=403),
    "unreachable": lambda _site, _query: NO_ANSWER,
    "redesigned": _redesigned,
}

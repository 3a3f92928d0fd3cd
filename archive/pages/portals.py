"""How the portals are, and since when; and the runs of one portal."""

import sqlite3
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

from crawler.notice import FAILING

LAST = 60
"""Runs of a portal that are shown."""

_PORTALS = """
SELECT portals.key, portals.name, portals.home, portals.division, divisions.name, portals.cms
FROM portals JOIN divisions ON divisions.code = portals.division
WHERE portals.key IN (SELECT portal FROM portal_runs) {which} ORDER BY portals.division, portals.key
"""
_RUNS = """
SELECT portal, run, started, via, state, conclusive, because, reports, new, changed, gone, refused, requests,
  bytes, stopped
FROM portal_runs {which} ORDER BY portal, started, run
"""


@dataclass(frozen=True, slots=True)
class Portal:
    key: str
    name: str
    home: str
    division: str
    place: str | None
    cms: str


@dataclass(frozen=True, slots=True)
class Run:
    portal: str
    id: str
    started: str
    via: str
    state: str
    conclusive: int
    because: str
    reports: int
    new: int
    changed: int
    gone: int
    refused: int
    requests: int
    bytes: int
    stopped: str | None

    @property
    def failing(self) -> bool:
        return self.state in FAILING


@dataclass(frozen=True, slots=True)
class Health:
    """`last` is the last run that could tell, None where none could. `since` is when the first run began
    that found the portal as `last` did, without a break."""

    portal: Portal
    last: Run | None
    since: str | None
    last_well: str | None
    runs: int


@dataclass(frozen=True, slots=True)
class PortalPage:
    """`runs` are the newest, newest first."""

    health: Health
    runs: tuple[Run, ...]


def portals_page(connection: sqlite3.Connection) -> tuple[Health, ...]:
    return tuple(_healths(connection, "", "", ()))


def portals_of(connection: sqlite3.Connection, division: str) -> tuple[Health, ...]:
    """Those of the place itself, not of what lies in it."""
    which = "WHERE portal IN (SELECT key FROM portals WHERE division = ?)"
    return tuple(_healths(connection, "AND portals.division = ?", which, (division,)))


def portal_page(connection: sqlite3.Connection, key: str) -> PortalPage | None:
    found = list(_healths(connection, "AND portals.key = ?", "WHERE portal = ?", (key,)))
    if not found:
        return None
    runs = [Run(*row) for row in connection.execute(_RUNS.format(which="WHERE portal = ?"), (key,))]
    return PortalPage(found[0], tuple(reversed(runs))[:LAST])


def _healths(
    connection: sqlite3.Connection, portals: str, runs: str, values: Sequence[str]
) -> Iterator[Health]:
    rows = (Run(*row) for row in connection.execute(_RUNS.format(which=runs), values))
    of_portal = {key: list(those) for key, those in groupby(rows, key=lambda run: run.portal)}
    for row in connection.execute(_PORTALS.format(which=portals), values):
        portal = Portal(*row)
        yield _health(portal, of_portal[portal.key])


def _health(portal: Portal, runs: Sequence[Run]) -> Health:
    """Being well is one way to be, whether there was news or not; each failing state is another."""
    told = [run for run in runs if run.conclusive]
    well = [run.started for run in told if not run.failing]
    alike = [list(those) for _, those in groupby(told, key=lambda run: run.state if run.failing else "")]
    return Health(
        portal,
        told[-1] if told else None,
        alike[-1][0].started if told else None,
        well[-1] if well else None,
        len(runs),
    )

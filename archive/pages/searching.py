"""The search page: passages that hold the words, each with the report it stands in."""

import sqlite3
from dataclasses import dataclass

from archive.search import Hit, find, match_expression

LIMIT = 50

_REPORT = """
SELECT bodies.name, reports.year, reports.title FROM reports JOIN bodies ON bodies.id = reports.body
WHERE reports.id = ?
"""
_HEADING = "SELECT heading FROM sections WHERE report = ? AND position = ?"


@dataclass(frozen=True, slots=True)
class Found:
    """`heading` is the section's as printed, None where the title holds the words."""

    hit: Hit
    name: str
    year: int
    title: str | None
    heading: str | None


@dataclass(frozen=True, slots=True)
class Search:
    """`searchable` says whether the query holds anything to look for. `more` than `found` there may be."""

    query: str
    searchable: bool
    found: tuple[Found, ...]
    more: bool
    reports: int
    """How many reports were searched."""


def search_page(connection: sqlite3.Connection, query: str) -> Search:
    hits = find(connection, query, LIMIT + 1)
    return Search(
        query,
        bool(match_expression(query)),
        tuple(_found(connection, hit) for hit in hits[:LIMIT]),
        len(hits) > LIMIT,
        connection.execute("SELECT count(*) FROM reports").fetchone()[0],
    )


def _found(connection: sqlite3.Connection, hit: Hit) -> Found:
    name, year, title = connection.execute(_REPORT, (hit.report,)).fetchone()
    heading = connection.execute(_HEADING, (hit.report, hit.position)).fetchone()
    return Found(hit, name, year, title, heading[0] if heading else None)

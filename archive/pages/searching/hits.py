"""The passages, or without words the reports, that answer, each with where it stands."""

import sqlite3
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import chain
from typing import Any

from archive.pages.searching.matches import Matches
from archive.pages.searching.snippets import Piece, snippet
from archive.search import first_text

_FACTS = """
SELECT reports.id, bodies.id, bodies.name, bodies.division, divisions.name, reports.year, reports.title,
  reports.form, reports.scope, reports.published, {passage}
{source} ORDER BY {order} LIMIT :limit OFFSET :first
"""
_YEAR = 5
"""Its place in the facts."""
_PRINTED = """
SELECT version_sections.number, version_sections.heading, passages_printed.text
FROM passages_printed JOIN reports ON reports.id = passages_printed.report
JOIN versions ON versions.id = reports.version
LEFT JOIN version_sections ON version_sections.version = versions.key
  AND version_sections.position = passages_printed.position
WHERE passages_printed.key = ?
"""


Rows = list[tuple[Any, ...]]
_NOWHERE: tuple[Any, ...] = (None, None, ())


@dataclass(frozen=True, slots=True)
class Hit:
    """`position` is 0 and `section` and `heading` None where the title holds the words, or no words are
    asked for: then there is no `snippet`. Title, heading and snippet are as printed."""

    report: str
    body: str
    name: str
    division: str | None
    place: str | None
    year: int
    title: str | None
    form: str | None
    scope: str
    published: str | None
    position: int
    section: int | None
    heading: str | None
    snippet: tuple[Piece, ...]


def hits(connection: sqlite3.Connection, found: Matches, limit: int, first: int = 0) -> Sequence[Hit]:
    if found.years:
        rows = _by_years(connection, found, first + limit)[first : first + limit]
    else:
        rows = _rows(connection, found, limit, first)
    return [_hit(connection, found, row) for row in rows]


def _by_years(connection: sqlite3.Connection, found: Matches, limit: int) -> Rows:
    """The first of the titles and the first of the texts, put together."""
    values = {**found.values, "text": str(first_text(connection))}
    halves = (f"{found.source} AND search.rowid {side} CAST(:text AS INTEGER)" for side in ("<", ">="))
    parts = (_rows(connection, replace(found, source=half, values=values), limit, 0) for half in halves)
    return sorted(chain(*parts), key=lambda row: (found.years * row[_YEAR], -found.years * row[-1]))


def _rows(connection: sqlite3.Connection, found: Matches, limit: int, first: int) -> Rows:
    passage = "passages.position, passages.key" if found.words else "0, NULL"
    sql = _FACTS.format(passage=passage, source=found.source, order=found.order)
    return connection.execute(sql, {**found.values, "limit": limit, "first": first}).fetchall()


def _hit(connection: sqlite3.Connection, found: Matches, row: Sequence[Any]) -> Hit:
    *facts, key = row
    if key is None:
        return Hit(*facts, *_NOWHERE)
    number, heading, text = connection.execute(_PRINTED, (key,)).fetchone()
    there: tuple[Any, ...] = (number, heading, snippet(text, found.words))
    return Hit(*facts, *there)

"""The passages, or without words the reports, that answer, each with where it stands."""

import sqlite3
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from archive.pages.searching.matches import Matches
from archive.pages.searching.snippets import Piece, snippet

_PASSAGES = """
SELECT reports.id, bodies.id, bodies.name, bodies.division, divisions.name, reports.year, reports.title,
  reports.form, reports.scope, reports.published, passages.position, passages.key
{source} ORDER BY {order} LIMIT :limit OFFSET :first
"""
_REPORTS = """
SELECT reports.id, bodies.id, bodies.name, bodies.division, divisions.name, reports.year, reports.title,
  reports.form, reports.scope, reports.published, 0, NULL
{source} ORDER BY {order} LIMIT :limit OFFSET :first
"""
_PRINTED = """
SELECT version_sections.number, version_sections.heading, passages_printed.text
FROM passages_printed JOIN reports ON reports.id = passages_printed.report
JOIN versions ON versions.id = reports.version
LEFT JOIN version_sections ON version_sections.version = versions.key
  AND version_sections.position = passages_printed.position
WHERE passages_printed.key = ?
"""


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
    sql = (_PASSAGES if found.words else _REPORTS).format(source=found.source, order=found.order)
    values = {**found.values, "limit": limit, "first": first}
    return [_hit(connection, found, row) for row in connection.execute(sql, values).fetchall()]


def _hit(connection: sqlite3.Connection, found: Matches, row: Sequence[Any]) -> Hit:
    *facts, key = row
    if key is None:
        return Hit(*facts, *_NOWHERE)
    number, heading, text = connection.execute(_PRINTED, (key,)).fetchone()
    there: tuple[Any, ...] = (number, heading, snippet(text, found.words))
    return Hit(*facts, *there)

"""One report as JSON: what stands in the database of it, under the names it has there."""

import sqlite3
from collections.abc import Mapping, Sequence
from typing import Any

_REPORT = """
SELECT reports.*, bodies.name AS body_name, bodies.division, captures.fetched, captures.warc, captures.offset
FROM reports JOIN bodies ON bodies.id = reports.body JOIN captures ON captures.id = reports.capture
WHERE reports.id = ?
"""
_PARTS = {
    "figures": "SELECT * FROM figures WHERE report = ? ORDER BY code",
    "unplaced": "SELECT * FROM unplaced WHERE report = ? ORDER BY position",
    "sections": "SELECT * FROM sections WHERE report = ? ORDER BY position",
    "claims": "SELECT * FROM claims WHERE report = ? ORDER BY position",
    "findings": "SELECT * FROM findings WHERE report = ? ORDER BY key",
    "versions": "SELECT * FROM versions WHERE report = ? ORDER BY number",
    "changes": "SELECT * FROM changes WHERE report = ? ORDER BY version, what, part",
}
_NOT_LASTING = frozenset(("key", "report"))
"""Row numbers of this one file, and what stands above."""


def record(connection: sqlite3.Connection, id: str) -> Mapping[str, Any] | None:
    found = _rows(connection, _REPORT, id)
    if not found:
        return None
    parts = {name: [_lasting(row) for row in _rows(connection, sql, id)] for name, sql in _PARTS.items()}
    return {"report": {name: value for name, value in found[0].items() if name != "key"}, **parts}


def record_columns(connection: sqlite3.Connection) -> tuple[tuple[str, ...], Mapping[str, tuple[str, ...]]]:
    """The names in the object of the report, and in the rows of each part."""

    def names(sql: str, without: frozenset[str]) -> tuple[str, ...]:
        found = (column[0] for column in connection.execute(sql, ("",)).description)
        return tuple(name for name in found if name not in without)

    parts = {name: names(sql, _NOT_LASTING) for name, sql in _PARTS.items()}
    return names(_REPORT, frozenset({"key"})), parts


def _lasting(row: Mapping[str, Any]) -> Mapping[str, Any]:
    return {name: value for name, value in row.items() if name not in _NOT_LASTING}


def _rows(connection: sqlite3.Connection, sql: str, id: str) -> Sequence[Mapping[str, Any]]:
    cursor = connection.execute(sql, (id,))
    names = [column[0] for column in cursor.description]
    return [dict(zip(names, row, strict=True)) for row in cursor]

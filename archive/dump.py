"""The logical dump of an archive.db: what it holds, whatever SQLite wrote it and in which pages."""

import hashlib
import json
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

from archive.access import read_only

_SHADOWS = ("_data", "_idx", "_content", "_docsize", "_config")
"""Tables that FTS5 keeps beside a virtual table: their bytes are those of one SQLite version. What is
indexed stands in `passages`."""


def logical_sha256(file: Path) -> str:
    """Of the schema and of every row of every table in the order of its key. Two files with the same one
    answer every query alike."""
    digest = hashlib.sha256()
    with closing(read_only(file)) as connection:
        for line in _lines(connection):
            digest.update(line.encode() + b"\n")
    return digest.hexdigest()


def _lines(connection: sqlite3.Connection) -> Iterator[str]:
    yield f"user_version {connection.execute('PRAGMA user_version').fetchone()[0]}"
    made = connection.execute("SELECT type, name, sql FROM sqlite_schema WHERE sql IS NOT NULL ORDER BY 1, 2")
    schema = [row for row in made if not row[1].startswith("sqlite_")]
    virtual = {name for _, name, sql in schema if sql.startswith("CREATE VIRTUAL")}
    shadows = {name + suffix for name in virtual for suffix in _SHADOWS}
    for kind, name, sql in schema:
        if name in shadows:
            continue
        yield json.dumps([kind, name, sql])
        if kind == "table" and name not in virtual:
            for row in connection.execute(f"SELECT * FROM {name} ORDER BY {_key(connection, name)}"):  # noqa: S608
                yield json.dumps(row, separators=(",", ":"))


def _key(connection: sqlite3.Connection, table: str) -> str:
    parts = connection.execute("SELECT name FROM pragma_table_info(?) WHERE pk > 0 ORDER BY pk", (table,))
    return ", ".join(f'"{name}"' for (name,) in parts) or "rowid"

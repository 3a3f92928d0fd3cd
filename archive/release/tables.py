"""The tables and views of an archive.db as a release gives them out: their columns, keys and rows."""

import sqlite3
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Literal

Value = str | int | float | None
Type = Literal["integer", "number", "string"]
Add = Callable[[tuple[Value, ...]], object]
"""Adds a row to a file."""

LEFT_OUT = ("descriptions", "names", "passages", "passages_printed", "search", "search_names")
"""The indexes and what they are made from, which is the text of `sections` and the names of bodies again; the
descriptions are in the data package."""

_NAMES = """
SELECT table_name, says FROM descriptions JOIN sqlite_schema ON name = table_name
WHERE column_name = '' AND sql NOT LIKE 'CREATE VIRTUAL%' ORDER BY table_name
"""
_COLUMNS = """
SELECT name, type, "notnull", pk, coalesce(says, '') FROM pragma_table_info(:table)
LEFT JOIN descriptions ON table_name = :table AND column_name = name ORDER BY cid
"""
_FOREIGN = """
SELECT id, "table", "from", "to" FROM pragma_foreign_key_list(?) ORDER BY id, seq
"""


@dataclass(frozen=True, slots=True)
class Column:
    name: str
    type: Type
    required: bool
    says: str


@dataclass(frozen=True, slots=True)
class Foreign:
    column: str
    table: str
    other: str


@dataclass(frozen=True, slots=True)
class Table:
    """`key` is empty for a view."""

    name: str
    says: str
    columns: tuple[Column, ...]
    key: tuple[str, ...]
    foreign: tuple[Foreign, ...]

    def rows(self, connection: sqlite3.Connection) -> Iterator[tuple[Value, ...]]:
        """In one order, whatever way SQLite chooses: by the key, or where there is none by everything."""
        by = self.key or tuple(column.name for column in self.columns)
        order = ", ".join(f'"{name}"' for name in by)
        yield from connection.execute(f'SELECT * FROM "{self.name}" ORDER BY {order}')  # noqa: S608 - names of ours


def tables(connection: sqlite3.Connection) -> list[Table]:
    names = connection.execute(_NAMES).fetchall()
    return [_table(connection, name, says) for name, says in names if name not in LEFT_OUT]


def _table(connection: sqlite3.Connection, name: str, says: str) -> Table:
    found = connection.execute(_COLUMNS, {"table": name}).fetchall()
    keyed = sorted((pk, column) for column, _, _, pk, _ in found if pk)
    columns = tuple(
        Column(column, _type(connection, name, column, declared), bool(required or pk), described)
        for column, declared, required, pk, described in found
    )
    return Table(name, says, columns, tuple(column for _, column in keyed), _foreign(connection, name))


def _foreign(connection: sqlite3.Connection, table: str) -> tuple[Foreign, ...]:
    rows = connection.execute(_FOREIGN, (table,))
    return tuple(sorted((Foreign(own, other, column) for _, other, own, column in rows), key=str))


def _type(connection: sqlite3.Connection, table: str, column: str, declared: str) -> Type:
    known: dict[str, Type] = {"INTEGER": "integer", "REAL": "number", "TEXT": "string"}
    if declared in known:
        return known[declared]
    # A view's expression has no declared type, and ANY holds several: what is there decides.
    query = f'SELECT DISTINCT typeof("{column}") FROM "{table}" WHERE "{column}" IS NOT NULL'  # noqa: S608
    there = {kind for (kind,) in connection.execute(query)}
    if there == {"integer"}:
        return "integer"
    return "number" if there and there <= {"integer", "real"} else "string"

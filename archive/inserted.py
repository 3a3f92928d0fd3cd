"""Rows into a table, however many and whatever they come from.

To bind None takes Python's sqlite3 longer than five numbers, for it looks who may adapt it; and to begin a
statement takes as long as ten. So a statement takes many rows, and names no column that is empty in them all.
"""

import sqlite3
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import fields
from itertools import chain
from operator import attrgetter, itemgetter
from typing import Any

from archive.batches import batches

Row = tuple[object, ...]

AT_ONCE = 20
"""Rows that one statement takes: more are not faster, and SQLite allows some 32,000 values."""
_LOOKED_AT = 1000
"""Rows among which empty columns are looked for."""


class Tables:
    """Those of one database, whose columns are asked for once."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection
        self._names: dict[str, tuple[str, ...]] = {}

    def insert(self, table: str, rows: Iterable[Row]) -> None:
        """All with a value for each column, in their order."""
        if table not in self._names:
            told = self._connection.execute("SELECT name FROM pragma_table_info(?) ORDER BY cid", (table,))
            self._names[table] = tuple(name for (name,) in told)
        insert_named(self._connection, table, self._names[table], rows)


def insert_all(connection: sqlite3.Connection, table: str, rows: Iterable[Mapping[str, object]]) -> None:
    """All of the same keys, in the same order."""
    rows = iter(rows)
    for first in rows:
        values = (tuple(row.values()) for row in chain((first,), rows))
        insert_named(connection, table, tuple(first), values)


def insert_objects(connection: sqlite3.Connection, table: str, objects: Iterable[Any]) -> None:
    """All of one dataclass, whose fields are columns."""
    objects = iter(objects)
    for first in objects:
        names = tuple(field.name for field in fields(first))
        insert_named(connection, table, names, map(attrgetter(*names), chain((first,), objects)))


def insert_named(
    connection: sqlite3.Connection, table: str, names: Sequence[str], rows: Iterable[Row]
) -> None:
    for some in batches(rows, _LOOKED_AT):
        if wrong := next((row for row in some if len(row) != len(names)), None):
            raise ValueError(f"{table}: {len(names)} columns, and a row of {len(wrong)} values: {wrong}")
        empty = {at for at, value in enumerate(some[0]) if value is None and _empty(some, at)}
        kept = [at for at in range(len(names)) if at not in empty]
        _insert(connection, table, [names[at] for at in kept], _columns(some, kept) if empty else some)


def _empty(rows: Iterable[Row], at: int) -> bool:
    return all(row[at] is None for row in rows)


def _columns(rows: Iterable[Row], kept: Sequence[int]) -> list[Row]:
    # Of one column itemgetter gives no tuple.
    return list(map(itemgetter(*kept), rows)) if len(kept) > 1 else [(row[kept[0]],) for row in rows]


def _insert(connection: sqlite3.Connection, table: str, columns: Sequence[str], rows: Sequence[Row]) -> None:
    names, holes = ", ".join(f'"{name}"' for name in columns), f"({', '.join('?' * len(columns))})"
    insert, rest = f"INSERT INTO {table} ({names}) VALUES {holes}", len(rows) % AT_ONCE  # noqa: S608 - names of ours
    if rest:
        connection.executemany(insert, rows[:rest])
    if len(rows) < AT_ONCE:
        return
    many = ", ".join([insert, *[holes] * (AT_ONCE - 1)])
    batches = (rows[at : at + AT_ONCE] for at in range(rest, len(rows), AT_ONCE))
    connection.executemany(many, map(_flat, batches))


def _flat(rows: Iterable[Row]) -> Row:
    return tuple(chain.from_iterable(rows))

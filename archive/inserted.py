"""Rows into a table, however many and whatever they come from."""

import sqlite3
from collections.abc import Iterable, Mapping
from dataclasses import fields
from itertools import chain
from operator import attrgetter
from typing import Any


def insert_all(connection: sqlite3.Connection, table: str, rows: Iterable[Mapping[str, object]]) -> None:
    """All of the same keys, in the same order."""
    rows = iter(rows)
    for first in rows:
        values = (tuple(row.values()) for row in chain((first,), rows))
        _many(connection, table, tuple(first), values)


def insert_objects(connection: sqlite3.Connection, table: str, objects: Iterable[Any]) -> None:
    """All of one dataclass, whose fields are columns."""
    objects = iter(objects)
    for first in objects:
        names = tuple(field.name for field in fields(first))
        _many(connection, table, names, map(attrgetter(*names), chain((first,), objects)))


def insert_rows(connection: sqlite3.Connection, table: str, rows: Iterable[tuple[object, ...]]) -> None:
    """All with a value for each column, in their order."""
    rows = iter(rows)
    for first in rows:
        holes = ", ".join("?" * len(first))
        connection.executemany(f"INSERT INTO {table} VALUES ({holes})", chain((first,), rows))  # noqa: S608 - names of ours


def _many(
    connection: sqlite3.Connection, table: str, names: tuple[str, ...], rows: Iterable[tuple[object, ...]]
) -> None:
    columns, holes = ", ".join(f'"{name}"' for name in names), ", ".join("?" * len(names))
    connection.executemany(f"INSERT INTO {table} ({columns}) VALUES ({holes})", rows)  # noqa: S608 - names of ours

"""What bodies and places are called, indexed as texts are: a search by name goes through no table of bodies.

Keys are ranks: places, then bodies by one name each, then bodies by all their names and those of their
places, for words of which the place has some. Short names come first, so that what is called just as
somebody types does; a government stands where the name of its place would.
"""

import sqlite3
from collections.abc import Iterable, Iterator
from itertools import count

from archive.above import places, way_up
from archive.search import grams
from parsers.text.fold import fold

KINDS = ("place", "body", "whole")
APART = 1 << 32
"""Between the first keys of two kinds: more than there are names."""

Name = tuple[str, str | None, str]
"""The id of what is called so, its division, and the name."""

_SHORTEST = "length(name) - CASE kind WHEN 'government' THEN length('人民政府') ELSE 0 END, id, name"
_PLACES = "SELECT code, code, name FROM divisions WHERE name <> '' ORDER BY length(name), code"
_ALL = """
FROM (SELECT id, division, kind, name FROM bodies
  UNION SELECT id, division, kind, body_names.name FROM bodies JOIN body_names ON body_names.body = bodies.id)
"""
_BODIES = f"SELECT id, division, name {_ALL} ORDER BY {_SHORTEST}"
_WHOLES = f"SELECT id, division FROM bodies ORDER BY {_SHORTEST}"  # noqa: S608 - words of ours
_OF_BODY = "SELECT name FROM bodies WHERE id = :body UNION SELECT name FROM body_names WHERE body = :body"


def first_key(kind: str) -> int:
    return KINDS.index(kind) * APART + 1


def write_names(connection: sqlite3.Connection) -> None:
    """Fills `names` and `search_names` from the bodies and divisions that stand in the database."""
    _write(connection, "place", connection.execute(_PLACES))
    _write(connection, "body", connection.execute(_BODIES))
    _write(connection, "whole", _wholes(connection))
    connection.execute("INSERT INTO search_names (search_names) VALUES ('optimize')")


def _write(connection: sqlite3.Connection, kind: str, names: Iterable[Name]) -> None:
    for key, (id, division, name) in zip(count(first_key(kind)), names):
        folded = fold(name)
        connection.execute("INSERT INTO names VALUES (?, ?, ?, ?, ?)", (key, kind, id, division, folded))
        connection.execute("INSERT INTO search_names (rowid, grams) VALUES (?, ?)", (key, grams(folded)))


def _wholes(connection: sqlite3.Connection) -> Iterator[Name]:
    known = places(connection)
    for id, division in connection.execute(_WHOLES):
        names = sorted(name for (name,) in connection.execute(_OF_BODY, {"body": id}))
        above = [place.name for place in way_up(known, division) if place.name]
        yield id, division, "\n".join((*names, *above))

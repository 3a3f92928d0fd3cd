"""Places and bodies that are called as somebody types."""

import sqlite3
from dataclasses import dataclass

from archive.pages.searching.asked import Asked
from archive.pages.searching.matches import stem

SHOWN = 6
"""Of each kind."""

_PLACES = """
SELECT divisions.code, divisions.name, above.name
FROM divisions LEFT JOIN divisions AS above ON above.code = divisions.parent
WHERE instr(divisions.name, :query) > 0 AND substr(divisions.code, 1, length(:place)) = :place
ORDER BY divisions.name <> :query, instr(divisions.name, :query), length(divisions.name), divisions.code
LIMIT :limit
"""
_BODIES = """
SELECT bodies.id, bodies.name, divisions.name, bodies.first_year, bodies.last_year
FROM bodies LEFT JOIN divisions ON divisions.code = bodies.division
WHERE {every} AND substr(coalesce(bodies.division, ''), 1, length(:place)) = :place
ORDER BY bodies.name <> :query, instr(bodies.name, :query) = 0,
  bodies.kind <> 'government', length(bodies.name), bodies.id
LIMIT :limit
"""
_WORD = """(instr(bodies.name, :word{n}) > 0 OR instr(divisions.name, :word{n}) > 0
  OR bodies.id IN (SELECT body FROM body_names WHERE instr(name, :word{n}) > 0))"""


@dataclass(frozen=True, slots=True)
class Place:
    """`above` is the name of what it lies in."""

    division: str
    name: str
    above: str | None


@dataclass(frozen=True, slots=True)
class Body:
    id: str
    name: str
    place: str | None
    first_year: int | None
    last_year: int | None


@dataclass(frozen=True, slots=True)
class Named:
    """`more` says that there are others of such a name."""

    places: tuple[Place, ...]
    bodies: tuple[Body, ...]
    more: bool


def name_of(connection: sqlite3.Connection, place: str) -> str | None:
    """Of a place by the first digits of its code, None where the register has none."""
    row = connection.execute("SELECT name FROM divisions WHERE code = ?", (place.ljust(6, "0"),)).fetchone()
    return str(row[0]) if row and row[0] else None


def named(connection: sqlite3.Connection, asked: Asked) -> Named:
    """A body's name, its former ones and its place's together must hold every word."""
    words = [term.word for term in asked.terms]
    query, place = "".join(words), stem(asked.filters.get("place", ""))
    if len(query) < 2:
        return Named((), (), more=False)
    values: dict[str, str | int] = {"query": query, "place": place, "limit": SHOWN + 1}
    places = connection.execute(_PLACES, values).fetchall()
    every = " AND ".join(_WORD.format(n=n) for n in range(len(words)))
    bodies = connection.execute(
        _BODIES.format(every=every), values | {f"word{n}": word for n, word in enumerate(words)}
    ).fetchall()
    return Named(
        tuple(Place(*row) for row in places[:SHOWN]),
        tuple(Body(*row) for row in bodies[:SHOWN]),
        max(len(places), len(bodies)) > SHOWN,
    )

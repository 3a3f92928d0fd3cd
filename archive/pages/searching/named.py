"""Places and bodies that are called as somebody types."""

import sqlite3
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import chain, islice

from archive.names import APART, first_key
from archive.pages.coverage import within
from archive.pages.searching.asked import Asked
from archive.pages.searching.matches import stem

SHOWN = 6
"""Of each kind."""

_CALLED = f"""
SELECT names.id FROM search_names JOIN names ON names.key = search_names.rowid
WHERE search_names MATCH :expression AND search_names.rowid BETWEEN :first AND :last AND {{every}}
  AND (:place = '' OR {within("names.division")})
ORDER BY search_names.rowid
"""  # noqa: S608 - words of ours
_PLACE = """
SELECT divisions.code, divisions.name, above.name
FROM divisions LEFT JOIN divisions AS above ON above.code = divisions.parent WHERE divisions.code = ?
"""
_BODY = """
SELECT bodies.id, bodies.name, divisions.name, bodies.first_year, bodies.last_year
FROM bodies LEFT JOIN divisions ON divisions.code = bodies.division WHERE bodies.id = ?
"""


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
    """A body's name, its former ones and those of its places together must hold every word; of which the
    name alone does comes first."""
    if sum(len(term.word) for term in asked.terms) < 2:
        return Named((), (), more=False)
    places = list(islice(_called(connection, asked, "place"), SHOWN + 1))
    bodies = list(islice(_bodies(connection, asked), SHOWN + 1))
    return Named(
        tuple(Place(*connection.execute(_PLACE, (code,)).fetchone()) for code in places[:SHOWN]),
        tuple(Body(*connection.execute(_BODY, (id,)).fetchone()) for id in bodies[:SHOWN]),
        max(len(places), len(bodies)) > SHOWN,
    )


def _bodies(connection: sqlite3.Connection, asked: Asked) -> Iterator[str]:
    """Each once: it may have several names, and stands among the wholes too."""
    seen = set[str]()
    for id in chain(_called(connection, asked, "body"), _called(connection, asked, "whole")):
        if id not in seen:
            seen.add(id)
            yield id


def _called(connection: sqlite3.Connection, asked: Asked, kind: str) -> Iterator[str]:
    """The ids of those of one kind in the names of which every word stands, in the order of rank."""
    words = {f"word{n}": term.word for n, term in enumerate(asked.terms)}
    every = " AND ".join(f"instr(names.folded, :{word}) > 0" for word in words)
    values = {
        "expression": " ".join(term.expression for term in asked.terms),
        "first": first_key(kind),
        "last": first_key(kind) + APART - 1,
        "place": stem(asked.filters.get("place", "")),
    }
    for (id,) in connection.execute(_CALLED.format(every=every), values | words):
        yield id

"""What places lie in, as the table of divisions tells it."""

import sqlite3
from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Place:
    """`above` is the code of what it lies in."""

    code: str
    name: str | None
    above: str | None


def places(connection: sqlite3.Connection) -> dict[str, Place]:
    """All, by code."""
    rows = connection.execute("SELECT code, name, parent FROM divisions")
    return {code: Place(code, name, above) for code, name, above in rows}


def way_up(known: Mapping[str, Place], code: str | None) -> list[Place]:
    """The place itself and what it lies in, as far as is known."""
    way: list[Place] = []
    while place := known.get(code or ""):
        way.append(place)
        code = place.above
    return way

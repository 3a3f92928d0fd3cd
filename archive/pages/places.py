"""The names of places and what each lies in, for pages that name many."""

from collections.abc import Mapping
from contextlib import closing
from dataclasses import dataclass
from functools import lru_cache

from archive.access import read_only


@dataclass(frozen=True, slots=True)
class Place:
    """`above` is the code of what it lies in."""

    code: str
    name: str | None
    above: str | None


@lru_cache(maxsize=2)
def places(path: str) -> Mapping[str, Place]:
    """Of an archive.db, by code. A file stays as it is while it is served, and the next has another path."""
    with closing(read_only(path)) as connection:
        rows = connection.execute("SELECT code, name, parent FROM divisions").fetchall()
    return {code: Place(code, name, above) for code, name, above in rows}


def way_to(known: Mapping[str, Place], code: str | None) -> tuple[Place, ...]:
    """From the province down to the place itself, as far as is known."""
    way: list[Place] = []
    while place := known.get(code or ""):
        way.insert(0, place)
        code = place.above
    return tuple(way)

"""The names of places and what each lies in, for pages that name many."""

from collections.abc import Mapping
from contextlib import closing
from functools import lru_cache

from archive import above
from archive.above import Place
from archive.access import read_only


@lru_cache(maxsize=2)
def places(path: str) -> Mapping[str, Place]:
    """Of an archive.db, by code. A file stays as it is while it is served, and the next has another path."""
    with closing(read_only(path)) as connection:
        return above.places(connection)

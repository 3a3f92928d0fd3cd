"""The search page: what answers, how often what is among it, and where nothing does, what to try."""

import sqlite3
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

from archive.pages.searching.asked import PAGES, Asked
from archive.pages.searching.hits import Hit, hits
from archive.pages.searching.matches import matches
from archive.pages.searching.named import Named, name_of, named
from archive.pages.searching.tally import Other, Tally, others, tally
from parsers.text.fold import fold

LIMIT = 20
_PIECE = 2
"""Characters of the words that a long one is cut into where nothing has it whole."""

_SEARCHED = """
SELECT (SELECT count(*) FROM reports), min(year), max(year),
  (SELECT count(DISTINCT substr(division, 1, 6)) FROM bodies)
FROM reports
"""


@dataclass(frozen=True, slots=True)
class Searched:
    """What there is to search."""

    reports: int
    first_year: int | None
    last_year: int | None
    places: int


@dataclass(frozen=True, slots=True)
class Answering:
    """A report with those of its passages that stand beside each other on this page."""

    hit: Hit
    passages: tuple[Hit, ...]


@dataclass(frozen=True, slots=True)
class Search:
    """`place` is the name of the one chosen. `folded` is how the query is compared, where that is another
    way than it is typed. `following` says that there is a next page. `tally` is None where nothing is asked
    or nothing found, `others` are questions to try then, and `searched` says what was gone through."""

    asked: Asked
    searchable: bool
    found: tuple[Answering, ...]
    following: bool
    named: Named | None
    place: str | None
    tally: Tally | None
    folded: str | None
    others: tuple[Other, ...]
    searched: Searched | None

    @property
    def query(self) -> str:
        return self.asked.query


def search_page(connection: sqlite3.Connection, asked: Asked) -> Search:
    searchable = asked.searchable
    found = matches(connection, asked)
    first = (asked.page - 1) * LIMIT
    there = hits(connection, found, LIMIT + 1, first) if searchable else ()
    folded = fold(asked.query)
    return Search(
        asked,
        searchable,
        tuple(_answering(there[:LIMIT])),
        len(there) > LIMIT and asked.page < PAGES,
        named(connection, asked) if asked.query and asked.page == 1 else None,
        name_of(connection, asked.filters["place"]) if "place" in asked.filters else None,
        tally(connection, asked, found) if there else None,
        folded if folded != asked.query else None,
        () if there or not searchable else tuple(others(connection, _to_try(asked))),
        None if there else Searched(*connection.execute(_SEARCHED).fetchone()),
    )


def _answering(there: Sequence[Hit]) -> Iterator[Answering]:
    for _, of_report in groupby(there, key=lambda hit: hit.report):
        first, *rest = sorted(of_report, key=lambda hit: hit.position)
        yield Answering(first, (first, *rest))


def _to_try(asked: Asked) -> Iterator[tuple[str, Asked]]:
    """Without each filter, without all, with each word alone, with a long word in pieces."""
    yield from ((name, less) for name in asked.filters if not (less := asked.without(name)).empty)
    words = [term.word for term in asked.terms]
    if len(asked.filters) > 1 and asked.query:
        yield "filters", Asked(asked.query, {})
    if len(words) > 1:
        yield from (("word", asked.of(word)) for word in words)
        yield from (("word_alone", Asked(word, {})) for word in words if asked.filters)
    elif words and len(words[0]) > _PIECE + 1 and not words[0].isascii():
        pieces = (words[0][at : at + _PIECE] for at in range(0, len(words[0]), _PIECE))
        yield "pieces", asked.of(" ".join(pieces))

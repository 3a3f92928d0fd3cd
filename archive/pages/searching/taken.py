"""What answers a question, for programs and spreadsheets."""

import sqlite3
from collections.abc import Iterator
from dataclasses import dataclass

from archive.pages.addresses import report_address
from archive.pages.searching.asked import Asked
from archive.pages.searching.hits import Hit, hits
from archive.pages.searching.matches import matches
from archive.release.sheets import MARK, line

MOST = 2_000
_HEAD = (
    *("report", "body", "name", "division", "place", "year", "title", "form", "scope", "published"),
    *("section", "heading", "passage", "address"),
)


@dataclass(frozen=True, slots=True)
class Answers:
    """`more` says that there are more than are here: ask a narrower question. `ignored` is what was in the
    address and means nothing."""

    query: str
    filters: dict[str, str]
    sort: str
    ignored: tuple[str, ...]
    found: tuple[Hit, ...]
    more: bool


def answers(connection: sqlite3.Connection, asked: Asked, limit: int = MOST) -> Answers:
    there = hits(connection, matches(connection, asked), limit + 1) if asked.searchable else ()
    found = tuple(there[:limit])
    return Answers(asked.query, dict(asked.filters), asked.sort, asked.ignored, found, len(there) > limit)


def sheet(found: Answers, more: str) -> Iterator[str]:
    """The lines of a CSV file; `more` is the last of one that is cut."""
    yield MARK + line(_HEAD)
    for hit in found.found:
        passage = "".join(piece.text for piece in hit.snippet)
        facts = (hit.report, hit.body, hit.name, hit.division, hit.place, hit.year, hit.title, hit.form)
        rest = (hit.scope, hit.published, hit.section, hit.heading, passage, report_address(hit.report))
        yield line((*facts, *rest))
    if found.more:
        yield line((more,))

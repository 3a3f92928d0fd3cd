"""Full-text search that finds every string of one or more characters.

`search` holds, for each passage, every folded character but digits and marks by itself, every two that
stand together, and each number whole. With stock sqlite3 one or two characters and a number are found as
typed; more are their pairs, and `instr` says that they stand together:

    SELECT report FROM search JOIN passages ON passages.key = search.rowid WHERE search MATCH '公开';
    SELECT report FROM search JOIN passages ON passages.key = search.rowid
    WHERE search MATCH '"门户" "户网" "网站"' AND instr(folded, '门户网站') > 0;

The passages are numbered by rank: titles before texts, newest reports first. So the first hits of a word
that stands everywhere cost no more than those of a rare one. Folding keeps offsets, so `instr(folded, …)`
is also the place in `passages_printed.text`.
"""

import re
import sqlite3
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import chain, count
from operator import add

from archive.batches import batches
from archive.forked import spread
from parsers.text.fold import fold

_RUN = re.compile(r"[0-9]+|(?:(?![0-9_])\w)+")
_MARGIN = 24
_AT_ONCE = 256
"""Texts that are made ready together."""
Text = tuple[str, int, int | None, str]
"""Report, position, number of the section and text, as in passages."""

_FIND = """
SELECT passages.report, passages.position, passages_printed.text, instr(passages.folded, :word)
FROM search
JOIN passages ON passages.key = search.rowid
JOIN passages_printed ON passages_printed.key = passages.key
WHERE search MATCH :expression AND instr(passages.folded, :word) > 0 {others}
ORDER BY search.rowid
LIMIT :limit
"""
_COUNT = """
SELECT
  (SELECT count(*) FROM search JOIN passages ON passages.key = search.rowid
   WHERE search MATCH :expression AND instr(folded, :word) > 0),
  (SELECT count(*) FROM passages WHERE instr(folded, :word) > 0)
"""
_TITLES = "SELECT id, 0, NULL, title FROM reports WHERE title <> '' ORDER BY year DESC, key"
_NEWEST = "SELECT key FROM reports ORDER BY year DESC, key"
_TEXTS = """
SELECT reports.id, position, version_sections.number, heading || char(10) || text FROM reports
JOIN versions ON versions.id = reports.version
JOIN version_sections ON version_sections.version = versions.key
WHERE reports.key = ? ORDER BY position
"""
_HOLDS = """AND EXISTS (
  SELECT 1 FROM passages AS other CROSS JOIN search AS its ON its.rowid = other.key
  WHERE other.report = passages.report AND instr(other.folded, :word{n}) > 0
    AND its.search MATCH :expression{n})
"""
COMMON = 2_000
"""Passages. Beyond it they are not counted."""
_OFTEN = "SELECT count(*) FROM (SELECT 1 FROM search WHERE search MATCH ? LIMIT ?)"


@dataclass(frozen=True, slots=True)
class Term:
    """A word as it is compared, and what MATCH takes to find passages that may hold it."""

    word: str
    expression: str


@dataclass(frozen=True, slots=True)
class Hit:
    """A passage that holds the rarest word: the words around it and itself, all as printed."""

    report: str
    position: int
    before: str
    found: str
    after: str


def write_passages(connection: sqlite3.Connection, helpers: int = 0) -> None:
    """Fills `passages` and `search` from the reports and sections that stand in the database."""
    keys = count(1)
    texts = chain(connection.execute(_TITLES), _texts(connection))
    for batch in spread("made texts ready for search", _ready, batches(texts, _AT_ONCE), helpers):
        rows = [(next(keys), *row) for row in batch]
        connection.executemany("INSERT INTO passages VALUES (?, ?, ?, ?, ?)", (row[:-1] for row in rows))
        of_keys = ((key, indexed) for key, *_, indexed in rows)
        connection.executemany("INSERT INTO search (rowid, grams) VALUES (?, ?)", of_keys)


def _ready(texts: Iterable[Text]) -> list[tuple[str, int, int | None, str, str]]:
    """The rows of passages, each with what is indexed for it."""
    folded = ((report, position, section, fold(text)) for report, position, section, text in texts)
    return [(*its, grams(its[-1])) for its in folded]


def _texts(connection: sqlite3.Connection) -> Iterator[Text]:
    newest = [key for (key,) in connection.execute(_NEWEST)]
    for key in newest:
        yield from connection.execute(_TEXTS, (key,))


def found_and_there(connection: sqlite3.Connection, word: str) -> tuple[int, int]:
    """In how many passages search finds the word, and in how many it stands."""
    row = connection.execute(_COUNT, {"word": fold(word), "expression": match_expression(word)}).fetchone()
    return int(row[0]), int(row[1])


def grams(text: str) -> str:
    """What is indexed for a text."""
    return " ".join(chain.from_iterable(map(_terms, _runs(text))))


def match_expression(query: str) -> str:
    """What MATCH takes to find passages that may hold the query; empty where nothing can be searched."""
    return " ".join(_wanted(query))


def terms(query: str) -> tuple[Term, ...]:
    """Its words, but those in which nothing can be searched."""
    found = ((word, match_expression(word)) for word in fold(query).split())
    return tuple(Term(word, expression) for word, expression in found if expression)


def rarest_first(connection: sqlite3.Connection, terms: Sequence[Term]) -> Sequence[Term]:
    """The passages of the first are gone through, the others are looked for in their reports: to gather all
    reports of a common word is to read the whole archive."""
    if len(terms) < 2:
        return terms
    return sorted(terms, key=lambda term: _often(connection, term))


def common(connection: sqlite3.Connection, term: Term) -> bool:
    return _often(connection, term) == COMMON


def _often(connection: sqlite3.Connection, term: Term) -> int:
    return int(connection.execute(_OFTEN, (term.expression, COMMON)).fetchone()[0])


def first_text(connection: sqlite3.Connection) -> int:
    """The key of the first passage that is no title."""
    last = connection.execute("SELECT coalesce(max(key), 0) FROM passages").fetchone()[0]
    return bisect_left(range(last + 1), 1, 1, key=lambda key: _position(connection, key))


def _position(connection: sqlite3.Connection, key: int) -> int:
    return int(connection.execute("SELECT position FROM passages WHERE key = ?", (key,)).fetchone()[0])


def find(connection: sqlite3.Connection, query: str, limit: int = 20) -> list[Hit]:
    """Passages that hold the rarest word of the query in reports that hold every word: titles before texts,
    newest reports first."""
    words = rarest_first(connection, terms(query))
    if not words:
        return []
    others = "".join(_HOLDS.format(n=n) for n in range(1, len(words)))
    values: dict[str, str | int] = {"limit": limit}
    for n, term in enumerate(words):
        values |= {f"word{n or ''}": term.word, f"expression{n or ''}": term.expression}
    rows = connection.execute(_FIND.format(others=others), values)
    return [
        _hit(report, position, text, place - 1, len(words[0].word)) for report, position, text, place in rows
    ]


def _hit(report: str, position: int, text: str, start: int, length: int) -> Hit:
    before = text[max(0, start - _MARGIN) : start]
    found, after = text[start : start + length], text[start + length :][:_MARGIN]
    return Hit(report, position, before, found, after)


def _runs(text: str) -> list[str]:
    return _RUN.findall(fold(text))


def _terms(run: str) -> Iterable[str]:
    return (run,) if _number(run) else (*dict.fromkeys(run), *map(add, run, run[1:]))


def _number(run: str) -> bool:
    return run[0] in "0123456789"


def _wanted(query: str) -> Iterator[str]:
    for run in _runs(query):
        terms = (run,) if _number(run) or len(run) == 1 else map(add, run, run[1:])
        yield from (f'"{term}"' for term in terms)

"""Full-text search that finds every string of two or more characters, and single ones by prefix.

`search` holds, for each passage, the overlapping pairs of its folded characters, the last character of
each run, and each number whole; everything else breaks a run. With stock sqlite3 two characters are
found as typed; more are the pairs, and `instr` says that they stand together:

    SELECT report FROM search JOIN passages ON passages.key = search.rowid WHERE search MATCH '公开';
    SELECT report FROM search JOIN passages ON passages.key = search.rowid
    WHERE search MATCH '"门户" "户网" "网站"' AND instr(folded, '门户网站') > 0;

Folding keeps offsets, so `instr(folded, …)` is also the place in `passages_printed.text`.
"""

import re
import sqlite3
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import chain
from operator import add

from parsers.text.fold import fold

_RUN = re.compile(r"[0-9]+|(?:(?![0-9_])\w)+")
_MARGIN = 24

_FIND = """
SELECT passages.report, passages.position, passages_printed.text, instr(passages.folded, :word)
FROM search
JOIN passages ON passages.key = search.rowid
JOIN passages_printed ON passages_printed.key = passages.key
JOIN reports ON reports.id = passages.report
WHERE search MATCH :expression AND instr(passages.folded, :word) > 0 {others}
ORDER BY reports.year DESC, reports.key, passages.position
LIMIT :limit
"""
_HOLDS = """AND passages.report IN (
  SELECT other.report FROM search JOIN passages AS other ON other.key = search.rowid
  WHERE search MATCH :expression{n} AND instr(other.folded, :word{n}) > 0)
"""


@dataclass(frozen=True, slots=True)
class Hit:
    """A passage that holds the first word: the words around it and itself, all as printed."""

    report: str
    position: int
    before: str
    found: str
    after: str


def grams(text: str) -> str:
    """What is indexed for a text."""
    return " ".join(
        chain.from_iterable((*_pairs(run), run if _number(run) else run[-1]) for run in _runs(text))
    )


def match_expression(query: str) -> str:
    """What MATCH takes to find passages that may hold the query; empty where nothing can be searched."""
    return " ".join(_wanted(query))


def find(connection: sqlite3.Connection, query: str, limit: int = 20) -> list[Hit]:
    """Passages that hold the first word of the query in reports that hold every word, newest first."""
    words = [(word, expression) for word in fold(query).split() if (expression := match_expression(word))]
    if not words:
        return []
    others = "".join(_HOLDS.format(n=n) for n in range(1, len(words)))
    values: dict[str, str | int] = {"limit": limit}
    for n, (word, expression) in enumerate(words):
        values |= {f"word{n or ''}": word, f"expression{n or ''}": expression}
    rows = connection.execute(_FIND.format(others=others), values)
    return [
        _hit(report, position, text, place - 1, len(words[0][0])) for report, position, text, place in rows
    ]


def _hit(report: str, position: int, text: str, start: int, length: int) -> Hit:
    before = text[max(0, start - _MARGIN) : start]
    found, after = text[start : start + length], text[start + length :][:_MARGIN]
    return Hit(report, position, before, found, after)


def _runs(text: str) -> list[str]:
    return _RUN.findall(fold(text))


def _pairs(run: str) -> list[str]:
    return [] if _number(run) else list(map(add, run, run[1:]))


def _number(run: str) -> bool:
    return run[0] in "0123456789"


def _wanted(query: str) -> Iterator[str]:
    for run in _runs(query):
        if _number(run):
            yield f'"{run}"'
        elif len(run) == 1:
            yield f'"{run}"*'
        else:
            yield from (f'"{pair}"' for pair in _pairs(run))

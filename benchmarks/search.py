"""Search beside LIKE, trigrams and raw unicode61, on the same passages, in one run.

python -m benchmarks.search 2500 5000 10000 [--tsv docs/scale-search.tsv]

Each query is a string that stands in some report. Milliseconds are of the first twenty hits as each
design ranks them: by rowid here and for LIKE, by bm25 for the others. Recall is the share of the passages
that a scan finds.
"""

import argparse
import random
import re
import sqlite3
import statistics
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import closing
from dataclasses import astuple, dataclass, fields
from pathlib import Path

from archive.search import grams, match_expression
from benchmarks.county import text
from parsers.text.fold import fold

LENGTHS, QUERIES, RARE, RUNS = (1, 2, 4, 8), 30, 0.05, 3
_SCHEMA = """
PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF;
CREATE TABLE passages (key INTEGER PRIMARY KEY, report INTEGER, folded TEXT);
CREATE VIRTUAL TABLE pairs USING fts5 (
  grams, content='', detail='none', tokenize='unicode61 remove_diacritics 0');
CREATE VIRTUAL TABLE trigrams USING fts5 (folded, content='', tokenize='trigram');
CREATE VIRTUAL TABLE raw USING fts5 (folded, content='', tokenize='unicode61 remove_diacritics 0');
"""
_OURS = """
SELECT key FROM pairs JOIN passages ON key = pairs.rowid
WHERE pairs MATCH :expression AND instr(folded, :word) > 0 ORDER BY pairs.rowid LIMIT :limit
"""
_LIKE = "SELECT key FROM passages WHERE folded LIKE '%' || :word || '%' ORDER BY key LIMIT :limit"
_DESIGNS = {
    "pairs": _OURS,
    "LIKE": _LIKE,
    "trigram": "SELECT rowid FROM trigrams WHERE trigrams MATCH :phrase ORDER BY rank LIMIT :limit",
    "unicode61": "SELECT rowid FROM raw WHERE raw MATCH :phrase ORDER BY rank LIMIT :limit",
}
_INDEX = {"pairs": "pairs", "trigram": "trigrams", "unicode61": "raw"}


@dataclass(frozen=True, slots=True)
class Row:
    reports: int
    design: str
    length: int
    words: str
    """`rare`: in at most one report in twenty; `any`: all of them."""
    queries: int
    median_ms: float
    p95_ms: float
    recall: float
    index_share: float
    """Bytes of the index in those of the text."""


@dataclass(frozen=True, slots=True)
class Query:
    word: str
    rare: bool
    passages: frozenset[int]

    def values(self, limit: int) -> dict[str, str | int]:
        expression = match_expression(self.word)
        return {"word": self.word, "expression": expression, "phrase": f'"{self.word}"', "limit": limit}


def measured(reports: int) -> Iterator[Row]:
    with tempfile.TemporaryDirectory() as folder, closing(_filled(Path(folder) / "a.db", reports)) as base:
        queries = {length: _queries(base, length, reports) for length in LENGTHS}
        queries[2].append(_query(base, "公开", reports))
        for design in _DESIGNS:
            share = _share(base, design)
            for length, those in queries.items():
                yield from _rows(base, reports, design, length, those, share)


def _rows(
    base: sqlite3.Connection, reports: int, design: str, length: int, queries: Sequence[Query], share: float
) -> Iterator[Row]:
    spent = {query.word: _spent(base, design, query) for query in queries}
    recalls = {query.word: _recall(base, design, query) for query in queries}
    for words, those in (("rare", [q for q in queries if q.rare]), ("any", queries)):
        if those:
            times = sorted(spent[q.word] for q in those)
            recall = statistics.fmean(recalls[q.word] for q in those)
            median, p95 = statistics.median(times), times[min(len(times) - 1, int(len(times) * 0.95))]
            facts = len(those), round(median, 2), round(p95, 2), round(recall, 3), share
            yield Row(reports, design, length, words, *facts)


def _filled(file: Path, reports: int) -> sqlite3.Connection:
    base = sqlite3.connect(file)
    base.executescript(_SCHEMA)
    base.execute("BEGIN")
    key = 0
    for report in range(reports):
        whole = fold(text(random.Random(report)))  # noqa: S311
        for start in range(0, len(whole), 500):
            key, part = key + 1, whole[start : start + 500]
            base.execute("INSERT INTO passages VALUES (?, ?, ?)", (key, report, part))
            base.execute("INSERT INTO pairs (rowid, grams) VALUES (?, ?)", (key, grams(part)))
            base.execute("INSERT INTO trigrams (rowid, folded) VALUES (?, ?)", (key, part))
            base.execute("INSERT INTO raw (rowid, folded) VALUES (?, ?)", (key, part))
    for table in _INDEX.values():
        base.execute(f"INSERT INTO {table} ({table}) VALUES ('optimize')")  # noqa: S608
    base.execute("COMMIT")
    return base


def _queries(base: sqlite3.Connection, length: int, reports: int) -> list[Query]:
    chance = random.Random(length)  # noqa: S311
    words: set[str] = set()
    while len(words) < QUERIES:
        whole = fold(text(random.Random(chance.randrange(reports))))  # noqa: S311
        at = chance.randrange(len(whole) - length)
        word = whole[at : at + length]
        if re.fullmatch("[㐀-鿿]+", word):
            words.add(word)
    return [_query(base, word, reports) for word in sorted(words)]


def _query(base: sqlite3.Connection, word: str, reports: int) -> Query:
    there = base.execute("SELECT key, report FROM passages WHERE instr(folded, ?) > 0", (word,)).fetchall()
    rare = len({report for _, report in there}) <= RARE * reports
    return Query(word, rare, frozenset(key for key, _ in there))


def _spent(base: sqlite3.Connection, design: str, query: Query) -> float:
    """Milliseconds, the least of some runs: the machine has other work."""
    found = []
    for _ in range(RUNS):
        began = time.perf_counter()
        base.execute(_DESIGNS[design], query.values(20)).fetchall()
        found.append((time.perf_counter() - began) * 1000)
    return min(found)


def _recall(base: sqlite3.Connection, design: str, query: Query) -> float:
    found = {key for (key,) in base.execute(_DESIGNS[design].replace("ORDER BY rank", ""), query.values(-1))}
    if not query.passages:  # cut where a passage ends
        return 1.0
    return len(found & query.passages) / len(query.passages)


def _share(base: sqlite3.Connection, design: str) -> float:
    if design not in _INDEX:
        return 0.0
    size = base.execute(
        "SELECT sum(pgsize) FROM dbstat WHERE name LIKE ? || '_%'", (_INDEX[design],)
    ).fetchone()
    whole = base.execute("SELECT sum(length(CAST(folded AS BLOB))) FROM passages").fetchone()
    return round(float(size[0] / whole[0]), 3)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("reports", type=int, nargs="+")
    parser.add_argument("--tsv", type=Path)
    asked = parser.parse_args()
    lines = ["\t".join(field.name for field in fields(Row))]
    for reports in asked.reports:
        for row in measured(reports):
            lines.append("\t".join(map(str, astuple(row))))
            print(lines[-1], flush=True)
    if asked.tsv:
        asked.tsv.write_text("\n".join(lines) + "\n", "utf-8")


if __name__ == "__main__":
    main()

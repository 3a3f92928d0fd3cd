"""Search beside LIKE, trigrams and raw unicode61, on the same passages, in one run.

python -m benchmarks.search 2000 10000 100000 [--tsv docs/scale-search.tsv] [--designs pairs LIKE ...]

Each query is a string that stands in some report. Milliseconds are of the first twenty hits as each
design ranks them: by rowid for pairs, phrases and LIKE, by bm25 for the others. Recall is the share of the
passages that a scan finds; LIKE is a scan. Rows of other sizes stay in the file that is written.
"""

import argparse
import random
import re
import sqlite3
import statistics
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing
from dataclasses import astuple, dataclass, fields
from itertools import chain, count
from operator import add
from pathlib import Path

from archive.search import grams, match_expression
from benchmarks.prose import report as text
from parsers.text.fold import fold

LENGTHS, QUERIES, RARE, RUNS, LONG = (1, 2, 4, 8), 30, 0.05, 3, 100
PASSAGE = 500
"""Characters: a report of 3,000 has six sections."""
_RUN = re.compile(r"[0-9]+|(?:(?![0-9_])\w)+")
_SCHEMA = """
PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF;
CREATE TABLE passages (key INTEGER PRIMARY KEY, report INTEGER, folded TEXT);
CREATE VIRTUAL TABLE pairs USING fts5 (
  it, content='', detail='none', tokenize='unicode61 remove_diacritics 0');
CREATE VIRTUAL TABLE phrases USING fts5 (
  it, content='', columnsize=0, detail='full', tokenize='unicode61 remove_diacritics 0');
CREATE VIRTUAL TABLE trigrams USING fts5 (it, content='', tokenize='trigram');
CREATE VIRTUAL TABLE raw USING fts5 (it, content='', tokenize='unicode61 remove_diacritics 0');
"""
_OURS = """
SELECT key FROM pairs JOIN passages ON key = pairs.rowid
WHERE pairs MATCH :expression AND instr(folded, :word) > 0 ORDER BY pairs.rowid LIMIT :limit
"""
_LIKE = "SELECT key FROM passages WHERE folded LIKE '%' || :word || '%' ORDER BY key LIMIT :limit"
_DESIGNS = {
    "pairs": _OURS,
    "phrases": "SELECT rowid FROM phrases WHERE phrases MATCH :row ORDER BY rowid LIMIT :limit",
    "LIKE": _LIKE,
    "trigram": "SELECT rowid FROM trigrams WHERE trigrams MATCH :phrase ORDER BY rank LIMIT :limit",
    "unicode61": "SELECT rowid FROM raw WHERE raw MATCH :phrase ORDER BY rank LIMIT :limit",
}


def placed(text: str) -> str:
    """Pairs in their order, the last character of what stands together by itself: no pair reaches across."""
    runs = _RUN.findall(text)
    return " ".join(
        chain.from_iterable(
            (run,) if run[0] in "0123456789" else (*map(add, run, run[1:]), run[-1]) for run in runs
        )
    )


_INDEXED: dict[str, Callable[[str], str]] = {
    "pairs": grams,
    "phrases": placed,
    "trigram": str,
    "unicode61": str,
}
_INDEX = {"pairs": "pairs", "phrases": "phrases", "trigram": "trigrams", "unicode61": "raw"}


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
        values: dict[str, str | int] = {"word": self.word, "expression": expression, "limit": limit}
        return {**values, "phrase": f'"{self.word}"', "row": _row(self.word)}


def _row(word: str) -> str:
    """Its pairs, one after the other; of one character all pairs that begin with it."""
    return f'"{" ".join(map(add, word, word[1:]))}"' if len(word) > 1 else f'"{word}"*'


def measured(reports: int, designs: Sequence[str] = tuple(_DESIGNS)) -> Iterator[Row]:
    with (
        tempfile.TemporaryDirectory() as folder,
        closing(_filled(Path(folder) / "a.db", reports, designs)) as base,
    ):
        queries = {length: _queries(base, length, reports) for length in LENGTHS}
        queries[2].append(_query(base, "公开", reports))
        for design in designs:
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


def _filled(file: Path, reports: int, designs: Sequence[str]) -> sqlite3.Connection:
    base = sqlite3.connect(file, isolation_level=None)
    base.executescript(_SCHEMA)
    base.execute("BEGIN")
    tables = {_INDEX[design]: _INDEXED[design] for design in designs if design in _INDEX}
    keys = count(1)
    for report in range(reports):
        whole = fold(text(report))
        for start in range(0, len(whole), PASSAGE):
            key, part = next(keys), whole[start : start + PASSAGE]
            base.execute("INSERT INTO passages VALUES (?, ?, ?)", (key, report, part))
            for table, indexed in tables.items():
                base.execute(f"INSERT INTO {table} (rowid, it) VALUES (?, ?)", (key, indexed(part)))  # noqa: S608
    base.execute("COMMIT")
    for table in tables:
        base.execute(f"INSERT INTO {table} ({table}) VALUES ('optimize')")  # noqa: S608
    return base


def _queries(base: sqlite3.Connection, length: int, reports: int) -> list[Query]:
    chance = random.Random(length)  # noqa: S311
    words: set[str] = set()
    while len(words) < QUERIES:
        whole = fold(text(chance.randrange(reports)))
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
    """Milliseconds, the least of some runs: the machine has other work. What takes long is run once."""
    found: list[float] = []
    while len(found) < RUNS and min(found, default=0) < LONG:
        began = time.perf_counter()
        base.execute(_DESIGNS[design], query.values(20)).fetchall()
        found.append((time.perf_counter() - began) * 1000)
    return min(found)


def _recall(base: sqlite3.Connection, design: str, query: Query) -> float:
    if design == "LIKE":
        return 1.0
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
    parser.add_argument("--designs", nargs="+", choices=tuple(_DESIGNS), default=tuple(_DESIGNS))
    asked = parser.parse_args()
    lines = []
    for reports in asked.reports:
        for row in measured(reports, asked.designs):
            lines.append("\t".join(map(str, astuple(row))))
            print(lines[-1], flush=True)
    if asked.tsv:
        _keep(asked.tsv, lines, {str(reports) for reports in asked.reports})


def _keep(file: Path, lines: Sequence[str], sizes: set[str]) -> None:
    before = file.read_text("utf-8").splitlines()[1:] if file.exists() else []
    others = [line for line in before if line.split("\t")[0] not in sizes]
    head = "\t".join(field.name for field in fields(Row))
    rows = sorted([*others, *lines], key=lambda line: int(line.split("\t")[0]))
    file.write_text("\n".join([head, *rows]) + "\n", "utf-8")


if __name__ == "__main__":
    main()

"""The build beside a bare `executemany` of the same rows, in one run: rows a second, memory, bytes a report.

python -m benchmarks.build 1000 3000 10000 [--tsv docs/scale-build.tsv]

Seconds are those of the processor, of which others on the machine take none. The readings are made and
written first and cost nothing here; the build reads them from disk, as it does. The bare insertion takes
every row of every table of the archive that was built, but the index, into tables without a key, an index
or a constraint. The index is timed by itself.
"""

import argparse
import json
import resource
import sqlite3
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import closing
from dataclasses import asdict, dataclass
from pathlib import Path
from unittest.mock import patch

from archive import build as building
from archive.schema import PAGE
from benchmarks.county import Made, made

BATCH = 10_000
_TEXTS = (
    "version_sections",
    "passages",
    "sqlite_autoindex_passages_%",
    "sqlite_autoindex_version_sections_%",
    "search_%",
)
_TABLES = """
SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'search%' AND name NOT LIKE 'sqlite_%'
AND name NOT IN ('passages', 'names') ORDER BY name
"""


@dataclass(frozen=True, slots=True)
class Measured:
    reports: int
    rows: int
    build_s: float
    index_s: float
    bare_s: float
    share: float
    """Rows a second of the build without the index, in those of the bare insertion."""
    memory_mb: int
    bytes_a_report: int
    index_share: float
    """Bytes of the index in those of the text as printed."""


def measured(reports: int, keep: Path | None = None) -> Measured:
    with tempfile.TemporaryDirectory() as folder:
        county = made(Path(folder) / "readings", reports)
        county.write_readings()
        out = (keep or Path(folder)) / "archive.db"
        spent = _timed(county, out)
        memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
        rows, bare = _bare(out, Path(folder) / "bare.db")
        size, index = _sizes(out)
    whole, index_s = spent
    return Measured(
        reports,
        rows,
        round(whole - index_s, 2),
        round(index_s, 2),
        round(bare, 2),
        round(bare / (whole - index_s), 3),
        memory,
        size // reports,
        index,
    )


def _timed(county: Made, out: Path) -> tuple[float, float]:
    spent = [0.0]
    indexed = building._index

    def timed(connection: sqlite3.Connection) -> None:
        began = time.process_time()
        indexed(connection)
        spent[0] += time.process_time() - began

    with patch("archive.build._index", timed):
        began = time.process_time()
        building.build(county, county.readings.kept, out)
        return time.process_time() - began, spent[0]


def _bare(source: Path, out: Path) -> tuple[int, float]:
    """How many rows there are, and how long they take; fetching them is not counted."""
    rows, spent = 0, 0.0
    with closing(sqlite3.connect(source)) as given, closing(sqlite3.connect(out)) as taken:
        taken.executescript(f"PRAGMA page_size = {PAGE}; PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF")
        taken.execute("BEGIN")
        for (table,) in given.execute(_TABLES).fetchall():
            cursor = given.execute(f"SELECT * FROM {table}")  # noqa: S608
            names = [column[0] for column in cursor.description]
            taken.execute(f"CREATE TABLE {table} ({', '.join(f'{chr(34)}{n}{chr(34)}' for n in names)})")
            insert = f"INSERT INTO {table} VALUES ({', '.join('?' * len(names))})"  # noqa: S608
            for batch in _batches(cursor):
                began = time.process_time()
                taken.executemany(insert, batch)
                spent += time.process_time() - began
                rows += len(batch)
        began = time.process_time()
        taken.execute("COMMIT")
        return rows, spent + time.process_time() - began


def _batches(cursor: sqlite3.Cursor) -> Iterator[list[tuple[object, ...]]]:
    while batch := cursor.fetchmany(BATCH):
        yield batch


def _sizes(file: Path) -> tuple[int, float]:
    """Bytes without texts and their index, and the index in shares of the text."""
    with closing(sqlite3.connect(file)) as connection:
        texts = " OR ".join("name LIKE ?" for _ in _TEXTS)
        rest = connection.execute(f"SELECT sum(pgsize) FROM dbstat WHERE NOT ({texts})", _TEXTS).fetchone()[0]  # noqa: S608
        index = connection.execute("SELECT sum(pgsize) FROM dbstat WHERE name LIKE 'search_%'").fetchone()[0]
        printed = "SELECT sum(length(CAST(heading || text AS BLOB))) FROM sections"
        return rest, round(index / connection.execute(printed).fetchone()[0], 3)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("reports", type=int, nargs="+")
    parser.add_argument("--one", action="store_true", help="measure in this process and print JSON")
    parser.add_argument("--tsv", type=Path)
    parser.add_argument("--keep", type=Path, help="leave the last archive.db in this folder")
    asked = parser.parse_args()
    if asked.one:
        print(json.dumps(asdict(measured(asked.reports[0], asked.keep))))
        return
    found = []
    for reports in asked.reports:
        # The highest memory of a process is that of its largest build: each size in a process of its own.
        command = [sys.executable, "-m", "benchmarks.build", "--one", str(reports)]
        command += ["--keep", str(asked.keep)] if asked.keep else []
        found.append(json.loads(subprocess.run(command, stdout=subprocess.PIPE, check=True).stdout))
        print(found[-1], flush=True)
    if asked.tsv:
        lines = ["\t".join(found[0]), *("\t".join(map(str, one.values())) for one in found)]
        asked.tsv.write_text("\n".join(lines) + "\n", "utf-8")


if __name__ == "__main__":
    main()

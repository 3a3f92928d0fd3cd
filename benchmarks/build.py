"""The build beside a bare `executemany` of the same rows, in one run: rows a second, memory, bytes a report.

python -m benchmarks.build 1000 3000 10000 [--tsv docs/scale-build.tsv]

Seconds are told twice: by the clock, which is what somebody waits, and of the processor, of which others
on the machine take none. The build takes every processor, the bare insertion one. The readings are made and
written first and cost nothing here; the build reads them from disk, as it does. The bare insertion takes
every row of every table of the archive that was built, but the indexes of texts and names, into tables
without a key, an index or a constraint. These indexes are timed by themselves.
"""

import argparse
import json
import os
import resource
import sqlite3
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
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
    "names",
)
_TABLES = """
SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'search%' AND name NOT LIKE 'sqlite_%'
AND name NOT IN ('passages', 'names') ORDER BY name
"""


@dataclass(slots=True)
class Spent:
    """Seconds by the clock, and of the processor by this process and those that it waited for."""

    wall: float = 0.0
    cpu: float = 0.0

    @contextmanager
    def timed(self) -> Iterator[None]:
        wall, cpu = time.perf_counter(), _cpu()
        yield
        self.wall += time.perf_counter() - wall
        self.cpu += _cpu() - cpu


def _cpu() -> float:
    spent = map(resource.getrusage, (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    return sum(one.ru_utime + one.ru_stime for one in spent)


@dataclass(frozen=True, slots=True)
class Measured:
    reports: int
    rows: int
    processes: int
    build_wall_s: float
    build_cpu_s: float
    """Both without the index."""
    index_wall_s: float
    index_cpu_s: float
    bare_wall_s: float
    bare_cpu_s: float
    share_wall: float
    """Rows a second of the build without the index, in those of the bare insertion."""
    share_cpu: float
    memory_mb: int
    """The most that this process had, and the most that one of the others had, of which it shared a part."""
    bytes_a_report: int
    index_share: float
    """Bytes of the index in those of the text as printed."""


def measured(reports: int, keep: Path | None = None) -> Measured:
    with tempfile.TemporaryDirectory() as folder:
        county = made(Path(folder) / "readings", reports)
        county.write_readings()
        out = (keep or Path(folder)) / "archive.db"
        whole, index = _timed(county, out)
        usage = map(resource.getrusage, (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
        memory = sum(one.ru_maxrss for one in usage) // 1024
        rows, bare = _bare(out, Path(folder) / "bare.db")
        size, index_share = _sizes(out)
    build = Spent(whole.wall - index.wall, whole.cpu - index.cpu)
    return Measured(
        reports,
        rows,
        os.cpu_count() or 1,
        round(build.wall, 2),
        round(build.cpu, 2),
        round(index.wall, 2),
        round(index.cpu, 2),
        round(bare.wall, 2),
        round(bare.cpu, 2),
        round(bare.wall / build.wall, 3),
        round(bare.cpu / build.cpu, 3),
        memory,
        size // reports,
        index_share,
    )


def _timed(county: Made, out: Path) -> tuple[Spent, Spent]:
    whole, index = Spent(), Spent()
    indexed = building._index

    def timed(connection: sqlite3.Connection, helpers: int) -> None:
        with index.timed():
            indexed(connection, helpers)

    with patch("archive.build._index", timed), whole.timed():
        building.build(county, county.readings.kept, out)
    return whole, index


def _bare(source: Path, out: Path) -> tuple[int, Spent]:
    """How many rows there are, and how long they take; fetching them is not counted."""
    rows, spent = 0, Spent()
    with closing(sqlite3.connect(source)) as given, closing(sqlite3.connect(out)) as taken:
        taken.executescript(f"PRAGMA page_size = {PAGE}; PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF")
        taken.execute("BEGIN")
        for (table,) in given.execute(_TABLES).fetchall():
            cursor = given.execute(f"SELECT * FROM {table}")  # noqa: S608
            names = [column[0] for column in cursor.description]
            taken.execute(f"CREATE TABLE {table} ({', '.join(f'{chr(34)}{n}{chr(34)}' for n in names)})")
            insert = f"INSERT INTO {table} VALUES ({', '.join('?' * len(names))})"  # noqa: S608
            for batch in _batches(cursor):
                with spent.timed():
                    taken.executemany(insert, batch)
                rows += len(batch)
        with spent.timed():
            taken.execute("COMMIT")
    return rows, spent


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

"""manifest.json: what a release was made from and with, and how much is in it."""

import json
import sqlite3
import sys
import zlib
from contextlib import closing
from dataclasses import asdict, dataclass
from importlib.metadata import version
from pathlib import Path

from archive.access import read_only
from archive.dump import logical_sha256
from archive.release.delta import sha256_of
from archive.release.packed import zstd
from archive.release.parquet import duckdb
from archive.release.provinces import Part
from archive.release.tables import Table

_COVERS = """
SELECT count(*), count(DISTINCT run), count(DISTINCT portal), min(fetched), max(fetched) FROM captures
"""
_SQLITE_VERSION = slice(96, 100)
"""Where a database says which SQLite wrote it last."""


@dataclass(frozen=True, slots=True)
class Archive:
    """`logical` is the hash of the logical dump: the same whatever SQLite wrote the file."""

    bytes: int
    sha256: str
    logical: str
    schema: int


@dataclass(frozen=True, slots=True)
class Captures:
    number: int
    runs: int
    portals: int
    first: str
    last: str


@dataclass(frozen=True, slots=True)
class Previous:
    """The release before, whose archive.db the delta begins from."""

    name: str
    sha256: str


@dataclass(frozen=True, slots=True)
class Manifest:
    """No time of making: the same inputs make the same manifest. `inputs` is the table of that name,
    `provinces` the parts where there are any."""

    name: str
    archive: Archive
    captures: Captures
    inputs: dict[str, str]
    made_with: dict[str, str]
    rows: dict[str, int]
    previous: Previous | None
    evidence: bool
    provinces: list[Part]

    def write(self, path: Path) -> None:
        path.write_text(json.dumps(asdict(self), ensure_ascii=False, indent=1) + "\n", "utf-8")


def archive_of(file: Path) -> Archive:
    return Archive(file.stat().st_size, sha256_of(file), logical_sha256(file), _schema(file))


def captures_of(connection: sqlite3.Connection) -> Captures:
    return Captures(*connection.execute(_COVERS).fetchone())


def inputs_of(connection: sqlite3.Connection) -> dict[str, str]:
    return dict(connection.execute("SELECT name, value FROM inputs ORDER BY name"))


def inputs(file: Path) -> dict[str, str]:
    """Nothing of a file that is no archive.db of this schema."""
    with closing(read_only(file)) as connection:
        try:
            return inputs_of(connection)
        except sqlite3.DatabaseError:
            return {}


def rows_of(connection: sqlite3.Connection, tables: list[Table]) -> dict[str, int]:
    count = 'SELECT count(*) FROM "{}"'
    return {table.name: connection.execute(count.format(table.name)).fetchone()[0] for table in tables}


def made_with(file: Path) -> dict[str, str]:
    with file.open("rb") as stream:
        number = int.from_bytes(stream.read(100)[_SQLITE_VERSION])
    return {
        "nianbao": version("nianbao"),
        "sqlite": f"{number // 1_000_000}.{number // 1000 % 1000}.{number % 1000}",
        "python": ".".join(map(str, sys.version_info[:2])),
        "zlib": zlib.ZLIB_RUNTIME_VERSION,
        "zstd": zstd.zstd_version,
        "duckdb": duckdb().__version__,
    }


def previous_of(folder: Path) -> Previous:
    entry = json.loads((folder / "manifest.json").read_text("utf-8"))
    return Previous(entry["name"], entry["archive"]["sha256"])


def _schema(file: Path) -> int:
    with file.open("rb") as stream:
        return int.from_bytes(stream.read(100)[60:64])

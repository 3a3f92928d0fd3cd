"""What can be taken away: the newest release that lies beside the database, file by file."""

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from archive.release import SUMS, latest

FOLDER = "release"
"""Where `nianbao release` puts them, beside archive.db."""


@dataclass(frozen=True, slots=True)
class File:
    name: str
    length: int
    sha256: str


@dataclass(frozen=True, slots=True)
class Group:
    """Files that lie together; `name` is empty for those at the top."""

    name: str
    files: tuple[File, ...]

    @property
    def length(self) -> int:
        return sum(file.length for file in self.files)


@dataclass(frozen=True, slots=True)
class Release:
    """`same` says whether it holds the very database that this site reads."""

    name: str
    captured: str
    rows: int
    reports: int
    changes: str
    groups: tuple[Group, ...]
    same: bool


def release_beside(database: Path, sha256: str) -> Release | None:
    """None where none was made. `sha256` is that of the database."""
    folder = latest(database.parent / FOLDER)
    if folder is None:
        return None
    manifest = json.loads((folder / "manifest.json").read_text("utf-8"))
    return Release(
        folder.name,
        manifest["captures"]["last"],
        sum(manifest["rows"].values()),
        manifest["rows"]["reports"],
        (folder / "CHANGES.md").read_text("utf-8"),
        tuple(_groups(tuple(_files(folder)))),
        manifest["archive"]["sha256"] == sha256,
    )


def _files(folder: Path) -> Iterator[File]:
    for line in (folder / SUMS).read_text("utf-8").splitlines():
        sha256, _, name = line.partition("  ")
        yield File(name, (folder / name).stat().st_size, sha256)


def _groups(files: Sequence[File]) -> Iterator[Group]:
    in_folder: dict[str, list[File]] = {}
    for file in files:
        folder, slash, _ = file.name.partition("/")
        in_folder.setdefault(folder if slash else "", []).append(file)
    yield from (Group(name, tuple(in_folder[name])) for name in sorted(in_folder))


SNIPPETS = {
    "sqlite3": """sqlite3 archive.db "
SELECT year, scope, sum(total) AS received, count(total) AS counted, count(*) AS reports
FROM reports LEFT JOIN requests ON requests.report = reports.id AND requests.row = 'new'
GROUP BY year, scope ORDER BY year DESC, scope"
""",
    "Python": """import sqlite3

archive = sqlite3.connect("file:archive.db?mode=ro", uri=True)
question = "SELECT id, title FROM reports WHERE days_late > 0 ORDER BY days_late DESC LIMIT 10"
for report, title in archive.execute(question):
    print(report, title)
""",
    "R": """library(DBI)
archive <- dbConnect(RSQLite::SQLite(), "archive.db", flags = RSQLite::SQLITE_RO)
print(dbGetQuery(archive, "SELECT outcome, count(*) AS reports FROM expected GROUP BY outcome"))
dbDisconnect(archive)
""",
    "DuckDB": """SELECT form, count(*) AS reports FROM 'parquet/reports.parquet' GROUP BY form ORDER BY form;
""",
}
"""How to ask the files that are downloaded, by what one asks with."""

"""The schema of archive.db: `python -m archive.schema FILE` makes an empty one."""

import re
import sqlite3
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from importlib import resources
from pathlib import Path

from archive.wide import wide_views

SCHEMA = 5
"""`user_version` of the database; raised with every change that a reader of it can notice."""

PAGE = 8192
"""Bytes. A text of 3,000 characters leaves half a page of 4,096 empty."""

_CREATE = re.compile(r"CREATE (?:VIRTUAL )?(?:TABLE|VIEW) (\w+)")
_COLUMN = re.compile(r"^  (\w+) ?(?:TEXT|INTEGER|REAL|ANY|,)|\bAS (\w+),? +--")
_COMMENT = re.compile(r"-- (.+)$")


@dataclass(frozen=True, slots=True)
class Description:
    """`column` is empty for the table itself."""

    table: str
    column: str
    says: str


def create(path: Path) -> sqlite3.Connection:
    """A new database of this schema, open for writing. The caller commits and closes."""
    connection = sqlite3.connect(path, isolation_level=None)
    connection.execute(f"PRAGMA page_size = {PAGE}")
    connection.executescript("PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF; PRAGMA foreign_keys = ON")
    connection.executescript(f"BEGIN; {statements()} PRAGMA user_version = {SCHEMA}; COMMIT")
    with_rows = [(entry.table, entry.column, entry.says) for entry in descriptions()]
    connection.execute("BEGIN")
    connection.executemany("INSERT INTO descriptions VALUES (?, ?, ?)", sorted(with_rows))
    connection.execute("COMMIT")
    return connection


def statements() -> str:
    """Those of schema.sql, and the wide views that the forms make."""
    return resources.files("archive").joinpath("schema.sql").read_text("utf-8") + wide_views()


def descriptions() -> Iterator[Description]:
    """From the comments of schema.sql: the line above a table, the end of the line of a column."""
    table = above = ""
    for line in statements().splitlines():
        comment = _COMMENT.search(line)
        if line.startswith("-- "):
            above = line.removeprefix("-- ")
        elif created := _CREATE.match(line):
            table = created[1]
            yield Description(table, "", above)
        elif comment and (column := _COLUMN.search(line)):
            yield Description(table, column[1] or column[2], comment[1])


if __name__ == "__main__":
    create(Path(sys.argv[1])).close()

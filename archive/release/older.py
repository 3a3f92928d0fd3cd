"""Releases that still hold what was taken down since."""

import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import closing
from pathlib import Path

from archive.access import read_only


def still_holding(database: Path, releases: Iterable[Path]) -> Iterator[Path]:
    """Those of the releases that have a document of which this archive.db withholds something, and do not."""
    taken = _column(database, "SELECT document FROM takedowns")
    for folder in sorted(releases):
        file = folder / "archive.db"
        gone = _column(file, "SELECT document FROM takedowns") if taken else set()
        if (taken - gone) & _column(file, "SELECT sha256 FROM documents"):
            yield folder


def _column(file: Path, query: str) -> set[str]:
    with closing(read_only(file)) as connection:
        try:
            return {value for (value,) in connection.execute(query)}
        except sqlite3.OperationalError:  # a table that its schema does not have
            return set()

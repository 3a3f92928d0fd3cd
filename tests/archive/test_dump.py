"""The logical dump: the same for the same rows, another for any other."""

import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from archive.build import build
from archive.dump import logical_sha256

County = Any  # the class lives in conftest.py, which tests cannot import


@pytest.fixture
def file(three_years: County, tmp_path: Path) -> Path:
    build(three_years, three_years.get, tmp_path / "archive.db")
    return tmp_path / "archive.db"


def altered(file: Path, *statements: str) -> str:
    with closing(sqlite3.connect(file, isolation_level=None)) as connection:
        for statement in statements:
            connection.execute(statement)
    return logical_sha256(file)


def test_it_is_that_of_the_rows_and_not_of_the_pages(file: Path) -> None:
    before, pages = logical_sha256(file), file.stat().st_size
    assert altered(file, "PRAGMA page_size = 1024", "VACUUM", "REINDEX") == before
    assert file.stat().st_size != pages
    assert altered(file, "INSERT INTO search (search) VALUES ('optimize')") == before


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE version_figures SET text = text || ' ' WHERE version = 1 AND code = 1",
        "UPDATE reports SET published = NULL",
        "UPDATE passages SET folded = folded || 'x' WHERE key = 1",
        "DELETE FROM changes",
        "DROP INDEX findings_report",
        "CREATE TABLE one_more (a)",
        "PRAGMA user_version = 1",
    ],
)
def test_whatever_is_changed_changes_it(file: Path, statement: str) -> None:
    assert logical_sha256(file) != altered(file, statement)

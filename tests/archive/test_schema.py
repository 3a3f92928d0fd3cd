import re
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from archive import schema
from archive.build import build
from archive.schema import SCHEMA, create

County = Any  # the class lives in conftest.py, which tests cannot import
CONTRACT = """
divisions bodies portals captures documents reports versions requests disclosure disputes indicators
figures sections findings changes expected search
crosswalk series totals coverage form_2014 form_2019 form_2021
"""
UNDESCRIBED = """
WITH named (name, inner) AS (
  SELECT m.name, p.name FROM sqlite_schema AS m JOIN pragma_table_info(m.name) AS p
  WHERE m.type IN ('table', 'view')
  UNION ALL
  SELECT name, '' FROM sqlite_schema WHERE type IN ('table', 'view')
)
SELECT name, inner FROM named LEFT JOIN descriptions ON table_name = name AND column_name = inner
WHERE says IS NULL AND name NOT GLOB 'search_*' AND name NOT GLOB 'sqlite_*'
"""
DESCRIBES_NOTHING = """
SELECT table_name, column_name FROM descriptions WHERE column_name <> ''
AND NOT EXISTS (SELECT 1 FROM pragma_table_info(table_name) WHERE name = column_name)
"""


SUMS = re.compile(r"\b(?:sum|count|avg|total|min|max|group_concat)\(|\bGROUP BY\b", re.IGNORECASE)


@pytest.fixture
def empty(tmp_path: Path) -> Iterator[sqlite3.Connection]:
    with closing(create(tmp_path / "empty.db")) as connection:
        yield connection


@pytest.fixture
def filled(three_years: County, tmp_path: Path) -> Iterator[sqlite3.Connection]:
    build(three_years, three_years.get, tmp_path / "archive.db")
    with closing(sqlite3.connect(tmp_path / "archive.db", isolation_level=None)) as connection:
        connection.execute("PRAGMA foreign_keys = ON")
        yield connection


def test_the_tables_and_views_that_others_rely_on(empty: sqlite3.Connection) -> None:
    there = {
        name for (name,) in empty.execute("SELECT name FROM sqlite_schema WHERE type IN ('table', 'view')")
    }
    assert set(CONTRACT.split()) <= there
    assert empty.execute("PRAGMA user_version").fetchone() == (SCHEMA,)


def test_every_table_and_column_is_described(empty: sqlite3.Connection) -> None:
    assert empty.execute("SELECT count(*) FROM descriptions").fetchone()[0] > 150
    assert empty.execute(UNDESCRIBED).fetchall() == []
    assert empty.execute(DESCRIBES_NOTHING).fetchall() == []


def test_a_column_without_a_comment_is_noticed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(schema, "statements", lambda: schema_without("value INTEGER,                  "))
    with closing(create(tmp_path / "bare.db")) as connection:
        assert connection.execute(UNDESCRIBED).fetchall() == [("version_figures", "value")]


ORIGINAL = schema.statements()


def schema_without(start: str) -> str:
    """The schema with the comment taken from the one line that begins so."""
    lines = ORIGINAL.splitlines()
    (at,) = [number for number, line in enumerate(lines) if line.startswith(f"  {start}")]
    lines[at] = lines[at].partition("--")[0]
    return "\n".join(lines)


def unscoped(connection: sqlite3.Connection) -> set[str]:
    """Views that add something up and do not say for which scope, or of how many."""
    views = connection.execute("SELECT name, sql FROM sqlite_schema WHERE type = 'view'").fetchall()
    of_reports = {"scope", "report"}, {"scope", "of_bodies", "says"}
    return {
        name
        for name, sql in views
        if SUMS.search(sql)
        and not any(
            needs
            <= {column for (column,) in connection.execute(f"SELECT name FROM pragma_table_info('{name}')")}  # noqa: S608
            for needs in of_reports
        )
    }


def test_whatever_adds_up_carries_its_scope_and_its_denominator(empty: sqlite3.Connection) -> None:
    assert unscoped(empty) == set()
    empty.execute("CREATE VIEW bare AS SELECT year, count(*) AS reports FROM reports GROUP BY year")
    assert unscoped(empty) == {"bare"}


def test_every_table_is_strict(empty: sqlite3.Connection) -> None:
    tables = "SELECT name, strict FROM pragma_table_list WHERE schema = 'main' AND type = 'table'"
    lax = {name for name, strict in empty.execute(tables) if not strict and not name.startswith("sqlite_")}
    assert lax == set()


def test_no_column_says_when_the_file_was_built(empty: sqlite3.Connection) -> None:
    columns = {name for (name,) in empty.execute("SELECT column_name FROM descriptions")}
    assert not columns & {"built", "created", "created_at", "updated", "timestamp"}


def test_the_module_makes_an_empty_database(tmp_path: Path) -> None:
    subprocess.run([sys.executable, "-m", "archive.schema", tmp_path / "new.db"], check=True)
    with closing(sqlite3.connect(tmp_path / "new.db")) as connection:
        assert connection.execute("SELECT count(*) FROM reports").fetchone() == (0,)


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE version_figures SET value = NULL WHERE status = 'read'",
        "UPDATE version_figures SET value = 0 WHERE status = 'blank'",
        "UPDATE version_figures SET status = 'guessed'",
        "UPDATE version_figures SET text = NULL WHERE status = 'read'",
        "UPDATE version_figures SET proposal = 1, basis = 'x' WHERE status = 'read'",
        "UPDATE version_figures SET proposal = 1 WHERE status = 'blank'",
        "UPDATE version_figures SET box_right = -1",
        "UPDATE requests SET person = -1",
        "UPDATE requests SET person = 'many'",
        "UPDATE disclosure SET issued = -1",
        "UPDATE disputes SET total = 0.5",
        "UPDATE reports SET published = '2024'",
        "UPDATE reports SET scope = 'both'",
        "UPDATE reports SET year = 24",
        "UPDATE reports SET form = '2020'",
        "UPDATE documents SET outcome = 'refused'",
        "INSERT INTO findings VALUES (9, NULL, NULL, 'r', 'broken', 'error', 'reading', 's', '', 1, 2)",
        "INSERT INTO findings VALUES (9, 'x', NULL, 'r', 'broken', 'error', 'nobody', 's', '', 1, 2)",
        "UPDATE expected SET outcome = 'not_found' WHERE outcome = 'published'",
        "UPDATE expected SET outcome = 'lost'",
        "UPDATE divisions SET code = '99010'",
        "UPDATE versions SET current = 1",
        "UPDATE version_sections SET number = -1",
        "UPDATE reports SET year = 2024",
        "UPDATE crosswalk SET comparable = 'perhaps'",
        "UPDATE crosswalk SET code = NULL WHERE comparable = 'yes'",
        "UPDATE changes SET place = 0",
    ],
)
def test_what_cannot_be_is_refused(filled: sqlite3.Connection, statement: str) -> None:
    with pytest.raises(sqlite3.IntegrityError, match=r"CHECK|UNIQUE|cannot store"):
        filled.execute(statement)


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE reports SET version = 'none' WHERE key = 1",
        "UPDATE reports SET body = 'nobody' WHERE key = 1",
        "UPDATE versions SET document = 'none' WHERE key = 1",
        "UPDATE captures SET portal = 'none'",
        "UPDATE version_figures SET code = 999 WHERE code = 1",
        "UPDATE requests SET report = 'none' || row || report",
        "UPDATE changes SET before = 'none'",
        "DELETE FROM divisions",
        "DELETE FROM versions WHERE current = 1",
    ],
)
def test_what_points_nowhere_is_refused(filled: sqlite3.Connection, statement: str) -> None:
    with pytest.raises(sqlite3.IntegrityError, match="FOREIGN KEY"):
        filled.execute(statement)


def test_long_texts_stand_in_tables_whose_pages_they_fill(empty: sqlite3.Connection) -> None:
    """Without a rowid SQLite keeps a thousand bytes of a row in place, the rest in a page of its own."""
    tables = "SELECT name FROM pragma_table_list WHERE schema = 'main' AND wr = 1"
    assert not {"version_sections", "passages"} & {name for (name,) in empty.execute(tables)}

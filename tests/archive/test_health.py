"""How each run found its portal is kept in the archive."""

import sqlite3
from dataclasses import replace
from pathlib import Path

import pytest

from archive.build import build
from crawler.captures import IMPORT, Unreached
from tests.archive.conftest import COUNTY, County

COLUMN = "http://county.example/nb/"


def rows(county: County, file: Path) -> list[tuple[object, ...]]:
    build(county, county.get, file)
    connection = sqlite3.connect(file)
    try:
        query = "SELECT run, state, conclusive, because <> '' FROM portal_runs ORDER BY started"
        return connection.execute(query).fetchall()
    finally:
        connection.close()


@pytest.mark.parametrize("kind", ["challenge", "robots"])
def test_a_run_that_was_refused_says_so(county: County, tmp_path: Path, kind: str) -> None:
    county.report(county.run("run-1", "2024-01-10T00:00:00Z"), "清源县民政局", 2022)
    county.run("run-2", "2024-01-20T00:00:00Z", Unreached(COLUMN, "list", kind, "x"))
    assert rows(county, tmp_path / "archive.db")[1:] == [("run-2", "blocked from here", 1, 1)]


def test_what_others_captured_is_no_run_of_a_portal(tmp_path: Path) -> None:
    county = County(replace(COUNTY, cms=IMPORT))
    county.report(county.run("run-1", "2024-01-10T00:00:00Z"), "清源县民政局", 2022)
    assert rows(county, tmp_path / "archive.db") == []

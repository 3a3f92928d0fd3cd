"""Folders may be called what an address of a file cannot hold as it stands."""

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from archive.access import read_only
from archive.build import build
from archive.dump import logical_sha256
from benchmarks.county import made


@pytest.mark.parametrize("name", ["100%25", "a?b#c", "县 报告"])
def test_an_archive_is_built_and_read_in_a_folder_of_any_name(tmp_path: Path, name: str) -> None:
    county = made(tmp_path / "readings", 2)
    county.write_readings()
    sums = []
    for folder in (tmp_path / "plain", tmp_path / name):
        folder.mkdir()
        build(county, county.readings.kept, folder / "archive.db")
        sums.append(logical_sha256(folder / "archive.db"))
        assert [file.name for file in folder.iterdir()] == ["archive.db"]
    assert sums[0] == sums[1]
    with closing(read_only(tmp_path / name / "archive.db")) as connection:
        assert connection.execute("SELECT count(*) FROM reports").fetchone() == (2,)
        with pytest.raises(sqlite3.OperationalError, match="readonly"):
            connection.execute("DELETE FROM reports")

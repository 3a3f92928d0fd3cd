"""A table as one file: whole where that does not take long, else cut, and it says so."""

import csv
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from httpx import AsyncClient

from archive import streams
from archive.pages.words import words

ADDRESS = "/archive/version_figures.csv"


async def test_a_file_that_takes_long_is_cut_and_says_so(
    archive_site: AsyncClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(streams, "SECONDS", 0)
    answer = await archive_site.get(f"{ADDRESS}?_stream=on")
    assert answer.status_code == 200
    assert answer.text.endswith(words("en")["error.csv"])
    plain = await archive_site.get(ADDRESS)
    assert words("en")["error.csv"] not in plain.text


async def test_a_file_that_does_not_has_every_row(archive_site: AsyncClient, archive_db: Path) -> None:
    answer = await archive_site.get(f"{ADDRESS}?_stream=on")
    with closing(sqlite3.connect(archive_db)) as connection:
        (rows,) = connection.execute("SELECT count(*) FROM version_figures").fetchone()
    assert rows > 100
    assert len(list(csv.reader(answer.text.splitlines()))) == rows + 1

import sqlite3
from collections.abc import Awaitable, Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from httpx import ASGITransport, AsyncClient
from lxml import html

from archive.names import write_names
from archive.publish import application
from archive.schema import create
from archive.search import write_passages
from parsers.form import forms

COUNTY = Path(__file__).with_name("county.sql")
Page = Callable[..., Awaitable[Any]]


@pytest.fixture(scope="session")
def archive_db(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("site") / "archive.db"
    connection = create(path)
    connection.execute("PRAGMA foreign_keys = OFF")
    _write_codes(connection)
    connection.executescript(COUNTY.read_text("utf-8"))
    write_passages(connection)
    write_names(connection)
    assert connection.execute("PRAGMA foreign_key_check").fetchall() == []
    connection.close()
    return path


def english(database: Path) -> AsyncClient:
    """Asks the site over this file, in English; addresses are given as in the site."""
    return AsyncClient(transport=ASGITransport(application(database)), base_url="http://localhost/en")


@pytest.fixture(scope="session")
def archive_site(archive_db: Path) -> AsyncClient:
    return english(archive_db)


@pytest.fixture
def page(archive_site: AsyncClient) -> Page:
    """Asks the site for an address: the parsed page, whose status must be the one given. Labels stand in it
    as they are printed: their glosses have tests of their own."""

    async def asked(address: str, status: int = 200) -> Any:
        answer = await archive_site.get(address)
        assert answer.status_code == status, answer.text[:2000]
        document: Any = html.fromstring(answer.content)
        for gloss in document.find_class("gloss"):
            gloss.drop_tree()
        return document

    return asked


def _write_codes(connection: sqlite3.Connection) -> None:
    connection.execute("CREATE TEMP TABLE form_codes (form, code)")
    for form_id, replaces, unit, *row in _codes():
        values = (row[0], form_id, *row[1:], unit)
        connection.execute("INSERT OR IGNORE INTO codes VALUES (NULL, ?, ?, ?, ?, ?, ?, ?, ?)", values)
        if not replaces:
            connection.execute("INSERT INTO form_codes VALUES (?, ?)", (form_id, row[0]))


def _codes() -> Iterator[tuple[Any, ...]]:
    for form in forms():
        for block in form.blocks:
            for row in block.rows:
                for column in block.columns:
                    what = (block.code(row, column), block.table, row.id, column.id, row.label, column.label)
                    yield form.id, row.replaces, "fen" if column.amount else "count", *what

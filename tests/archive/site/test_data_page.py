"""The page of downloads: a real release of the test's archive, its files, and the questions that it shows."""

import hashlib
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import duckdb
import pytest
from httpx import AsyncClient
from lxml import html

from archive.asgi import Message
from archive.pages.downloads import SNIPPETS
from archive.publish import application
from archive.release import Wanted, release
from tests.archive.site.conftest import english


@pytest.fixture(scope="module")
def released(archive_db: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the archive and a release of it."""
    folder = tmp_path_factory.mktemp("released")
    shutil.copyfile(archive_db, folder / "archive.db")
    release(folder / "archive.db", folder / "release", Wanted(), lambda _: None)
    return folder


async def page(site: AsyncClient) -> Any:
    answer = await site.get("/data")
    assert answer.status_code == 200
    return html.fromstring(answer.content)


def words(element: Any) -> str:
    return " ".join(element.text_content().split())


async def test_every_file_of_the_release_is_there_with_its_digest(released: Path) -> None:
    archive = english(released / "archive.db")
    rows = (await page(archive)).xpath("//tbody/tr")
    assert len(rows) > 40
    for row in rows:
        (address,) = row.xpath(".//a/@href")
        answer = await archive.get(address.removeprefix("/en"))
        assert answer.status_code == 200
        assert hashlib.sha256(answer.content).hexdigest() == words(row[2])
        assert words(row[1]) == f"{len(answer.content):,}"
        assert answer.headers["x-content-type-options"] == "nosniff"


async def test_a_release_that_is_older_than_the_database_says_so(released: Path, tmp_path: Path) -> None:
    assert "is newer than this release" not in words(await page(english(released / "archive.db")))
    shutil.copytree(released, tmp_path / "later")
    connection_file = tmp_path / "later" / "archive.db"
    with connection_file.open("r+b") as stream:  # SQLite's own word for who wrote it, read by nobody
        stream.seek(68)
        stream.write(b"nian")
    assert "is newer than this release" in words(await page(english(connection_file)))


async def test_without_a_release_the_database_can_be_had(archive_site: AsyncClient) -> None:
    document = await page(archive_site)
    assert "No release lies here yet" in words(document)
    assert "/en/archive.db" in document.xpath("//main//a/@href")


@pytest.mark.parametrize(
    "path", ["/release/../archive.db", "/release/.making-1/x", "/release/2000-01-01/../../archive.db"]
)
async def test_nothing_but_releases_is_handed_out(released: Path, path: str) -> None:
    sent: list[Message] = []

    async def send(message: Message) -> None:
        sent.append(message)

    async def receive() -> Message:
        return {"type": "http.request"}

    raw = f"/en{path}".encode()
    scope = {"type": "http", "method": "GET", "path": raw.decode(), "raw_path": raw, "query_string": b""}
    await application(released / "archive.db")({**scope, "headers": [], "scheme": "http"}, receive, send)
    assert sent[0]["status"] in (403, 404)


@pytest.mark.parametrize("name", ["sqlite3", "Python", "R", "DuckDB"])
def test_what_the_page_shows_can_be_asked(released: Path, name: str) -> None:
    (folder,) = (released / "release").glob("20*")
    if name == "DuckDB":
        asked = SNIPPETS[name].replace("parquet/", f"{folder}/parquet/")
        assert duckdb.execute(asked).fetchall() == [("2019", 1), ("2021", 1), (None, 1)]
        return
    commands = {"sqlite3": ["sh", "-c"], "Python": [sys.executable, "-c"], "R": ["Rscript", "-e"]}
    if not shutil.which(commands[name][0]):
        pytest.skip("needs R: apt-get install r-base-core r-cran-rsqlite")
    done = subprocess.run(
        [*commands[name], SNIPPETS[name]], cwd=folder, capture_output=True, text=True, check=False
    )
    assert (done.returncode, done.stderr) == (0, "")
    assert {"sqlite3": "2023|own|0|1|1", "Python": "999901-甲局-2023", "R": "published"}[name] in done.stdout

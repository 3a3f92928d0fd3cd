"""The first page stays light however much the archive holds, and says where reports are missing."""

import shutil
import sqlite3
from collections.abc import Awaitable, Callable, Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from lxml import html

from archive.publish import served
from tests.archive.site.conftest import english
from tests.archive.site.test_browser import DESK, PHONE, browser, looking

__all__ = ["browser"]

Page = Callable[..., Awaitable[Any]]
MOST = 150_000
"""Bytes that the first page may be with all that it loads."""

COUNTRY = """
PRAGMA foreign_keys = OFF;
WITH RECURSIVE counties (n) AS (SELECT 0 UNION ALL SELECT n + 1 FROM counties WHERE n < 2999)
INSERT INTO bodies
SELECT code || '-第' || n || '县人民政府', '第' || n || '县人民政府', code, 'government', 2008, 2025
FROM (SELECT n, printf('%02d%04d', 11 + n % 31, 100 + n) AS code FROM counties);
WITH RECURSIVE years (year) AS (SELECT 2008 UNION ALL SELECT year + 1 FROM years WHERE year < 2025)
INSERT INTO expected (body, year, outcome, portal, searched)
SELECT id, year, 'not_found', 'yangxian', '2026-04-01' FROM bodies, years WHERE first_year = 2008;
INSERT INTO divisions (code, name) SELECT DISTINCT division, '第' || substr(division, 3) || '县'
FROM bodies WHERE first_year = 2008;
"""


@pytest.fixture(scope="module")
def country(archive_db: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Three thousand counties, of which the reports of eighteen years are missing."""
    path = tmp_path_factory.mktemp("country") / "archive.db"
    shutil.copyfile(archive_db, path)
    with closing(sqlite3.connect(path)) as connection:
        connection.executescript(COUNTRY)
    return path


@pytest.fixture(scope="module")
def home(country: Path) -> Iterator[str]:
    with served(country) as address:
        yield address.rstrip("/")


def words(element: Any) -> str:
    return " ".join(element.text_content().split())


async def test_it_says_how_many_of_the_reports_that_were_due_there_are(page: Page) -> None:
    rows = (await page("/")).xpath("//table[contains(@class, 'reach')]//tr")
    assert [[words(cell) for cell in row] for row in rows] == [
        ["Division", "Bodies", "2023", "2022", "2021", "2020"],
        ["样县 999901", "2", "1/1", "0/1", "0/1", "1/1"],
        ["Place not established", "1", "1/1", "", "", ""],
    ]
    assert [words(cell) for row in rows for cell in row.xpath("td[@class='late']")] == ["0/1", "0/1"]


async def test_a_country_stands_there_by_provinces(country: Path) -> None:
    document: Any = html.fromstring((await english(country).get("/")).content)
    rows = document.xpath("//table[contains(@class, 'reach')]/tbody/tr")
    assert (
        len(rows) == 31 + 2
    )  # the county of the others lies in a province of its own, and what lies nowhere
    assert rows[0].xpath(".//a/@href") == ["/en/place/110000"]
    assert words(rows[0][2]) == "0/97"


async def test_a_province_with_many_bodies_stands_there_by_counties(
    country: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("archive.pages.publishers.BODIES", 90)
    answer = await english(country).get("/place/110000")
    document: Any = html.fromstring(answer.content)
    rows = document.xpath("//table[contains(@class, 'reach')]/tbody/tr")
    assert len(rows) == 97
    assert words(rows[0]) == "第0100县 110100" + "1" + "0/1" * 18
    few = await english(country).get("/place/110100")
    assert "第0县人民政府" in few.text


@pytest.mark.parametrize(("prefix", "view"), [("", PHONE), ("/en", DESK)], ids=["zh-phone", "en-desk"])
def test_it_is_light_and_all_of_it_comes_from_here(
    browser: Any, home: str, prefix: str, view: dict[str, int]
) -> None:
    answers: dict[str, Any] = {}
    with looking(browser, home, view) as page:
        page.on("response", lambda answer: answers.update({answer.url: answer}))
        page.goto(f"{home}{prefix}/", wait_until="networkidle")
        sizes = {url: len(answer.body()) for url, answer in answers.items()}
        assert {url.rpartition("/")[2] for url in sizes} >= {"", "site.css"}
        assert 20_000 < sum(sizes.values()) < MOST, sizes


def test_a_request_to_others_is_noticed(browser: Any, home: str) -> None:
    def looked() -> None:
        with looking(browser, home, DESK) as page:
            page.route("http://elsewhere.invalid/**", lambda route: route.abort())
            page.set_content("<img src='http://elsewhere.invalid/x.png' alt='x'>")

    with pytest.raises(AssertionError, match=r"http://elsewhere\.invalid/"):
        looked()

"""One figure with where it comes from: over the made-up county, whose documents are here, and without."""

import sqlite3
from collections.abc import Awaitable, Callable
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from httpx import AsyncClient
from lxml import html

from archive.drawing import Drawing
from archive.pages.addresses import body_address, figure_address, report_address
from tests.archive.site.conftest import english

Page = Callable[..., Awaitable[Any]]
OFFICE = "999901-甲局-2023"
CODE = "requests.new.total"


def words(element: Any) -> str:
    return " ".join(element.text_content().split())


@pytest.fixture
def county(county_data: Path) -> AsyncClient:
    return english(county_data / "archive.db")


def reports(data: Path) -> dict[str, str]:
    """One report with tables for each kind of document."""
    with closing(sqlite3.connect(data / "archive.db")) as connection:
        query = """SELECT media_type, min(reports.id) FROM reports JOIN documents ON sha256 = document
          WHERE form = '2021' GROUP BY media_type"""
        return dict(connection.execute(query).fetchall())


async def test_every_kind_of_document_shows_its_cell(county: AsyncClient, county_data: Path) -> None:
    kinds = reports(county_data)
    assert {"application/pdf", "text/html"} < set(kinds)
    for media_type, report in kinds.items():
        page: Any = html.fromstring((await county.get(figure_address(report, CODE))).content)
        printed = words(page.xpath("//p[@class='figure']")[0])
        answer = await county.get(f"{figure_address(report, CODE)}/cell")
        assert answer.status_code == 200
        assert "sandbox" in answer.headers["content-security-policy"]
        assert "'self'; sandbox" in answer.headers["content-security-policy"]
        if media_type == "application/pdf":
            assert answer.content.startswith(b"\x89PNG")
            assert page.xpath("//img/@alt")
        else:
            shown: Any = html.fromstring(answer.content)
            assert [words(cell) for cell in shown.xpath("//td[@class='cell']")] == [printed]
            assert page.xpath("//iframe[@sandbox]/@title")
            (leads,) = page.xpath("//p/a[contains(@href, '/cell#')]/@href")
            assert [words(cell) for cell in shown.xpath(f"//*[@id='{leads.rpartition('#')[2]}']")] == [
                printed
            ]


async def test_the_same_number_of_other_years_stands_beside_it(
    county: AsyncClient, county_data: Path
) -> None:
    with closing(sqlite3.connect(county_data / "archive.db")) as connection:
        query = """SELECT reports.id, body FROM reports JOIN bodies ON bodies.id = body
          WHERE kind = 'government' AND form = '2021' ORDER BY year LIMIT 1"""
        report, body = connection.execute(query).fetchone()
        query = """SELECT year, text FROM figures JOIN reports ON reports.id = report
          WHERE body = ? AND code = ? AND report <> ? ORDER BY year DESC"""
        wanted = connection.execute(query, (body, CODE, report)).fetchall()
    page: Any = html.fromstring((await county.get(figure_address(report, CODE))).content)
    rows = page.xpath("//h2[@id='years']/following-sibling::div//tbody/tr")
    found = [(int(words(row[0])), words(row[1])) for row in rows]
    assert [one for one in found if one in wanted] == [one for one in wanted if one[1]]
    assert len(found) >= 4


async def test_a_body_has_charts_over_the_generations_with_their_numbers(
    county: AsyncClient, county_data: Path
) -> None:
    with closing(sqlite3.connect(county_data / "archive.db")) as connection:
        (body,) = connection.execute("SELECT id FROM bodies WHERE kind = 'government' ORDER BY id").fetchone()
        query = "SELECT year, value FROM series WHERE body = ? AND series = ? ORDER BY year"
        wanted = [value for _, value in connection.execute(query, (body, CODE)) if value is not None]
    page: Any = html.fromstring((await county.get(body_address(body))).content)
    assert len(page.xpath("//*[local-name()='svg']")) == 2
    rows = page.xpath("//section[@class='charted'][1]//tbody/tr")
    shown = [words(row[1]) for row in rows]
    assert [int(value.lstrip("≈ ").replace(",", "")) for value in shown if value != "not known"] == wanted
    assert any(value.startswith("≈") for value in shown)
    assert any(not value.startswith("≈") for value in shown)


async def test_without_the_documents_the_evidence_is_named(page: Page) -> None:
    document = await page(figure_address(OFFICE, "disputes.review.total"))
    assert words(document.xpath("//p[@class='figure']")[0]) == "11"
    assert "The document is not on this server" in words(document)
    assert "yangxian-1.warc.gz, record at byte 2,000" in words(document)
    assert "Findings that name it: 1" in words(document)
    await page(f"{figure_address(OFFICE, CODE)}/cell", 404)


async def test_what_is_no_figure_is_not_there(page: Page) -> None:
    document = await page(figure_address(OFFICE, "requests.no.such"), 404)
    assert "There is no figure “requests.no.such” in the report" in words(document)


async def test_a_report_leads_to_its_figures(page: Page) -> None:
    document = await page(report_address(OFFICE))
    (link,) = document.xpath("//td[@id='requests.carried_in.person']/a/@href")
    assert link == f"/en{figure_address(OFFICE, 'requests.carried_in.person')}"


async def test_a_process_that_dies_costs_one_picture(
    county_data: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    report, drawing = reports(county_data)["text/html"], Drawing()
    monkeypatch.setattr("archive.drawing.SECONDS", 0.0)
    assert await drawing.shown(county_data, report, CODE) is None
    monkeypatch.undo()
    assert await drawing.shown(county_data, report, "requests.new.person") is not None
    drawing._end()

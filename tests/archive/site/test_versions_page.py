"""What changed between two versions of a report, and the report as JSON."""

from collections.abc import Awaitable, Callable
from typing import Any

import pytest
from httpx import AsyncClient

from archive.pages.addresses import report_address, versions_address

Page = Callable[..., Awaitable[Any]]
OFFICE, TOWN = "999901-甲局-2023", "999901-乙镇-2020"


def words(element: Any) -> str:
    return " ".join(element.text_content().split())


async def test_two_versions_are_compared_figure_by_figure(page: Page) -> None:
    document = await page(versions_address(OFFICE))
    rows = document.xpath("//table[contains(@class, 'changed')]/tbody/tr")
    changed = {words(row[0]) + " " + words(row[1]): (words(row[2]), words(row[3])) for row in rows}
    assert changed["行政复议 总计"] == ("no cell", "11")
    backwards = await page(f"{versions_address(OFFICE)}?old=2&new=1")
    rows = backwards.xpath("//table[contains(@class, 'changed')]/tbody/tr")
    assert ("11", "no cell") in [(words(row[2]), words(row[3])) for row in rows]


async def test_paragraphs_that_differ_are_shown_and_no_other(page: Page) -> None:
    document = await page(versions_address(OFFICE))
    text = document.xpath("//div[contains(@class, 'changed')]")[0]
    assert [words(one) for one in text.xpath(".//ins")][:1] == ["一、总体情况"]
    assert not text.xpath(".//del")


@pytest.mark.parametrize("wanted", ["?old=x&new=-1", "?old=9&new=9", "?old=99999999999999999999"])
async def test_numbers_of_no_version_are_the_usual_two(page: Page, wanted: str) -> None:
    document = await page(versions_address(OFFICE) + wanted)
    assert document.xpath("//select[@name='new']/option[@selected]/text()") == ["2"]


async def test_one_version_is_said_to_be_the_only_one(page: Page) -> None:
    assert "Only one version was ever seen." in words(await page(versions_address(TOWN)))
    assert "There is no report “nothing”" in words(await page(versions_address("nothing"), 404))


async def test_a_report_as_json_says_what_the_database_says(archive_site: AsyncClient) -> None:
    answer = await archive_site.get(f"{report_address(OFFICE)}.json")
    found = answer.json()
    assert found["report"]["id"] == OFFICE
    assert found["report"]["warc"] == "yangxian-1.warc.gz"
    figures = {figure["code"]: figure for figure in found["figures"]}
    assert (figures["disputes.review.total"]["value"], figures["requests.new.total"]["status"]) == (
        11,
        "blank",
    )
    assert [section["number"] for section in found["sections"]] == [1, 5]
    assert found["changes"][0]["part"] == "disputes.review.total"
    assert "key" not in found["report"]
    assert "key" not in found["findings"][0]
    missing = await archive_site.get(f"{report_address('nothing')}.json")
    assert (missing.status_code, missing.json()["ok"]) == (404, False)


async def test_a_report_says_how_to_cite_it(page: Page) -> None:
    document = await page(report_address(OFFICE))
    cited = words(document.xpath("//h2[@id='cite']/following-sibling::blockquote")[0])
    assert f"{2:064d}" in cited
    assert "2024-02-02T03:04:05Z" in cited

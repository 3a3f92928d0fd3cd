"""Reports side by side."""

from collections.abc import Awaitable, Callable
from typing import Any

from archive.pages.addresses import body_address, compare_address

Page = Callable[..., Awaitable[Any]]
OFFICE, TOWN, UNRESOLVED = "999901-甲局-2023", "999901-乙镇-2020", "unresolved-丙/办-2023"


def words(element: Any) -> str:
    return " ".join(element.text_content().split())


async def test_figures_stand_side_by_side_and_differences_are_marked(page: Page) -> None:
    document = await page(compare_address([OFFICE, TOWN]))
    heads = [words(one) for one in document.xpath("//table[@class='compared']/thead//th")]
    assert heads[2:] == ["甲局 2023of this office alone", "乙镇 2020not stated"]
    rows = {
        (words(row[0]), words(row[1])): row for row in document.xpath("//table[@class='compared']/tbody/tr")
    }
    differs = rows["行政复议 (differs)", "总计"]
    assert (differs.get("class"), words(differs[2]), words(differs[3])) == ("differs", "11", "0")
    assert "These reports speak of different things" in words(document)
    assert "forms of different periods" in words(document)


async def test_only_what_differs_on_demand(page: Page) -> None:
    document = await page(f"{compare_address([OFFICE, TOWN])}&only=1")
    classes = {row.get("class") for row in document.xpath("//table[@class='compared']/tbody/tr")}
    assert classes == {"differs"}


async def test_the_order_is_that_of_the_question_and_nothing_stands_twice(page: Page) -> None:
    document = await page(compare_address([TOWN, OFFICE, TOWN]))
    names = [words(one) for one in document.xpath("//table[@class='compared']/thead//th/a")]
    assert names == ["乙镇 2020", "甲局 2023"]


async def test_texts_stand_side_by_side(page: Page) -> None:
    document = await page(compare_address([OFFICE, UNRESOLVED]))
    beside = document.xpath("//div[@class='beside']")
    assert "公开意识不强。" in words(beside[-1])
    assert "no such section" in words(beside[-1])


async def test_what_is_unknown_or_too_much_is_said(page: Page) -> None:
    document = await page(compare_address([OFFICE, "no<b>such"]))
    assert "There is no report “no<b>such” in this archive." in words(document)
    many = await page(compare_address([OFFICE, TOWN, *map(str, range(9))]))
    assert "left out: 3" in words(many)
    assert "Tick two to eight years" in words(await page("/compare"))


async def test_a_body_offers_its_years(page: Page) -> None:
    document = await page(body_address("999901-甲局"))
    assert document.xpath("//form[@action='/en/compare']//input[@name='r']/@value") == [OFFICE]

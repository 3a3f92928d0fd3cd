"""How the portals are, as everyone may see it."""

from collections.abc import Awaitable, Callable
from typing import Any

from archive.pages.addresses import place_address, portal_address

Page = Callable[..., Awaitable[Any]]


def words(element: Any) -> str:
    return " ".join(element.text_content().split())


async def test_a_portal_is_as_the_last_run_that_could_tell_found_it(page: Page) -> None:
    document = await page("/portals")
    (row,) = document.xpath("//tbody/tr")
    assert [words(cell) for cell in row][2:] == [
        *("✗ blocked from here", "2024-04-02", "2024-03-02", "2024-05-02", "3")
    ]
    assert "nothing of what it publishes" in words(document)


async def test_a_place_shows_its_portals(page: Page) -> None:
    document = await page(place_address("999901"))
    assert document.xpath(f"//a[@href='/en{portal_address('yangxian')}']")
    assert "blocked from here" in words(document)


async def test_a_portal_lists_its_runs_newest_first(page: Page) -> None:
    document = await page(portal_address("yangxian"))
    rows = [[words(cell) for cell in row] for row in document.xpath("//tbody/tr")]
    assert [row[0] for row in rows] == [f"2024-0{month}-02T03:00:00" for month in (6, 5, 4, 3, 2)]
    assert rows[0][1] == "✓ well, nothing new (stopped before it could tell)budget"
    assert rows[1][1] == "✗ blocked from hererefused with 403 <b>"
    assert "No portal “nowhere” was searched" in words(await page(portal_address("nowhere"), 404))

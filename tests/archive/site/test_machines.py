"""Feeds, the sitemap and what robots may index."""

from typing import Any
from urllib.parse import quote
from xml.etree import ElementTree

import pytest
from httpx import AsyncClient

from archive.atom import ATOM
from archive.pages.addresses import body_address, place_address, report_address
from archive.pages.sitemap import SITEMAPS

OFFICE, TOWN = "999901-甲局-2023", "999901-乙镇-2020"


async def entries(site: AsyncClient, address: str) -> list[tuple[str, str, str]]:
    """Title, content and link of each entry."""
    answer = await site.get(address)
    assert answer.headers["content-type"].startswith("application/atom+xml")
    root = ElementTree.fromstring(answer.content)  # noqa: S314 - our own answer
    assert all(root.find(f"{{{ATOM}}}{name}") is not None for name in ("id", "title", "updated", "author"))
    found: list[Any] = root.findall(f"{{{ATOM}}}entry")
    ids = [one.findtext(f"{{{ATOM}}}id") for one in found]
    assert len(set(ids)) == len(ids)
    return [
        (
            one.findtext(f"{{{ATOM}}}title"),
            one.findtext(f"{{{ATOM}}}content"),
            one.find(f"{{{ATOM}}}link").get("href"),
        )
        for one in found
    ]


async def test_new_reports_are_fed_newest_first(archive_site: AsyncClient) -> None:
    found = await entries(archive_site, "/feeds/reports.atom")
    assert {title for title, *_ in found} == {
        "甲局 2023",
        "乙镇 2020",
        "丙/办 2023",
    }
    links = {link for *_, link in found}
    assert f"http://localhost/en{report_address(OFFICE)}" in links


@pytest.mark.parametrize(
    ("chosen", "years"),
    [
        ("place=9999", {"2023", "2020"}),
        ("place=11", set()),
        (f"body={quote('999901-甲局')}", {"2023"}),
        (f"q={quote('门户网站')}", {"2023"}),
        (f"q={quote('查无此语')}", set()),
        ("q=%22*", set()),
    ],
)
async def test_a_feed_is_of_a_place_a_body_or_a_word(
    archive_site: AsyncClient, chosen: str, years: set[str]
) -> None:
    found = await entries(archive_site, f"/feeds/reports.atom?{chosen}")
    assert {title.split()[-1] for title, *_ in found} == years


async def test_changes_and_findings_are_fed(archive_site: AsyncClient) -> None:
    (changed,) = await entries(archive_site, "/feeds/changes.atom")
    assert changed[:2] == ("甲局 2023", "differences from the version before: 1")
    found = {content for _, content, _ in await entries(archive_site, "/feeds/findings.atom")}
    assert "Disputes do not add up: 行政复议 · 总计 is 11, but the sum of its parts is 0: 11 more." in found
    assert "Years differ: The total <b>differs</b> from the year before." in found
    assert len(found) == 2


async def test_a_portal_is_fed_when_it_turns(archive_site: AsyncClient) -> None:
    found = await entries(archive_site, "/feeds/portals.atom?place=9999&q=nothing&body=nobody")
    assert [content for _, content, _ in found] == ["blocked from here", "well, with news"]
    assert await entries(archive_site, "/feeds/portals.atom?place=11") == []


async def test_the_sitemap_has_every_page_of_a_report_a_body_and_a_place(archive_site: AsyncClient) -> None:
    async def addresses(address: str) -> list[str]:
        root = ElementTree.fromstring((await archive_site.get(address)).content)  # noqa: S314
        return [one.text or "" for one in root.iter(f"{{{SITEMAPS}}}loc")]

    assert await addresses("/sitemap.xml") == ["http://localhost/en/sitemap-1.xml"]
    found = await addresses("/sitemap-1.xml")
    for one in (report_address(TOWN), body_address("unresolved-丙/办"), place_address("999901"), "/"):
        assert f"http://localhost/en{one}" in found
    assert (await archive_site.get("/sitemap-2.xml")).status_code == 404


async def test_robots_are_kept_off_questions_and_shown_the_sitemap(archive_site: AsyncClient) -> None:
    said = (await archive_site.get("/robots.txt")).text.splitlines()
    assert {"Disallow: /archive", "Disallow: /*?", "Sitemap: http://localhost/en/sitemap.xml"} <= set(said)


@pytest.mark.parametrize(
    ("address", "indexed"),
    [
        ("/", True),
        (report_address(OFFICE), True),
        ("/search", True),
        ("/search?kind=department", False),
        ("/search.csv?kind=department", False),
        ("/archive/reports", False),
        (f"{report_address(OFFICE)}.json", False),
    ],
)
async def test_answers_to_questions_are_not_indexed(
    archive_site: AsyncClient, address: str, indexed: bool
) -> None:
    answer = await archive_site.get(address)
    assert answer.status_code == 200
    assert ("x-robots-tag" not in answer.headers) is indexed

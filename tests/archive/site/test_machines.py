"""Feeds, the sitemap and what robots may index."""

import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Any
from urllib.parse import quote, urlencode
from xml.etree import ElementTree

import pytest
from httpx import AsyncClient
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from archive import answers
from archive.atom import ATOM
from archive.pages.addresses import body_address, place_address, report_address
from archive.pages.feeds import entries as feed
from archive.pages.searching import asked, search_page
from archive.pages.sitemap import SITEMAPS

OFFICE, TOWN, UNRESOLVED = "999901-甲局-2023", "999901-乙镇-2020", "unresolved-丙/办-2023"


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


@pytest.mark.parametrize(
    ("asked_for", "found"),
    [
        ({"q": "局"}, {OFFICE}),  # one character
        ({"q": "2023年"}, {OFFICE}),  # digits and characters
        ({"q": "023年"}, set()),  # part of a number is none
        ({"q": "2 3"}, set()),
        ({"q": "查无此语"}, set()),
        ({"q": "門戶"}, set()),
        ({"q": "⻔户 公开"}, {OFFICE}),  # as printed or not, words in two places
        ({"q": "公开 查无此语"}, set()),
        ({"q": "ＩＭＧ"}, {TOWN}),
        ({"q": "情况", "place": "9999"}, {OFFICE, TOWN}),
        ({"q": "2023年", "place": "999901"}, {OFFICE}),
        ({"q": "023年", "place": "999901"}, set()),
        ({"q": "情况", "place": "110000"}, set()),
        ({"q": "情况", "place": "unresolved"}, set()),
        ({"q": "情况" + " " * 120 + "查无此语"}, set()),  # white space counts once
        ({"q": "情况" + "\n" * 120}, {OFFICE, TOWN}),
        ({"q": "情" * 101}, set()),
        ({"q": "*"}, set()),
        ({"place": "999900"}, {OFFICE, TOWN}),
        ({"place": "unresolved"}, {UNRESOLVED}),
    ],
)
async def test_a_feed_has_the_reports_that_the_search_page_finds(
    archive_site: AsyncClient, archive_db: Path, asked_for: dict[str, str], found: set[str]
) -> None:
    address = f"/feeds/reports.atom?{urlencode(asked_for)}"
    links = {link for *_, link in await entries(archive_site, address)}
    with closing(sqlite3.connect(archive_db)) as archive:
        page = {one.hit.report for one in search_page(archive, asked(asked_for)).found}
    assert links == {f"http://localhost/en{report_address(report)}" for report in page}
    assert page == found


QUERIES = st.text(st.sampled_from('局镇年公开情况门⼾户2023１９ <>i"*'), max_size=6).filter(str.strip)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(QUERIES, st.sampled_from(["", "99", "999901", "11", "unresolved"]))
def test_page_and_feed_agree_on_any_question(archive_db: Path, query: str, place: str) -> None:
    chosen = {"q": query, "place": place}
    with closing(sqlite3.connect(archive_db)) as archive:
        fed = feed(archive, "reports", chosen, "en", lambda address: address)
        page = search_page(archive, asked(chosen)).found
    assert {entry.link for entry in fed} == {report_address(one.hit.report) for one in page}


async def test_a_feed_that_takes_too_long_says_so(
    archive_site: AsyncClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    def slow(*_: object) -> None:
        raise TimeoutError

    monkeypatch.setattr(answers, "_limited", slow)
    answer = await archive_site.get("/feeds/reports.atom?q=x")
    assert (answer.status_code, answer.text[:21]) == (503, "This search took too ")


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

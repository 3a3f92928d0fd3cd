"""The site as a whole: every page answers, in its clothes, safely; what it says of search and places."""

import sqlite3
from collections.abc import Awaitable, Callable
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from httpx import AsyncClient
from lxml import html

from archive.pages.addresses import (
    body_address,
    compare_address,
    figure_address,
    place_address,
    portal_address,
    report_address,
    rule_address,
    search_address,
    versions_address,
)
from archive.pages.questions import questions
from archive.pages.words import words as interface
from archive.publish import site

Page = Callable[..., Awaitable[Any]]
FIRST = "requests.new.person"
WAY = ["China", "样县", "甲局"]
OFFICE, TOWN, UNRESOLVED = "999901-甲局-2023", "999901-乙镇-2020", "unresolved-丙/办-2023"

ADDRESSES = [
    "/",
    "/search",
    search_address("门户"),
    search_address("乙镇"),
    search_address("实情"),
    f"{search_address('乙镇')}&kind=township&from=2020&to=2020&place=9999",
    f"{search_address('查无此语 公开')}&kind=township&level=county&form=none&section=3",
    f"{search_address('公开')}&severity=error&rule=year.conflict",
    "/search?kind=department&sort=place&page=two",
    search_address("<img src=x onerror=alert(5)>"),
    *map(report_address, (OFFICE, TOWN, UNRESOLVED)),
    *map(body_address, ("999901-甲局", "999901-乙镇", "unresolved-丙/办")),
    place_address("999901"),
    place_address("999900"),
    place_address(None),
    "/archive",
    "/findings",
    figure_address(OFFICE, "requests.new.person"),
    figure_address(TOWN, "requests.new.total"),
    "/compare",
    "/data",
    "/portals",
    portal_address("yangxian"),
    "/archive/portal_runs",
    compare_address([OFFICE, TOWN, "no<b>"]),
    versions_address(OFFICE),
    f"{versions_address(OFFICE)}?old=2&new=1",
    versions_address(TOWN),
    rule_address("year.conflict"),
    "/archive/reports",
    "/archive/reports?year=2023&_facet=scope&_sort=year",
    "/archive/reports/2",
    "/archive/sections",
    "/archive/figures?status__exact=unreadable",
    "/archive/passages_printed",
    "/questions",
    *(f"/archive/{name}" for name in questions()),
    "/archive/refusals?year=2023&scope=own",
    "/archive?sql=select+title+from+reports",
    "/archive?sql=select+nonsense",
]


def en(address: str) -> str:
    """As the English site links to it."""
    return f"/en{address}"


def words(element: Any) -> str:
    return " ".join(element.text_content().split())


@pytest.mark.parametrize("address", ADDRESSES)
async def test_every_page_is_in_the_sites_clothes_and_safe(archive_site: AsyncClient, address: str) -> None:
    answer = await archive_site.get(address)
    assert answer.status_code == (400 if "nonsense" in address else 200)
    policy = answer.headers["content-security-policy"]
    assert policy.startswith("default-src 'none'; style-src 'self';")
    assert "unsafe" not in policy
    assert answer.headers["x-content-type-options"] == "nosniff"
    document: Any = html.fromstring(answer.content)
    assert document.get("lang") == "en"
    assert document.xpath("//a[@class='skip']/@href") == ["#content"]
    assert len(document.xpath("//h1")) == 1
    # Report texts hold <img onerror> and <script>: as text they are harmless, as elements they are here.
    assert not document.xpath("//script|//img|//style|//iframe|//i|//*[@style]")
    assert not [name for element in document.iter("*") for name in element.attrib if name.startswith("on")]
    assert document.xpath("//link[@rel='stylesheet']/@href") == ["/en/static/site.css"]
    assert not document.xpath("//table[not(.//th)]|//th[not(@scope)]")
    levels = [int(heading.tag[1]) for heading in document.xpath("//h1|//h2|//h3")]
    assert all(after - before <= 1 for before, after in pairwise(levels))


@pytest.mark.parametrize("address", [report_address(TOWN), "/archive/reports", search_address("乙镇")])
async def test_hostile_text_is_shown_as_text(page: Page, address: str) -> None:
    assert "=x onerror=alert(" in words(await page(address))


async def test_the_front_page_says_what_is_here(page: Page) -> None:
    document = await page("/")
    counts = {words(term): words(term.getnext()) for term in document.xpath("//dl[@class='counts']//dt")}
    assert counts == {
        "Counties and divisions": "1",
        "Bodies": "3",
        "Reports": "3",
        "Report years": "2020–2023",
    }
    newest, serious = document.xpath("//div[@class='columns']/section")
    assert words(newest).startswith("Newest reports 甲局 2023 2024-02-12, 12 days late")
    assert "甲局 2023 行政复议 · 总计 is 11" in words(serious)
    assert len(document.xpath("//form[@role='search']")) == 1
    assert "/en/archive.db" in document.xpath("//main//a/@href")


async def test_the_grid_says_what_became_of_each_report(page: Page) -> None:
    document = await page(place_address("999901"))
    rows = [[words(cell) for cell in row] for row in document.xpath("//table[@class='grid']//tr")]
    assert rows == [
        ["Body", "2023", "2022", "2021", "2020"],
        ["甲局", "✓ +12 published, 12 days late", "✗ not found", "no report expected", "no report expected"],
        ["乙镇", "no report expected", "no report expected", "⊘ blocked", "✓ published"],
    ]
    assert document.xpath("//table[@class='grid']//td/a/@href") == [
        en(report_address(OFFICE)),
        en(report_address(TOWN)),
    ]


async def test_a_place_holds_what_lies_in_it_and_no_other(page: Page) -> None:
    assert "甲局" in words(await page(place_address("999900")))
    unresolved = words(await page(place_address(None)))
    assert "丙/办" in unresolved
    assert "甲局" not in unresolved


async def test_a_body_lists_its_years(page: Page) -> None:
    document = await page(body_address("999901-甲局"))
    rows = [words(row) for row in document.xpath("//tbody/tr")]
    assert rows == ["2023✓ published, 12 days late2024-02-122021of this office alone0402", "2022✗ not found"]


async def test_search_finds_radicals_and_marks_what_is_printed(page: Page) -> None:
    document = await page(search_address("门户网站"))
    assert [mark.text for mark in document.xpath("//mark")] == ["⻔⼾⽹站"]
    assert document.xpath("//blockquote/a/@href") == [en(f"{report_address(OFFICE)}#section-1")]
    assert [mark.text for mark in (await page(search_address("乙镇"))).xpath("//mark")] == ["乙镇"]


async def test_search_that_finds_nothing_says_what_was_searched(page: Page) -> None:
    nothing = words(await page(search_address("查无此语")))
    assert "Nothing found for “查无此语”" in nothing
    assert "Searched: the titles and all sections of 3 reports" in nothing
    assert "of the years 2020 to 2023, in 1 counties" in nothing
    assert "What to try" in nothing
    assert "holds no character or digit" in words(await page(search_address('"*')))


@pytest.mark.parametrize(
    ("address", "says"),
    [
        (report_address("no-such<b>"), "There is no report “no-such<b>” in this archive."),
        (body_address("无此"), "There is no body “无此” in this archive."),
        (place_address("123456"), "There is no place “123456” in this archive."),
        ("/nowhere", "There is no such page"),
        ("/release/.lock", "There is no such page"),
        ("/a//b/.c", "There is no such page"),
        ("/archive/nowhere", "There is no such table in this archive."),
        ("/archive/reports/999999", "There is no such row in this table."),
        ("/nowhere/reports", "There is no such table in this archive."),
        ("/-/databases", "This part of the server is not open."),
        ("/-/databases.json", "This part of the server is not open."),
        ("/-/plugins", "This part of the server is not open."),
    ],
)
async def test_what_is_not_here(archive_db: Path, page: Page, address: str, says: str) -> None:
    document = await page(address, 404)
    assert says in words(document)
    assert document.xpath("//header//a[@href='/en/search']")
    assert str(archive_db.parent) not in words(document)
    assert "Traceback" not in words(document)


async def test_an_expensive_question_is_stopped_and_says_so(
    archive_db: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("archive.answers.STEPS", 1)
    hurried = site(archive_db, "en")
    hurried._settings["sql_time_limit_ms"] = 0
    answer = await hurried.client.get(search_address("公开"))
    assert answer.status_code == 503
    assert "took too long" in answer.text


async def test_a_failure_says_nothing_of_the_inside(
    tmp_path: Path, archive_db: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    broken = tmp_path / "archive.db"
    broken.write_bytes(archive_db.read_bytes())
    connection = sqlite3.connect(broken)
    connection.execute("ALTER TABLE reports RENAME COLUMN title TO lost")
    connection.commit()
    connection.close()
    answer = await site(broken, "en").client.get(report_address(OFFICE))
    assert answer.status_code == 500
    assert interface("en")["error.500"] in answer.text
    assert "no such column" not in answer.text
    assert "no such column" in capsys.readouterr().err, "whoever runs the server is told"


async def test_the_download_is_the_file(archive_site: AsyncClient, archive_db: Path) -> None:
    answer = await archive_site.get("/archive.db")
    assert answer.content == archive_db.read_bytes()


async def test_tables_describe_their_columns_and_lead_to_pages(page: Page) -> None:
    document = await page("/archive/reports")
    assert "whole county, own office, or not said; never add the first two" in words(document)
    links = document.xpath("//table//a/@href")
    assert en(report_address(OFFICE)) in links
    assert en(body_address("999901-甲局")) in links
    assert "Every report that a body which a portal has or names ought to have published" in words(
        await page("/archive")
    )


async def test_every_link_of_every_page_leads_somewhere(archive_site: AsyncClient) -> None:
    links = set()
    for address in ADDRESSES:
        document: Any = html.fromstring((await archive_site.get(address)).content)
        links |= {link.partition("#")[0] for link in document.xpath("//@href") if link.startswith("/")}
    assert len(links) > 200
    both = AsyncClient(transport=archive_site._transport, base_url="http://archive.test")
    dead = [link for link in sorted(links) if (await both.get(link)).status_code not in (200, 302)]
    assert [link for link in dead if "nonsense" not in link] == []


@pytest.mark.parametrize(("kind", "year"), [("body", ""), ("report", "-2023"), ("versions", "-2023")])
async def test_a_former_id_leads_to_what_it_is_now(archive_site: AsyncClient, kind: str, year: str) -> None:
    answer = await archive_site.get(f"/{kind}/999901-甲科{year}")
    assert answer.status_code == 301
    there = await archive_site.get(answer.headers["location"].removeprefix("/en"))
    assert (there.status_code, "甲局" in there.text) == (200, True)


async def test_an_id_that_never_was_leads_nowhere(page: Page) -> None:
    await page("/body/999901-丁科", status=404)
    await page("/report/999901-甲科-2019", status=404)


async def test_a_table_offers_counts_by_every_column_and_keeps_its_filter(page: Page) -> None:
    document = await page("/archive/reports?year__gt=2000")
    links = document.xpath("//a[contains(@href, '_facet=scope')]/@href")
    assert links == ["/en/archive/reports?year__gt=2000&_facet=scope"]
    counted = await page(links[0].removeprefix("/en"))
    assert counted.xpath("//div[@class='facets']//h2[starts-with(normalize-space(), 'scope')]")


@pytest.mark.parametrize(
    ("address", "steps"),
    [
        (place_address("999901"), ["China", "样县"]),
        (body_address("999901-甲局"), WAY),
        (report_address(OFFICE), [*WAY, "2023"]),
        (versions_address(OFFICE), [*WAY, "2023", "Versions compared"]),
        (figure_address(OFFICE, FIRST), [*WAY, "2023", "一、本年新收政府信息公开申请数量"]),
        (report_address(UNRESOLVED), ["China", "Place not established", "丙/办", "2023"]),
    ],
)  # fmt: skip
async def test_every_page_shows_the_way_down_to_it(page: Page, address: str, steps: list[str]) -> None:
    (way,) = (await page(address)).xpath("//nav[@class='way']")
    assert [words(step) for step in way.xpath(".//li")] == steps
    assert [words(step) for step in way.xpath(".//li[a]")] == steps[:-1]
    assert [words(step) for step in way.xpath(".//*[@aria-current='page']")] == steps[-1:]

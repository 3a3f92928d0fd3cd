"""Search with filters: what answers, what is counted, what is offered where nothing does, what one takes."""

import csv
import io
import sqlite3
from collections.abc import Awaitable, Callable, Iterator
from contextlib import closing
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest
from httpx import AsyncClient

from archive.pages.addresses import body_address, place_address
from archive.pages.searching import Asked, asked, search_page, sheet
from archive.pages.searching.snippets import snippet
from archive.pages.searching.taken import answers
from archive.publish import site
from parsers.text.fold import fold

Page = Callable[..., Awaitable[Any]]
OFFICE, TOWN, UNRESOLVED = "999901-甲局-2023", "999901-乙镇-2020", "unresolved-丙/办-2023"


@pytest.fixture
def archive(archive_db: Path) -> Iterator[sqlite3.Connection]:
    with closing(sqlite3.connect(f"file:{archive_db}?mode=ro", uri=True)) as connection:
        yield connection


def words(element: Any) -> str:
    return " ".join(element.text_content().split())


def reports(archive: sqlite3.Connection, **arguments: str) -> list[str]:
    named = {name.rstrip("_"): value for name, value in arguments.items()}
    return [one.hit.report for one in search_page(archive, asked(named)).found]


@pytest.mark.parametrize(
    ("filters", "found"),
    [
        ({"place": "9999"}, [OFFICE, TOWN]),
        ({"place": "999900"}, [OFFICE, TOWN]),
        ({"place": "110000"}, []),
        ({"place": "unresolved"}, [UNRESOLVED]),
        ({"level": "county"}, [OFFICE, TOWN]),
        ({"level": "township"}, []),
        ({"kind": "township"}, [TOWN]),
        ({"from_": "2021"}, [OFFICE, UNRESOLVED]),
        ({"to": "2020"}, [TOWN]),
        ({"form": "2019"}, [TOWN]),
        ({"form": "none"}, [UNRESOLVED]),
        ({"section": "5"}, [OFFICE]),
        ({"severity": "error"}, [OFFICE]),
        ({"rule": "year.conflict"}, [TOWN]),
        ({"rule": "year.conflict", "severity": "error"}, []),
        ({"rule": "requests.total"}, []),  # it could not be checked, which is no finding to search for
        ({"kind": "department", "sort": "oldest"}, [OFFICE]),
        ({"level": "county", "sort": "oldest"}, [TOWN, OFFICE]),
        ({"level": "county", "sort": "newest"}, [OFFICE, TOWN]),
        ({"from_": "2000", "sort": "place"}, [TOWN, OFFICE, UNRESOLVED]),
    ],
)
def test_filters_without_words_list_reports(
    archive: sqlite3.Connection, filters: dict[str, str], found: list[str]
) -> None:
    assert reports(archive, **filters) == found


@pytest.mark.parametrize("place", ["", "99", "999901"])
@pytest.mark.parametrize(
    ("query", "section", "found"),
    [
        ("门户网站", "", [OFFICE]),
        ("公开 门户", "", [OFFICE]),
        ("公开", "1", []),
        ("公开", "5", [OFFICE]),
        ("2023年", "", [OFFICE]),
        ("023年", "", []),
        ("公开 023", "", []),
        ("公开 2023", "", [OFFICE]),
    ],
)
def test_words_are_found_alike_by_the_index_and_by_the_place(
    archive: sqlite3.Connection, place: str, query: str, section: str, found: list[str]
) -> None:
    assert list(dict.fromkeys(reports(archive, q=query, place=place, section=section))) == found


def test_what_is_counted_is_what_is_found(archive: sqlite3.Connection) -> None:
    tally = search_page(archive, asked({"from": "2000"})).tally
    assert tally
    assert (tally.reports, tally.whole) == (3, True)
    facets = {facet.name: {one.value: one.count for one in facet.values} for facet in tally.facets}
    assert facets["kind"] == {"department": 1, "township": 1, "other": 1}
    assert facets["year"] == {"2023": 2, "2020": 1}
    assert facets["form"] == {"2021": 1, "2019": 1, "none": 1}
    assert facets["rule"] == {"disputes.total": 1, "figures.blank": 1, "year.conflict": 1}
    for facet in tally.facets:
        for one in facet.values:
            assert len(search_page(archive, one.asked).found) == one.count, (facet.name, one.value)


def test_a_count_that_is_cut_says_so(archive: sqlite3.Connection, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("archive.pages.searching.tally.PASSAGES", 1)
    tally = search_page(archive, asked({"from": "2000"})).tally
    assert tally
    assert (tally.reports, tally.whole) == (1, False)
    kinds = next(facet for facet in tally.facets if facet.name == "kind")
    assert [one.value for one in kinds.values] == [
        "government",
        "department",
        "township",
        "subdistrict",
        "other",
    ]


def test_where_nothing_is_found_each_filter_says_what_it_costs(archive: sqlite3.Connection) -> None:
    page = search_page(archive, asked({"q": "门户", "kind": "township", "from": "2021"}))
    tried = [(one.name, one.asked.string.partition("&")[2], one.reports) for one in page.others]
    assert tried == [("kind", "from=2021", 1), ("filters", "", 1)]
    page = search_page(archive, asked({"q": "公开 查无"}))
    assert [(one.name, one.asked.query, one.reports) for one in page.others] == [("word", "公开", 1)]
    page = search_page(archive, asked({"q": "公开 查无", "kind": "township"}))
    assert [(one.name, one.asked.string, one.reports) for one in page.others] == [
        ("word_alone", f"q={quote('公开')}", 1)
    ]
    page = search_page(archive, asked({"q": "门户公开"}))
    assert [(one.name, one.asked.query, one.reports) for one in page.others] == [("pieces", "门户 公开", 1)]


def test_one_question_has_one_address() -> None:
    wanted = asked({"page": "2", "to": "2020", "q": " 公开  申请 ", "place": "4103", "sort": "relevance"})
    assert wanted.string == "q=%E5%85%AC%E5%BC%80+%E7%94%B3%E8%AF%B7&place=4103&to=2020&page=2"
    assert wanted.without("place").string.endswith("&to=2020")
    assert asked({"level": "nation", "page": "0", "sort": "x", "other": "y"}) == Asked(
        "", {}, ignored=("level=nation", "page=0", "sort=x")
    )


def test_every_word_is_marked_as_it_is_printed() -> None:
    text = "一" * 60 + "⻔⼾⽹站公开" + "二" * 100
    pieces = snippet(text, (fold("门户网站"), "公开"))
    assert "".join(piece.text for piece in pieces).strip("…") in text
    assert [piece.text for piece in pieces if piece.marked] == ["⻔⼾⽹站公开"]


async def test_a_place_and_a_body_stand_above_what_is_found(page: Page) -> None:
    document = await page(f"/search?q={quote('样县')}")
    assert document.xpath("//section[@class='named']//a/@href")[0] == f"/en{place_address('999901')}"
    document = await page(f"/search?q={quote('甲局')}")
    assert document.xpath("//section[@class='named']//a/@href") == [f"/en{body_address('999901-甲局')}"]


async def test_filters_stand_as_links_that_remove_them(page: Page) -> None:
    document = await page(f"/search?q={quote('乙镇')}&kind=township&from=2020")
    chips = {words(link): link.get("href") for link in document.xpath("//ul[@class='chips']//a")}
    assert chips["Kind of body: township ✕ (remove)"] == f"/en/search?q={quote('乙镇')}&from=2020"
    assert document.xpath("//meta[@name='robots']/@content") == ["noindex"]
    assert "Not understood and left out: level=moon" in words(await page("/search?kind=township&level=moon"))


async def test_the_same_answer_can_be_taken_away(archive_site: AsyncClient) -> None:
    asking = f"q={quote('乙镇')}&kind=township"
    answer = await archive_site.get(f"/search.csv?{asking}")
    assert answer.content.startswith(b"\xef\xbb\xbf")
    assert answer.headers["x-robots-tag"] == "noindex"
    head, row = csv.reader(io.StringIO(answer.content.decode("utf-8-sig")))
    assert dict(zip(head, row, strict=True))["report"] == TOWN
    found = (await archive_site.get(f"/search.json?{asking}")).json()
    assert [hit["report"] for hit in found["found"]] == [TOWN]
    assert found["more"] is False
    feed = await archive_site.get(f"/search.atom?{asking}")
    assert feed.headers["content-type"].startswith("application/atom+xml")
    assert quote(TOWN, safe="") in feed.text
    assert quote(OFFICE, safe="") not in feed.text


def test_no_cell_of_a_sheet_is_a_formula_and_a_cut_is_said(archive: sqlite3.Connection) -> None:
    found = answers(archive, asked({"from": "2000"}), 2)
    lines = list(sheet(found, "=cut"))
    assert found.more
    assert len(lines) == 4
    assert lines[-1] == "'=cut\r\n"


async def test_a_search_that_takes_too_long_says_so_in_every_form(
    archive_db: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("archive.answers.STEPS", 1)
    hurried = site(archive_db, "en")
    hurried._settings["sql_time_limit_ms"] = 0
    for kind in ("", ".csv", ".json", ".atom"):
        answer = await hurried.client.get(f"/search{kind}?q={quote('公开')}")
        assert answer.status_code == 503
        assert "took too long" in answer.text

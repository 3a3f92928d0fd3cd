"""The ready-made questions, asked of the made-up county: they answer what the county knows of itself."""

import re
import sqlite3
from collections.abc import Awaitable, Callable, Iterable, Mapping
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
import yaml
from httpx import AsyncClient

from archive.pages.questions import questions
from archive.pages.words import words
from archive.publish import site
from crawler.notice import FAILING
from parsers.form import form
from samples.report import Report
from samples.truth import truth
from tests.archive.site.conftest import english

Page = Callable[..., Awaitable[Any]]
Row = Mapping[str, Any]
OFFICE = "999901-甲局-2023"
ENDED = ("upheld", "corrected", "other")
KINDS = ("review", "direct", "after_review")


@pytest.fixture
def county(county_data: Path) -> AsyncClient:
    return english(county_data / "archive.db")


async def asked(client: AsyncClient, question: str, **parameters: str) -> list[Row]:
    answer = await client.get(f"/archive/{question}.json", params={"_shape": "array", **parameters})
    assert answer.status_code == 200, answer.text[:2000]
    rows: list[Row] = answer.json()
    return rows


def published(year: int | None = None, scope: str = "own") -> list[Report]:
    shown = (entry.report for entry in truth().entries if 1 in entry.phases)
    return [report for report in shown if report.scope == scope and year in (None, report.year)]


def number(report: Report, *codes: str) -> int | None:
    """The sum of what is printed under these codes; None where one of them is no number."""
    values = {figure.code: figure.value for figure in report.figures}
    those = [values.get(code) for code in codes]
    return None if any(value is None for value in those) else sum(int(value or 0) for value in those)


def row_codes(report: Report, begin: str, end: str = ".total") -> list[str]:
    return [figure.code for figure in report.figures if re.match(f"{begin}.*{end}$", figure.code)]


def names(rows: Iterable[Row]) -> list[str]:
    return [row["body"].partition("-")[2] for row in rows]


async def test_who_refuses_most(county: AsyncClient) -> None:
    rows = await asked(county, "refusals", year="2023", scope="own", least="10")
    expected = {}
    for report in published(2023):
        refused = number(report, *row_codes(report, r"requests\.refused"))
        decided = number(report, "requests.processed.total")
        if refused is not None and decided and decided >= 10:
            expected[report.publisher] = (refused, decided, int(1000 * refused / decided + 0.5) / 10)
    found = [(row["refused"], row["decided"], row["percent_refused"]) for row in rows]
    assert dict(zip(names(rows), found, strict=True)) == expected
    assert [row["percent_refused"] for row in rows] == sorted(
        (of[2] for of in expected.values()), reverse=True
    )
    assert {(row["counted"], row["of_bodies"]) for row in rows} == {(len(expected), obliged(2023))}


def obliged(year: int) -> int:
    """Every name is expected from its first report on: of one that was another's before, the other's end is
    known, of all else the archive cannot know that it ended."""
    shown = published() + published(scope="aggregate")
    ended = {name for name, last in former().items() if last < year}
    return len({report.publisher for report in shown if report.year <= year} - ended)


def former() -> dict[str, int]:
    """The names that were others' before the reform of 2018, and the last year of each."""
    return dict(body.former for body in truth().bodies if body.former)


async def test_who_received_most_and_how_it_grew(county: AsyncClient) -> None:
    rows = await asked(county, "most_requests", year="2022")
    now, before = (
        {report.publisher: number(report, "requests.new.total") for report in published(year)}
        for year in (2022, 2021)
    )
    assert dict(zip(names(rows), (row["received"] for row in rows), strict=True)) == now
    assert [row["received"] for row in rows] == sorted(filter(None, now.values()), reverse=True) + [
        value for value in now.values() if value == 0
    ]
    assert {name: row["year_before"] for name, row in zip(names(rows), rows, strict=True)} == {
        name: before.get(name) for name in now
    }
    assert all(row["more"] == row["received"] - row["year_before"] for row in rows if row["year_before"])
    assert {row["of_bodies"] for row in rows} == {obliged(2022)}
    assert {row["counted"] for row in rows} == {len(now)}


async def test_own_offices_and_whole_counties_never_stand_in_one_answer(county: AsyncClient) -> None:
    (whole,) = await asked(county, "most_requests", year="2022", scope="aggregate")
    (report,) = published(2022, "aggregate")
    assert (whole["received"], whole["counted"]) == (number(report, "requests.new.total"), 1)
    sums = {(row["year"], row["scope"]): row for row in await asked(county, "requests_by_year")}
    for scope in ("own", "aggregate"):
        totals = [number(report, "requests.new.total") for report in published(2022, scope)]
        row = sums[2022, scope]
        assert row["requests_received"] == sum(total for total in totals if total is not None)
        counted = len([total for total in totals if total is not None])
        assert (row["counted"], row["reports"], row["of_bodies"]) == (counted, len(totals), obliged(2022))


async def test_whole_counties_are_not_added(tmp_path: Path, county_data: Path) -> None:
    other = tmp_path / "archive.db"
    other.write_bytes((county_data / "archive.db").read_bytes())
    with closing(sqlite3.connect(other)) as connection:
        connection.execute("UPDATE reports SET scope = 'aggregate' WHERE body LIKE '%教育局'")
        connection.commit()
    sums = {(row["year"], row["scope"]): row for row in await asked(english(other), "requests_by_year")}
    assert (sums[2022, "aggregate"]["requests_received"], sums[2022, "aggregate"]["counted"]) == (None, 2)


async def test_whose_requests_come_from_organisations(county: AsyncClient) -> None:
    rows = await asked(county, "applicants", year="2024", least="20")
    kinds = [f"requests.new.{kind}" for kind in ("company", "research", "nonprofit", "legal", "other")]
    expected = {
        report.publisher: (number(report, *kinds), number(report, kinds[0]), total)
        for report in published(2024)
        if (total := number(report, "requests.new.total")) and total >= 20
    }
    found = [(row["from_organisations"], row["from_companies"], row["received"]) for row in rows]
    assert dict(zip(names(rows), found, strict=True)) == expected
    assert len(expected) > 2


async def test_who_leaves_requests_undecided(county: AsyncClient) -> None:
    rows = await asked(county, "carried_over", year="2024")
    expected = {}
    for report in published(2024):
        there = number(report, "requests.new.total", "requests.carried_in.total")
        if there and there >= 10:
            expected[report.publisher] = (number(report, "requests.carried_out.total"), there)
    found = [(row["undecided"], row["to_decide"]) for row in rows]
    assert dict(zip(names(rows), found, strict=True)) == expected


async def test_who_lost_most_disputes(county: AsyncClient) -> None:
    rows = await asked(county, "disputes_lost", least="4")
    expected: dict[str, list[int]] = {}
    for report in published():
        if report.form in ("2019", "2021"):
            lost, ended, pending = (
                number(report, *(f"disputes.{kind}.{one}" for kind in KINDS for one in those))
                for those in (("corrected",), ENDED, ("pending",))
            )
            assert lost is not None
            assert ended is not None
            so_far = expected.setdefault(report.publisher, [0, 0, 0, 0])
            for at, more in enumerate((lost, ended, pending or 0, 1)):
                so_far[at] += more
    expected = {name: sums for name, sums in expected.items() if sums[1] >= 4}
    columns = ("lost", "ended", "pending", "reports_counted")
    found = [[row[column] for column in columns] for row in rows]
    assert dict(zip(names(rows), found, strict=True)) == expected
    assert [row["percent_lost"] for row in rows] == sorted(
        (row["percent_lost"] for row in rows), reverse=True
    )
    assert all(row["reports_counted"] == row["of_reports"] for row in rows)


async def test_who_is_late_and_who_is_not_there(county: AsyncClient) -> None:
    late = await asked(county, "always_late")
    days = {row["body"].partition("-")[2]: (row["years_late"], row["days_late_in_all"]) for row in late}
    assert days == {
        "砚澜县退役军人事务局": (1, 132),
        "砚澜县商务局": (1, 21),
        "砚澜县教育局": (1, 5),
        "砚澜县人民政府": (1, 9),
    }
    assert await asked(county, "always_late", least="99") == []
    (place,) = await asked(county, "not_found", year="2022")
    reports = published(2022) + published(2022, "aggregate")
    assert (place["division"], place["expected"], place["published"]) == (
        "990121",
        obliged(2022),
        len(reports),
    )
    assert place["not_found"] == obliged(2022) - len(reports)
    silent = {row["body"].partition("-")[2]: row for row in await asked(county, "went_silent")}
    assert former()
    assert not {*former()} & {*silent}
    assert (silent["砚澜县乡村振兴局"]["last_published"], silent["砚澜县乡村振兴局"]["not_found"]) == (
        2023,
        2,
    )


async def test_whose_tables_do_not_add_up(county: AsyncClient) -> None:
    rows = await asked(county, "contradictions")
    reports: dict[str, int] = {}
    for entry in truth().entries:
        if entry.broken:
            reports[entry.report.publisher] = reports.get(entry.report.publisher, 0) + 1
    assert {name: row["reports_broken"] for name, row in zip(names(rows), rows, strict=True)} == reports
    forms = [report.publisher for report in published() if report.form in ("2019", "2021")]
    assert [row["of_reports"] for row in rows] == [forms.count(name) for name in names(rows)]


def test_the_sums_that_count_are_those_of_the_forms() -> None:
    rules = {identity.rule for id in ("2019", "2021") for identity in form(id).identities}
    assert set(re.findall(r"'([a-z]+\.[a-z]+)'", questions()["contradictions"].sql)) == rules


async def test_who_takes_fees(county: AsyncClient) -> None:
    rows = await asked(county, "fees", year="2023")
    amounts = {
        report.publisher: float(str(value))
        for report in published(2023)
        for figure in report.figures
        if figure.code == "disclosure.fees.amount" and (value := figure.value) is not None
    }
    found = dict(zip(names(rows), (row["wan_yuan"] for row in rows), strict=True))
    assert {name: amount for name, amount in amounts.items() if found.get(name) != amount} == {}
    assert len(found) == len(amounts)


async def test_what_was_edited_and_which_portals_fail(archive_site: AsyncClient) -> None:
    (edit,) = await asked(archive_site, "edited")
    assert (edit["report"], edit["figures_changed"], edit["paragraphs_changed"]) == (OFFICE, 1, 0)
    assert edit["first_seen_after"] == "2024-02-02T03:04:05Z"
    (portal,) = await asked(archive_site, "failing_portals")
    assert (portal["portal"], portal["state"]) == ("yangxian", "blocked from here")
    assert (portal["since"], portal["last_run"]) == ("2024-04-02T03:00:00Z", "2024-05-02T03:00:00Z")
    assert (portal["last_well"], portal["portals_failing"], portal["of_portals"]) == (
        "2024-03-02T03:00:00Z",
        1,
        1,
    )
    well = set(re.findall("'(ok|nothing new)'", questions()["failing_portals"].sql))
    assert not well & set(FAILING)


async def test_a_place_holds_what_lies_in_it(archive_site: AsyncClient) -> None:
    for place in ("999901", "999900", "990000", ""):
        rows = await asked(archive_site, "not_found", year="2022", place=place)
        assert [row["not_found"] for row in rows] == ([] if place == "990000" and not rows else [1])
    assert await asked(archive_site, "not_found", year="2022", place="110000") == []


@pytest.mark.parametrize("name", list(questions()))
async def test_every_question_is_answered_in_words(page: Page, name: str) -> None:
    document = await page(f"/archive/{name}")
    (title,) = document.xpath("//h1/text()")
    assert title == words("en")[f"question.{name}.title"]
    labels = document.xpath("//form//label/text()")
    assert labels == [words("en")[f"parameter.{parameter}"] for parameter in questions()[name].asks]


def test_every_column_of_an_answer_has_its_words(archive_db: Path) -> None:
    with closing(sqlite3.connect(archive_db)) as connection:
        shown = {
            told[0]
            for question in questions().values()
            for told in connection.execute(question.sql, dict.fromkeys(question.asks, "")).description
        }
    known = {key.removeprefix("column.") for key in words("en") if key.startswith("column.")}
    assert shown == known


async def test_a_places_totals_add_reports_of_one_scope_and_say_of_how_many(county: AsyncClient) -> None:
    answer = (await county.get("/place/990121.json")).json()
    totals = {one["scope"]: one for one in answer["totals"]}
    assert set(totals) == {"own", "aggregate"}
    for scope, one in totals.items():
        received = one["chart"]["lines"][0]["values"]
        for year, value, counted, due in zip(
            one["chart"]["years"], received, one["counted"], one["due"], strict=True
        ):
            printed = [number(report, "requests.new.total") for report in published(year, scope)]
            read = [total for total in printed if total is not None]
            assert (value, counted) == (sum(read), len(read)), (scope, year)
            assert due is None or due >= counted
    own, whole = (totals[scope]["chart"]["lines"][0]["values"][-1] for scope in ("own", "aggregate"))
    assert own != whole


async def test_the_page_of_questions_leads_to_each(page: Page) -> None:
    links = (await page("/questions")).xpath("//main//dt/a/@href")
    assert links == [f"/en/archive/{name}" for name in questions()]
    assert len(links) > 11
    assert "/en/questions" in (await page("/")).xpath("//main//a/@href")


async def test_a_question_that_takes_too_long_says_so(archive_db: Path) -> None:
    endless = "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT count(*) FROM n"
    answer = await site(archive_db, "zh").client.get("/archive", params={"sql": endless, "_timelimit": "5"})
    assert answer.status_code == 400
    assert words("zh")["error.slow"] in answer.text
    assert "time limit" not in answer.text


def test_every_parameter_has_a_default() -> None:
    for question in questions().values():
        assert set(re.findall(r":([a-z]+)", question.sql)) == set(question.asks)
        assert yaml.safe_load(question.asks.get("least", "1")) >= 1

"""How it is known whose a report is, what an id was before, who ought to have reported: through builds."""

import sqlite3
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from archive.build import build
from archive.pages.moved import moved
from crawler.captures import PortalFacts
from tests.archive.conftest import County

JIANXI = PortalFacts("jianxi", "410305", "涧西区人民政府", "http://county.example/", "trs")


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "archive.db"


def rows(file: Path, query: str) -> list[tuple[Any, ...]]:
    with closing(sqlite3.connect(file)) as connection:
        return connection.execute(query).fetchall()


def column(county: County, body: str, url: str = "http://county.example/list/", **facts: object) -> None:
    county.capture(county.begun[-1], f"{url}{body}", f"list {body}", role="list", body_name=body, **facts)


def test_the_archive_says_how_it_knows_whose_a_report_is(county: County, file: Path) -> None:
    county.portal = JIANXI
    county.report(county.run(), "区政府办", 2023)
    county.report(county.begun[-1], "区政府办", 2022)
    county.report(county.begun[-1], "甲乙街道办事处", 2023)
    build(county, county.get, file)
    assert rows(file, "SELECT * FROM body_evidence ORDER BY body") == [
        (
            "410305-涧西区人民政府办公室",
            "区政府办",
            "jianxi",
            "the heading names 区政府办; the portal is that of 410305",
            None,
            2,
        ),
        (
            "unresolved-jianxi-甲乙街道办事处",
            "甲乙街道办事处",
            "jianxi",
            "",
            "a register that knows 甲乙街道办事处, which the heading names",
            1,
        ),
    ]


def test_an_id_that_the_body_had_before_more_was_known_answers(county: County, file: Path) -> None:
    county.portal = replace(JIANXI, division="420600")
    county.report(county.run(), "襄樊市教育局", 2009)
    county.report(county.begun[-1], "市教育局", 2015)
    build(county, county.get, file)
    assert rows(file, "SELECT id FROM reports ORDER BY year") == [
        ("420600-襄阳市教育局-2009",),
        ("420600-襄阳市教育局-2015",),
    ]
    assert rows(file, "SELECT id, body FROM former_ids ORDER BY id") == [
        (former, "420600-襄阳市教育局")
        for former in (
            "420600-市教育局",
            "420600-襄樊市教育局",
            "unresolved-jianxi-市教育局",
            "unresolved-jianxi-襄樊市教育局",
        )
    ]
    with closing(sqlite3.connect(file)) as connection:
        address = "/420600-%E8%A5%84%E9%98%B3%E5%B8%82%E6%95%99%E8%82%B2%E5%B1%80"
        assert moved(connection, "body", "420600-襄樊市教育局") == f"/body{address}"
        assert moved(connection, "report", "unresolved-jianxi-市教育局-2015") == f"/report{address}-2015"
        assert moved(connection, "report", "420600-襄樊市教育局-2016") is None
        assert moved(connection, "body", "420600-襄阳市财政局") is None


def test_an_id_that_could_be_that_of_two_bodies_is_nobodys(county: County, file: Path) -> None:
    county.portal = replace(JIANXI, division="411203")
    county.report(county.run(), "教育局", 2010)
    county.report(county.begun[-1], "教育局", 2020)
    county.report(county.begun[-1], "区教育局", 2021)
    build(county, county.get, file)
    assert rows(file, "SELECT id FROM bodies ORDER BY id") == [
        ("411203-陕州区教育局",),
        ("411222-陕县教育局",),
    ]
    found = rows(file, "SELECT id, body FROM former_ids WHERE id LIKE 'unresolved-%'")
    assert found == [("unresolved-jianxi-区教育局", "411203-陕州区教育局")]


def test_a_body_that_only_the_directory_names_is_expected_too(county: County, file: Path) -> None:
    county.portal = JIANXI
    county.run("run-1", "2025-05-01T00:00:00Z")
    for year in (2022, 2024):
        county.report(county.begun[-1], "涧西区民政局", year)
    for body in ("财政局", "民政局", "历年年报", "西工区审计局"):
        column(county, body)
    build(county, county.get, file)
    assert rows(file, "SELECT * FROM bodies ORDER BY first_year") == [
        ("410305-涧西区财政局", "涧西区财政局", "410305", "department", None, None),
        ("410305-涧西区民政局", "涧西区民政局", "410305", "department", 2022, 2024),
    ]
    assert rows(file, "SELECT body, year, outcome, searched FROM expected WHERE report IS NULL") == [
        ("410305-涧西区民政局", 2023, "not_found", "2025-05-01"),
        ("410305-涧西区财政局", 2024, "not_found", "2025-05-01"),
    ]
    assert rows(file, "SELECT known_from, documents FROM body_evidence WHERE name = '财政局'") == [
        ("the column names 财政局; the portal is that of 410305", 0)
    ]
    searched = rows(file, "SELECT url, searched FROM columns_searched WHERE body_name = '财政局'")
    assert searched == [("http://county.example/list/财政局", "2025-05-01T00:00:00Z")]


def test_a_body_whose_column_is_closed_is_blocked(county: County, file: Path) -> None:
    county.portal = JIANXI
    county.run("run-1", "2025-05-01T00:00:00Z")
    county.report(county.begun[-1], "涧西区民政局", 2024)
    column(county, "司法局", refusal="challenge")
    build(county, county.get, file)
    found = rows(file, "SELECT body, outcome, searched FROM expected WHERE report IS NULL")
    assert found == [("410305-涧西区司法局", "blocked", None)]
    assert rows(file, "SELECT * FROM columns_searched") == []


def test_a_county_that_ended_is_obliged_no_longer(county: County, file: Path) -> None:
    county.portal = replace(JIANXI, division="110118")
    county.run("run-1", "2025-05-01T00:00:00Z")
    county.report(county.begun[-1], "密云县财政局", 2012)
    county.report(county.begun[-1], "密云区财政局", 2017)
    build(county, county.get, file)
    found = rows(file, "SELECT year, outcome, says FROM expected WHERE body = '110228-密云县财政局'")
    over = "密云县 (110228) ended in 2015, before a report for {} was due."
    assert found == [
        (2012, "published", None),
        (2013, "not_found", None),
        (2014, "not_found", None),
        *((year, "not_obliged", over.format(year)) for year in (2015, 2016, 2017)),
    ]


def test_what_is_not_found_says_when_was_searched(county: County, file: Path) -> None:
    county.run("run-1", "2025-05-01T00:00:00Z")
    county.report(county.begun[-1], "清源县民政局", 2022)
    county.report(county.begun[-1], "清源县民政局", 2024)
    build(county, county.get, file)
    assert rows(file, "SELECT year, outcome, searched FROM expected") == [
        (2022, "published", None),
        (2023, "not_found", "2025-05-01"),
        (2024, "published", None),
    ]
    with closing(sqlite3.connect(file)) as connection, pytest.raises(sqlite3.IntegrityError):
        connection.execute("UPDATE expected SET searched = NULL WHERE year = 2023")

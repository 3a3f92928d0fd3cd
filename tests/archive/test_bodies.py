import sqlite3
from contextlib import closing
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from archive.bodies import Body, one_spelling
from archive.build import build
from crawler.captures import PortalFacts, Unreached
from parsers.register import deadlines
from parsers.register.deadlines import Deadline, due


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("清源县人民政府", "government"),
        ("清源县人民政府办公室", "government"),
        ("清源县政府办", "government"),
        ("清源县民政局", "department"),
        ("清源县发展和改革委员会", "department"),
        ("清源县外事办公室", "department"),
        ("柳林镇人民政府", "township"),
        ("柳林乡政府", "township"),
        ("湛北路街道办事处", "subdistrict"),
        ("清源县⻄街街道", "subdistrict"),
        ("清源县社区服务中心", "other"),
    ],
)
def test_the_kind_of_a_body(name: str, kind: str) -> None:
    assert Body(name, "990101", "county").kind == kind


def test_one_body_has_one_id_however_it_is_printed() -> None:
    assert (
        Body("清源县⺠政局 ", "990101", "a").id
        == Body("清源县民政局", "990101", "b").id
        == "990101-清源县民政局"
    )


def test_bodies_of_one_name_stay_apart() -> None:
    assert Body("民政局", "990101", "a").id != Body("民政局", "990102", "a").id
    assert Body("民政局", None, "a").id == "unresolved-a-民政局"


def test_a_name_without_its_place_is_the_body_that_is_printed_with_it() -> None:
    short, full = Body("民政局", "990101", "a"), Body("清源县民政局", "990101", "a")
    elsewhere, other = Body("民政局", "990102", "b"), Body("政局", "990101", "a")
    known = one_spelling([short, full, elsewhere, other])
    assert known == {short: full, full: full, elsewhere: elsewhere, other: other}


def test_a_name_that_fits_two_places_stays_by_itself() -> None:
    bodies = [Body(name, "990101", "a") for name in ("民政局", "清源县民政局", "城关区民政局")]
    assert one_spelling(bodies)[bodies[0]] == bodies[0]


def test_the_commonest_spelling_is_kept() -> None:
    printed, radicals = Body("清源县民政局", "990101", "a"), Body("清源县⺠政局", "990101", "a")
    known = one_spelling([radicals, printed, printed])
    assert set(known.values()) == {printed}


County = Any  # the class lives in conftest.py, which tests cannot import
JIANXI = PortalFacts("jianxi", "410305", "洛阳市涧西区人民政府", "http://county.example/", "trs")


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "archive.db"


def rows(file: Path, query: str) -> list[tuple[object, ...]]:
    with closing(sqlite3.connect(file)) as connection:
        return connection.execute(query).fetchall()


def test_the_names_of_one_body_are_one_body(county: County, file: Path) -> None:
    county.portal = JIANXI
    run = county.run()
    county.report(run, "洛阳市涧西区政府办", 2022)
    county.report(run, "涧西区人民政府办公室", 2023)
    county.report(run, "区政府办", 2024)
    build(county, county.get, file)
    assert rows(file, "SELECT * FROM bodies") == [
        ("410305-涧西区人民政府办公室", "涧西区人民政府办公室", "410305", "government", 2022, 2024)
    ]
    assert rows(file, "SELECT name, source, first_year, last_year FROM body_names ORDER BY first_year") == [
        ("洛阳市涧西区政府办", "report", 2022, 2022),
        ("涧西区人民政府办公室", "report", 2023, 2023),
        ("区政府办", "report", 2024, 2024),
    ]


def test_divisions_stand_in_what_they_lie_in(county: County, file: Path) -> None:
    county.portal = replace(JIANXI, division="410402")
    county.report(county.run(), "湛北路街道办事处", 2023)
    build(county, county.get, file)
    assert rows(file, "SELECT name, division, kind FROM bodies") == [
        ("新华区湛河北路街道办事处", "410402008", "subdistrict")
    ]
    assert rows(file, "SELECT * FROM divisions ORDER BY code") == [
        ("410000", "河南省", "province", None, 1981, None),
        ("410400", "平顶山市", "prefecture", "410000", 1981, None),
        ("410402", "新华区", "county", "410400", 1983, None),
        ("410402008", "湛河北路街道", "township", "410402", None, None),
    ]
    assert rows(file, "SELECT own_portal FROM versions") == [(1,)]


def test_a_report_belongs_to_the_county_of_its_year(county: County, file: Path) -> None:
    county.portal = replace(JIANXI, division="110118")
    run = county.run()
    county.report(run, "密云县财政局", 2012)
    county.report(run, "密云区财政局", 2018)
    build(county, county.get, file)
    assert rows(file, "SELECT id FROM reports ORDER BY year") == [
        ("110228-密云县财政局-2012",),
        ("110118-密云区财政局-2018",),
    ]
    assert rows(file, "SELECT * FROM division_successors") == [("110228", "110118")]
    assert rows(file, "SELECT name, last_year FROM divisions WHERE code = '110228'") == [("密云县", 2015)]


def test_a_lost_report_is_that_of_the_body_its_title_means(county: County, file: Path) -> None:
    county.portal = JIANXI
    lost = Unreached("http://county.example/x", "article", "timeout", "no answer", "区民政局2022年年度报告")
    titled = replace(lost, title="区民政局2022年政府信息公开工作年度报告")
    run = county.run("run-1", "2025-03-01T00:00:00Z", titled)
    for year in (2021, 2023):
        county.report(run, "洛阳市涧西区民政局", year)
        county.report(run, "洛阳市涧西区财政局", year)
    build(county, county.get, file)
    assert rows(file, "SELECT body, outcome FROM expected WHERE year = 2022 ORDER BY outcome") == [
        ("410305-涧西区民政局", "blocked"),
        ("410305-涧西区财政局", "not_found"),
    ]


def test_a_body_of_elsewhere_stays_unresolved(county: County, file: Path) -> None:
    county.portal = JIANXI
    county.report(county.run(), "平顶山市新华区民政局", 2023)
    county.report(county.run("run-2"), "湛北路街道办事处", 2023)
    build(county, county.get, file)
    assert rows(file, "SELECT id, division FROM bodies ORDER BY id") == [
        ("unresolved-jianxi-平顶山市新华区民政局", None),
        ("unresolved-jianxi-湛北路街道办事处", None),
    ]
    found = rows(file, "SELECT DISTINCT rule, attribution FROM findings WHERE rule LIKE 'publisher%'")
    assert found == [("publisher.conflict", "undecided")]


def test_an_unlisted_township_is_no_department_of_its_county(county: County, file: Path) -> None:
    county.portal = JIANXI
    county.report(county.run(), "甲乙街道办事处", 2023, body_name="涧西区政府办")
    build(county, county.get, file)
    assert rows(file, "SELECT id FROM bodies") == [("unresolved-jianxi-甲乙街道办事处",)]
    assert rows(file, "SELECT rule FROM findings WHERE rule LIKE 'publisher%'") == [("publisher.unresolved",)]


@pytest.mark.parametrize(
    ("kind", "year", "day"),
    [
        ("department", 2024, date(2025, 1, 31)),
        ("government", 2024, date(2025, 3, 31)),
        ("township", 2024, None),
        ("other", 2024, None),
        ("department", 2018, date(2019, 3, 31)),
        ("township", 2008, date(2009, 3, 31)),
        ("subdistrict", 2008, date(2009, 3, 31)),
        ("department", 2007, None),
    ],
)
def test_deadlines(kind: str, year: int, day: date | None) -> None:
    assert due(kind, year) == day


def test_two_rules_for_one_report_are_an_error(monkeypatch: pytest.MonkeyPatch) -> None:
    rule = Deadline(("other",), 2019, None, 1, 1, "a")
    monkeypatch.setattr(deadlines, "deadlines", lambda: (rule, rule))
    with pytest.raises(ValueError, match="2 rules for other 2024, expected at most one"):
        due("other", 2024)

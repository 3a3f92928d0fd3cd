"""A department that was renamed or merged in a reform is not silent: through builds, and in general."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from archive.bodies import Body
from archive.build import build
from archive.pages.questions import questions
from archive.succession import successions
from crawler.captures import PortalFacts
from parsers.register.reforms import Reform, reform_of, reforms
from tests.archive.conftest import County

FIXTURES = sorted((Path(__file__).parents[1] / "fixtures" / "departments").iterdir())
JIANXI = PortalFacts("jianxi", "410305", "涧西区人民政府", "http://county.example/", "trs")


@pytest.fixture(params=FIXTURES, ids=lambda folder: folder.name)
def case(request: pytest.FixtureRequest) -> Any:
    return yaml.safe_load((request.param / "county.yaml").read_text("utf-8"))


@pytest.fixture
def built(case: Any, county: County, tmp_path: Path) -> Iterator[sqlite3.Connection]:
    county.portal = JIANXI
    run = county.run("run-1", "2025-05-01T00:00:00Z")
    for name, years in case["reports"].items():
        for year in years:
            county.report(run, name, year)
    file = tmp_path / "archive.db"
    build(county, county.get, file)
    with closing(sqlite3.connect(file)) as connection:
        yield connection


def test_what_became_of_it_and_of_its_years(case: Any, built: sqlite3.Connection) -> None:
    named = dict(built.execute("SELECT id, name FROM bodies").fetchall())
    rows = built.execute("SELECT body, successor, first_year FROM body_successors").fetchall()
    assert {named[body]: [named[other], year] for body, other, year in rows} == case["successors"]
    assert all(source for (source,) in built.execute("SELECT source FROM body_successors"))
    unpublished: dict[str, dict[int, str]] = {}
    for body, year, outcome, says in built.execute(
        "SELECT body, year, outcome, says FROM expected WHERE report IS NULL"
    ):
        unpublished.setdefault(named[body], {})[year] = outcome
        said = case["says"].get(named[body]) if year > 2017 or outcome == "not_obliged" else None
        assert (says or "").startswith(said or ""), (named[body], year)
        assert said is None or says, (named[body], year)
    assert unpublished == case["unpublished"]


def test_who_went_silent_is_who_has_no_successor(case: Any, built: sqlite3.Connection) -> None:
    question = questions()["went_silent"]
    built.row_factory = sqlite3.Row
    asked = built.execute(question.sql, dict.fromkeys(question.asks, "")).fetchall()
    assert [row["body"].partition("-")[2] for row in asked] == case["silent"]


@dataclass(frozen=True)
class Told:
    body: Body
    year: int


NAMES = sorted({name for reform in reforms() for name in (*reform.was, *reform.became)})
PLACES = ("410305", "410302", None)
BODIES = st.builds(Body, st.sampled_from(NAMES), st.sampled_from(PLACES), st.just("portal"))
TOLD = st.lists(st.builds(Told, BODIES, st.integers(2008, 2025)), max_size=30)


@given(TOLD)
def test_a_successor_is_another_body_of_the_place_that_the_reform_names_and_begins_later(
    told: list[Told],
) -> None:
    years: dict[str, set[int]] = {}
    for report in told:
        years.setdefault(report.body.id, set()).add(report.year)
    found = successions(told)
    for id, one in found.items():
        reform = reform_of(one.body.name)
        assert reform
        assert one.successor.name in reform.became
        assert one.successor.division == one.body.division is not None
        assert one.successor.id != id == one.body.id
        assert max(years[id]) <= one.year == min(years[one.successor.id])
        assert max(years[id]) <= reform.last_year
        assert one.year >= reform.first_year


@given(TOLD, st.randoms(use_true_random=False))
def test_the_order_of_reports_decides_nothing(told: list[Told], random: Any) -> None:
    found = successions(told)
    random.shuffle(told)
    assert successions(told) == found


@pytest.mark.parametrize(
    ("was", "became", "years"),
    [
        (("农业局",), ("农业局",), (2018, 2019)),
        (("农业局",), ("农业农村局",), (2019, 2018)),
        (("农业",), ("农业农村局",), (2018, 2019)),
        (("交通局",), ("农业农村局",), (2018, 2019)),
    ],
)
def test_a_reform_that_cannot_be_is_refused(
    was: tuple[str, ...], became: tuple[str, ...], years: tuple[int, int]
) -> None:
    with pytest.raises(ValueError, match=r"reforms\.yaml"):
        Reform(was, became, *years, "source")

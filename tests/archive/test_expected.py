"""What became of an expected report rests on what the runs met, and on how often."""

import sqlite3
from dataclasses import replace
from pathlib import Path

import pytest

from archive.build import build
from crawler.captures import Run, Summary, Unreached
from tests.archive.conftest import County

COLUMN = "http://county.example/nb/"
TITLE = "清源县民政局2023年政府信息公开工作年度报告"
PAGE = "http://county.example/2023.htm"


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "archive.db"


@pytest.fixture
def years(county: County) -> County:
    """A body with reports for 2022 and 2024, from a run before the one for 2023 was due."""
    first = county.run("run-0", "2024-01-10T00:00:00Z")
    for year in (2022, 2024):
        county.report(first, "清源县民政局", year)
    return county


def listed(county: County, number: int, status: int = 404, refusal: str | None = "status") -> Run:
    """A later run whose column names the report for 2023, and how its page answered."""
    kind = refusal or "status"
    run = county.run(
        f"run-{number}", f"2025-0{number}-01T00:00:00Z", Unreached(PAGE, "article", kind, "x", TITLE)
    )
    county.capture(run, PAGE, str(status), status=status, refusal=refusal, title=TITLE)
    return run


def outcome(county: County, file: Path) -> str:
    build(county, county.get, file)
    with sqlite3.connect(file) as connection:
        ((found,),) = connection.execute("SELECT outcome FROM expected WHERE year = 2023")
    connection.close()
    return str(found)


@pytest.mark.parametrize(("times", "becomes"), [(1, "not_found"), (3, "not_found"), (4, "gone"), (6, "gone")])
def test_gone_is_what_four_complete_sweeps_said(years: County, file: Path, times: int, becomes: str) -> None:
    for number in range(1, times + 1):
        listed(years, number)
    assert outcome(years, file) == becomes


def test_sweeps_that_were_not_complete_do_not_count(years: County, file: Path) -> None:
    for number in range(1, 5):
        run = listed(years, number)
        if number == 4:
            assert run.summary
            years.begun[-1] = replace(run, summary=replace(run.summary, stopped="budget"))
    assert outcome(years, file) == "not_found"


def test_a_page_blocked_in_between_is_blocked_and_then_the_count_goes_on(years: County, file: Path) -> None:
    for number in (1, 2, 3):
        listed(years, number)
    listed(years, 4, 200, "challenge")
    assert outcome(years, file) == "blocked"
    listed(years, 5)
    assert outcome(years, file) == "gone"


@pytest.mark.parametrize("refusal", ["challenge", "login", "status"])
def test_a_listed_report_that_is_refused_is_blocked(years: County, file: Path, refusal: str) -> None:
    listed(years, 1, 403, refusal)
    assert outcome(years, file) == "blocked"


@pytest.mark.parametrize("kind", ["challenge", "timeout", "robots"])
def test_what_a_closed_column_may_hold_is_blocked_and_never_not_found(
    years: County, file: Path, kind: str
) -> None:
    years.run("run-1", "2025-01-01T00:00:00Z", Unreached(COLUMN, "list", kind, "x"))
    assert outcome(years, file) == "blocked"
    years.run("run-2", "2025-02-01T00:00:00Z")
    assert outcome(years, file) == "not_found", "once it was open after the deadline, the column says so"
    years.run("run-3", "2025-03-01T00:00:00Z", Unreached(COLUMN, "list", kind, "x"))
    assert outcome(years, file) == "not_found"


@pytest.mark.parametrize(("stopped", "becomes"), [("blocked", "blocked"), ("network", "blocked")])
def test_a_run_that_had_to_stop_did_not_read_the_columns(
    years: County, file: Path, stopped: str, becomes: str
) -> None:
    run = years.run("run-1", "2025-01-01T00:00:00Z")
    years.begun[-1] = replace(run, summary=Summary(run.started, 1, 1, 0, (), stopped))
    assert outcome(years, file) == becomes


def test_a_column_that_is_no_longer_there_closes_nothing(years: County, file: Path) -> None:
    run = years.run("run-1", "2025-01-01T00:00:00Z", Unreached(COLUMN, "list", "status", "x"))
    years.capture(run, COLUMN, "404", status=404, refusal="status", role="list")
    assert outcome(years, file) == "not_found"


def test_the_same_evidence_in_any_order_gives_the_same_bytes(years: County, tmp_path: Path) -> None:
    for number in range(1, 5):
        listed(years, number)
    build(years, years.get, tmp_path / "one.db")
    mixed = years.shuffled(3)
    build(mixed, mixed.get, tmp_path / "two.db")
    assert (tmp_path / "one.db").read_bytes() == (tmp_path / "two.db").read_bytes()

"""Golden reports: real ones as extracted text, with every figure as a person transcribed it.

In a truth, a number is a cell read as that number, "" a blank cell, "*" one that no one can read.
"""

import json
from pathlib import Path
from typing import Any

import pytest

from parsers.read import read
from parsers.reading import Figure, Reading, Refusal, as_json, from_json

FOLDER = Path(__file__).parent / "reports"
NAMES = sorted(folder.name for folder in FOLDER.iterdir())


def test_the_five_reports_are_there() -> None:
    assert len(NAMES) >= 5


def reading_of(name: str) -> Reading:
    outcome = read((FOLDER / name / "report.txt").read_bytes())
    assert isinstance(outcome, Reading), outcome
    return outcome


def truth_of(name: str) -> dict[str, Any]:
    truth: dict[str, Any] = json.loads((FOLDER / name / "truth.json").read_text("utf-8"))
    return truth


def as_transcribed(figure: Figure) -> int | str:
    if figure.status == "read":
        return int(figure.value or 0)
    return {"blank": "", "unreadable": "*"}.get(figure.status, figure.status)


@pytest.mark.parametrize("name", NAMES)
def test_every_figure_is_as_transcribed(name: str) -> None:
    figures = {figure.code: as_transcribed(figure) for figure in reading_of(name).figures}
    assert figures == truth_of(name)["figures"]


@pytest.mark.parametrize("name", NAMES)
def test_form_year_and_body(name: str) -> None:
    reading, truth = reading_of(name), truth_of(name)
    assert (reading.form, reading.year) == (truth["form"], truth["year"])
    assert reading.publisher.name == truth["publisher"]["name"]
    assert reading.publisher.division is None, "nothing in the text proves the division"


@pytest.mark.parametrize("name", NAMES)
def test_the_six_sections_in_order(name: str) -> None:
    assert [section.number for section in reading_of(name).sections] == [1, 2, 3, 4, 5, 6]


@pytest.mark.parametrize("name", NAMES)
def test_json_and_back(name: str) -> None:
    reading = reading_of(name)
    assert from_json(as_json("report.txt", reading)) == reading


def test_numbers_restarted_inside_section_one_stay_inside_it() -> None:
    first = reading_of("flattened-pdf-text-with-numbers-restarted-in-section-one").sections[0]
    for heading in ("⼀、主动公开情况", "三、政府信息管理情况", "五、监督保障情况"):
        assert heading in first.text


def test_text_is_kept_as_printed() -> None:
    reading = reading_of("flattened-pdf-text-with-radicals")
    assert "⻔⼾⽹站" in reading.sections[0].text
    assert reading.title is not None
    assert "公开⼯作" in reading.title


def test_letters_and_blanks_are_proposed_from_the_identities() -> None:
    reading = reading_of("ocr-text-with-tabs-and-zeros-read-as-letters")
    figures = {figure.code: figure for figure in reading.figures}
    for code in ("requests.other.unpaid.total", "requests.other.other.total", "requests.processed.total"):
        figure = figures[code]
        assert (figure.status, figure.text, figure.value) == ("unreadable", "C", None)
        assert figure.proposal is not None
        assert figure.proposal.value == 0
    carried = [figures[f"requests.carried_in.{column}"] for column in ("person", "company", "research")]
    assert [(f.status, f.proposal and f.proposal.value) for f in carried] == [("blank", 0)] * 3
    assert figures["requests.carried_in.nonprofit"].value == 0
    assert figures["disclosure.normative.in_force"].proposal is None, "no identity speaks of table two"


def test_short_rows_are_not_given_to_columns() -> None:
    reading = reading_of("form-2019-rows-shorter-than-their-columns")
    unreadable = [figure for figure in reading.figures if figure.status == "unreadable"]
    assert len(unreadable) == 17 * 7
    assert {figure.text for figure in unreadable} == {None}
    assert {figure.proposal.value for figure in unreadable if figure.proposal} == {0}
    assert all(figure.proposal for figure in unreadable)
    stability = [u.text for u in reading.unplaced if u.row == "refused.stability"]
    assert stability == ["0", "0", "0", "00", "0"]


def test_what_is_no_report_is_refused() -> None:
    outcome = read("今天的天气很好。\n".encode())
    assert isinstance(outcome, Refusal)
    assert outcome.kind == "not-a-report"

"""Golden reports: five real ones as extracted text, and made ones that have one trap each.

The folder's name says the trap and `why.md` what it does. In `truth.json` every figure is as a person
transcribed it from the print: a number, "" a blank cell, "*" one that no one can read, "mark" or "absent".
A code may stand for several (`requests.other.*`); `rest` is what all codes have that are not listed.
"""

import json
from fnmatch import fnmatchcase
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from parsers.read import read
from parsers.reading import Figure, Reading, Refusal, as_json, from_json

FOLDER = Path(__file__).parents[1] / "fixtures/reports"
ALL = sorted(folder.name for folder in FOLDER.iterdir())
NAMES = [name for name in ALL if not name.startswith("no-report-")]
Truth = dict[str, Any]


def test_every_folder_is_whole() -> None:
    assert len(ALL) >= 60
    for name in ALL:
        files = sorted(file.name for file in (FOLDER / name).iterdir())
        assert len(files) == 3, f"{name} holds {files}"
        assert {"why.md", "truth.json"} < set(files)
        assert len((FOLDER / name / "why.md").read_text("utf-8")) > 60


def outcome_of(name: str) -> Reading | Refusal:
    (file,) = (FOLDER / name).glob("report.*")
    return read(file.read_bytes())


@cache
def reading_of(name: str) -> Reading:
    outcome = outcome_of(name)
    assert isinstance(outcome, Reading), outcome
    return outcome


@cache
def truth_of(name: str) -> Truth:
    truth: Truth = json.loads((FOLDER / name / "truth.json").read_text("utf-8"))
    return truth


def as_transcribed(figure: Figure) -> int | str:
    if figure.status == "read":
        assert figure.value is not None
        return int(figure.value) if str(figure.value).lstrip("-").isdecimal() else figure.value
    return {"blank": "", "unreadable": "*"}.get(figure.status, figure.status)


def meant(code: str, truth: Truth) -> int | str | None:
    listed: dict[str, int | str] = truth["figures"]
    several = (value for pattern, value in listed.items() if fnmatchcase(code, pattern))
    return listed.get(code, next(several, truth.get("rest")))


@pytest.mark.parametrize("name", NAMES)
def test_every_figure_is_as_transcribed(name: str) -> None:
    truth = truth_of(name)
    figures = {figure.code: as_transcribed(figure) for figure in reading_of(name).figures}
    exact = {code for code in truth["figures"] if "*" not in code}
    assert exact <= set(figures), f"not in the reading: {sorted(exact - set(figures))}"
    assert figures == {code: meant(code, truth) for code in figures}


@pytest.mark.parametrize("name", NAMES)
def test_form_year_and_body(name: str) -> None:
    reading, truth = reading_of(name), truth_of(name)
    assert (reading.form, reading.year) == (truth["form"], truth["year"])
    assert reading.publisher.name == truth["publisher"]["name"]
    assert reading.publisher.division is None, "nothing in the text proves the division"


@pytest.mark.parametrize("name", NAMES)
def test_the_sections_in_order(name: str) -> None:
    expected = truth_of(name).get("sections", [1, 2, 3, 4, 5, 6])
    assert [section.number for section in reading_of(name).sections] == expected


def with_key(key: str) -> list[str]:
    names = [name for name in NAMES if key in truth_of(name)]
    assert names, f"no truth states {key}"
    return names


@pytest.mark.parametrize("name", with_key("findings"))
def test_exactly_these_findings(name: str) -> None:
    reading, truth = reading_of(name), truth_of(name)
    found = {(finding.rule, finding.says) for finding in reading.findings}
    assert {rule for rule, _ in found} == set(truth["findings"]), found
    for rule, blamed in truth.get("blames", {}).items():
        assert {f.attribution for f in reading.findings if f.rule == rule} == {blamed}


@pytest.mark.parametrize("name", with_key("findings"))
def test_scope_what_is_unplaced_and_what_is_proposed(name: str) -> None:
    reading, truth = reading_of(name), truth_of(name)
    proposals = {figure.code: figure.proposal.value for figure in reading.figures if figure.proposal}
    assert reading.scope == truth["scope"]
    assert len(reading.unplaced) == truth.get("unplaced", 0)
    assert proposals == truth.get("proposals", {})


@pytest.mark.parametrize("name", with_key("texts"))
def test_cells_are_kept_as_printed(name: str) -> None:
    texts = {figure.code: figure.text for figure in reading_of(name).figures}
    expected = truth_of(name)["texts"]
    assert {code: texts[code] for code in expected} == expected


@pytest.mark.parametrize("name", with_key("printed"))
def test_words_are_kept_as_printed(name: str) -> None:
    reading = reading_of(name)
    kept = [reading.title or "", *(f"{section.heading}\n{section.text}" for section in reading.sections)]
    for words in truth_of(name)["printed"]:
        assert any(words in text for text in kept), words


@pytest.mark.parametrize("name", with_key("not_printed"))
def test_what_is_no_text_is_left_out(name: str) -> None:
    line = as_json(name, reading_of(name))
    assert not [words for words in truth_of(name)["not_printed"] if words in line]


@pytest.mark.parametrize("name", with_key("pages"))
def test_table_three_runs_over_these_pages(name: str) -> None:
    figures = (figure for figure in reading_of(name).figures if figure.code.startswith("requests."))
    assert sorted({figure.place.page or 0 for figure in figures}) == truth_of(name)["pages"]


@pytest.mark.parametrize("name", with_key("published"))
def test_the_day_it_was_published(name: str) -> None:
    assert reading_of(name).published == truth_of(name)["published"]


@pytest.mark.parametrize("name", sorted(set(ALL) - set(NAMES)))
def test_what_is_no_report_is_refused_with_its_kind(name: str) -> None:
    outcome = outcome_of(name)
    assert isinstance(outcome, Refusal)
    assert outcome.kind == truth_of(name)["refused"]


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


def test_a_table_that_lost_a_figure_in_most_rows_is_left_alone() -> None:
    """Its sums settle next to nothing, and asking all the same took many minutes."""
    lines = (FOLDER / "text-with-each-cell-on-a-line-of-its-own/report.txt").read_text("utf-8").splitlines()
    starts = [n for n, line in enumerate(lines) if line[:2] in ("1.", "2.", "3.", "4.", "5.", "6.")]
    assert len(starts) == 17
    kept = [line for n, line in enumerate(lines) if n - 1 not in starts]
    reading = read("\n".join(kept).replace("\n0\n0\n", "\n3\n4\n").encode())
    assert isinstance(reading, Reading)
    unread = [figure for figure in reading.figures if figure.status == "unreadable"]
    assert len(unread) >= 17 * 7
    assert not any(figure.proposal for figure in unread)

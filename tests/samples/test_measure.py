"""The measure itself: it must see a wrong figure, an unread one and a report that is refused."""

import json
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest

from parsers.read import read as read_bytes
from parsers.reading import Reading
from samples import tally as tallies
from samples.expected import LOST, Expected, of_file, of_sample
from samples.measure import FORMATS, WRITTEN, of_folder, of_written
from samples.report import Report
from samples.tally import Tally, table, tally_of
from samples.truth import truth


@pytest.fixture(scope="module")
def report() -> Report:
    return next(e.report for e in truth().entries if e.report.form == "2021" and not e.report.defects)


@pytest.fixture(scope="module")
def blanks() -> Report:
    return truth().entry("emergency-2023").report


def but(known: Expected, code: str, value: str | None) -> Expected:
    return replace(known, figures={**known.figures, code: value})


@pytest.mark.parametrize("format", FORMATS)
def test_a_sound_report_is_perfect_in_every_format(report: Report, format: str) -> None:
    tally = tally_of(format, FORMATS[format](report), of_sample(report, format))
    assert (tally.reports, tally.perfect, tally.right, tally.wrong, tally.unread) == (1, 1, 200, 0, 0)


def test_a_figure_that_is_not_what_was_printed_is_wrong(report: Report) -> None:
    other = but(of_sample(report, "html"), "requests.new.total", "4711")
    tally = tally_of("html", FORMATS["html"](report), other)
    assert (tally.perfect, tally.right, tally.wrong, tally.unread) == (0, 199, 1, 0)


def test_a_figure_that_was_never_printed_is_wrong(report: Report) -> None:
    fewer = but(of_sample(report, "html"), "requests.new.total", None)
    assert tally_of("html", FORMATS["html"](report), fewer).wrong == 1


def test_a_lost_cell_is_unread(report: Report) -> None:
    page = FORMATS["html"](report).replace(b"</td>", b"C</td>")
    tally = tally_of("html", page, of_sample(report, "html"))
    assert tally.wrong == 0
    assert tally.unread > 100


def test_a_refused_document_is_all_unread(report: Report) -> None:
    tally = tally_of("html", b"nothing", of_sample(report, "html"))
    assert (tally.perfect, tally.unread) == (0, 200)


def test_a_text_of_rows_a_tab_aside_keeps_what_is_printed_unplaced(blanks: Report) -> None:
    known = of_sample(blanks, "txt")
    assert known.unplaced["granted"] == ("2", "0", "0", "2")
    assert list(known.figures.values()).count(LOST) == 28
    tally = tally_of("txt", FORMATS["txt"](blanks), known)
    assert (tally.perfect, tally.right, tally.unread) == (1, 200, 0)


def test_to_claim_a_cell_that_nobody_can_place_is_wrong(blanks: Report) -> None:
    """The page says where the cells stand, the text does not: reading the one is wrong of the other."""
    tally = tally_of("txt", FORMATS["html"](blanks), of_sample(blanks, "txt"))
    assert (tally.perfect, tally.wrong) == (0, 28)


def test_to_drop_what_is_printed_in_such_a_row_is_no_reading_of_it(
    blanks: Report, monkeypatch: pytest.MonkeyPatch
) -> None:
    def forgetful(data: bytes) -> Reading:
        outcome = read_bytes(data)
        assert isinstance(outcome, Reading)
        return replace(outcome, unplaced=outcome.unplaced[1:])

    monkeypatch.setattr(tallies, "read", forgetful)
    tally = tally_of("txt", FORMATS["txt"](blanks), of_sample(blanks, "txt"))
    assert (tally.perfect, tally.right, tally.unread) == (0, 193, 7)


def test_a_proposal_is_held_against_what_the_cell_held(blanks: Report) -> None:
    data, known = FORMATS["txt"](blanks), of_sample(blanks, "txt")
    tally = tally_of("txt", data, known)
    assert (tally.proposals_right > 28, tally.proposals_wrong) == (True, 0)
    other = replace(known, meant={**known.meant, "requests.granted.person": "4711"})
    assert tally_of("txt", data, other).proposals_wrong == 1


def test_files_of_other_programs_are_found_by_their_reports(tmp_path: Path) -> None:
    found = list(of_written(WRITTEN))
    assert {tally.format for tally in found} == {"doc", "wps", "xls"}
    assert {tally.form for tally in found} == {"free", "2014", "2019", "2021"}
    assert all(tally.perfect for tally in found)
    with pytest.raises(FileNotFoundError, match="no document named by a report"):
        list(of_written(tmp_path))


def test_a_folder_of_real_documents_is_measured(report: Report, tmp_path: Path) -> None:
    (tmp_path / "one.html").write_bytes(FORMATS["html"](report))
    known = {"form": "2021", "figures": {figure.code: figure.value for figure in report.figures}}
    (tmp_path / "one.json").write_text(json.dumps(known), encoding="utf-8")
    (tally,) = of_folder(tmp_path)
    assert (tally.format, tally.perfect) == ("real html", 1)


def test_a_truth_of_the_trap_alone_is_left_out(tmp_path: Path) -> None:
    (tmp_path / "one.json").write_text(json.dumps({"form": "2021", "figures": {"a": 1}}), encoding="utf-8")
    assert of_file(tmp_path / "one.json") is None


def test_a_folder_that_is_not_there_is_one_line() -> None:
    command = [sys.executable, "-m", "samples.measure", "no-such-folder"]
    outcome = subprocess.run(command, capture_output=True, text=True, check=False)
    assert outcome.returncode == 2
    assert outcome.stderr.splitlines()[-1] == "./run eval: error: no-such-folder: no folder there"


def test_the_table_says_seconds_a_page() -> None:
    lines = table([Tally("pdf", "2021", reports=4, pages=8, right=800, seconds=2.0)]).splitlines()
    assert lines[0].split("\t")[-1] == "seconds_a_page"
    assert lines[1].split("\t") == ["pdf", "2021", "4", "8", "0", "800", "0", "0", "0", "0", "0.250"]

"""The measure itself: it must see a wrong figure, an unread one and a report that is refused."""

import json
from pathlib import Path

import pytest

from samples.measure import FORMATS, Tally, of_folder, table, tally_of
from samples.report import Report
from samples.truth import truth


@pytest.fixture(scope="module")
def report() -> Report:
    return next(e.report for e in truth().entries if e.report.form == "2021" and not e.report.defects)


def expected(report: Report) -> dict[str, str | None]:
    return {figure.code: str(figure.value) for figure in report.figures}


@pytest.mark.parametrize("format", FORMATS)
def test_a_sound_report_is_perfect_in_every_format(report: Report, format: str) -> None:
    tally = tally_of(format, "2021", FORMATS[format](report), expected(report))
    assert (tally.reports, tally.perfect, tally.right, tally.wrong, tally.unread) == (1, 1, 200, 0, 0)


def test_a_figure_that_is_not_what_was_printed_is_wrong(report: Report) -> None:
    other = expected(report) | {"requests.new.total": "4711"}
    tally = tally_of("html", "2021", FORMATS["html"](report), other)
    assert (tally.perfect, tally.right, tally.wrong, tally.unread) == (0, 199, 1, 0)


def test_a_figure_that_was_never_printed_is_wrong(report: Report) -> None:
    fewer = expected(report) | {"requests.new.total": None}
    assert tally_of("html", "2021", FORMATS["html"](report), fewer).wrong == 1


def test_a_lost_cell_is_unread(report: Report) -> None:
    page = FORMATS["html"](report).replace(b"</td>", b"C</td>")
    tally = tally_of("html", "2021", page, expected(report))
    assert tally.wrong == 0
    assert tally.unread > 100


def test_a_refused_document_is_all_unread(report: Report) -> None:
    tally = tally_of("html", "2021", b"nothing", expected(report))
    assert (tally.perfect, tally.unread) == (0, 200)


def test_a_folder_of_real_documents_is_measured(report: Report, tmp_path: Path) -> None:
    (tmp_path / "one.html").write_bytes(FORMATS["html"](report))
    known = {"form": "2021", "figures": {figure.code: figure.value for figure in report.figures}}
    (tmp_path / "one.json").write_text(json.dumps(known), encoding="utf-8")
    (tally,) = of_folder(tmp_path)
    assert (tally.format, tally.perfect) == ("real html", 1)


def test_the_table_says_seconds_a_report() -> None:
    lines = table([Tally("pdf", "2021", reports=4, right=800, seconds=2.0)]).splitlines()
    assert lines[1].split("\t") == ["pdf", "2021", "4", "0", "800", "0", "0", "0", "0", "0.500"]

"""Worn scans among what is measured: named by their dots, and the engine asked for where it is not there."""

import sys

import pytest

from samples import measure
from samples.measure import of_scan
from samples.scans import WEARS, nth


def test_every_way_of_wear_and_every_form_comes_by_turns() -> None:
    chosen = [nth(number, WEARS, measure.FORMS) for number in range(measure.SCANS)]
    assert {name for _, (name, _) in chosen} == {name for name, _ in WEARS}
    assert {report.form for report, _ in chosen} == set(measure.FORMS)
    assert len({report.id for report, _ in chosen}) == measure.SCANS


def test_without_the_engine_nothing_is_measured_by_half(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(measure, "has_engine", lambda: False)
    monkeypatch.setattr(sys, "argv", ["eval"])
    with pytest.raises(SystemExit) as stopped:
        measure.main()
    assert stopped.value.code == 2
    assert "run ./run ocr first, or say --scans 0" in capsys.readouterr().err


def test_a_scan_is_measured_by_its_dots() -> None:
    pytest.importorskip("rapidocr", reason="scans are read with the extra: pip install 'nianbao[ocr]'")
    number = next(n for n in range(99) if nth(n, WEARS, measure.FORMS)[0].form == "2014" and n % 9 == 6)
    tally = of_scan(number)
    assert (tally.format, tally.form, tally.pages > 1, tally.wrong) == ("scan 300 dpi", "2014", True, 0)
    assert tally.right > tally.unread

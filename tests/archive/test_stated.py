"""The table of 2014 and the claims of the narrative, from a sample report to archive.db and its page."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from archive.build import build
from archive.pages.report import report_page
from parsers.form import form
from parsers.read import read
from parsers.reading import Reading
from samples.render import plain
from samples.truth import Entry, truth

County = Any  # the class lives in conftest.py, which tests cannot import


def entries() -> dict[str, Entry]:
    """One report of each early generation; as text files they need no page around them."""
    return {entry.report.form: entry for entry in truth().entries if entry.report.form in ("2014", "free")}


@pytest.fixture
def database(county: County, tmp_path: Path) -> Iterator[sqlite3.Connection]:
    run = county.run()
    for number, entry in enumerate(entries().values()):
        text = plain.text(entry.report)
        capture = county.capture(run, f"http://county.example/{number}.txt", text)
        outcome = read(text.encode())
        assert isinstance(outcome, Reading)
        county.readings[capture.document] = outcome
    build(county, county.get, tmp_path / "archive.db")
    with closing(sqlite3.connect(tmp_path / "archive.db")) as connection:
        yield connection


def test_every_indicator_is_a_row(database: sqlite3.Connection) -> None:
    rows = dict(database.execute("SELECT 'indicators.' || indicator, value FROM indicators").fetchall())
    printed = {figure.code: figure.value for figure in entries()["2014"].report.figures}
    amounts = {row.id for row in form("2014").longest.rows if row.amount}
    for code, value in printed.items():
        scale = 1_000_000 if code.removeprefix("indicators.") in amounts else 1
        assert rows[code] == float(str(value)) * scale
    assert len(rows) == len(form("2014").codes())


def test_forms_of_early_reports(database: sqlite3.Connection) -> None:
    assert {form for (form,) in database.execute("SELECT form FROM reports")} == {"2014", "free"}


def test_claims_are_kept_with_their_sentences(database: sqlite3.Connection) -> None:
    rows = database.execute("SELECT subject, value, unit, period, sentence FROM claims").fetchall()
    received = [row for row in rows if row[0] == "indicators.received"]
    assert len({row[3] for row in received}) == 2, "each report says what it received, in its year"
    assert all(str(int(value)) in sentence or value == 0 for _, value, _, _, sentence in received)


def test_the_table_is_shown_in_the_order_of_print(database: sqlite3.Connection) -> None:
    (id,) = database.execute("SELECT id FROM reports WHERE form = '2014'").fetchone()
    page = report_page(database, id, "en")
    assert page is not None
    (sheet,) = page.sheets
    assert not page.others
    heads = [row.heads[0].text for row in sheet.rows]
    assert heads[:3] == ["统计指标", "一、主动公开情况", form("2014").longest.rows[0].label]
    cells = [slot.cell.code for row in sheet.rows for slot in row.slots if slot.cell]
    assert tuple(cells) == form("2014").codes()

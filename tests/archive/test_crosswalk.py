import sqlite3
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from archive.build import build
from archive.crosswalk import _break, crosswalk
from archive.figures import codes
from archive.wide import column_name
from parsers.form import forms
from parsers.reading import Reading

County = Any  # the class lives in conftest.py, which tests cannot import
SERIES = "SELECT year, value FROM series WHERE series = ? ORDER BY year"


def rows(file: Path, sql: str, *values: object) -> list[tuple[Any, ...]]:
    with closing(sqlite3.connect(file)) as connection:
        return connection.execute(sql, values).fetchall()


def test_every_series_says_of_every_generation_what_stands_in_it_or_why_nothing_does() -> None:
    told = {(step.series, step.form) for step in crosswalk()}
    assert told == {(series, form.id) for series, _ in told for form in forms()}
    assert {step.code for step in crosswalk() if step.comparable != "no"} == set(codes())


def test_a_way_has_all_its_parts_and_all_say_the_same() -> None:
    ways: dict[tuple[str, str, int], list[Any]] = {}
    for step in crosswalk():
        ways.setdefault((step.series, step.form, step.way), []).append(step)
    for steps in ways.values():
        assert [step.part for step in steps] == list(range(1, steps[0].parts + 1))
        assert len({(step.comparable, step.why, step.source) for step in steps}) == 1


def test_no_figure_goes_into_two_series_of_its_own_meaning() -> None:
    alone = [(step.code, step.form) for step in crosswalk() if step.parts == 1 and step.comparable != "no"]
    assert len(alone) == len(set(alone))


def test_what_no_line_speaks_of_is_an_error() -> None:
    with pytest.raises(ValueError, match=r"crosswalk.yaml: no line says why requests.new.total"):
        _break("requests.new.total", "2014", [{"series": "disputes.*", "form": "20*"}])


@pytest.fixture
def one_row(three_years: County, tmp_path: Path) -> Path:
    """2022 prints the three rows of 其他处理, 2023 the one row of 2019, 2024 has one of three unread."""
    for sha256, reading in three_years.readings.items():
        if isinstance(reading, Reading):
            three_years.readings[sha256] = replace(reading, figures=tuple(_printed(reading)))
    build(three_years, three_years.get, tmp_path / "archive.db")
    return tmp_path / "archive.db"


def _printed(reading: Reading) -> Any:
    for figure in reading.figures:
        row = figure.code.startswith("requests.other.")
        if row and reading.year == 2023:
            if figure.code.startswith("requests.other.other."):
                one = figure.code.replace("other.other", "other_all")
                yield replace(figure, code=one, value=9, text="9")
            yield replace(figure, status="absent", value=None, text=None)
        elif row and reading.year == 2024 and figure.code == "requests.other.unpaid.total":
            yield replace(figure, status="blank", value=None, text="")
        else:
            yield replace(figure, value=2, text="2") if row else figure


def test_a_sum_needs_all_its_parts_and_takes_the_way_that_is_printed(one_row: Path) -> None:
    found = rows(one_row, SERIES + ", report", "requests.other_all.total")
    assert found == [(2022, 6), (2022, 6), (2023, 9), (2024, None), (2024, None)]


def test_a_wide_view_says_what_figures_say(one_row: Path) -> None:
    with closing(sqlite3.connect(one_row)) as connection:
        cursor = connection.execute("SELECT * FROM form_2021")
        names = [column[0] for column in cursor.description]
        wide = {row[0]: dict(zip(names, row, strict=True)) for row in cursor}
    figures = rows(one_row, "SELECT report, code, value FROM figures")
    assert len(figures) > 1000
    assert {(report, code): wide[report][column_name(code)] for report, code, _ in figures} == {
        (report, code): value for report, code, value in figures
    }


def test_every_generation_has_its_columns_in_the_order_of_the_form(one_row: Path) -> None:
    for form in forms():
        columns = [
            name for (name,) in rows(one_row, "SELECT name FROM pragma_table_info(?)", f"form_{form.id}")
        ]
        wanted = [column_name(code) for block in form.blocks for code in block.codes()]
        assert columns[8:] == wanted

from dataclasses import replace

from benchmarks.peers import figures, right_in_reading, right_in_rows
from parsers.read import read
from samples.publication import reports
from samples.render import portable
from samples.tables import tables

REPORT = next(report for report in reports() if report.form == "2021")
ROWS = [
    [cell.text for cell in grid.cells if cell.row == row]
    for grid in tables(REPORT).values()
    for row in range(grid.height)
]


def test_all_figures_are_right_in_the_printed_rows_themselves() -> None:
    assert right_in_rows(REPORT, ROWS) == figures(REPORT) > 150


def test_a_row_that_lost_a_figure_counts_for_nothing() -> None:
    full = next(row for row in ROWS if sum(text.isdecimal() for text in row) == 7)
    lost = [full[:-1] if row is full else row for row in ROWS]
    assert right_in_rows(REPORT, lost) == figures(REPORT) - 7


def test_a_figure_read_otherwise_than_printed_is_not_right() -> None:
    outcome = read(portable.pdf(REPORT))
    assert right_in_reading(REPORT, outcome) == figures(REPORT)
    first, *others = REPORT.figures
    other = replace(REPORT, figures=(replace(first, text="987654"), *others))
    assert right_in_reading(other, outcome) == figures(REPORT) - 1

"""Two to eight reports side by side, of one body over the years or of several bodies."""

import sqlite3
from collections.abc import Sequence
from dataclasses import dataclass

MOST = 8

_COLUMNS = """
SELECT reports.id, reports.body, bodies.name, reports.year, reports.form, reports.scope
FROM reports JOIN bodies ON bodies.id = reports.body WHERE reports.id IN ({marks})
"""
_CELLS = """
SELECT codes.code, codes.row_label, codes.column_label, figures.report, figures.status, figures.text,
  figures.value
FROM figures JOIN codes ON codes.code = figures.code
WHERE figures.report IN ({marks}) AND figures.status <> 'absent' ORDER BY codes.key
"""
_SECTIONS = "SELECT report, number, heading, text FROM sections WHERE report IN ({marks}) ORDER BY position"


@dataclass(frozen=True, slots=True)
class Column:
    report: str
    body: str
    name: str
    year: int
    form: str | None
    scope: str


@dataclass(frozen=True, slots=True)
class Cell:
    status: str
    text: str | None
    value: int | None


@dataclass(frozen=True, slots=True)
class Row:
    """A cell is None where the report has none. `differs` says whether what was read is not the same
    everywhere; what was not read is neither the same nor different."""

    code: str
    row_label: str
    column_label: str
    cells: tuple[Cell | None, ...]

    @property
    def differs(self) -> bool:
        return len({cell.value for cell in self.cells if cell and cell.status == "read"}) > 1


@dataclass(frozen=True, slots=True)
class Section:
    """`texts` has None where a report has no section of this number."""

    number: int
    heading: str
    texts: tuple[str | None, ...]


@dataclass(frozen=True, slots=True)
class Comparison:
    """`unknown` are ids of no report; `left_out` were more than fit."""

    columns: tuple[Column, ...]
    rows: tuple[Row, ...]
    sections: tuple[Section, ...]
    unknown: tuple[str, ...]
    left_out: int

    @property
    def scopes(self) -> bool:
        """Do the reports speak of different things: a whole county, one office?"""
        return len({column.scope for column in self.columns}) > 1

    @property
    def forms(self) -> bool:
        return len({column.form for column in self.columns}) > 1


def comparison_page(connection: sqlite3.Connection, ids: Sequence[str], *, only: bool = False) -> Comparison:
    """In the order asked for. With `only`, no rows but those that differ."""
    asked = list(dict.fromkeys(ids))
    wanted = asked[:MOST]
    marks = ", ".join("?" * len(wanted))
    found = {row[0]: Column(*row) for row in connection.execute(_COLUMNS.format(marks=marks), wanted)}
    columns = tuple(found[id] for id in wanted if id in found)
    reports = [column.report for column in columns]
    rows = _rows(connection, reports)
    unknown = tuple(id for id in wanted if id not in found)
    shown = tuple(row for row in rows if row.differs) if only else rows
    return Comparison(columns, shown, _sections(connection, reports), unknown, len(asked) - len(wanted))


def _rows(connection: sqlite3.Connection, reports: Sequence[str]) -> tuple[Row, ...]:
    cells: dict[tuple[str, str, str], dict[str, Cell]] = {}
    sql = _CELLS.format(marks=", ".join("?" * len(reports)))
    for code, row_label, column_label, report, *cell in connection.execute(sql, reports):
        cells.setdefault((code, row_label, column_label), {})[report] = Cell(*cell)
    return tuple(Row(*row, tuple(map(of.get, reports))) for row, of in cells.items())


def _sections(connection: sqlite3.Connection, reports: Sequence[str]) -> tuple[Section, ...]:
    texts: dict[int, dict[str, list[str]]] = {}
    headings: dict[int, str] = {}
    sql = _SECTIONS.format(marks=", ".join("?" * len(reports)))
    for report, number, heading, text in connection.execute(sql, reports):
        headings.setdefault(number, heading)
        texts.setdefault(number, {}).setdefault(report, []).append(text)
    return tuple(
        Section(number, headings[number], tuple(_joined(texts[number].get(report)) for report in reports))
        for number in sorted(texts)
    )


def _joined(texts: Sequence[str] | None) -> str | None:
    """A number that is printed twice is one part."""
    return None if texts is None else "\n".join(texts)

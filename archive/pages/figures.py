"""The figures of one report as cells: what is printed, what it counts as, what is said about it."""

import sqlite3
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from archive.pages.findings import Finding
from parsers.form import FORMS
from parsers.form import form as statutory_form

_FEN = Decimal(1_000_000)
_FIGURES = """
SELECT figures.code, figures.status, figures.text, figures.proposal, figures.basis, codes.unit,
  codes.row_label, codes.column_label, figures.corrected, corrections.why
FROM figures JOIN codes ON codes.code = figures.code
LEFT JOIN corrections ON corrections.id = figures.correction
WHERE figures.report = ? ORDER BY codes.key
"""


@dataclass(frozen=True, slots=True)
class Mark:
    """A finding that concerns this cell; `number` counts the report's findings from 1. `side` is left
    or right of a broken identity, and `of` where the rule has no sides."""

    number: int
    side: str
    says: str


@dataclass(frozen=True, slots=True)
class Cell:
    """`note` is the number of the proposal's basis among those of the report, from 1. `corrected` is what a
    person decided that it is, and `why`."""

    code: str
    status: str
    text: str | None
    proposal: str | None
    basis: str | None
    row_label: str
    column_label: str
    corrected: str | None = None
    why: str | None = None
    note: int | None = None
    marks: tuple[Mark, ...] = ()


@dataclass(frozen=True, slots=True)
class Figures:
    cells: Mapping[str, Cell]
    bases: tuple[str, ...]


def figures_of(
    connection: sqlite3.Connection, report: str, form: str | None, findings: Iterable[Finding]
) -> Figures:
    cells = {row[0]: _cell(row) for row in connection.execute(_FIGURES, (report,))}
    bases = tuple(dict.fromkeys(cell.basis for cell in cells.values() if cell.basis))
    marks = _marks(form, findings)
    return Figures(
        {
            code: replace(
                cell,
                note=bases.index(cell.basis) + 1 if cell.basis else None,
                marks=tuple(marks.get(code, ())),
            )
            for code, cell in cells.items()
        },
        bases,
    )


def _cell(row: Sequence[str | int | None]) -> Cell:
    code, status, text, proposal, basis, unit, row_label, column_label, corrected, why = row
    value, decided = (None if n is None else _as_printed(int(n), str(unit)) for n in (proposal, corrected))
    printed, said, reason = (None if word is None else str(word) for word in (text, basis, why))
    return Cell(
        str(code), str(status), printed, value, said, str(row_label), str(column_label), decided, reason
    )


def _as_printed(value: int, unit: str) -> str:
    """A count as it is, 分 as the plain decimal of 万元."""
    return str(value) if unit == "count" else format((value / _FEN).normalize(), "f")


def _marks(form: str | None, findings: Iterable[Finding]) -> dict[str, list[Mark]]:
    marks: dict[str, list[Mark]] = {}
    for number, finding in enumerate(findings, 1):
        if finding.outcome == "broken" and finding.severity != "note":
            left = _left_side(form, finding)
            for code in finding.codes:
                side = "of" if left is None else "left" if code in left else "right"
                marks.setdefault(code, []).append(Mark(number, side, finding.says))
    return marks


def _left_side(form: str | None, finding: Finding) -> tuple[str, ...] | None:
    """The codes on the left of the identity the finding speaks of, None where it speaks of none."""
    codes = set(finding.codes)
    equations = statutory_form(form).equations() if form in FORMS else ()
    for equation in equations:
        if equation.rule == finding.rule and codes <= {*equation.left, *equation.right}:
            return equation.left
    return None

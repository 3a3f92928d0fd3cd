"""Where one number comes from, and the same number the year before."""

import sqlite3
from dataclasses import dataclass

from archive.evidence import Facts, NotFound, figure

_BESIDE = """
SELECT reports.id, reports.year, reports.form, reports.scope, figures.status, figures.text
FROM reports JOIN reports AS this ON this.body = reports.body
JOIN figures ON figures.report = reports.id
WHERE this.id = :report AND figures.code = :code AND reports.id <> this.id ORDER BY reports.year DESC
"""
_FINDINGS = """
SELECT count(*) FROM findings
WHERE report = :report AND outcome = 'broken' AND instr(' ' || codes || ' ', ' ' || :code || ' ') > 0
"""


@dataclass(frozen=True, slots=True)
class Beside:
    """The figure of this code in another year's report of the body."""

    report: str
    year: int
    form: str | None
    scope: str
    status: str
    text: str | None


@dataclass(frozen=True, slots=True)
class FigurePage:
    """`findings` is how many broken rules name this figure."""

    facts: Facts
    beside: tuple[Beside, ...]
    findings: int


def figure_page(connection: sqlite3.Connection, report: str, code: str) -> FigurePage | None:
    factory = connection.row_factory
    try:
        facts = figure(connection, report, code)
    except NotFound:
        return None
    finally:
        connection.row_factory = factory
    asked = {"report": facts.report, "code": code}
    (findings,) = connection.execute(_FINDINGS, asked).fetchone()
    return FigurePage(facts, tuple(Beside(*row) for row in connection.execute(_BESIDE, asked)), findings)

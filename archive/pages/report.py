"""One report: where it is from, its tables as printed, its text, what is wrong with it."""

import sqlite3
from dataclasses import dataclass

from archive.pages.figures import Cell, Figures, figures_of
from archive.pages.findings import Finding, findings_of
from archive.pages.sheets import Sheet, sheets
from parsers.form import FORMS
from parsers.form import form as statutory_form

_HEADING = """
SELECT reports.id, bodies.id, bodies.name, bodies.division, divisions.name, reports.year, reports.title,
  reports.form, reports.scope, reports.published, reports.due, reports.days_late, reports.url,
  captures.fetched, captures.warc, captures.offset, reports.document, documents.media_type, documents.length,
  (SELECT member FROM parts WHERE version = reports.version AND main = 1)
FROM reports
JOIN bodies ON bodies.id = reports.body
JOIN documents ON documents.sha256 = reports.document
JOIN captures ON captures.id = reports.capture
LEFT JOIN divisions ON divisions.code = bodies.division
WHERE reports.id = ?
"""
_SECTIONS = "SELECT number, heading, text FROM sections WHERE report = ? ORDER BY position"
_UNPLACED = "SELECT row, place, text FROM unplaced WHERE report = ? ORDER BY position"
_TAKEDOWNS = """
SELECT takedowns.decided, takedowns.reason
FROM takedowns JOIN reports ON reports.document = takedowns.document
WHERE reports.id = ? AND takedowns.outcome = 'applied' ORDER BY takedowns.decided, takedowns.id
"""
_VERSIONS = """
SELECT number, current, document, first_seen, last_seen,
  (SELECT count(*) FROM changes WHERE changes.version = versions.id)
FROM versions WHERE report = ? ORDER BY number
"""


@dataclass(frozen=True, slots=True)
class Heading:
    """`member` is the digest of the archive that the document came in, `!` and its name there."""

    id: str
    body: str
    name: str
    division: str | None
    place: str | None
    year: int
    title: str | None
    form: str | None
    scope: str
    published: str | None
    due: str | None
    days_late: int | None
    url: str
    fetched: str
    warc: str
    offset: int
    sha256: str
    media_type: str
    length: int
    member: str | None


@dataclass(frozen=True, slots=True)
class Section:
    number: int
    heading: str
    text: str


@dataclass(frozen=True, slots=True)
class Unplaced:
    row: str
    place: int
    text: str


@dataclass(frozen=True, slots=True)
class Version:
    """`changes` counts what differs from the version before it."""

    number: int
    current: int
    document: str
    first_seen: str
    last_seen: str
    changes: int


@dataclass(frozen=True, slots=True)
class Takedown:
    decided: str
    reason: str


@dataclass(frozen=True, slots=True)
class Report:
    """`others` are the figures that have no place in the form's tables."""

    heading: Heading
    sheets: tuple[Sheet, ...]
    others: tuple[Cell, ...]
    bases: tuple[str, ...]
    unplaced: tuple[Unplaced, ...]
    sections: tuple[Section, ...]
    findings: tuple[Finding, ...]
    versions: tuple[Version, ...]
    takedowns: tuple[Takedown, ...]


def report_page(connection: sqlite3.Connection, id: str, language: str) -> Report | None:
    row = connection.execute(_HEADING, (id,)).fetchone()
    if row is None:
        return None
    heading = Heading(*row)
    findings = findings_of(connection, id, language)
    figures = figures_of(connection, id, heading.form, findings)
    tables = sheets(statutory_form(heading.form), figures.cells) if heading.form in FORMS else ()
    return Report(
        heading,
        tables,
        _others(figures, tables),
        figures.bases,
        tuple(Unplaced(*row) for row in connection.execute(_UNPLACED, (id,))),
        tuple(Section(*row) for row in connection.execute(_SECTIONS, (id,))),
        findings,
        tuple(Version(*row) for row in connection.execute(_VERSIONS, (id,))),
        tuple(Takedown(*row) for row in connection.execute(_TAKEDOWNS, (id,))),
    )


def _others(figures: Figures, tables: tuple[Sheet, ...]) -> tuple[Cell, ...]:
    placed = {slot.cell.code for sheet in tables for row in sheet.rows for slot in row.slots if slot.cell}
    cells = figures.cells.values()
    return tuple(cell for cell in cells if cell.code not in placed and cell.status != "absent")

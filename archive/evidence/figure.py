"""One figure of an archive.db with everything that leads back to the bytes it was printed in."""

import sqlite3
from dataclasses import dataclass, fields
from difflib import get_close_matches
from typing import Any

from crawler.captures import Capture
from parsers.document import Box
from parsers.reading import Place

_FIGURE = """
SELECT versions.id AS version, versions.report, versions.current, bodies.name AS body, reports.year,
  versions.title, versions.form, codes.code, codes.row_label, codes.column_label, codes.unit,
  figures.status, figures.value, figures.text, figures.proposal, figures.basis,
  figures.page, figures.box_left, figures.box_top, figures.box_right, figures.box_bottom,
  figures.grid, figures.grid_row, figures.grid_column,
  parts.document, parts.member, parts.capture, documents.media_type
FROM version_figures AS figures
JOIN versions ON versions.key = figures.version
JOIN reports ON reports.id = versions.report
JOIN bodies ON bodies.id = reports.body
JOIN codes ON codes.key = figures.code
JOIN parts ON parts.version = versions.id AND parts.document = coalesce(figures.document, versions.document)
JOIN documents ON documents.sha256 = parts.document
WHERE (versions.id = :report OR versions.report = :report AND versions.current = 1) AND codes.code = :code
"""
_FORM = """
SELECT form FROM versions WHERE id = :report OR report = :report AND current = 1
"""
_IDS = "SELECT report FROM versions UNION SELECT id FROM versions"
_CODES = """
SELECT codes.code FROM version_figures JOIN versions ON versions.key = version_figures.version
JOIN codes ON codes.key = version_figures.code
WHERE versions.id = :report OR versions.report = :report AND versions.current = 1
"""


_SEALED = """
SELECT reason, decided FROM takedowns
WHERE document IN (:document, :captured)
  OR document IN (SELECT document FROM members WHERE bundle = :captured)
"""


class Sealed(Exception):
    """The document, or one in the same archive, was taken down; the message says when and why."""


class NotFound(Exception):
    """There is no such report or figure; the message names the nearest that are there."""


@dataclass(frozen=True, slots=True)
class Facts:
    """`member` is the digest of the archive the document came in, `!` and its name there."""

    version: str
    report: str
    current: bool
    body: str
    year: int
    title: str | None
    form: str | None
    code: str
    row_label: str
    column_label: str
    unit: str
    status: str
    value: int | None
    text: str | None
    proposal: int | None
    basis: str | None
    place: Place
    document: str
    member: str | None
    media_type: str
    capture: Capture


def figure(connection: sqlite3.Connection, report: str, code: str) -> Facts:
    """Of the current version of a report, or of the version with this id. Raises NotFound."""
    connection.row_factory = sqlite3.Row
    row = connection.execute(_FIGURE, {"report": report, "code": code}).fetchone()
    if row is None:
        raise NotFound(_nearest(connection, report, code))
    facts = {key: row[key] for key in row.keys() if key in _NAMES}  # noqa: SIM118 - a Row's values are its own
    facts |= {
        "current": bool(row["current"]),
        "place": _place(row),
        "capture": _capture(connection, row["capture"]),
    }
    return Facts(**facts)


def refuse_sealed(connection: sqlite3.Connection, facts: Facts) -> None:
    """Raises Sealed."""
    asked = {"document": facts.document, "captured": facts.capture.document}
    if row := connection.execute(_SEALED, asked).fetchone():
        raise Sealed(f"{facts.version}: was taken down on {row[1]} and its evidence is sealed: {row[0]}")


_NAMES = {field.name for field in fields(Facts)}


def _capture(connection: sqlite3.Connection, id: str) -> Capture:
    names = ", ".join(field.name for field in fields(Capture))
    row = connection.execute(f"SELECT {names} FROM captures WHERE id = ?", (id,)).fetchone()  # noqa: S608
    return Capture(*row)


def _place(row: Any) -> Place:
    edges = [row[f"box_{edge}"] for edge in ("left", "top", "right", "bottom")]
    box = None if edges[0] is None else Box(*(edge / 100 for edge in edges))
    return Place(row["page"], box, row["grid"], row["grid_row"], row["grid_column"])


def _nearest(connection: sqlite3.Connection, report: str, code: str) -> str:
    found = connection.execute(_FORM, {"report": report}).fetchone()
    if found is None:
        ids = sorted(id for (id,) in connection.execute(_IDS))
        return f"{report}: no such report or version{_like(report, ids)}"
    codes = [known for (known,) in connection.execute(_CODES, {"report": report})]
    if not codes:
        return f"{report}: has no table of figures (form: {found[0] or 'none recognised'})"
    return f"{report}: its form {found[0]} has no figure {code}{_like(code, codes)}"


def _like(word: str, known: list[str]) -> str:
    near = [id for id in known if word in id][:3] or get_close_matches(word, known, 3, 0.5)
    return f"; did you mean {', '.join(near)}?" if near else "; docs/codes.md and the table reports list all"

"""A Reading: everything one document says as a report, and how sure we are of each figure."""

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any, Literal

from parsers.document import Box

Status = Literal["read", "blank", "mark", "unreadable", "absent"]
Severity = Literal["error", "warning", "note"]
Attribution = Literal["publisher", "reading", "undecided"]
Scope = Literal["aggregate", "own", "unstated"]
Value = int | str
"""Counts are integers; amounts are the shortest plain decimal string in 万元."""


@dataclass(frozen=True, slots=True)
class Publisher:
    """`division` is a six or nine digit code, and None unless something proves it."""

    name: str | None
    division: str | None = None


@dataclass(frozen=True, slots=True)
class Section:
    """`number` is the statutory one (1 to 6), whatever is printed; the heading is as printed."""

    number: int
    heading: str
    text: str


@dataclass(frozen=True, slots=True)
class Proposal:
    """A value that the identities prove for a cell that could not be read. Never a reading."""

    value: Value
    basis: str


@dataclass(frozen=True, slots=True)
class Place:
    """Where a figure is printed: page and box, or the grid cell where the format has no pages.

    Grids count from 0 over the document, rows and columns from 0 over the grid. `document` is None but
    in a report put together from several documents: there it names the one, where it is not the main one.
    """

    page: int | None = None
    box: Box | None = None
    grid: int | None = None
    row: int | None = None
    column: int | None = None
    document: str | None = None


@dataclass(frozen=True, slots=True)
class Figure:
    code: str
    status: Status
    value: Value | None = None
    text: str | None = None
    place: Place = Place()
    proposal: Proposal | None = None


@dataclass(frozen=True, slots=True)
class Unplaced:
    """What is printed in a row and cannot be given to a column with certainty.

    `row` is the code of the row without its table, `index` counts along the row from 0."""

    row: str
    index: int
    text: str
    place: Place = Place()


@dataclass(frozen=True, slots=True)
class Claim:
    """What a sentence says of a quantity. `subject` is a figure's code where the meaning is exactly
    that, else a word of parsers.narrative; `value` an integer or a plain decimal string, as meant
    (43万 is 430000). `period` is a year, `to date` or `part of` a year; None where no year is known."""

    subject: str
    value: Value
    approximate: bool
    unit: str
    period: str | None
    sentence: str
    section: int


@dataclass(frozen=True, slots=True)
class Finding:
    rule: str
    severity: Severity
    attribution: Attribution
    says: str
    codes: tuple[str, ...] = ()
    left: Value | None = None
    right: Value | None = None


@dataclass(frozen=True, slots=True)
class Reading:
    sha256: str
    media_type: str
    form: str | None
    year: int | None
    publisher: Publisher
    title: str | None
    published: str | None
    sections: tuple[Section, ...]
    figures: tuple[Figure, ...]
    unplaced: tuple[Unplaced, ...]
    scope: Scope
    findings: tuple[Finding, ...]
    unchecked: tuple[str, ...] = ()
    """Rules that could not be applied, as `rule code`, because a figure they need is not certain."""
    scope_says: str | None = None
    """The sentence that states the scope, as printed."""
    claims: tuple[Claim, ...] = ()


@dataclass(frozen=True, slots=True)
class Refusal:
    """A document that is no report or cannot be read. `kind` is a word for programs."""

    sha256: str
    media_type: str | None
    kind: str
    says: str


def as_json(source: str, outcome: Reading | Refusal) -> str:
    """The one line that `nianbao read --json` prints for one report."""
    if isinstance(outcome, Refusal):
        entry: dict[str, Any] = {"source": source, "media_type": outcome.media_type, "sha256": outcome.sha256}
        entry["error"] = {"kind": outcome.kind, "says": outcome.says}
    else:
        entry = {"source": source, **_reading_entry(outcome)}
    return json.dumps(entry, ensure_ascii=False)


def from_json(line: str) -> Reading | Refusal:
    """What `as_json` wrote, without its source."""
    entry = json.loads(line)
    if "error" in entry:
        return Refusal(entry["sha256"], entry["media_type"], entry["error"]["kind"], entry["error"]["says"])
    return Reading(
        sha256=entry["sha256"],
        media_type=entry["media_type"],
        form=entry["form"],
        year=entry["year"],
        publisher=Publisher(**entry["publisher"]),
        title=entry["title"],
        published=entry["published"],
        sections=tuple(Section(**section) for section in entry["sections"]),
        figures=tuple(_figure(code, figure) for code, figure in entry["figures"].items()),
        unplaced=tuple(Unplaced(u["row"], u["index"], u["text"], _place(u)) for u in entry["unplaced"]),
        scope=entry["scope"],
        findings=tuple(Finding(**{**f, "codes": tuple(f["codes"])}) for f in entry["findings"]),
        unchecked=tuple(entry["unchecked"]),
        scope_says=entry["scope_says"],
        claims=tuple(Claim(**claim) for claim in entry["claims"]),
    )


def _reading_entry(reading: Reading) -> dict[str, Any]:
    return {
        "media_type": reading.media_type,
        "sha256": reading.sha256,
        "form": reading.form,
        "year": reading.year,
        "publisher": {"name": reading.publisher.name, "division": reading.publisher.division},
        "title": reading.title,
        "published": reading.published,
        "sections": [{"number": s.number, "heading": s.heading, "text": s.text} for s in reading.sections],
        "figures": {figure.code: _figure_entry(figure) for figure in reading.figures},
        "unplaced": [
            {"row": u.row, "index": u.index, "text": u.text, **_place_entry(u.place)}
            for u in reading.unplaced
        ],
        "scope": reading.scope,
        "scope_says": reading.scope_says,
        "findings": [_finding_entry(finding) for finding in reading.findings],
        "unchecked": list(reading.unchecked),
        "claims": [asdict(claim) for claim in reading.claims],
    }


def _figure_entry(figure: Figure) -> dict[str, Any]:
    proposal = figure.proposal
    return {
        "value": figure.value,
        "text": figure.text,
        "status": figure.status,
        **_place_entry(figure.place),
        "proposal": {"value": proposal.value, "basis": proposal.basis} if proposal else None,
    }


def _place_entry(place: Place) -> dict[str, Any]:
    box = place.box
    return {
        "page": place.page,
        "box": [box.left, box.top, box.right, box.bottom] if box else None,
        "cell": None if place.grid is None else [place.grid, place.row, place.column],
    }


def _finding_entry(finding: Finding) -> dict[str, Any]:
    return {
        "rule": finding.rule,
        "severity": finding.severity,
        "attribution": finding.attribution,
        "says": finding.says,
        "codes": list(finding.codes),
        "left": finding.left,
        "right": finding.right,
    }


def _figure(code: str, entry: Mapping[str, Any]) -> Figure:
    proposal = entry["proposal"]
    made = Proposal(**proposal) if proposal else None
    return Figure(code, entry["status"], entry["value"], entry["text"], _place(entry), made)


def _place(entry: Mapping[str, Any]) -> Place:
    box = Box(*edges) if (edges := entry["box"]) else None
    return Place(entry["page"], box, *cell) if (cell := entry["cell"]) else Place(entry["page"], box)

"""What a person reads in a report as one format prints it: not every format keeps the place of a cell."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from samples.render import plain
from samples.report import Printed, Report

BLANK, LOST = "", "*"


@dataclass(frozen=True, slots=True)
class Expected:
    """`figures` has, by code, what a person reads there: a value, BLANK, LOST, a mark as printed, None for
    no such row. `unplaced` has what stands in the rows whose cells are LOST because nobody can say which
    column they belong to. `meant` is what a proposal for a cell must be, as far as that is known."""

    form: str
    figures: Mapping[str, str | None]
    unplaced: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    meant: Mapping[str, str] = field(default_factory=dict)


def of_sample(report: Report, format: str) -> Expected:
    unplaced = plain.adrift(report) if format == "txt" else {}
    lost = {code for codes in unplaced.values() for code, _ in codes}
    return Expected(
        report.form,
        {figure.code: LOST if figure.code in lost else _seen(figure) for figure in report.figures},
        {row: tuple(text for _, text in cells if text) for row, cells in unplaced.items()},
        {figure.code: _meant(figure) for figure in report.figures},
    )


def of_file(truth: Path) -> Expected | None:
    """What a person wrote down beside a document; None where that is only what its trap is about."""
    known: dict[str, Any] = json.loads(truth.read_text("utf-8"))
    if len(known.get("figures", {})) < 100:
        return None
    figures = {code: None if value is None else str(value) for code, value in known["figures"].items()}
    meant = {code: value or "0" for code, value in figures.items() if value not in (None, LOST)}
    proposals = {code: str(value) for code, value in known.get("proposals", {}).items()}
    return Expected(known["form"], figures, meant={**meant, **proposals})


def _seen(figure: Printed) -> str:
    return str(figure.value) if figure.status == "read" else figure.text


def _meant(figure: Printed) -> str:
    """The sums count what is left blank or struck out as nothing."""
    return str(figure.value) if figure.status == "read" else "0"

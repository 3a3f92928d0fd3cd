"""Other readers of tables in PDF files, and how many of the printed figures each of them gives."""

import io
import tempfile
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from importlib import import_module
from importlib.util import find_spec
from typing import Any

from parsers.read import read
from parsers.reading import Reading, Refusal
from parsers.text.numbers import looks_printed
from samples.report import Report
from samples.tables import tables

Row = Sequence[str | None]

INSTALLED_BY_HAND = (("pymupdf", "PyMuPDF", "pymupdf"), ("camelot", "camelot", "camelot-py"))
"""Module, name and package of those that are no dependency of the project."""


@dataclass(frozen=True, slots=True)
class Contender:
    """`right` says how many of a report's figures are in what was read of it."""

    name: str
    read: Callable[[bytes], Any]
    right: Callable[[Report, Any], int]


def contenders() -> list[Contender]:
    found = [
        Contender("this project, whole reading", read, right_in_reading),
        _peer("pdfplumber, text and tables", pdfplumber),
    ]
    if find_spec("pymupdf"):
        found.append(_peer("PyMuPDF, find_tables", pymupdf))
    if find_spec("camelot"):
        found.append(_peer("camelot, lattice", camelot))
    return found


def missing() -> str | None:
    """One line for those that take no part."""
    absent = [(name, package) for module, name, package in INSTALLED_BY_HAND if not find_spec(module)]
    if not absent:
        return None
    names, packages = (" and ".join(part) for part in zip(*absent, strict=True))
    return f"Not installed and not measured: {names} (uv pip install {packages.replace(' and ', ' ')})."


def figures(report: Report) -> int:
    """Those that are printed: no blank cell counts for anyone."""
    return sum(bool(figure.text) for figure in report.figures)


def right_in_rows(report: Report, rows: Iterable[Row]) -> int:
    """A row of a table counts where all its figures stand in it in their order and nothing else that
    looks like one; its label is not asked for."""
    printed = Counter(_figures(row) for row in _printed_rows(report))
    return sum(len(values) * times for values, times in (printed & Counter(map(_figures, rows))).items())


def pdfplumber(data: bytes) -> list[Row]:
    import pdfplumber

    rows: list[Row] = []
    with pdfplumber.open(io.BytesIO(data)) as document:
        for page in document.pages:
            page.extract_text()
            rows += [row for table in page.extract_tables() for row in table]
    return rows


def pymupdf(data: bytes) -> list[Row]:
    pymupdf: Any = import_module("pymupdf")
    with pymupdf.open(stream=data, filetype="pdf") as document:
        tables = [table for page in document for table in page.find_tables()]
        return [row for table in tables for row in table.extract()]


def camelot(data: bytes) -> list[Row]:
    camelot: Any = import_module("camelot")
    with tempfile.NamedTemporaryFile(suffix=".pdf") as file:
        file.write(data)
        file.flush()
        tables = camelot.read_pdf(file.name, pages="all")
        return [row for table in tables for row in table.df.to_numpy().tolist()]


def _peer(name: str, rows: Callable[[bytes], list[Row]]) -> Contender:
    return Contender(name, rows, right_in_rows)


def right_in_reading(report: Report, outcome: Reading | Refusal) -> int:
    """By their codes: a figure in another one's place is wrong here."""
    texts = {f.code: f.text for f in outcome.figures} if isinstance(outcome, Reading) else {}
    return sum(bool(figure.text) and texts.get(figure.code) == figure.text for figure in report.figures)


def _figures(row: Row) -> tuple[str, ...]:
    texts = ["".join((text or "").split()) for text in row]
    return tuple(text for text in texts if looks_printed(text))


def _printed_rows(report: Report) -> Iterable[Row]:
    for grid in tables(report).values():
        rows: Mapping[int, list[str]] = {cell.row: [] for cell in grid.cells}
        for cell in sorted(grid.cells, key=lambda cell: cell.column):
            rows[cell.row].append(cell.text)
        yield from rows.values()

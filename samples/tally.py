"""One document's reading held against what a person reads in it, figure by figure, and the sums of that."""

import io
import re
import time
import zipfile
from collections.abc import Iterable, Iterator
from dataclasses import astuple, dataclass, fields

import pypdfium2

from parsers.read import read
from parsers.reading import Figure, Reading, Refusal
from samples.expected import LOST, Expected


@dataclass(frozen=True, slots=True)
class Tally:
    """Figures by how they were read; `wrong` ones are claimed as read and are not what is printed."""

    format: str
    form: str
    reports: int = 0
    pages: int = 0
    perfect: int = 0
    right: int = 0
    wrong: int = 0
    unread: int = 0
    proposals_right: int = 0
    proposals_wrong: int = 0
    seconds: float = 0.0

    def plus(self, other: "Tally") -> "Tally":
        sums = {name: getattr(self, name) + getattr(other, name) for name in COUNTS}
        return Tally(self.format, self.form, **sums)


COUNTS = [field.name for field in fields(Tally)][2:]


def tally_of(format: str, data: bytes, expected: Expected, pages: int = 1) -> Tally:
    began = time.perf_counter()
    outcome = read(data)
    seconds = time.perf_counter() - began
    if isinstance(outcome, Refusal):
        unread = len(expected.figures)
        return Tally(format, expected.form, 1, pages, unread=unread, seconds=seconds)
    verdicts = list(_verdicts(outcome, expected))
    proposals = list(_proposals(outcome, expected))
    right = verdicts.count("right")
    return Tally(
        format,
        expected.form,
        reports=1,
        pages=pages,
        perfect=int(right == len(verdicts) and all(proposals)),
        right=right,
        wrong=verdicts.count("wrong"),
        unread=verdicts.count("unread"),
        proposals_right=proposals.count(True),
        proposals_wrong=proposals.count(False),
        seconds=seconds,
    )


def pages(data: bytes) -> int:
    """Of a PDF or OFD file; a document without any counts as one."""
    if data.startswith(b"%PDF"):
        document = pypdfium2.PdfDocument(data)
        try:
            return len(document)
        finally:
            document.close()
    if data.startswith(b"PK"):
        names = zipfile.ZipFile(io.BytesIO(data)).namelist()
        return sum(bool(re.search(r"Pages/[^/]+/Content\.xml$", name)) for name in names) or 1
    return 1


def table(tallies: Iterable[Tally]) -> str:
    """The tallies as tab-separated lines under their names, seconds for a page."""
    names = [field.name for field in fields(Tally)][:-1]
    lines = ["\t".join([*names, "seconds_a_page"])]
    for tally in tallies:
        *counts, seconds = astuple(tally)
        lines.append("\t".join([*map(str, counts), f"{seconds / tally.pages:.3f}"]))
    return "\n".join(lines) + "\n"


def _verdicts(reading: Reading, expected: Expected) -> Iterator[str]:
    figures = {figure.code: figure for figure in reading.figures}
    for code, wanted in expected.figures.items():
        if wanted is not None:
            verdict = _verdict(figures.get(code), wanted)
            kept = wanted != LOST or _keeps_row(code, reading, expected)
            yield verdict if kept or verdict == "wrong" else "unread"
    for code, figure in figures.items():
        if figure.status == "read" and expected.figures.get(code) is None:
            yield "wrong"


def _verdict(figure: Figure | None, wanted: str) -> str:
    if figure is None or figure.status == "absent":
        return "unread"
    if figure.status == "unreadable":
        return "right" if wanted == LOST else "unread"
    if figure.status == "read":
        return "right" if str(figure.value) == wanted else "wrong"
    return "right" if (figure.text or "") == wanted else "wrong"


def _keeps_row(code: str, reading: Reading, expected: Expected) -> bool:
    """Where a cell's place is lost, what is printed in its row must stand in `unplaced` to the letter."""
    row = next((row for row in expected.unplaced if f".{row}." in code), None)
    if row is None:
        return True
    return tuple(item.text for item in reading.unplaced if item.row == row) == expected.unplaced[row]


def _proposals(reading: Reading, expected: Expected) -> Iterator[bool]:
    for figure in reading.figures:
        if figure.proposal and figure.code in expected.meant:
            yield str(figure.proposal.value) == expected.meant[figure.code]

"""How well reports are read: every report of the county in every format, held against its truth.

`./run eval [FOLDER…]` prints the table and writes it to docs/accuracy.tsv, from which docs/accuracy.md is
made. A FOLDER adds documents of its own: each with its truth beside it, figures by code in a `.json` of
the same name ("" a blank cell, "*" one that no one can read, null a row that is not printed).
"""

import json
import sys
import time
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import astuple, dataclass, fields
from multiprocessing import get_context
from pathlib import Path

from parsers.read import read
from parsers.reading import Figure, Reading, Refusal
from samples.publication import reports
from samples.render import ofd, office, plain, portable, sheet, web
from samples.report import Report

RESULT = Path("docs/accuracy.tsv")
BLANK, LOST = "", "*"

Expected = Mapping[str, str | None]
"""Codes to what a person reads there: a value, BLANK, LOST, a mark as printed, None for no such row."""


@dataclass(frozen=True, slots=True)
class Tally:
    """Figures by how they were read; `wrong` ones are claimed as read and are not what is printed."""

    format: str
    form: str
    reports: int = 0
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


def measured(folders: Sequence[Path]) -> list[Tally]:
    """One tally for each format and form, the county's first, then those of each folder."""
    tallies: dict[tuple[str, str], Tally] = {}
    jobs = [
        (format, index)
        for format in FORMATS
        for index, report in enumerate(reports())
        if format != "xlsx" or report.form != "free"  # a sheet holds tables and nothing else
    ]
    with ProcessPoolExecutor(mp_context=get_context("spawn")) as pool:
        for tally in pool.map(_of_sample, jobs, chunksize=8):
            _add(tallies, tally)
    for folder in folders:
        for tally in of_folder(folder):
            _add(tallies, tally)
    return list(tallies.values())


def _add(tallies: dict[tuple[str, str], Tally], tally: Tally) -> None:
    key = (tally.format, tally.form)
    tallies[key] = tallies[key].plus(tally) if key in tallies else tally


def _of_sample(job: tuple[str, int]) -> Tally:
    format, index = job
    report = reports()[index]
    expected = {
        figure.code: str(figure.value) if figure.status == "read" else figure.text
        for figure in report.figures
    }
    return tally_of(format, report.form, FORMATS[format](report), expected)


def of_folder(folder: Path) -> Iterator[Tally]:
    for truth in sorted(folder.rglob("*.json")):
        documents = [path for path in truth.parent.glob(f"{truth.stem}.*") if path != truth]
        documents += [path for path in truth.parent.glob("report.*") if truth.name == "truth.json"]
        known = json.loads(truth.read_text("utf-8"))
        if len(known.get("figures", {})) < 100:
            continue  # it states only what its trap is about
        expected = {code: None if value is None else str(value) for code, value in known["figures"].items()}
        for document in documents:
            yield tally_of(
                f"real {document.suffix.lstrip('.')}", known["form"], document.read_bytes(), expected
            )


def tally_of(format: str, form: str, data: bytes, expected: Expected) -> Tally:
    began = time.perf_counter()
    outcome = read(data)
    seconds = time.perf_counter() - began
    if isinstance(outcome, Refusal):
        return Tally(format, form, 1, 0, 0, 0, len(expected), seconds=seconds)
    verdicts = list(_verdicts(outcome, expected))
    proposals = list(_proposals(outcome, expected))
    right = verdicts.count("right")
    return Tally(
        format,
        form,
        reports=1,
        perfect=int(right == len(verdicts) and all(proposals)),
        right=right,
        wrong=verdicts.count("wrong"),
        unread=verdicts.count("unread"),
        proposals_right=proposals.count(True),
        proposals_wrong=proposals.count(False),
        seconds=seconds,
    )


def _verdicts(reading: Reading, expected: Expected) -> Iterator[str]:
    figures = {figure.code: figure for figure in reading.figures}
    for code, wanted in expected.items():
        if wanted is not None:
            yield _verdict(figures.get(code), wanted)
    for code, figure in figures.items():
        if figure.status == "read" and expected.get(code) is None:
            yield "wrong"


def _verdict(figure: Figure | None, wanted: str) -> str:
    if figure is None or figure.status == "absent":
        return "unread"
    if figure.status == "unreadable":
        return "right" if wanted == LOST else "unread"
    if figure.status == "read":
        return "right" if str(figure.value) == wanted else "wrong"
    return "right" if (figure.text or "") == wanted else "wrong"


def _proposals(reading: Reading, expected: Expected) -> Iterator[bool]:
    for figure in reading.figures:
        wanted = expected.get(figure.code)
        if figure.proposal and wanted and wanted != LOST:
            yield str(figure.proposal.value) == wanted


def table(tallies: Iterable[Tally]) -> str:
    """The tallies as tab-separated lines under their names."""
    lines = ["\t".join(field.name for field in fields(Tally))]
    for tally in tallies:
        *counts, seconds = astuple(tally)
        lines.append("\t".join([*map(str, counts), f"{seconds / tally.reports:.3f}"]))
    return "\n".join(lines) + "\n"


def main() -> None:
    written = table(measured([Path(word) for word in sys.argv[1:]]))
    RESULT.write_text(written, "utf-8")
    sys.stdout.write(written)


def _text(report: Report) -> bytes:
    return plain.text(report).encode("gb18030")


def _page(report: Report) -> bytes:
    title = f"<title>{report.title}</title><h1>{report.title}</h1>"
    return f"<html><meta charset=utf-8>{title}<div id=zoom>{web.article(report)}</div></html>".encode()


FORMATS: Mapping[str, Callable[[Report], bytes]] = {
    "html": _page,
    "pdf": portable.pdf,
    "docx": office.docx,
    "txt": _text,
    "ofd": ofd.ofd,
    "xlsx": sheet.xlsx,
}

if __name__ == "__main__":
    main()

"""How well reports are read: every report of the county in every format, held against its truth.

`./run eval [--scans N] [FOLDER…]` prints the table and writes it to docs/accuracy.tsv, from which
docs/accuracy.md is made. A FOLDER adds documents of its own: each with its truth beside it, figures by code
in a `.json` of the same name ("" a blank cell, "*" one that no one can read, null a row that is not printed).
"""

import argparse
import os
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from pathlib import Path

from parsers.readers.scan import has_engine
from samples.expected import of_file, of_sample
from samples.publication import reports
from samples.render import ofd, office, plain, portable, sheet, web
from samples.report import Report
from samples.scans import WEARS, nth, scanned
from samples.tally import Tally, pages, table, tally_of
from samples.truth import truth

RESULT = Path("docs/accuracy.tsv")
WRITTEN = Path("tests/parsers/files")
"""Documents of the county that only other programs write, by the ids of their reports."""
SCANS = 2 * len(WEARS)
FORMS = ("2014", "2019", "2021")

Job = tuple[str, int]
"""A format and the number of a report, or `scan` and the number of a scan."""


def measured(folders: Sequence[Path], scans: int, workers: int | None = None) -> list[Tally]:
    """One tally for each format and form, the county's first, then those of each folder."""
    tallies: dict[tuple[str, str], Tally] = {}
    with ProcessPoolExecutor(workers, mp_context=get_context("spawn")) as pool:
        for tally in pool.map(_of_job, _jobs(scans), chunksize=4):
            _add(tallies, tally)
    for tally in (*of_written(WRITTEN), *(tally for folder in folders for tally in of_folder(folder))):
        _add(tallies, tally)
    order = list(dict.fromkeys(format for format, _ in tallies))
    return sorted(tallies.values(), key=lambda tally: (order.index(tally.format), tally.form))


def _jobs(scans: int) -> list[Job]:
    """A sheet holds tables and nothing else, and scans have worn tables to show."""
    made = [
        (format, index)
        for format in FORMATS
        for index, report in enumerate(reports())
        if format != "xlsx" or report.form in FORMS
    ]
    return [*made, *(("scan", number) for number in range(scans))]


def _add(tallies: dict[tuple[str, str], Tally], tally: Tally) -> None:
    key = (tally.format, tally.form)
    tallies[key] = tallies[key].plus(tally) if key in tallies else tally


def _of_job(job: Job) -> Tally:
    format, number = job
    if format == "scan":
        return of_scan(number)
    report = reports()[number]
    data = FORMATS[format](report)
    return tally_of(format, data, of_sample(report, format), pages(data))


def of_scan(number: int) -> Tally:
    report, (_, wear) = nth(number, WEARS, FORMS)
    data = scanned(report, wear, number)
    return tally_of(f"scan {wear.dpi} dpi", data, of_sample(report, "scan"), pages(data))


def of_written(folder: Path) -> Iterator[Tally]:
    known = {entry.report.id: entry.report for entry in truth().entries}
    found = sorted(path for path in folder.iterdir() if path.stem in known)
    if not found:
        raise FileNotFoundError(f"{folder}: no document named by a report of the county; it has several")
    for path in found:
        format = path.suffix.lstrip(".")
        yield tally_of(format, path.read_bytes(), of_sample(known[path.stem], format))


def of_folder(folder: Path) -> Iterator[Tally]:
    for known in sorted(folder.rglob("*.json")):
        documents = [path for path in known.parent.glob(f"{known.stem}.*") if path != known]
        documents += [path for path in known.parent.glob("report.*") if known.name == "truth.json"]
        expected = of_file(known)
        if expected is None:
            continue
        for document in documents:
            data = document.read_bytes()
            yield tally_of(f"real {document.suffix.lstrip('.')}", data, expected, pages(data))


def main() -> int:
    options = argparse.ArgumentParser(prog="./run eval", description="Reads every labelled document.")
    options.add_argument("folders", nargs="*", type=Path, metavar="FOLDER", help="documents with their truth")
    options.add_argument(
        "--scans", type=int, default=SCANS, metavar="N", help="worn scans to read (%(default)s)"
    )
    options.add_argument("--workers", type=int, default=os.cpu_count(), metavar="N", help="processes")
    chosen = options.parse_args()
    missing = [str(folder) for folder in chosen.folders if not folder.is_dir()]
    if missing:
        options.error(f"{', '.join(missing)}: no folder there")
    if chosen.scans and not has_engine():
        options.error("scans need the engine; run ./run ocr first, or say --scans 0")
    written = table(measured(chosen.folders, chosen.scans, chosen.workers))
    RESULT.write_text(written, "utf-8")
    sys.stdout.write(written)
    return 0


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
    sys.exit(main())

"""How fast reports are read, beside other readers on the same pages in the same run.

`.venv/bin/python -m benchmarks.read [FILE…]` takes the county's reports, or the PDF files and web pages
named: pages both as their tables stand alone and as the portals serve them. Each contender
reads every file three times, in turns, so that a busy machine is unfair to all alike; the best round counts.
PyMuPDF and camelot take part where they are installed.
"""

import io
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from importlib.util import find_spec
from pathlib import Path

import pypdfium2
from lxml import html as lxml_html

from parsers.read import read
from parsers.text.charset import decode
from samples.publication import reports
from samples.render import portable, web
from samples.server import site
from samples.sites import placement
from samples.sites.page import Query

ROUNDS, FILES = 3, 16

Contender = tuple[str, Callable[[bytes], object]]


def main() -> None:
    named = [Path(name).read_bytes() for name in sys.argv[1:]]
    pdfs = [data for data in named if data.startswith(b"%PDF")]
    if pdfs or not named:
        _time_pdfs(pdfs or list(_pdfs()))
    pages = [data for data in named if not data.startswith(b"%PDF")]
    if pages:
        _time_pages("named", pages)
    elif not named:
        _time_pages("of a report alone", list(_web_pages()))
        _time_pages("as served", list(_served()))


def _time_pdfs(files: Sequence[bytes]) -> None:
    pages = sum(len(pypdfium2.PdfDocument(data)) for data in files)
    print(f"{len(files)} PDF files, {pages} pages\n")
    print("| reader | pages a second | times pdfplumber |\n|---|---:|---:|")
    best = _best(list(_pdf_readers()), files)
    peer = best["pdfplumber, text and tables"]
    for name, seconds in best.items():
        print(f"| {name} | {pages / seconds:.1f} | {peer / seconds:.2f} |")


def _time_pages(which: str, sheets: Sequence[bytes]) -> None:
    best = _best([("whole reading", read), ("bare lxml parse", _parsed)], sheets)
    ratio = best["whole reading"] / best["bare lxml parse"]
    size = sum(map(len, sheets)) / len(sheets) / 1024
    each = 1000 / len(sheets)
    print(
        f"\n{len(sheets)} web pages {which}, of {size:.0f} KiB: a whole reading takes"
        f" {best['whole reading'] * each:.2f} ms and costs {ratio:.1f} bare parses by lxml"
        f" ({best['bare lxml parse'] * each:.2f} ms)."
    )


def _best(contenders: Sequence[Contender], files: Sequence[bytes]) -> dict[str, float]:
    """Processor seconds for all files, by contender, in its best round."""
    times: dict[str, list[float]] = {name: [] for name, _ in contenders}
    for _ in range(ROUNDS):
        for name, contender in contenders:
            began = time.process_time()
            for data in files:
                contender(data)
            times[name].append(time.process_time() - began)
    return {name: min(seconds) for name, seconds in times.items()}


def _pdfs() -> Iterator[bytes]:
    chosen = [report for report in reports() if report.form in ("2019", "2021")]
    yield from (portable.pdf(report) for report in chosen[:: len(chosen) // FILES])


def _web_pages() -> Iterator[bytes]:
    chosen = [report for report in reports() if report.form in ("2019", "2021")]
    for report in chosen[:: len(chosen) // FILES]:
        page = f"<html><title>{report.title}</title><h1>{report.title}</h1>{web.article(report)}</html>"
        yield page.encode()


def _served() -> Iterator[bytes]:
    chosen = [report for report in reports() if report.form in ("2019", "2021") and report.format == "html"]
    for report in chosen[:: len(chosen) // FILES]:
        portal = site(report.body.portal, 1)
        yield portal.answer(Query(placement.address(report).article)).body


def _parsed(data: bytes) -> object:
    return lxml_html.document_fromstring(decode(data).text)


def _pdf_readers() -> Iterator[Contender]:
    yield "this project, whole reading", read
    yield "pdfplumber, text and tables", _pdfplumber
    if find_spec("pymupdf"):
        yield "PyMuPDF find_tables", _pymupdf
    if find_spec("camelot"):
        yield "camelot, lattice", _camelot


def _pdfplumber(data: bytes) -> object:
    import pdfplumber

    with pdfplumber.open(io.BytesIO(data)) as document:
        return [(page.extract_text(), page.extract_tables()) for page in document.pages]


def _pymupdf(data: bytes) -> object:
    import pymupdf

    with pymupdf.open(stream=data, filetype="pdf") as document:
        return [[table.extract() for table in page.find_tables()] for page in document]


def _camelot(data: bytes) -> object:
    import camelot

    with tempfile.NamedTemporaryFile(suffix=".pdf") as file:
        file.write(data)
        file.flush()
        return [table.df for table in camelot.read_pdf(file.name, pages="all")]


if __name__ == "__main__":
    main()

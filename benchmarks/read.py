"""How fast reports are read, beside other readers on the same files in the same run.

`.venv/bin/python -m benchmarks.read [FILE…]` takes the county's reports, or the PDF files and web pages
named. Each contender reads every file several times, in turns, so that a busy machine is unfair to all
alike; of each file the best round counts, in processor time. Readers of PDF have a process each: some
leave threads behind that go on taking time. Of the county's reports the truth is known: there each
contender's right figures are counted too.
"""

import io
import multiprocessing
import sys
import time
from collections.abc import Callable, Sequence
from concurrent.futures import Executor, ProcessPoolExecutor
from contextlib import ExitStack
from dataclasses import dataclass
from functools import partial
from pathlib import Path

import pypdfium2
from lxml import html as lxml_html

from benchmarks import webpages
from benchmarks.peers import Contender, contenders, figures, missing
from parsers.read import read
from parsers.text.charset import decode
from samples.publication import reports
from samples.render import portable
from samples.report import Report

PDFS, PAGES = 6, 12
PDF_ROUNDS, PAGE_ROUNDS = 3, 12
LENGTHS = (1, 4, 16)
"""Reports in one file."""


@dataclass(frozen=True, slots=True)
class Best:
    """Processor seconds for all files, each in the best of its rounds, and what was found in each."""

    seconds: float
    found: Sequence[object]


def main() -> None:
    named = [Path(name).read_bytes() for name in sys.argv[1:]]
    if not named:
        _measure_county()
    pdfs = [data for data in named if data.startswith(b"%PDF")]
    if pdfs:
        _print_pdfs(pdfs, [])
    pages = [data for data in named if not data.startswith(b"%PDF")]
    if pages:
        _print_pages([("named", pages)])


def _measure_county() -> None:
    chosen = [report for report in reports() if report.form in ("2019", "2021")]
    printed = chosen[:: len(chosen) // LENGTHS[-1]]
    files = [portable.pdf(report) for report in printed]
    few = slice(None, None, len(files) // PDFS + 1)
    _print_pdfs(files[few], printed[few])
    _print_lengths(files)
    _print_pages(list(webpages.kinds(PAGES)))


def _print_pdfs(files: Sequence[bytes], printed: Sequence[Report]) -> None:
    """With the reports that the files print, their figures are counted."""
    pages = sum(map(_length, files))
    whole = sum(map(figures, printed))
    print(
        f"\n| born-digital PDF, {len(files)} files of {pages} pages | pages a second | times pdfplumber |",
        end="",
    )
    print(f" right of {whole} figures |\n|---|---:|---:|---:|" if printed else "\n|---|---:|---:|")
    peers = contenders()
    best = _best_apart([peer.name for peer in peers], files)
    base = best["pdfplumber, text and tables"].seconds
    for peer in peers:
        its = best[peer.name]
        pace, times = pages / its.seconds, base / its.seconds
        print(f"| {peer.name} | {pace:.1f} | {times:.2f} |{_right(peer, printed, its)}")
    if line := missing():
        print(f"\n{line}")


def _right(peer: Contender, printed: Sequence[Report], its: Best) -> str:
    counts = [peer.right(report, found) for report, found in zip(printed, its.found, strict=False)]
    return f" {sum(counts)} |" if printed else ""


def _print_lengths(files: Sequence[bytes]) -> None:
    print("\n| reports in one PDF file | pages | a page costs |\n|---:|---:|---:|")
    joined = {count: _joined(files[:count]) for count in LENGTHS}
    first = None
    for count, data in joined.items():
        seconds = min(_timed(read, data)[0] for _ in range(PDF_ROUNDS)) / _length(data)
        first = first or seconds
        print(f"| {count} | {_length(data)} | {seconds / first:.2f} |")


def _print_pages(kinds: Sequence[tuple[str, Sequence[bytes]]]) -> None:
    print("\n| web pages | KiB | a whole reading, ms | a bare parse, ms | parses a reading costs |")
    print("|---|---:|---:|---:|---:|")
    for name, pages in kinds:
        best = _best(
            [("reading", partial(_timed, read)), ("parse", partial(_timed, _parsed))], pages, PAGE_ROUNDS
        )
        size = sum(map(len, pages)) / len(pages) / 1024
        reading, parse = (best[which].seconds * 1000 / len(pages) for which in ("reading", "parse"))
        print(f"| {len(pages)} {name} | {size:.0f} | {reading:.2f} | {parse:.2f} | {reading / parse:.1f} |")


def _best(
    readers: Sequence[tuple[str, Callable[[bytes], tuple[float, object]]]],
    files: Sequence[bytes],
    rounds: int,
) -> dict[str, Best]:
    times = {name: [float("inf")] * len(files) for name, _ in readers}
    found: dict[str, list[object]] = {name: [None] * len(files) for name, _ in readers}
    for _ in range(rounds):
        for number, data in enumerate(files):
            for name, reader in readers:
                seconds, found[name][number] = reader(data)
                times[name][number] = min(times[name][number], seconds)
    return {name: Best(sum(times[name]), found[name]) for name, _ in readers}


def _best_apart(names: Sequence[str], files: Sequence[bytes]) -> dict[str, Best]:
    context = multiprocessing.get_context("spawn")
    with ExitStack() as stack:
        own = {name: stack.enter_context(ProcessPoolExecutor(1, mp_context=context)) for name in names}
        return _best([(name, partial(_apart, own[name], name)) for name in names], files, PDF_ROUNDS)


def _apart(process: Executor, name: str, data: bytes) -> tuple[float, object]:
    return process.submit(_by_name, name, data).result()


def _by_name(name: str, data: bytes) -> tuple[float, object]:
    return _timed(next(peer.read for peer in contenders() if peer.name == name), data)


def _timed(reader: Callable[[bytes], object], data: bytes) -> tuple[float, object]:
    began = time.process_time()
    found = reader(data)
    return time.process_time() - began, found


def _parsed(data: bytes) -> None:
    """And the tree let go, as a reading does with its own."""
    lxml_html.document_fromstring(decode(data).text)


def _length(data: bytes) -> int:
    document = pypdfium2.PdfDocument(data)
    try:
        return len(document)
    finally:
        document.close()


def _joined(files: Sequence[bytes]) -> bytes:
    whole = pypdfium2.PdfDocument.new()
    for data in files:
        whole.import_pages(pypdfium2.PdfDocument(data))
    written = io.BytesIO()
    whole.save(written)
    return written.getvalue()


if __name__ == "__main__":
    main()

"""Reads many different documents in one process and prints what memory that process holds.

`.venv/bin/python -m benchmarks.memory --documents 10000` makes the county's reports in every format in
turns, in another process, and reads each as it comes: web pages and text files each with figures of its
own, by dice, the other formats, which take longer to make than to read, some dozens of files again and
again. Exit 1 where the process ever holds more than the limit.
"""

import argparse
import multiprocessing
import random
import resource
import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import replace
from functools import cache
from pathlib import Path

from parsers.read import read
from parsers.reading import Reading
from samples.measure import FORMATS
from samples.publication import reports
from samples.report import Printed, Report

STEP, BATCH = 1000, 60
FILES = 20
"""Different ones of each format that is not made anew."""
LIMIT = 400
"""Megabytes."""


def main(arguments: Sequence[str] | None = None) -> int:
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--documents", type=int, default=10_000)
    options.add_argument("--limit", type=int, default=LIMIT, help="megabytes")
    chosen = options.parse_args(arguments)
    print("| documents | read | megabytes now | at most |\n|---:|---:|---:|---:|")
    outcomes: Counter[str] = Counter()
    for number, data in enumerate(documents(chosen.documents), 1):
        outcomes[type(read(data)).__name__] += 1
        if number % STEP == 0 or number == chosen.documents:
            print(f"| {number} | {outcomes[Reading.__name__]} | {now()} | {at_most()} |", flush=True)
    return int(at_most() > chosen.limit)


def documents(count: int) -> Iterator[bytes]:
    """A batch at a time, so that none waits long to be read."""
    with ProcessPoolExecutor(1, mp_context=multiprocessing.get_context("spawn")) as maker:
        for start in range(0, count, BATCH):
            yield from maker.map(document, range(start, min(start + BATCH, count)))


def document(number: int) -> bytes:
    turn, which = divmod(number, len(FORMATS))
    format = list(FORMATS)[which]
    if format not in ("html", "txt"):
        return _file(format, turn % FILES)
    dice = random.Random(number)  # noqa: S311
    return FORMATS[format](_with_other_figures(_report(turn), dice))


@cache
def _file(format: str, number: int) -> bytes:
    return FORMATS[format](_report(number * len(reports()) // FILES))


def _report(number: int) -> Report:
    printed = [report for report in reports() if report.form != "free"]
    return printed[number % len(printed)]


def _with_other_figures(report: Report, dice: random.Random) -> Report:
    return replace(report, figures=tuple(_other(figure, dice) for figure in report.figures))


def _other(figure: Printed, dice: random.Random) -> Printed:
    return replace(figure, text=str(dice.randrange(10**4))) if figure.text.isdecimal() else figure


def now() -> int:
    """Of this process; only Linux tells."""
    pages = int(Path("/proc/self/statm").read_text("ascii").split()[1])
    return pages * resource.getpagesize() // 2**20


def at_most() -> int:
    """The most this program held. Linux's rusage counts what the program before it in this process held,
    which is the one that started it."""
    if sys.platform == "darwin":
        return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 2**20
    told = Path("/proc/self/status").read_text("ascii").splitlines()
    (most,) = (line.split()[1] for line in told if line.startswith("VmHWM:"))
    return int(most) // 2**10


if __name__ == "__main__":
    sys.exit(main())

"""Reads worn scans of the made-up county's reports against their truth and prints what came of it.

Run from the checkout: .venv/bin/python -m benchmarks.scan --reports 105
The figures of each report are replaced by dice, so that cells of all lengths occur; every report is
printed anew, worn in one of the ways of samples.scans and read from bytes, by one worker at a time.
With --held-out they are those of benchmarks.held instead: other fonts, figures and wear; --seed throws
others of them.
"""

import argparse
import multiprocessing
import random
import resource
import time
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, replace

from benchmarks.held import Held, NoOffice, held_out
from parsers.read import read
from parsers.reading import Figure, Refusal
from samples.report import Printed, Report
from samples.scans import WEARS, nth, scanned
from samples.tally import pages


@dataclass(frozen=True, slots=True)
class Outcome:
    figures: tuple[Figure, ...]
    seconds: float
    peak: int
    """Kilobytes of memory that the worker has used at most."""


def work(data: bytes) -> Outcome:
    start = time.perf_counter()
    reading = read(data)
    seconds = time.perf_counter() - start
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return Outcome(() if isinstance(reading, Refusal) else reading.figures, seconds, peak)


def worn(count: int) -> Iterator[Held]:
    for number in range(count):
        report, (name, wear) = nth(number, WEARS, ("2019", "2021"))
        dice = random.Random(f"scan {number}")  # noqa: S311
        rolled = replace(report, figures=tuple(_rolled(figure, dice) for figure in report.figures))
        yield rolled, name, scanned(rolled, wear, number)


def _rolled(figure: Printed, dice: random.Random) -> Printed:
    if figure.status != "read" or not (figure.text.isdigit() or figure.code.endswith(".amount")):
        return figure
    number = dice.choice(("0", str(dice.randrange(1, 10)), str(dice.randrange(10 ** dice.randrange(1, 6)))))
    if figure.code.endswith(".amount"):
        number += "." + "".join(dice.choices("0123456789", k=dice.choice((1, 2, 4, 6))))
    return replace(figure, text=number)


def judged(printed: Printed, found: Figure | None) -> str:
    """Right, wrong or unread: a blank claimed where a number is printed is as wrong as another number."""
    if found is None or found.status in ("unreadable", "absent"):
        return "unread"
    same = (found.status, str(found.value)) == (printed.status, str(printed.value))
    return "right" if same else "wrong"


def _proposal(printed: Printed, found: Figure | None) -> str:
    if found is None or found.proposal is None:
        return "unproposed"
    meant = str(printed.value) if printed.status == "read" else "0"
    return "proposed right" if str(found.proposal.value) == meant else "proposed wrong"


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--reports", type=int, default=len(WEARS))
    options.add_argument("--held-out", action="store_true")
    options.add_argument("--seed", type=int, default=1)
    chosen = options.parse_args()
    tally: dict[str, Counter[str]] = defaultdict(Counter)
    scans = held_out(chosen.reports, chosen.seed) if chosen.held_out else worn(chosen.reports)
    try:
        _measure(scans, tally)
    except NoOffice as cause:
        options.error(str(cause))
    finally:
        if tally:
            _print(tally)


def _measure(scans: Iterable[Held], tally: dict[str, Counter[str]]) -> None:
    context = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(1, mp_context=context) as worker:
        for number, (report, made, data) in enumerate(scans):
            name = made.partition(" | ")[0]
            outcome = worker.submit(work, data).result()
            row = tally[name]
            row.update(_counted(report, outcome, made))
            row.update(pages=pages(data), milliseconds=round(outcome.seconds * 1000))
            row["peak"] = max(row["peak"], outcome.peak)
            print(f"{number} {report.id} {made}: {_line(row)}", flush=True)


def _counted(report: Report, outcome: Outcome, name: str) -> Counter[str]:
    found = {figure.code: figure for figure in outcome.figures}
    counts: Counter[str] = Counter()
    for printed in report.figures:
        verdict = judged(printed, found.get(printed.code))
        counts[verdict] += 1
        counts[_proposal(printed, found.get(printed.code))] += 1
        if verdict == "wrong":
            print(f"WRONG {name} {report.id} {printed.code}: {printed.text} {found[printed.code]}")
    return counts


def _line(row: Counter[str]) -> str:
    return " ".join(f"{key} {value}" for key, value in row.items())


def _print(tally: dict[str, Counter[str]]) -> None:
    print("\n| dpi and wear | cells | right | wrong | unread | seconds a page | peak MB |")
    print("|---|---|---|---|---|---|---|")
    fine: Counter[str] = Counter()
    for name, row in tally.items():
        if not name.startswith("150"):
            fine.update(row)
        _print_row(name, row)
    _print_row("200 and more, together", fine, peak=max(row["peak"] for row in tally.values()))
    cells = sum(fine[verdict] for verdict in ("right", "wrong", "unread"))
    print(f"\nProposals: {fine['proposed right']} right, {fine['proposed wrong']} wrong.")
    claimed = fine["right"] + fine["wrong"]
    if claimed and not fine["wrong"]:
        print(f"\nNo wrong value among {claimed} claimed of {cells} cells printed at 200 dpi or more:")
        print(f"at 95% confidence fewer than {300 / claimed:.3f}% of claimed values are wrong (3/n).")


def _print_row(name: str, row: Counter[str], peak: int | None = None) -> None:
    cells = sum(row[verdict] for verdict in ("right", "wrong", "unread"))
    share = 100 * row["right"] / cells
    pace = row["milliseconds"] / 1000 / row["pages"]
    megabytes = (peak or row["peak"]) // 1024
    print(
        f"| {name} | {cells} | {share:.2f}% | {row['wrong']} | {row['unread']} | {pace:.2f} | {megabytes} |"
    )


if __name__ == "__main__":
    main()

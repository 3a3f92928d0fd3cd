"""What a portal's sweeps did not get to see: addresses without a report, and columns that were closed."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from crawler.captures import Capture, Sweep
from crawler.notice.ledger import CONFIRMED
from crawler.notice.seen import Absent, absences, by_run


@dataclass(frozen=True, slots=True)
class Missing:
    """The last word on an address that a column names, whether a report was had there before or not.

    `gone`: the portal says that there is no such page, and said so as often as makes it certain."""

    absent: Absent
    gone: bool


@dataclass(frozen=True, slots=True)
class Gaps:
    """`read` is when the last run began to which no column was closed. What a sweep does not show behind a
    closed one, it cannot say is not there."""

    missing: Mapping[str, Missing]
    read: str | None


def gaps(sweeps: Sequence[Sweep], captures: Iterable[Capture]) -> Gaps:
    """`sweeps` are of one portal, oldest first. An answer that says nothing of the page, or none, neither
    counts as missing nor begins the count anew."""
    of_run, read = by_run(captures), None
    words: dict[str, Absent] = {}
    times: dict[str, int] = {}
    for sweep in sweeps:
        absent = absences(sweep, [c for run in sweep.runs for c in of_run.get(run.id, ())])
        for url in {one.url for one in sweep.taken} & words.keys():
            del words[url]
            times.pop(url, None)
        words.update(absent)
        for url, one in absent.items() if sweep.complete else ():
            times[url] = times.get(url, 0) + (one.why == "missing")
        read = sweep.runs[-1].started if _open(sweep, absent.values()) else read
    return Gaps({url: Missing(one, times.get(url, 0) > CONFIRMED) for url, one in words.items()}, read)


def _open(sweep: Sweep, absent: Iterable[Absent]) -> bool:
    summary = sweep.runs[-1].summary
    stopped = summary is not None and summary.stopped in ("blocked", "network")
    return not stopped and not any(one.role == "list" and one.why != "missing" for one in absent)

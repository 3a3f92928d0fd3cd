"""The outcome of one run of one portal, and the words for the state it found the portal in."""

from dataclasses import dataclass
from typing import Literal

from crawler.notice.due import Due
from crawler.notice.seen import Evidence

State = Literal["blocked from here", "unreachable", "changed shape", "shrunk", "silent", "ok", "nothing new"]

STATES: dict[State, str] = {
    "blocked from here": "it answers others perhaps, and refused what was asked from here",
    "unreachable": "it did not answer, or only with errors of its own",
    "changed shape": "its columns no longer look as its software lets expect",
    "shrunk": "its columns show markedly fewer reports, and those missing did not vanish one by one",
    "silent": "reports are overdue, and none or less than half of them came",
    "ok": "there is something new, or it was read for the first time",
    "nothing new": "nothing new, and nothing is overdue",
}
"""The gravest first: the state of a portal is the first of those that hold."""

FAILING: tuple[State, ...] = ("blocked from here", "unreachable", "changed shape", "shrunk", "silent")


@dataclass(frozen=True, slots=True)
class Report:
    url: str
    title: str | None
    listed: str | None
    year: int | None


@dataclass(frozen=True, slots=True)
class Changed:
    """`text`: what the page says is another. `documents`: the files beside it that are."""

    report: Report
    text: bool
    documents: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Moved:
    """`report` is as it was at its old address."""

    report: Report
    to: str


@dataclass(frozen=True, slots=True)
class Vanished:
    """`asked_again` counts the complete sweeps after the one that first missed it."""

    report: Report
    asked_again: int
    evidence: tuple[Evidence, ...]


@dataclass(frozen=True, slots=True)
class Notice:
    """`because` has a sentence for each state that holds, `state` first, then those in `also`.

    `conclusive` is False where a run stopped before it could tell how the portal is. `first` is True
    until a sweep has been complete. `reports` counts those that stand on the portal as far as is known;
    of them `unlisted` are named by no column. `refused` counts report pages that were not had and of
    which that proves nothing."""

    portal: str
    run: str
    sweep: str
    started: str
    state: State
    also: tuple[State, ...]
    because: tuple[str, ...]
    conclusive: bool
    complete: bool
    stopped: str | None
    first: bool
    reports: int
    new: tuple[Report, ...]
    changed: tuple[Changed, ...]
    returned: tuple[Report, ...]
    moved: tuple[Moved, ...]
    vanished: tuple[Vanished, ...]
    gone: tuple[Vanished, ...]
    unchanged: int
    unlisted: int
    refused: int
    requests: int
    bytes: int
    errors: tuple[tuple[str, int], ...]
    newest: Report | None
    expected: tuple[Due, ...]

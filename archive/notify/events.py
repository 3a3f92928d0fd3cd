"""What is worth telling of the runs of a portal. Derived from them alone: the same runs, the same events."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal
from uuid import NAMESPACE_URL, uuid5

from crawler.notice import FAILING, Notice, Report

Kind = Literal["first", "new", "returned", "changed", "gone", "alert", "recovered"]

ALERT_AFTER = 2
"""An alert is due on the so-manieth run in a row that found a portal in one failing state."""


@dataclass(frozen=True, slots=True)
class Event:
    """`id` is a UUID that follows from what happened. `time` is when the run began that found it."""

    id: str
    time: str
    portal: str
    run: str
    kind: Kind
    says: str
    url: str | None


def events(notices: Sequence[Notice]) -> Iterator[Event]:
    """Of one portal whose runs these are, oldest first."""
    state, runs, alerted = "", 0, False
    for notice in notices:
        yield from _of_reports(notice)
        if not notice.conclusive:
            continue
        failing = notice.state in FAILING
        runs = runs + 1 if failing and notice.state == state else 1
        state = notice.state
        if failing and runs == ALERT_AFTER:
            alerted = True
            yield _event(notice, "alert", f"{notice.state} {runs} runs in a row: {'; '.join(notice.because)}")
        if alerted and not failing:
            alerted = False
            yield _event(notice, "recovered", f"well again: {notice.state}, {notice.reports} reports")


def _of_reports(notice: Notice) -> Iterator[Event]:
    """Of what a portal has when it is first read there is too much to tell one by one."""
    if notice.first:
        if notice.complete and notice.reports:
            yield _event(notice, "first", f"read for the first time: {notice.reports} reports")
        return
    for report in notice.new:
        yield _event(notice, "new", f"new: {_named(report)}", report.url)
    for report in notice.returned:
        yield _event(notice, "returned", f"there again: {_named(report)}", report.url)
    for changed in notice.changed:
        what = "its text" if changed.text else f"{len(changed.documents)} of its files"
        yield _event(notice, "changed", f"changed, {what}: {_named(changed.report)}", changed.report.url)
    for gone in notice.gone:
        since = gone.evidence[0].time[:10]
        yield _event(notice, "gone", f"gone since {since}: {_named(gone.report)}", gone.report.url)


def _named(report: Report) -> str:
    return report.title or report.url


def _event(notice: Notice, kind: Kind, says: str, url: str | None = None) -> Event:
    id = str(uuid5(NAMESPACE_URL, "\n".join(("nianbao", notice.portal, notice.run, kind, url or ""))))
    return Event(id, notice.started, notice.portal, notice.run, kind, says, url)

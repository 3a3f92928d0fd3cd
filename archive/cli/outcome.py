"""How the verbs show what a crawl came to: an object for programs, lines for people."""

from collections.abc import Iterator
from dataclasses import asdict, dataclass
from typing import Any

from crawler.crawl import Outcome
from crawler.notice import FAILING, Due, Health, Notice, Report, Vanished
from crawler.notice.ledger import CONFIRMED

FIELDS = {
    "portal": "key of the portal",
    "run": "id of the run, null where it could not begin; then all that follows is empty",
    "sweep": "id of the run that began to ask for everything there is",
    "started": "when the run began: the clock by which it is judged",
    "state": "one word for how the portal is, see below",
    "also": "other states that hold, the gravest first",
    "because": "a sentence for each state that holds, but for `ok` and `nothing new`",
    "since": "when the first run began of those that found it so without a break, or null",
    "last_ok": "when the last run began that found it well",
    "complete": "whether everything there is to ask has been asked",
    "stopped": "why work was left for the next run, in a word, or null",
    "first": "true until everything has been asked once",
    "reports": "reports that stand on the portal, as far as is known",
    "counts": "how many are `new`, `changed`, `returned`, `moved`, `vanished`, `gone`, `unchanged`, "
    "`unlisted` (they stand, and no column names them) and `refused` (not had, which proves nothing)",
    "new": "reports met for the first time: `url`, `title`, `listed`, `year`",
    "changed": "reports with another text (`text`) or other files (`documents`) at the same address",
    "returned": "reports that had vanished and answer again",
    "moved": "reports that stand at another address now (`to`), and no longer at theirs",
    "vanished": "reports that are no longer there; `asked_again` how often since, `evidence` what was met",
    "gone": "reports of which this run confirmed that they are gone",
    "requests": "answers had",
    "bytes": "bytes of them",
    "errors": "what was not had, by kind",
    "newest": "the newest report that stands",
    "expected": "by kind of body and report year: `due`, whether it is `overdue`, how many `bodies` are "
    "expected to have one, and which of them are `missing`",
    "unreached": "each address that was not had, and why",
    "signals": "each page that did not look as its software lets expect",
    "not_taken": "each title that looks like a report's and was not taken for one",
    "says": "a sentence for everything that a person must look at",
}
"""The object that `nianbao crawl --json` prints for a portal."""

_COUNTED = ("new", "changed", "returned", "moved", "vanished", "gone")


@dataclass(frozen=True, slots=True)
class Told:
    """A crawl of a portal with what its captures make of it."""

    outcome: Outcome
    notice: Notice | None
    health: Health | None

    @property
    def must_look(self) -> bool:
        """Whether there is news that is no good news."""
        if self.notice is None:
            return True
        vanished = any(one.asked_again == 0 for one in self.notice.vanished)
        return self.notice.state in FAILING or vanished or bool(self.notice.gone)


def entry(told: Told) -> dict[str, Any]:
    run, notice, health = told.outcome.run, told.notice, told.health
    facts: dict[str, Any] = asdict(notice) if notice else {}
    known: dict[str, Any] = {
        **facts,
        "portal": told.outcome.key,
        "counts": _counts(notice) if notice else {},
        "since": health.since if health else None,
        "last_ok": health.last_ok if health else None,
        "errors": dict(notice.errors) if notice else {},
        "unreached": [asdict(item) for item in run.unreached] if run else [],
        "signals": [asdict(item) for item in run.signals] if run else [],
        "not_taken": [asdict(item) for item in run.not_taken] if run else [],
        "says": list(told.outcome.says),
    }
    return {name: known.get(name) for name in FIELDS}


def lines(told: Told) -> Iterator[str]:
    notice = told.notice
    if notice is None:
        yield f"{told.outcome.key}: not crawled"
        return
    also = f" (also {', '.join(notice.also)})" if notice.also else ""
    stopped = f"; stopped by {notice.stopped}, the next run goes on" if notice.stopped else ""
    yield f"{notice.portal}: {notice.state}{also}{stopped}"
    yield from (f"  {says}" for says in notice.because)
    counts = ", ".join(f"{number} {word}" for word, number in _counts(notice).items() if number)
    yield f"  {notice.reports} reports: {counts or 'none'}"
    if notice.newest:
        yield f"  newest: {_report(notice.newest)}"
    for word in ("new", "returned") if not notice.first else ():
        yield from (f"  {word}: {_report(one)}" for one in getattr(notice, word))
    yield from (f"  changed: {_report(one.report)}" for one in notice.changed)
    yield from (f"  moved: {_report(one.report)} to {one.to}" for one in notice.moved)
    yield from (f"  vanished: {_vanished(one)}" for one in notice.vanished)
    yield from (f"  gone: {_vanished(one)}" for one in notice.gone)
    yield from (f"  {_due(one)}" for one in notice.expected if one.missing)
    errors = "".join(f", {number} × {kind}" for kind, number in notice.errors)
    yield f"  {notice.requests} answers, {notice.bytes} bytes{errors}"


def health_entry(key: str, health: Health | None) -> dict[str, Any]:
    facts: dict[str, Any] = asdict(health) if health else {}
    names = ("state", "since", "runs", "last_run", "last_ok", "because")
    return {"portal": key, **{name: facts.get(name) for name in names}}


def health_line(key: str, health: Health | None) -> str:
    if health is None:
        return f"{key}  never crawled to the end"
    ok = f"last ok {health.last_ok[:10]}" if health.last_ok else "never ok"
    runs = f"{health.runs} run{'s' if health.runs > 1 else ''}"
    because = "".join(f"; {says}" for says in health.because)
    return f"{key}  {health.state}  since {health.since[:10]} ({runs})  {ok}{because}"


def _counts(notice: Notice) -> dict[str, int]:
    counted = {word: len(getattr(notice, word)) for word in _COUNTED}
    return {**counted, **{word: getattr(notice, word) for word in ("unchanged", "unlisted", "refused")}}


def _report(report: Report) -> str:
    return f"{report.title or report.url} ({report.year or 'year unknown'}) {report.url}"


def _vanished(one: Vanished) -> str:
    since = one.evidence[0].time[:10]
    return f"{_report(one.report)}, since {since}, asked again {one.asked_again} of {CONFIRMED} times"


def _due(one: Due) -> str:
    when = "overdue since" if one.overdue else "due on"
    came = one.bodies - len(one.missing)
    return f"{one.year}, {one.kind}: {when} {one.due}, {came} of {one.bodies} came"

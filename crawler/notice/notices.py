"""From the sweeps of a portal to the notice of each of its runs. The clock is that of the runs."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date

from crawler.captures import Capture, Run, Sweep
from crawler.captures.sweeps import sweeps
from crawler.notice.due import Named, dues
from crawler.notice.ledger import Known, Ledger, Lost, Met
from crawler.notice.outcome import Notice, Report, State
from crawler.notice.seen import Absent, Seen, absences, by_run, reports
from crawler.notice.states import Look, states
from parsers.text.titles import report_title
from parsers.text.years import full_date


def notices(story: Sequence[Sweep], captures: Iterable[Capture]) -> list[Notice]:
    """Of every run in these sweeps of one portal, oldest first. `captures` are all of its, or of more."""
    told = _Story(by_run(captures))
    return [notice for sweep in story for notice in told.sweep(sweep)]


@dataclass(slots=True)
class _Story:
    captures: dict[str, list[Capture]]
    ledger: Ledger = field(default_factory=Ledger)
    first: bool = True

    def sweep(self, sweep: Sweep) -> Iterator[Notice]:
        for number, run in enumerate(sweep.runs, 1):
            (until,) = sweeps(sweep.runs[:number])
            yield self._run(until, run)
        self.first = self.first and not sweep.complete

    def _run(self, sweep: Sweep, run: Run) -> Notice:
        captures = [capture for one in sweep.runs for capture in self.captures.get(one.id, ())]
        taken, absent = reports(sweep.taken, captures), absences(sweep, captures)
        met = self.ledger.meet({one.url: taken[one.url] for one in run.taken if one.url in taken}, sweep.id)
        lost = self.ledger.close(taken, absent, sweep.id) if sweep.complete else Lost()
        home = run.portal.home
        columns = frozenset(c.url for c in captures if c.role == "list" and c.parent == home)
        due = dues(_named(self.ledger, absent), run.portal, date.fromisoformat(run.started[:10]))
        look = Look(sweep, home, _stopped(run), columns, taken, absent, self.ledger, tuple(due))
        if look.read_whole:
            self.ledger.count_unlisted(taken)
        return _notice(look, run, met, lost, first=self.first)


def _stopped(run: Run) -> str | None:
    return run.summary.stopped if run.summary else "interrupted"


def _named(ledger: Ledger, absent: dict[str, Absent]) -> Iterator[Named]:
    """All reports there ever were, and those that a column names and that were not had from here."""
    for one in ledger.known.values():
        yield Named(one.seen.taken.title, one.seen.taken.year, one.seen.body_name)
    for missed in absent.values():
        told = report_title(missed.title) if missed.title else None
        if told and missed.why != "missing":
            yield Named(missed.title, told.year, None)


def _notice(look: Look, run: Run, met: Met, lost: Lost, *, first: bool) -> Notice:
    holding: dict[State, str] = {}
    for state, says in states(look):
        holding.setdefault(state, says)
    new = tuple(one for one in met.new if one.url not in {moved.to for moved in lost.moved})
    vanished = any(one.asked_again == 0 for one in lost.vanished)
    any_news = bool(new or met.changed or met.returned or lost.moved or vanished or lost.gone)
    good: State = "ok" if any_news else "nothing new"
    order: tuple[State, ...] = tuple(holding) or (good,)
    standing = list(look.ledger.standing())
    return Notice(
        portal=run.portal.key,
        run=run.id,
        sweep=look.sweep.id,
        started=run.started,
        state=order[0],
        also=order[1:],
        because=tuple(holding.values()),
        conclusive=bool(holding) or look.sweep.complete,
        complete=look.sweep.complete,
        stopped=look.stopped,
        first=first,
        reports=len(standing),
        new=new,
        changed=tuple(met.changed),
        returned=tuple(met.returned),
        moved=tuple(lost.moved),
        vanished=tuple(lost.vanished),
        gone=tuple(lost.gone),
        unchanged=len(met.unchanged),
        unlisted=sum(one.unlisted > 0 for one in standing),
        refused=_refused(look, lost),
        requests=run.summary.requests if run.summary else 0,
        bytes=run.summary.bytes if run.summary else 0,
        errors=run.summary.errors if run.summary else (),
        newest=_newest(standing),
        expected=look.dues,
    )


def _refused(look: Look, lost: Lost) -> int:
    told = {one.report.url for one in lost.moved}
    told |= {one.report.url for one in (*lost.vanished, *lost.gone)}
    known = look.ledger.known
    return sum(
        one.role == "article" and one.url not in told and not (one.url in known and known[one.url].gone)
        for one in look.absent.values()
    )


def _newest(standing: Iterable[Known]) -> Report | None:
    """Of the latest year; in it, listed last."""

    def age(one: Known) -> tuple[int, str, str]:
        taken: Seen = one.seen
        listed = full_date(taken.taken.listed or "", one.url) or ""
        return taken.taken.year or 0, listed, one.url

    newest = max(standing, key=age, default=None)
    return newest.report if newest else None

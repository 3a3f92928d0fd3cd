"""The rules that tell how a portal is, each of them one function that says why, or None."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

from crawler.captures import Sweep
from crawler.notice.due import Due
from crawler.notice.ledger import CONFIRMED, Known, Ledger
from crawler.notice.outcome import State
from crawler.notice.seen import Absent, Seen, Why


@dataclass(frozen=True, slots=True)
class Look:
    """What the rules look at: a sweep, what is known after it, and what the calendar says.

    `columns` are the first list pages that the sweep asked for and had an answer from."""

    sweep: Sweep
    home: str
    stopped: str | None
    columns: frozenset[str]
    taken: Mapping[str, Seen]
    absent: Mapping[str, Absent]
    ledger: Ledger
    dues: tuple[Due, ...]

    def lists(self, why: Why) -> list[Absent]:
        return [one for one in self.absent.values() if one.role == "list" and one.why == why]

    @property
    def read_whole(self) -> bool:
        """Whether every column answered, be it that it is no longer there."""
        lists = (one for one in self.absent.values() if one.role == "list")
        return self.sweep.complete and all(one.why == "missing" for one in lists)


def markedly(part: int, whole: int) -> bool:
    """At least a tenth, and three unless there are fewer."""
    return part > 0 and part * 10 >= whole and part >= min(3, whole)


def states(look: Look) -> Iterator[tuple[State, str]]:
    """Those that hold, the gravest first. What only a sweep that read everything can tell is asked of no
    other."""
    for state, rule in _OF_ANY:
        if says := rule(look):
            yield state, says
    for state, rule in _OF_WHOLE if look.read_whole else ():
        if says := rule(look):
            yield state, says


def _blocked(look: Look) -> str | None:
    return _not_had(look, "blocked", "blocked", "refused")


def _unreachable(look: Look) -> str | None:
    return _not_had(look, "unreachable", "network", "not answered")


def _not_had(look: Look, why: Why, stop: str, word: str) -> str | None:
    """A list page, the end of the run, or markedly many of the reports."""
    lists = look.lists(why)
    pages = [one for one in look.absent.values() if one.role == "article" and one.why == why]
    asked = len(look.taken) + sum(one.role == "article" for one in look.absent.values())
    if not lists and look.stopped != stop and not markedly(len(pages), asked):
        return None
    counts = f"{len(lists)} list pages and {len(pages)} of {asked} reports were {word}"
    first = next(iter(lists or pages), None)
    return f"{counts}, such as {first.url} ({first.evidence.kind})" if first else f"{counts}; the run stopped"


def _changed_shape(look: Look) -> str | None:
    if signals := [one for one in look.sweep.signals if _of_list(look, one.url)]:
        return f"{signals[0].url}: {signals[0].says}" + _more(len(signals))
    if odd := [one for one in look.lists("left") if one.evidence.kind in _ODD]:
        return f"{odd[0].url}: it is no list any more ({odd[0].evidence.kind})" + _more(len(odd))
    if missing := look.lists("missing"):
        return f"{missing[0].url}: the column's page is no longer there" + _more(len(missing))
    return None


def _emptied(look: Look) -> str | None:
    """A column that listed reports which still stand, and now lists not one of them nor any other."""
    columns = _emptied_columns(look)
    if not columns:
        return None
    says = f"{columns[0]}: it listed {len(_listed_before(look, columns[0]))} reports and lists none"
    return says + _more(len(columns))


def _shrunk(look: Look) -> str | None:
    """Until as many later sweeps have found it so as make a vanished report gone."""
    emptied = {url for column in _emptied_columns(look) for url in _listed_before(look, column)}
    lost = [
        one for one in look.ledger.standing() if 0 < one.unlisted <= CONFIRMED + 1 and one.url not in emptied
    ]
    listed = sum(not one.unlisted for one in look.ledger.standing())
    if not markedly(len(lost), listed + len(lost)):
        return None
    return f"{len(lost)} of {listed + len(lost)} reports are in no column any more, such as {lost[0].url}"


def _silent(look: Look) -> str | None:
    if not look.ledger.known:
        return "no report has ever been found here"
    said = [
        f"{len(one.missing)} of {one.bodies} reports of kind {one.kind} for {one.year}, due {one.due}"
        for one in look.dues
        if one.silent
    ]
    return f"overdue: {'; '.join(said)}" if said else None


def _of_list(look: Look, url: str) -> bool:
    return url not in {look.home, *look.taken, *look.absent} and not _never_had(look, url)


def _never_had(look: Look, url: str) -> bool:
    """A column that never listed a report, on a portal where others do, and that lists none now."""
    had = {one.seen.taken.column for one in look.ledger.known.values()}
    return bool(had) and url in look.columns and url not in had


def _listed_before(look: Look, column: str) -> list[str]:
    return [one.url for one in look.ledger.standing() if one.seen.taken.column == column]


def _emptied_columns(look: Look) -> list[str]:
    now = {url: seen for url, seen in look.taken.items() if not seen.taken.unlisted}
    full = {seen.taken.column for seen in now.values()}
    before: dict[str, list[Known]] = {}
    for one in look.ledger.standing():
        before.setdefault(one.seen.taken.column, []).append(one)
    return sorted(
        column
        for column in before.keys() & look.columns - full
        if not any(one.url in now for one in before[column])
    )


def _more(number: int) -> str:
    return f", and {number - 1} more" if number > 1 else ""


_ODD = ("empty", "hijacked", "redirects", "too-large")
Rule = Callable[[Look], str | None]
_OF_ANY: tuple[tuple[State, Rule], ...] = (
    ("blocked from here", _blocked),
    ("unreachable", _unreachable),
    ("changed shape", _changed_shape),
)
_OF_WHOLE: tuple[tuple[State, Rule], ...] = (
    ("changed shape", _emptied),
    ("shrunk", _shrunk),
    ("silent", _silent),
)

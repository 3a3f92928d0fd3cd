"""How a portal is now, since when, and when it last was well."""

from collections.abc import Sequence
from dataclasses import dataclass

from crawler.notice.outcome import FAILING, Notice, State


@dataclass(frozen=True, slots=True)
class Health:
    """`since` is when the first of the runs began that found it so without a break, `runs` how many there
    are. `last_ok` is None where it never was well."""

    portal: str
    state: State
    since: str
    runs: int
    last_run: str
    last_ok: str | None
    because: tuple[str, ...]


def health(notices: Sequence[Notice]) -> Health | None:
    """`notices` are of one portal, oldest first. None where no run could tell."""
    told = [notice for notice in notices if notice.conclusive]
    if not told:
        return None
    last = told[-1]
    streak = same(told)
    well = [notice for notice in told if notice.state not in FAILING]
    return Health(
        portal=last.portal,
        state=last.state,
        since=streak[0].started,
        runs=len(streak),
        last_run=notices[-1].started,
        last_ok=well[-1].started if well else None,
        because=last.because,
    )


def same(told: Sequence[Notice]) -> list[Notice]:
    """The runs at the end that found the portal alike: in one failing state, or well."""

    def kind(notice: Notice) -> str:
        return notice.state if notice.state in FAILING else "well"

    streak: list[Notice] = []
    for notice in reversed(told):
        if kind(notice) != kind(told[-1]):
            break
        streak.insert(0, notice)
    return streak

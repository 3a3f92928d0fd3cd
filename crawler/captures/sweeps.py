"""The runs of a portal, put together to sweeps."""

from collections.abc import Iterable, Sequence
from itertools import groupby
from typing import TypeVar

from crawler.captures.capture import NotTaken, Run, Sweep, Taken, Unreached

Said = TypeVar("Said", Taken, Unreached, NotTaken)


def sweeps(runs: Iterable[Run]) -> list[Sweep]:
    """Oldest first."""
    ordered = sorted(runs, key=lambda run: (run.sweep, run.started, run.id))
    return [_sweep(id, tuple(those)) for id, those in groupby(ordered, key=lambda run: run.sweep)]


def _sweep(id: str, runs: tuple[Run, ...]) -> Sweep:
    last = runs[-1]
    if last.complete:
        return Sweep(id, runs, last.taken, last.unreached, last.signals, last.not_taken, complete=True)
    return Sweep(
        id,
        runs,
        taken=_together(run.taken for run in runs),
        unreached=_together(run.unreached for run in runs),
        signals=tuple(dict.fromkeys(signal for run in runs for signal in run.signals)),
        not_taken=_together(run.not_taken for run in runs),
        complete=False,
    )


def _together(runs: Iterable[Sequence[Said]]) -> tuple[Said, ...]:
    """One of each address: the later run knows better."""
    return tuple({item.url: item for items in runs for item in items}.values())

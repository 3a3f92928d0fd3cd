"""Tells what has not been told, by every way that the settings name."""

from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path

from archive.notify.channel import NotTold
from archive.notify.events import Event
from archive.notify.mail import send
from archive.notify.sent import Sent, read_sent, write_sent
from archive.notify.settings import Settings
from archive.notify.webhook import post

Way = Callable[[Sequence[Event]], str | None]


def tell(events: Sequence[Event], settings: Settings, begun: str, file: Path) -> list[str]:
    """A sentence for each way that failed; what it did not tell, the next call tells.

    `events` are all there are, `begun` is when the first of the runs began that this call is about: a way
    that has told nothing yet begins there."""
    sent, problems = read_sent(file), []
    for name, way in _ways(settings).items():
        before = sent.get(name, Sent(begun))
        sent[name], says = _by(way, events, before, begun)
        problems += [says] if says else []
    write_sent(file, sent)
    return problems


def _ways(settings: Settings) -> dict[str, Way]:
    ways: dict[str, Way] = {}
    if settings.mail:
        ways["mail"] = partial(send, settings.mail)
    if settings.webhook:
        ways["webhook"] = partial(post, settings.webhook)
    return ways


def _by(way: Way, events: Sequence[Event], before: Sent, begun: str) -> tuple[Sent, str | None]:
    pending = [one for one in events if one.time >= before.since and one.id not in before.ids]
    says = None
    if pending:
        try:
            says = way(pending)
        except NotTold as problem:
            return before, f"{problem}; {len(pending)} notices wait for the next run"
    since = max(begun, before.since)
    return Sent(since, tuple(one.id for one in events if one.time >= since)), says

"""An unfinished sweep: what it has already, so that its next run asks only for the rest."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta
from pathlib import Path

from crawler.captures.capture import Capture, PortalFacts
from crawler.captures.index import Begun, Index
from crawler.captures.runs import Entered, read_run
from crawler.captures.warc import Found, exchange_at

LASTS = timedelta(days=7)
"""What an unfinished sweep saw longer ago than this is no part of what the portal says now."""

_FINAL = ("soft-404", "login", "not-a-report")

Place = tuple[Path, int, int]


class Rest:
    """`runs` are those of the unfinished sweep, oldest first; none where a sweep begins. `all` are those of
    the portal: any that did not come to its end may have left answers of which no run speaks."""

    def __init__(self, folder: Path, index: Index, runs: Sequence[Begun], all: Sequence[Begun]) -> None:
        self._index = index
        self._runs = [run.id for run in runs]
        self._orphans: dict[tuple[str, str, bytes], list[Place]] = defaultdict(list)
        self._of_others: list[Place] = []
        for place, found in _orphans(folder, index, all):
            ours = found.of in self._runs
            kept = self._orphans[found.url, found.method, found.form] if ours else self._of_others
            kept.append(place)

    @property
    def sweep(self) -> str | None:
        return self._runs[0] if self._runs else None

    def had(self, url: str, method: str, form: bytes) -> Entered | None:
        """The answer that this sweep had to this request, where asking again would bring nothing else."""
        if not self._runs:
            return None
        found = self._index.latest_of(self._runs, url, method, form.decode("latin-1"))
        return found if found and settled(found.capture) else None

    def orphan(self, url: str, method: str, form: bytes) -> Found | None:
        """The latest answer that this sweep had to this request and of which no run speaks, once: the crawl
        was killed before its line."""
        places = self._orphans.get((url, method, form))
        return exchange_at(*places.pop()) if places else None

    def left(self) -> Iterator[Found]:
        """All other answers of which no run speaks, once each, this sweep's and those of earlier ones."""
        for places in (self._of_others, *self._orphans.values()):
            while places:
                if found := exchange_at(*places.pop(0)):
                    yield found


def settled(capture: Capture) -> bool:
    """Whether this is an answer, and no refusal that may pass."""
    return capture.refusal is None or capture.refusal in _FINAL or capture.status in (404, 410)


def unfinished(folder: Path, runs: Sequence[Begun], portal: PortalFacts, now: datetime) -> list[Begun]:
    """The runs of the portal's last sweep, where that waits to be continued. `runs`: oldest first."""
    if not runs or (runs[-1].finished and not runs[-1].stopped):
        return []
    those = [run for run in runs if run.sweep == runs[-1].sweep]
    last = read_run(folder / those[-1].file)
    young = now - datetime.fromisoformat(those[0].started) < LASTS
    return those if young and last is not None and last.portal == portal else []


def _orphans(folder: Path, index: Index, runs: Sequence[Begun]) -> Iterator[tuple[Place, Found]]:
    """Whole exchanges in the WARC files of runs, of which no run speaks. A run that ends speaks for those
    before it; what it wrote and could not enter itself, the next one looks for."""
    ended = [run for run in runs if run.finished is not None]
    for run in runs:
        if run.finished is None or run is ended[-1]:
            for warc in index.warcs(run.id):
                for asked, answered in index.unspoken(warc):
                    place = (folder / warc, asked, answered)
                    if found := exchange_at(*place):
                        yield place, found

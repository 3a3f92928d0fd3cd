"""What a build starts from: captures and readings put in order, nothing written yet."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import partial
from itertools import chain, groupby
from operator import itemgetter
from pathlib import Path
from typing import Protocol

from archive.batches import batches
from archive.bodies import Body
from archive.claimed import claimed
from archive.claims import Get
from archive.expected import Expected, expected, look
from archive.forked import spread
from archive.gathered import Gathered
from archive.gathering import gathering, number_reports
from archive.listed import Listed, listed
from archive.succession import Succession, successions
from archive.versions import Version, versions
from crawler.captures import Capture, PortalFacts, Run
from parsers.reading import Reading


class Captures(Protocol):
    """As much of the store of captures as a build needs."""

    def captures(self) -> Iterator[Capture]: ...
    def runs(self) -> Iterator[Run]: ...


ALONE = 500
"""Captures: fewer are soon read by one process."""
AT_ONCE = 50
"""Captures that a process reads before it tells what they claim."""


class NothingToBuild(Exception):
    """There is no capture that could hold a report."""


@dataclass(frozen=True, slots=True)
class Material:
    gathered: Gathered
    portals: Mapping[str, PortalFacts]
    started: Mapping[str, str]
    """When the sweep of each run began."""
    listed: tuple[Listed, ...]
    get: Get
    public: Callable[[Reading], Reading] = lambda reading: reading
    """What of a reading may be shown, once it is known where it was found."""
    shown: Callable[[Capture], Capture] = lambda capture: capture
    """What of a capture may be shown."""
    withheld: frozenset[str] = frozenset()
    """Documents of which not everything may be shown."""

    def captures(self) -> Iterator[Capture]:
        """In order of id."""
        return map(self.shown, self.gathered.captures())

    def captures_of(self, portal: str) -> Iterator[Capture]:
        return map(self.shown, self.gathered.captures_of(portal))

    def reports(self, start: int, end: int) -> Iterator[tuple[str, tuple[Version, ...]]]:
        """From report number `start`, from 0, to the one before `end`: id and versions, in order."""
        for id, found in self.gathered.reports(start, end):
            yield id, versions(id, found, self.started)

    def expected(self) -> Iterator[Expected]:
        runs_of, captures_of = self.gathered.runs_of, self.captures_of
        looks = {key: look(key, list(runs_of(key)), captures_of(key)) for key in sorted(self.portals)}
        last = dict(self.gathered.last_years())
        by_body = groupby(self.gathered.current(), key=itemgetter(0))
        reports = ((id, [report for _, report in its]) for id, its in by_body)
        return expected(reports, last, looks, self.successions(), self.listed)

    def successions(self) -> dict[str, Succession]:
        return successions(one for _, one in self.gathered.current())

    def named(self) -> Iterator[tuple[str, str, Body]]:
        """The portals, the printed names and the bodies that these are, by body and oldest first."""
        bodies = self.gathered.bodies()
        named = groupby(self.gathered.evidence("body, portal, named", "body, portal, named"), itemgetter(0))
        for (_, body, *_), (_, its) in zip(bodies, named, strict=True):
            yield from ((portal, name, body) for _, portal, name in its)

    def divisions(self) -> list[str]:
        """Codes of all that are named, without those above or after them."""
        bodies = chain((body for _, body, *_ in self.gathered.bodies()), (one.body for one in self.listed))
        of_bodies = {body.division for body in bodies if body.division}
        of_portals = {portal.division for portal in self.portals.values() if portal.division}
        return sorted(of_portals | of_bodies)


def gather(store: Captures, get: Get, file: Path, helpers: int = 0) -> Material:
    """What is too much for memory goes into `file`."""
    with gathering(file) as into:
        portals, started = into.runs(store.runs()), into.started()
        enough = into.captures(store.captures()) >= ALONE
        met = batches(into.met(), AT_ONCE)
        read = partial(claimed, portals, get)
        first = next(met, None)
        if first is None:
            raise NothingToBuild(
                "no capture holds a page or a file that could be a report; crawl a portal first"
            )
        # What is loaded to read these, no helper has to load.
        into.take(read(first))
        for one in spread("read whose the reports are", read, met, helpers if enough else 0):
            into.take(one)
        bodies = into.spelt()
    number_reports(file, started)
    gathered = Gathered(file)
    return Material(
        gathered=gathered,
        portals=portals,
        started=started,
        listed=listed(gathered.columns(), portals, bodies),
        get=get,
    )

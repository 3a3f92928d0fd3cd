"""What a build starts from: captures and readings put in order, nothing written yet."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from itertools import chain
from typing import Literal, Protocol

from archive.bundles import Bundle
from archive.claims import Claim, Get, Outcome, Unclaimed, candidates, claims, of_known_bodies
from archive.kept import Kept
from archive.listed import Listed, listed
from archive.versions import Standing, Version, reports, standing
from crawler.captures import Capture, PortalFacts, Run
from parsers.reading import Reading


class Captures(Protocol):
    """As much of the store of captures as a build needs."""

    def captures(self) -> Iterator[Capture]: ...
    def runs(self) -> Iterator[Run]: ...


class NothingToBuild(Exception):
    """There is no capture that could hold a report."""


@dataclass(frozen=True, slots=True)
class Opened:
    """What came of a document that was read. `refusal` and `says` are None for a report, and for an archive
    that could be unpacked to its end."""

    outcome: Literal["report", "refused", "bundle"]
    media_type: str | None
    refusal: str | None
    says: str | None


@dataclass(frozen=True, slots=True)
class Material:
    captures: tuple[Capture, ...]
    runs: tuple[Run, ...]
    portals: Mapping[str, PortalFacts]
    claims: tuple[Claim, ...]
    listed: tuple[Listed, ...]
    unclaimed: tuple[Unclaimed, ...]
    reports: Mapping[str, tuple[Version, ...]]
    standing: Standing
    opened: Mapping[str, Opened]
    bundles: tuple[Bundle, ...]
    get: Get
    public: Callable[[Reading], Reading] = lambda reading: reading
    """What of a reading may be shown, once it is known where it was found."""
    withheld: frozenset[str] = frozenset()
    """Documents of which not everything may be shown."""

    def current(self) -> list[Claim]:
        return [v.last for versions in self.reports.values() for v in versions if v.current]

    def bodies(self) -> dict[str, list[Claim]]:
        """From body id, in order, to all its claims."""
        bodies: dict[str, list[Claim]] = {}
        for claim in self.claims:
            bodies.setdefault(claim.body.id, []).append(claim)
        return {id: bodies[id] for id in sorted(bodies)}

    def divisions(self) -> list[str]:
        """Codes of all that are named, without those above or after them."""
        bodies = chain((one.body for one in self.claims), (one.body for one in self.listed))
        of_bodies = {body.division for body in bodies if body.division}
        of_portals = {portal.division for portal in self.portals.values() if portal.division}
        return sorted(of_portals | of_bodies)


def gather(store: Captures, get: Get) -> Material:
    captures = sorted(store.captures(), key=lambda capture: capture.id)
    runs = sorted(store.runs(), key=lambda run: (run.started, run.id))
    if not candidates(captures):
        raise NothingToBuild("no capture holds a page or a file that could be a report; crawl a portal first")
    portals = {run.portal.key: run.portal for run in runs}
    opened: dict[str, Opened] = {}
    bundles: dict[str, Bundle] = {}
    found = list(claims(captures, portals, _noting(opened, bundles, get)))
    named = of_known_bodies(claim for claim in found if isinstance(claim, Claim))
    stands = standing(captures)
    return Material(
        captures=tuple(captures),
        runs=tuple(runs),
        portals=portals,
        claims=tuple(named),
        listed=listed(captures, portals, named),
        unclaimed=tuple(sorted({one for one in found if isinstance(one, Unclaimed)}, key=_order)),
        reports=reports(named, stands, _started(runs)),
        standing=stands,
        opened=opened,
        bundles=tuple(bundles[sha256] for sha256 in sorted(bundles)),
        get=get,
    )


def _started(runs: Iterable[Run]) -> dict[str, str]:
    """When the sweep of each run began: its runs saw one state of the portal."""
    started = {run.id: run.started for run in runs}
    return {run.id: started.get(run.sweep, run.started) for run in runs}


def _noting(opened: dict[str, Opened], bundles: dict[str, Bundle], get: Get) -> Get:
    """A second pass over all readings would cost as much as the rest of the build."""

    def noted(sha256: str) -> Outcome:
        outcome = get(sha256)
        if outcome is None:
            raise ValueError(
                f"document {sha256} has not been read; run `nianbao build`, which reads what is new"
            )
        opened[sha256] = _opened(outcome)
        if isinstance(outcome, Bundle):
            bundles[sha256] = outcome
        return outcome

    return noted


def _opened(outcome: Outcome) -> Opened:
    if isinstance(outcome, Kept):
        return _report_of(outcome.media_type)
    if isinstance(outcome, Bundle):
        return Opened("bundle", None, outcome.refusal, outcome.says)
    return Opened("refused", outcome.media_type, outcome.kind, outcome.says)


@cache
def _report_of(media_type: str) -> Opened:
    return Opened("report", media_type, None, None)


def _order(one: Unclaimed) -> tuple[str, str]:
    return one.document, one.lacks

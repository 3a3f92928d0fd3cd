"""What captures claim, as rows of what is gathered: whichever process reads the documents sends no more."""

import pickle
from collections.abc import Callable, Iterable, Mapping
from dataclasses import astuple, dataclass, field
from functools import lru_cache
from operator import attrgetter

from archive.bodies import Body
from archive.bundles import Bundle
from archive.claims import Claim, Get, Met, Outcome, Unclaimed, claims
from archive.gathered import CLAIM
from archive.kept import Kept
from crawler.captures import PortalFacts

Row = tuple[object, ...]
_OF_CLAIM = attrgetter(*CLAIM[:-1])


@dataclass(slots=True)
class Claimed:
    """Rows by table. Those of claims stand beside the body in the spelling of the claim."""

    opened: list[Row] = field(default_factory=list)
    members: list[Row] = field(default_factory=list)
    unclaimed: list[Row] = field(default_factory=list)
    claims: list[tuple[Body, Row]] = field(default_factory=list)


def claimed(portals: Mapping[str, PortalFacts], get: Get, met: Iterable[Met]) -> Claimed:
    """Of all documents that were looked into, and of whose reports they are."""
    found = Claimed()
    read = _noting(found, get)
    for one in met:
        for claim in claims(one, portals[one.capture.portal], read):
            if isinstance(claim, Unclaimed):
                found.unclaimed.append((claim.document, claim.lacks))
            else:
                found.claims.append((claim.body, _row(one, claim)))
    return found


def _row(met: Met, claim: Claim) -> Row:
    findings = pickle.dumps(claim.findings) if claim.findings else None
    return (met.key, met.page_key, *_OF_CLAIM(claim), findings)


def _noting(found: Claimed, get: Get) -> Callable[[str], Outcome]:
    """A second pass over all readings would cost as much as the rest of the build."""

    # An archive may hold more documents than memory.
    @lru_cache(maxsize=64)
    def read(sha256: str) -> Outcome:
        outcome = get(sha256)
        if outcome is None:
            raise ValueError(
                f"document {sha256} has not been read; run `nianbao build`, which reads what is new"
            )
        found.opened.append((sha256, *_opened(outcome)))
        members = outcome.members if isinstance(outcome, Bundle) else ()
        found.members += ((sha256, at, *astuple(member)) for at, member in enumerate(members))
        return outcome

    return read


def _opened(outcome: Outcome) -> tuple[str, str | None, str | None, str | None]:
    """What came of a document that was read; why, where that is no report or could not be unpacked whole."""
    if isinstance(outcome, Kept):
        return "report", outcome.media_type, None, None
    if isinstance(outcome, Bundle):
        return "bundle", None, outcome.refusal, outcome.says
    return "refused", outcome.media_type, outcome.kind, outcome.says

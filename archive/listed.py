"""Bodies that a portal's own directory names and of which no report is known."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain

from archive.bodies import Body, known_body, one_spelling
from archive.claims import Claim
from crawler.captures import IMPORT, Capture, PortalFacts
from parsers.reading import Publisher
from parsers.register.evidence import Evidence
from parsers.register.resolve import known


@dataclass(frozen=True, slots=True)
class Listed:
    """`name` is as the column has it."""

    body: Body
    portal: str
    name: str
    known_from: str


def listed(
    captures: Iterable[Capture], portals: Mapping[str, PortalFacts], claims: Sequence[Claim]
) -> tuple[Listed, ...]:
    """In order of id. A column that is named after no certain body is no publisher."""
    found = [one for one in _named(captures, portals) if one.body.division and one.body.kind != "other"]
    printed = [claim.body for claim in claims]
    # Twice, so that no spelling of a report gives way to that of a column.
    spelt = one_spelling(chain(printed, printed, (one.body for one in found)))
    published = {body.id for body in printed}
    bodies = {
        body.id: Listed(body, one.portal, one.name, one.known_from)
        for one in found
        for body in [spelt[one.body]]
    }
    return tuple(bodies[id] for id in sorted(bodies.keys() - published))


def _named(captures: Iterable[Capture], portals: Mapping[str, PortalFacts]) -> Iterator[Listed]:
    # What a column is called its portal says before the column is asked: one that was refused is named too.
    lists = (c for c in captures if c.role == "list" and c.body_name)
    for portal, name in sorted({(c.portal, c.body_name or "") for c in lists}):
        facts = portals[portal]
        if facts.cms != IMPORT:
            division = facts.division if facts.division and not known(facts.division) else None
            evidence = Evidence(column=name, portal=facts.division)
            one = known_body(Publisher(name, division), evidence, portal)
            yield Listed(one.body, portal, name, one.known_from)

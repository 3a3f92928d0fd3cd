"""Bodies that a portal's own directory names and of which no report is known."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from archive.bodies import Body, known_body, one_spelling
from crawler.captures import IMPORT, PortalFacts
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
    columns: Iterable[tuple[str, str]], portals: Mapping[str, PortalFacts], printed: Counter[Body]
) -> tuple[Listed, ...]:
    """In order of id. `columns` are a portal and a name each; `printed` are the bodies of which there are
    reports, and how many each has. A column that is named after no certain body is no publisher."""
    found = [one for one in _named(columns, portals) if one.body.division and one.body.kind != "other"]
    # Twice, so that no spelling of a report gives way to that of a column.
    spelt = one_spelling(printed + printed + Counter(one.body for one in found))
    published = {body.id for body in printed}
    bodies = {
        body.id: Listed(body, one.portal, one.name, one.known_from)
        for one in found
        for body in [spelt[one.body]]
    }
    return tuple(bodies[id] for id in sorted(bodies.keys() - published))


def _named(columns: Iterable[tuple[str, str]], portals: Mapping[str, PortalFacts]) -> Iterator[Listed]:
    # What a column is called its portal says before the column is asked: one that was refused is named too.
    for portal, name in sorted(columns):
        facts = portals[portal]
        if facts.cms != IMPORT:
            division = facts.division if facts.division and not known(facts.division) else None
            evidence = Evidence(column=name, portal=facts.division)
            one = known_body(Publisher(name, division), evidence, portal)
            yield Listed(one.body, portal, name, one.known_from)

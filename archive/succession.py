"""Which body took another's place in a reform of government: two bodies, linked, and nothing merged."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Protocol

from archive.bodies import Body
from parsers.register.divisions import register
from parsers.register.names import squeezed
from parsers.register.reforms import Reform, of_department, reform_of


@dataclass(frozen=True, slots=True)
class Succession:
    """`year` is that of the successor's first report."""

    body: Body
    successor: Body
    year: int
    reform: Reform

    @property
    def says(self) -> str:
        """Why its report is the successor's now."""
        return f"It became {self.successor.name}, which reports from {self.year} on: {self.reform.source}."


Whose = tuple[str, str]
"""A division, and the place in the name of its department: empty where that is the division itself."""


class Reported(Protocol):
    """A report, as far as it tells who succeeded whom."""

    @property
    def body(self) -> Body: ...
    @property
    def year(self) -> int: ...


def successions(reports: Iterable[Reported]) -> dict[str, Succession]:
    """By the id of the body that ceased. In one division the older name's last report comes before the newer
    name's first, or is of the same year, and both fit the reform."""
    spans: dict[Body, tuple[int, int]] = {}
    for one in reports:
        first, last = spans.get(one.body, (one.year, one.year))
        spans[one.body] = min(first, one.year), max(last, one.year)
    offices: dict[tuple[Whose, str], list[Body]] = {}
    for body in sorted(spans, key=lambda body: body.id):
        if its := _office(body):
            offices.setdefault(its, []).append(body)
    found = (
        _succession(body, whose, office, offices, spans)
        for (whose, office), bodies in offices.items()
        for body in bodies
    )
    return {one.body.id: one for one in found if one}


def doubt(body: Body, last: int | None, year: int) -> str | None:
    """What a body that no other is known to have succeeded may have become by that year, if its reports end
    early enough; `last` is None where it has none."""
    its = _office(body)
    reform = reform_of(its[1]) if its else None
    if reform is None or year < reform.first_year or (last or 0) > reform.last_year:
        return None
    return f"It may have become {'、'.join(reform.became)}: {reform.source}."


def succession_rows(succeeded: Mapping[str, Succession]) -> Iterator[dict[str, str | int]]:
    for id, one in sorted(succeeded.items()):
        yield {
            "body": id,
            "successor": one.successor.id,
            "first_year": one.year,
            "source": one.reform.source,
        }


def _succession(
    body: Body,
    whose: Whose,
    office: str,
    offices: Mapping[tuple[Whose, str], list[Body]],
    spans: Mapping[Body, tuple[int, int]],
) -> Succession | None:
    """Of several that fit the one that began first; where two did, none: it is not known which."""
    reform = reform_of(office)
    if reform is None:
        return None
    last = spans[body][1]
    newer = [other for name in reform.became for other in offices.get((whose, name), ())]
    begun = [(spans[other][0], other) for other in newer if reform.fits(last, spans[other][0])]
    first = min((year for year, _ in begun), default=0)
    those = [other for year, other in begun if year == first]
    return Succession(body, those[0], first, reform) if len(those) == 1 else None


def _office(body: Body) -> tuple[Whose, str] | None:
    found = of_department(squeezed(body.name)) if body.division else None
    if found is None or body.division is None:
        return None
    place, office = found
    own = {one.name for one in register().of_code(body.division)}
    return (body.division, "" if place in own else place), office

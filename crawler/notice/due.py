"""What the calendar says: which reports are due, of bodies that published before."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from crawler.captures import PortalFacts
from parsers.register.deadlines import due
from parsers.register.evidence import Evidence
from parsers.register.names import squeezed
from parsers.register.offices import Type, type_by_name
from parsers.register.resolve import resolve
from parsers.text.titles import report_title

GRACE = timedelta(days=14)
"""After the deadline, before a report that is not there counts as overdue."""


@dataclass(frozen=True, slots=True)
class Due:
    """The reports of a kind of body for a year. `bodies` published for one of the two years before, or
    for this one; `missing` are those of them that have none for this one."""

    kind: Type
    year: int
    due: str
    overdue: bool
    bodies: int
    missing: tuple[str, ...]

    @property
    def silent(self) -> bool:
        return self.overdue and len(self.missing) * 2 >= self.bodies


@dataclass(frozen=True, slots=True)
class Named:
    """A report as its line in a column names it, had or not."""

    title: str | None
    year: int | None
    column: str | None


@dataclass(frozen=True, slots=True)
class Publisher:
    key: str
    name: str
    kind: Type


def dues(reports: Iterable[Named], portal: PortalFacts, day: date) -> Iterator[Due]:
    """For each kind of body the last year that is overdue, and the one that is due next."""
    bodies: dict[str, Publisher] = {}
    years: dict[str, set[int]] = {}
    for named in reports:
        body = publisher(named, portal)
        if body and named.year:
            bodies.setdefault(body.key, body)
            years.setdefault(body.key, set()).add(named.year)
    for kind in sorted({body.kind for body in bodies.values()}):
        of_kind = {body.name: years[key] for key, body in bodies.items() if body.kind == kind}
        found = [one for year in (day.year - 2, day.year - 1) if (one := _due(of_kind, kind, year, day))]
        yield from found[-1:] if found and found[-1].overdue else found


def _due(years: dict[str, set[int]], kind: Type, year: int, day: date) -> Due | None:
    deadline = due(kind, year)
    bodies = {name: said for name, said in years.items() if said & {year - 2, year - 1, year}}
    if deadline is None or not bodies:
        return None
    missing = tuple(sorted(name for name, said in bodies.items() if year not in said))
    return Due(kind, year, deadline.isoformat(), day > deadline + GRACE, len(bodies), missing)


def publisher(named: Named, portal: PortalFacts) -> Publisher | None:
    """Whose report it is as far as its line in the column tells: the report is not opened. A title that
    names nobody is the government's own where the portal is a government's."""
    told = report_title(named.title) if named.title else None
    title = named.title if told else None
    found = resolve(Evidence(title, column=named.column, portal=portal.division, year=named.year))
    if found.id and found.body and found.type:
        return Publisher(found.id, found.body, found.type)
    name = (told.body if told else None) or named.column
    if name is None and told and type_by_name(_of_portal(portal)) == "government":
        name = _of_portal(portal)
    return Publisher(_without_place(name, portal), name, type_by_name(squeezed(name))) if name else None


def _of_portal(portal: PortalFacts) -> str:
    return squeezed(portal.name).removesuffix("网站").removesuffix("门户")


def _without_place(name: str, portal: PortalFacts) -> str:
    """民政局 and 砚澜县民政局 on the portal of 望岫市砚澜县人民政府 are one."""
    bare = squeezed(name)
    ends = (end for end in range(len(bare) - 2, 1, -1) if bare[end - 1] in "省市县区旗州盟")
    return next((bare[end:] for end in ends if bare[:end] in squeezed(portal.name)), bare)

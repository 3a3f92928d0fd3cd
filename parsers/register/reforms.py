"""What became of departments in reforms of government. The facts are in reforms.yaml."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from parsers.facts import facts
from parsers.register.offices import department

_PLACE = re.compile(r"(?:\w{1,12}[省市县区旗州盟])?")


@dataclass(frozen=True, slots=True)
class Reform:
    """Each office of `was` became one of `became`, whichever of these names a place chose."""

    was: tuple[str, ...]
    became: tuple[str, ...]
    first_year: int
    last_year: int
    source: str

    def __post_init__(self) -> None:
        says = f"reforms.yaml: {self.was[0]}"
        if self.first_year > self.last_year:
            raise ValueError(f"{says}: {self.first_year} comes after {self.last_year}")
        if both := {*self.was} & {*self.became}:
            raise ValueError(f"{says}: {min(both)} is on both sides")
        for name in (*self.was, *self.became):
            found = department(name)
            if found is None or found.name != name:
                raise ValueError(f"{says}: the register has no department {name} by that name")

    def fits(self, last: int, first: int) -> bool:
        """Can a department whose reports end with the year `last` have become one whose reports begin with
        the year `first`?"""
        return last <= min(first, self.last_year) and first >= self.first_year


def of_department(name: str) -> tuple[str, str] | None:
    """The place, which may be empty, and the office that a reform speaks of, in a department's name."""
    for office in _offices():
        place = name.removesuffix(office)
        if place != name and _PLACE.fullmatch(place):
            return place, office
    return None


def reform_of(office: str) -> Reform | None:
    """That in which the office ceased."""
    return _by_office().get(office)


@cache
def reforms() -> tuple[Reform, ...]:
    return tuple(_reforms(facts("parsers.register", "reforms.yaml")))


def _reforms(entries: list[dict[str, list[str]]]) -> Iterator[Reform]:
    for entry in entries:
        facts = {**entry, "was": tuple(entry["was"]), "became": tuple(entry["became"])}
        yield Reform(**facts)  # type: ignore[arg-type]


@cache
def _by_office() -> dict[str, Reform]:
    found: dict[str, Reform] = {}
    for reform in reforms():
        for office in reform.was:
            if office in found:
                raise ValueError(f"reforms.yaml: {office} ceased twice")
            found[office] = reform
    return found


@cache
def _offices() -> tuple[str, ...]:
    """Longest first: 城乡规划局 ends in 规划局."""
    every = {office for reform in reforms() for office in (*reform.was, *reform.became)}
    return tuple(sorted(every, key=lambda office: (-len(office), office)))

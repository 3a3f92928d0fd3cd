"""By when a body must have published. The facts are in deadlines.yaml."""

from dataclasses import dataclass
from datetime import date
from functools import cache

from parsers.facts import facts


@dataclass(frozen=True, slots=True)
class Deadline:
    kinds: tuple[str, ...]
    first_year: int
    last_year: int | None
    month: int
    day: int
    source: str

    def covers(self, kind: str, year: int) -> bool:
        return kind in self.kinds and self.first_year <= year <= (self.last_year or year)


def due(kind: str, year: int) -> date | None:
    """The deadline of a report year for a kind of body, None where no rule is known."""
    rules = [rule for rule in deadlines() if rule.covers(kind, year)]
    if len(rules) > 1:
        raise ValueError(f"deadlines.yaml: {len(rules)} rules for {kind} {year}, expected at most one")
    return date(year + 1, rules[0].month, rules[0].day) if rules else None


@cache
def deadlines() -> tuple[Deadline, ...]:
    told = facts("parsers.register", "deadlines.yaml")
    return tuple(Deadline(**{**entry, "kinds": tuple(entry["kinds"])}) for entry in told)

"""Names of divisions that stand in no list. The facts are in aliases.yaml."""

from dataclasses import dataclass
from functools import cache

from parsers.facts import facts
from parsers.register.divisions import Division, register


@dataclass(frozen=True, slots=True)
class Alias:
    name: str
    division: str
    source: str


def aliased(name: str) -> tuple[Division, ...]:
    return tuple(division for alias in aliases().get(name, ()) for division in _meant(alias))


def called(code: str) -> tuple[str, ...]:
    """What else the division is called."""
    return tuple(alias.name for those in aliases().values() for alias in those if alias.division == code)


@cache
def aliases() -> dict[str, tuple[Alias, ...]]:
    found: dict[str, tuple[Alias, ...]] = {}
    for entry in facts("parsers.register", "aliases.yaml"):
        alias = Alias(**entry)
        found[alias.name] = (*found.get(alias.name, ()), alias)
    return found


def _meant(alias: Alias) -> tuple[Division, ...]:
    division = register().get(alias.division)
    if division is None:
        raise ValueError(f"aliases.yaml: {alias.name}: the register has no division {alias.division}")
    return (division,)

"""Zones that run townships of counties, or share a division's administration. The facts are in zones.yaml."""

from dataclasses import dataclass
from functools import cache

from parsers.facts import facts
from parsers.register.divisions import Division, register


@dataclass(frozen=True, slots=True)
class Zone:
    """`runs` townships, or is `joined` with one division; the other is empty."""

    names: tuple[str, ...]
    sound: tuple[str, ...]
    runs: tuple[Division, ...]
    joined: Division | None
    source: str


def zone(name: str) -> Zone | None:
    return _by_name().get(name)


def zones_over(code: str) -> tuple[Zone, ...]:
    """Those that run this township."""
    return _by_township().get(code, ())


def joined_with(code: str) -> tuple[Zone, ...]:
    return tuple(one for one in zones() if one.joined and one.joined.code == code)


@cache
def zones() -> tuple[Zone, ...]:
    return tuple(_zone(**entry) for entry in facts("parsers.register", "zones.yaml"))


def _zone(
    *,
    names: list[str],
    sound: str,
    source: str,
    runs: tuple[str, ...] = (),
    joined: str | None = None,
) -> Zone:
    if bool(runs) == bool(joined):
        raise ValueError(f"zones.yaml: {names[0]}: give either `runs` or `joined`")
    return Zone(
        tuple(names),
        tuple(sound.split()),
        tuple(_division(names[0], code) for code in runs),
        _division(names[0], joined) if joined else None,
        source,
    )


def _division(name: str, code: str) -> Division:
    division = register().get(code)
    if division is None or not division.stands:
        raise ValueError(f"zones.yaml: {name}: the register has no division {code} that stands")
    return division


@cache
def _by_name() -> dict[str, Zone]:
    return {name: one for one in zones() for name in one.names}


@cache
def _by_township() -> dict[str, tuple[Zone, ...]]:
    found: dict[str, list[Zone]] = {}
    for one in zones():
        for division in one.runs:
            found.setdefault(division.code, []).append(one)
    return {code: tuple(those) for code, those in found.items()}

"""Labelled rows by construction: namesakes from the register, with evidence that settles them or does not.

    python tests/parsers/register/made.py

prints those rows of labelled.tsv that end in `made`. A label follows from how the row is made, never from
what the resolver says.
"""

import sys
from collections.abc import Iterator

from parsers.register.divisions import Division, register

YEAR = 2022
EVERY = 40
"""Of the names that several townships have, one in so many is taken."""

DEPARTMENTS = (
    ("民政局", "民政局"),
    ("卫健局", "卫生健康局"),
    ("发改委", "发展和改革委员会"),
    ("审计局", "审计局"),
)


def rows() -> Iterator[str]:
    counties = [names for names in _namesakes() if names[0].level == "county"]
    townships = [names for names in _namesakes() if names[0].level == "township"]
    for number, same in enumerate(counties):
        short, full = DEPARTMENTS[number % len(DEPARTMENTS)]
        yield from _county(same, short, full)
    for number, same in enumerate(townships[::EVERY]):
        yield from _township(same, same[number % len(same)])


def _namesakes() -> list[list[Division]]:
    """Standing divisions of one name and level, where there are several."""
    found = []
    for name in sorted(register().names()):
        same = [d for d in register().named(name, YEAR) if d.level in ("county", "township")]
        if len(same) > 1 and len({d.level for d in same}) == 1 and len(register().named(name)) == len(same):
            found.append(same)
    return found


def _county(same: list[Division], short: str, full: str) -> Iterator[str]:
    one, other = same[0], same[1]
    above = register().get(one.parent or "", YEAR)
    body = f"{one.name}{full}"
    if above is None:
        return
    yield _row(f"{one.name}{short}")
    yield _row(f"{above.name}{one.name}{short}", body=body, division=one.code)
    yield _row(f"{one.name}{short}", portal=other.code, body=body, division=other.code)
    yield _row(f"{above.name}{one.name}{short}", portal=other.code)


def _township(same: list[Division], one: Division) -> Iterator[str]:
    county = register().get(one.parent or "", YEAR)
    if county is None or county.level != "county":
        return
    body = f"{county.name}{one.name}{'办事处' if one.name.endswith('街道') else '人民政府'}"
    yield _row(one.name)
    if len({d.parent for d in same}) == len(same):
        yield _row(one.name, portal=county.code, body=body, division=one.code)


def _row(name: str, portal: str = "", body: str = "", division: str = "") -> str:
    title = f"{name}{YEAR}年政府信息公开工作年度报告"
    return "\t".join((title, "", "", "", portal, "", body, division, "made"))


if __name__ == "__main__":
    sys.stdout.writelines(f"{row}\n" for row in rows())

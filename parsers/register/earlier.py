"""Townships of earlier lists that are in no later one: what ended, and in which year at the latest."""

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

from parsers.register.rows import Row

FIRST_OFFICE = 400
TOWNSHIP = re.compile(r"[\u3007\u4e00-\u9fff\U00020000-\U0003ffff]{1,18}(?:街道|镇|乡|苏木)")
_KIND = re.compile(r"(?:街道|镇|乡|苏木)$")

Place = tuple[str, str]
"""The code of a county and a name in it: codes of townships are given anew, and a township that moves into
another kind gets another."""


def earlier_list(path: Path) -> dict[Place, str]:
    """Codes of townships by place; no offices. A list of before 2017 says 办事处 after every 街道."""
    entries = json.loads(path.read_text("utf-8"))
    units = ((entry["code"][:9], entry["name"].removesuffix("办事处")) for entry in entries)
    return {
        (code[:6], name): code
        for code, name in units
        if int(code[6:]) < FIRST_OFFICE and TOWNSHIP.fullmatch(name)
    }


def ended(
    lists: Mapping[int, Mapping[Place, str]], known: Iterable[Row], counties: Iterable[Row]
) -> Iterator[Row]:
    """What no notice speaks of. `lists` by year, the last of them that which `known` was made from.

    A name that one list alone has is a slip of that list, but for the first, before which there is none. A
    county in no list of counties is a zone's number, which changed from list to list."""
    years = sorted(lists)
    same = _Same(counties)
    places = {(county, row.name) for row in known for county in same.of(row.code[:6])}
    for place in sorted({place for year in years for place in lists[year]}):
        had = [year for year in years if place in lists[year]]
        if place in places or not same.known(place[0]) or had[-1] == years[-1]:
            continue
        if len(had) > 1 or had == years[:1]:
            after = years[years.index(had[-1]) + 1]
            yield Row(
                lists[had[-1]][place], place[1], None, after, _became(place, lists, had[-1], after, same)
            )


class _Same:
    """Which codes were one county after another."""

    def __init__(self, counties: Iterable[Row]) -> None:
        self._next: dict[str, set[str]] = {}
        self._codes: set[str] = set()
        for row in counties:
            self._codes.add(row.code)
            for successor in row.successors:
                code = successor.partition("[")[0]
                self._next.setdefault(row.code, set()).add(code)
                self._next.setdefault(code, set()).add(row.code)

    def known(self, county: str) -> bool:
        return county in self._codes

    def of(self, county: str) -> set[str]:
        """Itself, what it came from or gave a part to, and what it became or got a part from."""
        return {county, *self._next.get(county, ())}


def _became(
    place: Place, lists: Mapping[int, Mapping[Place, str]], had: int, after: int, same: _Same
) -> tuple[str, ...]:
    """The township of the same name and another kind that the list after has and the one before had not."""
    county, name = place
    stem = _KIND.sub("", name)
    kinds = ((one, f"{stem}{kind}") for one in same.of(county) for kind in ("镇", "街道", "乡", "苏木"))
    new = [lists[after][one] for one in kinds if one in lists[after] and one not in lists[had]]
    return tuple(new) if len(new) == 1 else ()

"""Divisions from province to township, with their history, from divisions.tsv.gz and later.yaml."""

import gzip
from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, cached_property
from importlib import resources
from typing import Literal

from parsers.register.later import changes, with_later

Level = Literal["province", "prefecture", "county", "zone", "township", "office"]
"""A zone has a county's place in the statistical codes and is none: a development zone and the like. An
office has a township's, such as a farm or an industrial park."""

FIRST_REPORTS = 2007
"""The first Regulation is of this year; what ended before it published no report."""

LISTED = range(2015, 2024)
"""Years of whose townships the register has all, by a list of that year or the notices between."""

FIRST_OFFICE = 400
"""Codes of townships from here on are those of offices."""


@dataclass(frozen=True, slots=True)
class Division:
    """Stood from `first_year` to `last_year`, both of them included; None is before what the register
    knows, or still. `successors` are codes, and only of what it became as a whole or at its end."""

    code: str
    name: str
    level: Level
    parent: str | None
    first_year: int | None
    last_year: int | None
    successors: tuple[str, ...]
    sound: tuple[str, ...] = ()
    """Syllables of the name in pinyin; none for a township."""

    def stood(self, year: int | None) -> bool:
        return year is None or (self.first_year or year) <= year <= (self.last_year or year)

    @property
    def stands(self) -> bool:
        return self.last_year is None

    @property
    def published(self) -> bool:
        """Did it stand when the first reports were due?"""
        return (self.last_year or FIRST_REPORTS) >= FIRST_REPORTS


class Register:
    """`lines` are those of divisions.tsv.gz, in order of code."""

    def __init__(self, lines: list[str]) -> None:
        self._lines = lines
        self._made: dict[int, Division] = {}

    @cached_property
    def _names(self) -> dict[str, list[int]]:
        names: dict[str, list[int]] = {}
        for number, line in enumerate(self._lines):
            names.setdefault(line.split("\t", 2)[1], []).append(number)
        return names

    @cached_property
    def _before(self) -> dict[str, list[int]]:
        before: dict[str, list[int]] = {}
        for number, line in enumerate(self._lines):
            for code in self._became(number, *line.split("\t", 5)[3:5]):
                before.setdefault(code, []).append(number)
        return before

    def names(self, *, upper: bool = False) -> tuple[str, ...]:
        """Every name once; with `upper` only those that a county or a division above it has or had."""
        if not upper:
            return tuple(self._names)
        return tuple({line.split("\t", 2)[1]: None for line in self._lines if line[6] == "\t"})

    def named(self, name: str, year: int | None = None) -> tuple[Division, ...]:
        """All of that name, or those of them that stood in a year."""
        found = (self._division(number) for number in self._names.get(name, ()))
        return tuple(division for division in found if division.stood(year))

    def of_code(self, code: str) -> tuple[Division, ...]:
        """Oldest first: a code outlives a name."""
        return tuple(self._division(number) for number in self._range(f"{code}\t"))

    def get(self, code: str, year: int | None = None) -> Division | None:
        """What the code means in a year, or, without a year, what it meant last."""
        found = [division for division in self.of_code(code) if division.stood(year)]
        return found[-1] if found else None

    def path(self, *names: str, year: int | None = None) -> tuple[Division, ...]:
        """The divisions of the last name that lie in those of the names before it: 河南省, 洛阳市, 涧西区."""
        found = self.named(names[0], year)
        for name in names[1:]:
            inner = self.named(name, year)
            found = tuple(one for one in inner if any(self.within(one.code, outer.code) for outer in found))
        return found

    def children(self, code: str) -> tuple[Division, ...]:
        """Of every year."""
        stem = code[:2] if code.endswith("0000") else code[:4] if code.endswith("00") else code
        found = (self._division(number) for number in self._range(stem))
        return tuple(division for division in found if division.parent == code)

    def successors(self, division: Division) -> tuple[Division, ...]:
        found = (self.get(code) for code in division.successors)
        return tuple(other for other in found if other)

    def predecessors(self, division: Division) -> tuple[Division, ...]:
        return tuple(self._division(number) for number in self._before.get(division.code, ()))

    def within(self, code: str, outer: str) -> bool:
        """Does it lie in the other, or in what the other came from or became, or is it that itself?"""
        return any(_covers(other, one) for one in _upward(code) for other in self.kin(outer)) or any(
            _covers(outer, one) for one in self.kin(code[:6])
        )

    @cache  # noqa: B019 - the one register lives as long as the program
    def kin(self, code: str) -> frozenset[str]:
        """The code, and those of what it came from since the first reports, and of what it became.

        A code that stands is nobody else's: 临平区 came from 余杭区, whose townships are not its."""
        return frozenset({code, *self._onward(code, back=False), *self._onward(code, back=True)})

    def _onward(self, code: str, *, back: bool) -> set[str]:
        seen: set[str] = set()
        ahead = [code]
        while ahead:
            last = self.get(ahead.pop())
            others = self._kin_of(last, back=back) if last else ()
            new = {other.code for other in others} - seen
            seen |= new
            ahead += new
        return seen

    def _kin_of(self, last: Division, *, back: bool) -> Iterator[Division]:
        if not back and not last.stands:
            yield from self.successors(last)
        for other in self.predecessors(last) if back else ():
            now = self.get(other.code)
            if other.published and now and not now.stands:
                yield other

    def _range(self, stem: str) -> range:
        return range(bisect_left(self._lines, stem), bisect_left(self._lines, stem + "\uffff"))

    def _division(self, number: int) -> Division:
        if number not in self._made:
            code, name, first, last, successors, sound = self._lines[number].split("\t")
            self._made[number] = Division(
                code,
                name,
                _level(code, listed=bool(first)),
                self._parent(code),
                int(first) if first else None,
                int(last) if last else None,
                self._became(number, last, successors),
                tuple(sound.split()),
            )
        return self._made[number]

    def _became(self, number: int, last: str, text: str) -> tuple[str, ...]:
        """Without those that took a part of it in some year, unless it ended in nothing but parts."""
        entries = text.split(";") if text else []
        whole = tuple(entry for entry in entries if "[" not in entry)
        ended = last and not self._goes_on(number, last)
        return whole or tuple(entry.partition("[")[0] for entry in entries if ended)

    def _goes_on(self, number: int, last: str) -> bool:
        """Under another name."""
        after = self._lines[number + 1].split("\t", 3) if number + 1 < len(self._lines) else [""]
        return after[0] == self._lines[number].split("\t", 1)[0] and after[2] == last

    def _parent(self, code: str) -> str | None:
        """Counties of 北京 or 海南 lie in no prefecture, townships of some zones in no county."""
        above = [code[:6], f"{code[:4]}00", f"{code[:2]}0000"]
        return next((one for one in above if one != code and self._range(f"{one}\t")), None)


@cache
def register() -> Register:
    data = resources.files("parsers.register").joinpath("divisions.tsv.gz").read_bytes()
    return Register(with_later(gzip.decompress(data).decode().splitlines(), changes()))


def _level(code: str, *, listed: bool) -> Level:
    """`listed`: the list of counties has it, with the year in which it began."""
    if len(code) == 9:
        return "office" if int(code[6:]) >= FIRST_OFFICE else "township"
    if code.endswith("0000"):
        return "province"
    if code.endswith("00"):
        return "prefecture"
    return "county" if listed else "zone"


def _upward(code: str) -> tuple[str, ...]:
    return (code, code[:6]) if len(code) == 9 else (code,)


def _covers(outer: str, code: str) -> bool:
    stem = (
        outer[:2]
        if outer.endswith("0000")
        else outer[:4]
        if outer.endswith("00") and len(outer) == 6
        else outer
    )
    return code.startswith(stem)

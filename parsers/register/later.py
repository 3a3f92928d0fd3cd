"""Divisions that began or ended after the lists of the register. The facts are in later.yaml."""

from bisect import bisect_left
from collections.abc import Iterable
from dataclasses import dataclass

from parsers.facts import facts


@dataclass(frozen=True, slots=True)
class Change:
    code: str
    name: str
    source: str
    first_year: int | None = None
    last_year: int | None = None
    successors: tuple[str, ...] = ()
    sound: str = ""

    def line(self, before: str | None) -> str:
        """As divisions.tsv.gz has it. `before` is its line so far, None where it is new."""
        first, sound = (before.split("\t")[2], before.split("\t")[5]) if before else ("", "")
        first = str(self.first_year or first)
        ends = (str(self.last_year or ""), ";".join(self.successors))
        return "\t".join((self.code, self.name, first, *ends, self.sound or sound))


def changes() -> tuple[Change, ...]:
    entries = facts("parsers.register", "later.yaml")
    return tuple(Change(**{**entry, "successors": tuple(entry.get("successors", ()))}) for entry in entries)


def with_later(lines: Iterable[str], later: Iterable[Change]) -> list[str]:
    """`lines` are in order of code, oldest name first, and so is what comes of them."""
    found, later = list(lines), tuple(later)
    for change in later:
        place = _of_code(found, change.code)
        those = {line.split("\t", 2)[1]: line for line in found[place]}
        before = those.get(change.name)
        if bool(before) != (change.first_year is None):
            says = "is in the register already" if before else "is in no list, and no first_year makes it new"
            raise ValueError(f"later.yaml: {change.code} {change.name} {says}")
        those[change.name] = change.line(before)
        found[place] = sorted(those.values(), key=_order)
    for change in later:
        if lost := next((code for code in change.successors if not found[_of_code(found, code)]), None):
            raise ValueError(f"later.yaml: {change.code} {change.name} became {lost}, which no list has")
    return found


def _of_code(lines: list[str], code: str) -> slice:
    return slice(bisect_left(lines, f"{code}\t"), bisect_left(lines, f"{code}\t\uffff"))


def _order(line: str) -> tuple[int, str]:
    _, name, _, last, _ = line.split("\t", 4)
    return int(last or 9999), name

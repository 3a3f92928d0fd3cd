"""Which of the divisions of one name a report of some year can mean."""

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import pairwise

from parsers.register.divisions import Division, register
from parsers.register.offices import Office

Meaning = tuple[Division, Office]


@dataclass(frozen=True, slots=True)
class Likely:
    """`because` is what was gone by beside the name; `against` says that no such place stood in the year."""

    meanings: list[Meaning]
    because: str | None = None
    against: str | None = None


def likely(meanings: list[Meaning], year: int | None) -> Likely:
    """Without those that had ended or not begun, nor farms and zones where a county has the name. A portal
    shows old reports under the name of today: they are those of what there was, where it was that alone."""
    if year is None:
        return Likely(_newest(meanings))
    stood = [one for one in meanings if one[0].stood(year)]
    # A report is out a year later, and by then under the new name.
    after = [one for one in meanings if one[0].stood(year + 1)]
    other = [one for one in meanings if _stood(one[0], year)]
    if stood or after or other:
        return Likely(_newest(stood or after or other))
    division, its = meanings[0]
    if len(meanings) == 1 and (was := _was(division, year)):
        return Likely([(was, its)], f"{division.name} was {was.name} in {year}")
    return Likely(_newest(meanings), against=_times(meanings, year))


def renamed(division: Division) -> Division:
    """As its code is called last: 襄樊市 and 襄阳市 are one, 420600. A code that was given anew, after what
    had it became something else, is another's."""
    those = register().of_code(division.code)
    later = those[those.index(division) :]
    for one, other in pairwise(later):
        if one.successors or one.last_year != other.first_year:
            return one
    return later[-1]


def _stood(division: Division, year: int) -> bool:
    """Under whatever name."""
    same = [one for one in register().of_code(division.code) if renamed(one) == renamed(division)]
    return any(one.stood(year) for one in same)


def _was(division: Division, year: int) -> Division | None:
    """What it alone came from, and what became nothing but it, if that stood then."""
    before = register().predecessors(division)
    if len(before) != 1 or len(before[0].successors) != 1 or not before[0].stood(year):
        return None
    streets = {one.name.endswith("街道") for one in (before[0], division)}
    return before[0] if len(streets) == 1 else None


def _times(meanings: list[Meaning], year: int) -> str:
    times = (_time(division, year) for division, _ in meanings)
    return f"the report is for {year}, and {'; '.join(dict.fromkeys(times))}"


def _time(division: Division, year: int) -> str:
    if division.first_year and division.first_year > year:
        return f"{division.name} ({division.code}) began in {division.first_year}"
    return f"{division.name} ({division.code}) ended in {division.last_year}"


def _newest(likely: list[Meaning]) -> list[Meaning]:
    ranked = [one for one in likely if one[0].level not in ("zone", "office")] or likely
    later = {code for division, _ in ranked for code in division.successors}
    newest = [one for one in ranked if one[0].code in later or not set(one[0].successors) & _codes(ranked)]
    return newest or ranked


def _codes(meanings: Iterable[Meaning]) -> set[str]:
    return {division.code for division, _ in meanings}

"""For which time a number in a sentence is said."""

import re

from parsers.text.years import YEAR, year_of

PART = re.compile(r"[上下]半年|季度|每[年月周日季天]|平均|[月日周]均|当[月日]|(?<!1)\d月份|同期")
TO_DATE = re.compile(r"(?:截至|截止)[^,;。]{0,14}|累计|以来|至今|历年|目前")
YEAR_BEFORE = re.compile(r"(?:上年|去年|上一年)(?!度?结转)")
YEARS = re.compile(rf"({YEAR})年|全年|本年|年内")


def period_of(bare: str, clause: str, at: int, year: int | None) -> str | None:
    """The year a sentence named last before the number, else the report's; `to date` and `part of`
    a year are no year, and nothing is compared with them."""
    named = _last(YEARS, bare[:at])
    to_date = _last(TO_DATE, bare[:at])
    if to_date and (named is None or to_date.end() >= named.end()):
        return "to date"
    said = year_of(named[1]) if named and named[1] else year
    if PART.search(clause):
        return f"part of {said}" if said else None
    if YEAR_BEFORE.search(clause) and year:
        said = year - 1
    return str(said) if said else None


def _last(pattern: re.Pattern[str], text: str) -> re.Match[str] | None:
    return max(pattern.finditer(text), key=lambda found: found.end(), default=None)

"""How often what is among the reports that answer: counted until the time or the patience is over."""

import json
import sqlite3
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from time import monotonic

from archive.pages.searching.asked import FORMS, KINDS, LEVELS, SECTIONS, SEVERITIES, Asked
from archive.pages.searching.matches import LEVEL, Matches, matches, stem
from archive.pages.searching.named import name_of

SECONDS = 0.03
PASSAGES = 5_000
CAP = 1_000
"""A count beyond it is only said to be."""
_SHOWN = 20
"""Values of a facet."""

_COLUMNS = f"""
SELECT reports.id, {{section}}, bodies.division, {LEVEL}, bodies.kind, reports.year,
  coalesce(reports.form, 'none')
"""
_FINDINGS = """
SELECT {name}, count(DISTINCT report) FROM findings
WHERE report IN (SELECT value FROM json_each(?)) AND outcome = 'broken' GROUP BY 1
"""
_STEPS = (2, 4, 6, 9)
"""Digits of a division's code: province, prefecture, county, township."""


@dataclass(frozen=True, slots=True)
class Value:
    """One thing to filter by: how many reports there would be, and the question that asks for them.
    `name` is that of a place, None where it has none or its value has words of its own."""

    value: str
    count: int
    asked: Asked
    name: str | None = None


@dataclass(frozen=True, slots=True)
class Facet:
    """`more` values than are shown there are."""

    name: str
    values: tuple[Value, ...]
    more: int


@dataclass(frozen=True, slots=True)
class Tally:
    """`whole` says that all was counted; else each count is the least that it can be."""

    reports: int
    passages: int
    facets: tuple[Facet, ...]
    whole: bool


@dataclass(frozen=True, slots=True)
class Other:
    """Another question, and how many reports answer it; `whole` as in a tally."""

    name: str
    asked: Asked
    reports: int
    whole: bool


def tally(connection: sqlite3.Connection, asked: Asked, found: Matches) -> Tally:
    end, counts, whole = monotonic() + SECONDS, {name: Counter[str]() for name in _VALUES}, True
    seen, numbered, passages = set[str](), set[tuple[str, int]](), 0
    columns = _COLUMNS.format(section="passages.section" if found.words else "NULL")
    for report, section, *facts in connection.execute(columns + found.source, found.values):
        if passages >= PASSAGES or monotonic() > end:
            whole = False
            break
        passages += 1
        if report not in seen:
            seen.add(report)
            _count(counts, facts)
        if section and (report, section) not in numbered:
            numbered.add((report, section))
            counts["section"][str(section)] += 1
    for name in ("severity", "rule"):
        counts[name].update(
            dict(connection.execute(_FINDINGS.format(name=name), (json.dumps(sorted(seen)),)))
        )
    facets = (_facet(connection, asked, name, counts[name], whole) for name in _VALUES)
    return Tally(len(seen), passages, tuple(facet for facet in facets if facet), whole)


def _count(counts: Mapping[str, Counter[str]], facts: Sequence[str | int | None]) -> None:
    for name, value in zip(("place", "level", "kind", "year", "form"), facts, strict=True):
        if value is not None:
            counts[name][str(value)] += 1


def _facet(
    connection: sqlite3.Connection, asked: Asked, name: str, counts: Counter[str], whole: bool
) -> Facet | None:
    """None where there is nothing to choose. Where not all was counted, what was not met may be there."""
    if name == "place":
        counts = _at_a_step(counts, stem(asked.filters.get("place", "")))
    known = [value for value in _VALUES[name] if counts[value] or not whole]
    values = known or sorted(counts, key=_ORDER.get(name, counts.__getitem__), reverse=True)
    chosen = {"year": asked.filters.get("from") and asked.filters.get("from") == asked.filters.get("to")}
    if len(values) < 1 or (name != "place" and chosen.get(name, name in asked.filters)):
        return None
    shown = tuple(_value(connection, asked, name, value, counts[value]) for value in values[:_SHOWN])
    return Facet(name, shown, len(values) - len(shown))


def _value(connection: sqlite3.Connection, asked: Asked, name: str, value: str, count: int) -> Value:
    if name == "year":
        return Value(value, count, asked.having("from", value).having("to", value))
    if name != "place":
        return Value(value, count, asked.having(name, value))
    return Value(value, count, asked.having(name, value), name_of(connection, value))


def _at_a_step(codes: Counter[str], chosen: str) -> Counter[str]:
    """The next step below what is chosen at which there is more than one place, if there is one."""
    parts = Counter[str]()
    for digits in (step for step in _STEPS if step > len(chosen)):
        parts = Counter[str]()
        for code, count in codes.items():
            parts[code[:digits]] += count
        if len(parts) > 1:
            break
    return parts


def reports_for(connection: sqlite3.Connection, asked: Asked) -> tuple[int, bool]:
    """How many reports answer, at most CAP, and whether that is all."""
    found, end, reports = matches(connection, asked), monotonic() + SECONDS, set[str]()
    for (report,) in connection.execute(f"SELECT reports.id {found.source}", found.values):
        reports.add(report)
        if len(reports) >= CAP or monotonic() > end:
            return len(reports), False
    return len(reports), True


def others(connection: sqlite3.Connection, questions: Iterator[tuple[str, Asked]]) -> Iterator[Other]:
    """Those of the questions that something answers."""
    for name, question in questions:
        reports, whole = reports_for(connection, question)
        if reports:
            yield Other(name, question, reports, whole)


_VALUES: Mapping[str, Sequence[str]] = {
    "place": (),
    "year": (),
    "level": LEVELS,
    "kind": KINDS,
    "form": FORMS,
    "section": SECTIONS,
    "severity": SEVERITIES,
    "rule": (),
}
"""The facets, with the values of those that have few."""
_ORDER = {"year": str}
"""By what the others stand, the greatest first: years by themselves, what is not here by how often it is."""

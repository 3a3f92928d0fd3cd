"""The question in SQL: the passages, or without words the reports, that answer what is asked.

Common words stand in hundreds of thousands of passages, and a county has some hundred reports: with a county
chosen, its reports are gone through; else the index is, best passages first. Those are also in the order of
years, titles and texts apart. A common word in the order of places is looked for place by place.
"""

import sqlite3
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from archive.pages.addresses import UNRESOLVED
from archive.pages.coverage import COUNTY, WITHIN, stem_of
from archive.pages.searching.asked import Asked
from archive.search import Term, common, rarest_first

LEVEL = """coalesce(divisions.level, CASE WHEN length(bodies.division) = 9 THEN 'township'
  WHEN substr(bodies.division, 3) = '0000' THEN 'province'
  WHEN substr(bodies.division, 5) = '00' THEN 'prefecture'
  WHEN bodies.division IS NOT NULL THEN 'county' END)"""
"""Of a body: the register's word on its division, else what the code's form says."""

_BY_INDEX = """
FROM search
JOIN passages ON passages.key = search.rowid
JOIN reports ON reports.id = passages.report
JOIN bodies ON bodies.id = reports.body
LEFT JOIN divisions ON divisions.code = bodies.division
WHERE search MATCH :expression0 AND instr(passages.folded, :word0) > 0"""
_BY_PLACE = """
FROM bodies
CROSS JOIN reports ON reports.body = bodies.id
CROSS JOIN passages ON passages.report = reports.id
LEFT JOIN divisions ON divisions.code = bodies.division
WHERE instr(passages.folded, :word0) > 0"""
_REPORTS = """
FROM reports
JOIN bodies ON bodies.id = reports.body
LEFT JOIN divisions ON divisions.code = bodies.division
WHERE 1"""
_HOLDS = """EXISTS (SELECT 1 FROM passages AS other WHERE other.report = reports.id
  AND instr(other.folded, :word{n}) > 0{whole})"""
_WHOLE = "EXISTS (SELECT 1 FROM search WHERE search MATCH :expression{n} AND search.rowid = {table}.key)"
"""The text alone has a number also where it is part of a longer one, the index has it not."""
_FINDING = """EXISTS (SELECT 1 FROM findings
  WHERE findings.report = reports.id AND findings.outcome = 'broken'{which})"""
_SECTION = "passages.section = CAST(:section AS INTEGER)"
_HAS_SECTION = f"EXISTS (SELECT 1 FROM passages WHERE report = reports.id AND {_SECTION})"  # noqa: S608 - words of ours
_FILTERS = {
    "place": WITHIN,
    "level": f"{LEVEL} = :level",
    "kind": "bodies.kind = :kind",
    "from": "reports.year >= CAST(:from AS INTEGER)",
    "to": "reports.year <= CAST(:to AS INTEGER)",
    "form": "coalesce(reports.form, 'none') = :form",
}
_ORDERS = {
    "relevance": "passages.key",
    "newest": "reports.year DESC, passages.key",
    "oldest": "reports.year, passages.key DESC",
    "place": "bodies.division NULLS LAST, bodies.id, reports.year DESC, passages.key",
}
_OF_REPORTS = {
    "relevance": "reports.year DESC, reports.key",
    "newest": "reports.year DESC, reports.key",
    "oldest": "reports.year, reports.key",
    "place": "bodies.division NULLS LAST, bodies.id, reports.year DESC",
}
_RANKS = {"relevance": "search.rowid", "newest": "search.rowid", "oldest": "search.rowid DESC"}
"""The order in which the index gives what answers: for years, of titles and of texts each by themselves."""
_YEARS = {"newest": -1, "oldest": 1}


@dataclass(frozen=True, slots=True)
class Matches:
    """`source` begins with FROM and ends in conditions; it has the columns of `reports`, `bodies`,
    `divisions` and, where words are asked for, `passages`. `order` is that of what answers; where `years` is
    not 0 it is so within titles and within texts, and 1 says that the years rise, -1 that they fall."""

    source: str
    order: str
    years: int
    values: Mapping[str, str]
    words: tuple[str, ...]


def matches(connection: sqlite3.Connection, asked: Asked) -> Matches:
    terms = rarest_first(connection, asked.terms)
    digits = stem(asked.filters.get("place", ""))
    source = _source(connection, asked.sort, terms, digits)
    conditions = [*_words(terms, source), *_filters(asked.filters, bool(terms))]
    values = {**asked.filters, "place": digits}
    for n, term in enumerate(terms):
        values |= {f"word{n}": term.word, f"expression{n}": term.expression}
    orders = {_REPORTS: _OF_REPORTS, _BY_PLACE: _ORDERS, _BY_INDEX: {**_ORDERS, **_RANKS}}
    return Matches(
        source + "".join(f"\n  AND {condition}" for condition in conditions),
        orders[source][asked.sort],
        _YEARS.get(asked.sort, 0) if source == _BY_INDEX else 0,
        values,
        tuple(term.word for term in terms),
    )


def _source(connection: sqlite3.Connection, sort: str, terms: Sequence[Term], place: str) -> str:
    if not terms:
        return _REPORTS
    by_place = len(place) >= COUNTY or (sort == "place" and common(connection, terms[0]))
    return _BY_PLACE if by_place else _BY_INDEX


def _words(terms: Sequence[Term], source: str) -> Iterator[str]:
    if terms and source == _BY_PLACE and _numbers(terms[0]):
        yield _WHOLE.format(n=0, table="passages")
    for n, term in enumerate(terms[1:], 1):
        whole = f" AND {_WHOLE.format(n=n, table='other')}" if _numbers(term) else ""
        yield _HOLDS.format(n=n, whole=whole)


def _numbers(term: Term) -> bool:
    return any(character in "0123456789" for character in term.word)


def _filters(filters: Mapping[str, str], words: bool) -> Iterator[str]:
    """One finding must be of the rule and of the severity."""
    for name, value in filters.items():
        if value == UNRESOLVED:
            yield "bodies.division IS NULL"
        elif name in _FILTERS:
            yield _FILTERS[name]
    if "section" in filters:
        yield _SECTION if words else _HAS_SECTION
    which = "".join(f" AND findings.{name} = :{name}" for name in ("severity", "rule") if name in filters)
    if which:
        yield _FINDING.format(which=which)


def stem(place: str) -> str:
    """Of the place that is asked for; empty where none is, or what lies nowhere."""
    return "" if place == UNRESOLVED else stem_of(place)

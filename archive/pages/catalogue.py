"""The rules that findings come of, with how often each is broken, and where."""

import sqlite3
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from archive.pages.coverage import WITHIN
from archive.pages.sentences import Sentence, labels, sentence
from archive.pages.translation import translated

LIMIT = 100

_RULES = """
SELECT rule, count(*) AS found, count(DISTINCT report),
  count(*) FILTER (WHERE severity = 'error'), count(*) FILTER (WHERE attribution = 'publisher'),
  count(*) FILTER (WHERE attribution = 'reading')
FROM findings WHERE outcome = 'broken' GROUP BY rule
ORDER BY min(CASE severity WHEN 'error' THEN 0 WHEN 'warning' THEN 1 ELSE 2 END), found DESC, rule
"""
_YEARS = """
SELECT DISTINCT reports.year FROM findings JOIN reports ON reports.id = findings.report
WHERE findings.rule = ? AND findings.outcome = 'broken' ORDER BY 1 DESC
"""
_OF_RULE = """
SELECT findings.report, findings.document, bodies.name, reports.year, findings.says, findings.severity,
  findings.attribution
FROM findings
LEFT JOIN reports ON reports.id = findings.report
LEFT JOIN bodies ON bodies.id = reports.body
WHERE findings.rule = :rule AND findings.outcome = 'broken' {filters}
ORDER BY reports.year DESC, findings.report, findings.key
LIMIT :limit OFFSET :from
"""
_FILTERS = {
    "year": "AND reports.year = CAST(:year AS INTEGER)",
    "place": f"AND {WITHIN}",
    "attribution": "AND findings.attribution = :attribution",
}


@dataclass(frozen=True, slots=True)
class Rule:
    """Of its findings, how many are errors, how many the publisher's and how many the reading's."""

    id: str
    found: int
    reports: int
    errors: int
    publisher: int
    reading: int


@dataclass(frozen=True, slots=True)
class Found:
    """`report` and what follows from it are None where no report came of the document."""

    report: str | None
    document: str
    name: str | None
    year: int | None
    sentence: Sentence
    severity: str
    attribution: str


@dataclass(frozen=True, slots=True)
class RulePage:
    """`following` is the number of the first finding that did not fit on this page, None on the last."""

    rule: str
    found: tuple[Found, ...]
    years: tuple[int, ...]
    chosen: Mapping[str, str] = field(default_factory=dict)
    following: int | None = None


def catalogue_page(connection: sqlite3.Connection) -> tuple[Rule, ...]:
    return tuple(Rule(*row) for row in connection.execute(_RULES))


def rule_page(
    connection: sqlite3.Connection, rule: str, *, language: str, chosen: Mapping[str, str], first: int = 0
) -> RulePage | None:
    """None where nothing has broken this rule. Of `chosen` the keys of the filters count."""
    years = tuple(year for (year,) in connection.execute(_YEARS, (rule,)))
    filters = {name: value for name, value in chosen.items() if name in _FILTERS and value}
    sql = _OF_RULE.format(filters=" ".join(_FILTERS[name] for name in filters))
    values = {"rule": rule, "limit": LIMIT + 1, "from": first, **filters}
    found = tuple(_found(connection, connection.execute(sql, values), language))
    if not found and not filters and not first:
        return None
    following = first + LIMIT if len(found) > LIMIT else None
    return RulePage(rule, found[:LIMIT], years, filters, following)


def _found(connection: sqlite3.Connection, rows: sqlite3.Cursor, language: str) -> Iterator[Found]:
    known = labels(connection)
    for report, document, name, year, says, severity, attribution in rows:
        said = sentence(translated(says, language), known)
        yield Found(report, document, name, year, said, severity, attribution)

"""What is wrong, or could not be checked, in the words of the database."""

import sqlite3
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from archive.pages.sentences import Sentence, labels, sentence
from archive.pages.translation import translated

_OF_REPORT = """
SELECT key, rule, outcome, severity, attribution, says, codes FROM findings WHERE report = ?
ORDER BY outcome, CASE severity WHEN 'error' THEN 0 WHEN 'warning' THEN 1 ELSE 2 END, key
"""
# SQLite takes the bare columns of a group from the row that holds max().
_SERIOUS = """
SELECT findings.report, bodies.name, reports.year, findings.says, findings.attribution, count(*) AS errors,
  max(abs(coalesce(findings.left_value - findings.right_value, 0))) AS difference
FROM findings JOIN reports ON reports.id = findings.report JOIN bodies ON bodies.id = reports.body
WHERE findings.outcome = 'broken' AND findings.severity = 'error'
GROUP BY findings.report
ORDER BY CASE findings.attribution WHEN 'publisher' THEN 0 WHEN 'undecided' THEN 1 ELSE 2 END,
  difference DESC, findings.report
LIMIT ?
"""


@dataclass(frozen=True, slots=True)
class Finding:
    key: int
    rule: str
    outcome: str
    severity: str
    attribution: str
    says: str
    codes: tuple[str, ...]
    sentence: Sentence


@dataclass(frozen=True, slots=True)
class Serious:
    """A report with errors: its greatest, and how many there are."""

    report: str
    name: str
    year: int
    sentence: Sentence
    attribution: str
    errors: int


def findings_of(connection: sqlite3.Connection, report: str, language: str) -> tuple[Finding, ...]:
    known = labels(connection)
    return tuple(_finding(row, known, language) for row in connection.execute(_OF_REPORT, (report,)))


def most_serious(connection: sqlite3.Connection, limit: int, language: str) -> tuple[Serious, ...]:
    known = labels(connection)
    return tuple(_serious(row, known, language) for row in connection.execute(_SERIOUS, (limit,)))


def _serious(row: Sequence[Any], known: Mapping[str, str], language: str) -> Serious:
    report, name, year, says, attribution, errors, _ = row
    says = translated(says, language)
    return Serious(report, name, year, sentence(says, known), attribution, errors)


def _finding(row: Sequence[Any], known: Mapping[str, str], language: str) -> Finding:
    key, rule, outcome, severity, attribution, says, codes = row
    cells, says = tuple(codes.split()), translated(says, language)
    return Finding(key, rule, outcome, severity, attribution, says, cells, sentence(says, known))

"""What a person must look at, one by one, and the file in which to say what was decided."""

import sqlite3
from collections.abc import Iterator
from dataclasses import dataclass

from archive.evidence.figure import Facts
from archive.figures import FEN

_LOOK = """
SELECT 'corrections/' || id AS about, says FROM corrections WHERE outcome = 'outdated'
UNION ALL
SELECT 'corrections/' || id, says FROM takedowns WHERE outcome = 'outdated'
UNION ALL
SELECT coalesce(report, document), rule || ': ' || says || iif(codes = '', '', ' (' || codes || ')')
FROM findings WHERE outcome = 'broken' AND attribution = 'reading'
UNION ALL
SELECT sha256, refusal || ': ' || coalesce(says, '') FROM documents
WHERE outcome IN ('refused', 'bundle') AND refusal <> 'not-a-report'
UNION ALL
SELECT bundle || '!' || name, refusal || ': ' || coalesce(says, '') FROM members WHERE refusal IS NOT NULL
ORDER BY 1, 2
"""


@dataclass(frozen=True, slots=True)
class Item:
    """`about` is a report, a document by its SHA-256, or a file of a decision."""

    about: str
    says: str


def items(connection: sqlite3.Connection) -> Iterator[Item]:
    for about, says in connection.execute(_LOOK):
        yield Item(about, says)


def template(facts: Facts) -> str:
    """A correction of this figure to be filled in; a proposal is put in as what may be."""
    value = "" if facts.proposal is None else _written(facts.proposal, facts.unit)
    hint = "" if facts.proposal is None else f"  # proposed, not read: {facts.basis}"
    printed = "" if facts.text is None else _quoted(facts.text)
    return (
        f"# {facts.body} {facts.year}: {facts.row_label} / {facts.column_label}\n"
        f"document: {facts.document}\ncode: {facts.code}\nprinted: {printed}\n"
        f"value: {value}{hint}\nwhy: \nby: \ndecided: \n"
    )


def _quoted(text: str) -> str:
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n") + '"'


def _written(value: int, unit: str) -> str:
    if unit == "count":
        return str(value)
    whole, rest = divmod(value, FEN)
    return _quoted(f"{whole}.{rest:06}".rstrip("0").rstrip("."))

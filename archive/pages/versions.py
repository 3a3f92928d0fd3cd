"""What differs between two versions of a report, figure by figure and paragraph by paragraph."""

import sqlite3
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

_REPORT = """
SELECT reports.id, bodies.name, reports.year, reports.title
FROM reports JOIN bodies ON bodies.id = reports.body WHERE reports.id = ?
"""
_VERSIONS = """
SELECT versions.key, versions.number, versions.current, versions.document, versions.first_seen,
  versions.last_seen, captures.url
FROM versions JOIN captures ON captures.id = versions.capture WHERE versions.report = ? ORDER BY number
"""
# An absent cell of one version is the same as none in the other.
_FIGURES = """
WITH sides AS (
  SELECT code,
    max(status) FILTER (WHERE version = :old) AS old_status,
    max(text) FILTER (WHERE version = :old) AS old_text,
    max(status) FILTER (WHERE version = :new) AS new_status,
    max(text) FILTER (WHERE version = :new) AS new_text
  FROM version_figures WHERE version IN (:old, :new) AND status <> 'absent' GROUP BY code
)
SELECT codes.code, codes.row_label, codes.column_label, old_status, old_text, new_status, new_text
FROM sides JOIN codes ON codes.key = sides.code
WHERE (old_status, old_text) IS NOT (new_status, new_text) ORDER BY codes.key
"""
_TEXTS = "SELECT heading, text FROM version_sections WHERE version = ? ORDER BY position"


@dataclass(frozen=True, slots=True)
class Version:
    key: int
    number: int
    current: int
    document: str
    first_seen: str
    last_seen: str
    url: str


@dataclass(frozen=True, slots=True)
class Figure:
    """A status of None says that the version has no such cell."""

    code: str
    row_label: str
    column_label: str
    old_status: str | None
    old_text: str | None
    new_status: str | None
    new_text: str | None


@dataclass(frozen=True, slots=True)
class Paragraph:
    """`mark` is same, removed or added."""

    mark: str
    text: str


@dataclass(frozen=True, slots=True)
class VersionsPage:
    """`old` and `new` are the two that are compared, both the same where there is but one. `text` holds
    the paragraphs that differ, each run of them with the paragraph before it."""

    report: str
    name: str
    year: int
    title: str | None
    versions: tuple[Version, ...]
    old: Version
    new: Version
    figures: tuple[Figure, ...]
    text: tuple[Paragraph, ...]


def versions_page(
    connection: sqlite3.Connection, report: str, *, old: int | None = None, new: int | None = None
) -> VersionsPage | None:
    """Between the versions of these numbers, else between the current and the one before it."""
    row = connection.execute(_REPORT, (report,)).fetchone()
    if row is None:
        return None
    versions = tuple(Version(*entry) for entry in connection.execute(_VERSIONS, (report,)))
    numbered = {version.number: version for version in versions}
    current = next(version for version in versions if version.current)
    later = numbered.get(new or current.number, current)
    earlier = numbered.get(old or later.number - 1, later)
    keys = {"old": earlier.key, "new": later.key}
    figures = tuple(Figure(*entry) for entry in connection.execute(_FIGURES, keys))
    text = tuple(_text(_paragraphs(connection, earlier), _paragraphs(connection, later)))
    id, name, year, title = row
    return VersionsPage(id, name, year, title, versions, earlier, later, figures, text)


def _paragraphs(connection: sqlite3.Connection, version: Version) -> list[str]:
    texts = (part for row in connection.execute(_TEXTS, (version.key,)) for part in row)
    return [line for text in texts for line in text.splitlines() if line.strip()]


def _text(old: Sequence[str], new: Sequence[str]) -> Iterator[Paragraph]:
    for what, at, end, to, to_end in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if what != "equal":
            yield from (Paragraph("same", line) for line in new[max(0, to - 1) : to])
            yield from (Paragraph("removed", line) for line in old[at:end])
            yield from (Paragraph("added", line) for line in new[to:to_end])

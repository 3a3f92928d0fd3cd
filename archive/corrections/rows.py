"""The tables `corrections` and `takedowns`, each with what came of the decision."""

import sqlite3
from collections.abc import Iterator

from archive.bundles import Bundle
from archive.claims import Get
from archive.corrections.decision import Correction, Decisions, Takedown
from archive.figures import number
from archive.kept import Kept
from parsers.reading import Reading
from parsers.text.fold import fold

_READ = """
SELECT DISTINCT version_figures.text FROM versions
JOIN version_figures ON version_figures.version = versions.key
JOIN codes ON codes.key = version_figures.code
WHERE coalesce(version_figures.document, versions.document) = ? AND codes.code = ?
  AND versions.id IN (SELECT version FROM parts WHERE document = ?)
"""
_KNOWN = "SELECT 1 FROM documents WHERE sha256 = ?"


def write_decisions(connection: sqlite3.Connection, decisions: Decisions, get: Get) -> None:
    """Behind all reports. `get` gives readings as they are, with what is withheld."""
    for correction in decisions.corrections:
        why = _correction_outdated(connection, correction)
        row = (
            correction.id, correction.document, correction.code, correction.printed,
            number(correction.code, correction.value), correction.why, correction.by, correction.decided,
            "outdated" if why else "applied", why,
        )  # fmt: skip
        connection.execute(f"INSERT INTO corrections VALUES ({', '.join('?' * len(row))})", row)  # noqa: S608
    for takedown in decisions.takedowns:
        why = _takedown_outdated(connection, takedown, get)
        gone = (
            takedown.id, takedown.document, takedown.says, takedown.reason, takedown.by, takedown.decided,
            "outdated" if why else "applied", why,
        )  # fmt: skip
        connection.execute(f"INSERT INTO takedowns VALUES ({', '.join('?' * len(gone))})", gone)  # noqa: S608


def _correction_outdated(connection: sqlite3.Connection, one: Correction) -> str | None:
    if unknown := _unknown(connection, one.document):
        return unknown
    texts = [text for (text,) in connection.execute(_READ, (one.document, one.code, one.document))]
    if not texts:
        return f"No report that was read from this document has the figure {one.code}."
    if one.printed not in texts:
        now = "nothing" if texts[0] is None else f"“{texts[0]}”"
        was = "nothing" if one.printed is None else f"“{one.printed}”"
        return f"It was decided where {was} was read; now {now} is. Look again, then mend or delete the file."
    return None


def _takedown_outdated(connection: sqlite3.Connection, one: Takedown, get: Get) -> str | None:
    if unknown := _unknown(connection, one.document):
        return unknown
    found = get(one.document)
    if isinstance(found, Bundle):
        return "It is an archive of documents: take those down that are in it, see members."
    missing = list(_missing(one, found.told().whole())) if isinstance(found, Kept) else []
    return (
        f"The document does not have {' and '.join(missing)}; nothing of that was withheld."
        if missing
        else None
    )


def _unknown(connection: sqlite3.Connection, document: str) -> str | None:
    known = connection.execute(_KNOWN, (document,)).fetchone()
    return None if known else "No document with this SHA-256 was captured."


def _missing(one: Takedown, reading: Reading) -> Iterator[str]:
    """What is to be withheld and is not there, told without repeating it."""
    numbers = {section.number for section in reading.sections}
    yield from (f"a section {section}" for section in one.sections if section not in numbers)
    texts = [fold(f"{section.heading}\n{section.text}") for section in reading.sections]
    everything = "\n".join([fold(reading.title or ""), *texts])
    for place, phrase in enumerate(one.phrases, 1):
        if fold(phrase) not in everything:
            yield f"phrase {place} of the list"

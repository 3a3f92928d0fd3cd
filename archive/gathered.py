"""What a build has gathered, as its file tells it: each process opens it for itself."""

import pickle
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass, fields
from itertools import groupby
from operator import itemgetter
from pathlib import Path
from typing import Any

from archive.access import read_only
from archive.bodies import Body
from archive.claims import Claim, Unclaimed
from archive.expected import Stands
from crawler.captures import Capture, Run

CAPTURE = tuple(field.name for field in fields(Capture))
_APART = ("capture", "page", "body", "findings")
CLAIM = (*(field.name for field in fields(Claim) if field.name not in _APART), "findings")

Keyed = tuple[int, Claim]
"""A claim and its key in the file."""

_SHOWN = ", ".join(CAPTURE)
_BODY = "spellings.name, spellings.division, spellings.portal, spellings.type"
_CLAIMS = f"""
SELECT report, claim, {_BODY}, {", ".join(f"claims.{name}" for name in CLAIM)},
  {", ".join(f"c.{name}" for name in CAPTURE)}, {", ".join(f"p.{name}" for name in CAPTURE)}
FROM reported JOIN claims ON claims.key = claim JOIN spellings ON spellings.key = spelling
JOIN captures c ON c.key = capture LEFT JOIN captures p ON p.key = nullif(page, capture)
WHERE reported.number >= ? AND reported.number < ? ORDER BY reported.number
"""  # noqa: S608 - words of ours
_FIRST = "SELECT first FROM reports WHERE number = ?"
_CURRENT = f"""
SELECT body, {_BODY}, year, published, captures.portal FROM reports JOIN claims ON claims.key = last
JOIN spellings ON spellings.key = spelling JOIN captures ON captures.key = capture ORDER BY body, year
"""  # noqa: S608 - words of ours
_LAST_YEARS = """
SELECT captures.portal, max(year) FROM reports JOIN claims ON claims.key = last
JOIN captures ON captures.key = capture GROUP BY captures.portal
"""
_BODIES = f"""
SELECT whose.body, {_BODY}, first_year, last_year
FROM (SELECT body, min(first_year) AS first_year, max(last_year) AS last_year FROM evidence GROUP BY body)
  AS whose
JOIN spellings ON spellings.key = (SELECT min(key) FROM spellings AS one WHERE one.body = whose.body)
ORDER BY whose.body
"""  # noqa: S608 - words of ours

# Of a document that was captured more than once, the capture of the lowest id tells.
_DOCUMENTS = """
SELECT document, captures.media_type, length, captures.refusal, opened.outcome, opened.media_type,
  opened.refusal, opened.says
FROM (SELECT document, media_type, length, refusal, min(id) FROM captures GROUP BY document
  UNION ALL SELECT document, NULL, length, NULL, NULL FROM members
  WHERE document <> '' AND document NOT IN (SELECT document FROM captures) GROUP BY document) AS captures
LEFT JOIN opened ON opened.sha256 = document ORDER BY document
"""
_ALL = 1 << 62
_ROW, _BODY_AT = len(CLAIM), slice(2, 6)
_END = _ROW + 6


@dataclass(frozen=True, slots=True)
class Gathered:
    file: Path

    def captures(self) -> Iterator[Capture]:
        """In order of id."""
        return (Capture(*row) for row in self._rows(f"SELECT {_SHOWN} FROM captures ORDER BY id"))  # noqa: S608

    def captures_of(self, portal: str) -> Iterator[Capture]:
        select = f"SELECT {_SHOWN} FROM captures WHERE portal = ? ORDER BY id"  # noqa: S608
        return (Capture(*row) for row in self._rows(select, portal))

    def runs_of(self, portal: str) -> Iterator[Run]:
        """Oldest first."""
        told = self._rows("SELECT said FROM runs WHERE portal = ? ORDER BY started, id", portal)
        return (pickle.loads(said) for (said,) in told)  # noqa: S301 - of this build

    def columns(self) -> Iterator[tuple[str, str]]:
        """The portals and the names of their columns."""
        named = "role = 'list' AND coalesce(body_name, '') <> ''"
        return self._rows(f"SELECT DISTINCT portal, body_name FROM captures WHERE {named}")  # noqa: S608

    def reports(self, start: int = 0, end: int = _ALL) -> Iterator[tuple[str, list[Claim]]]:
        """From report number `start`, from 0, to the one before `end`: id and claims, oldest first."""
        with closing(self._open()) as connection:
            for id, claims in self.claims(connection, self._claim(start), self._claim(end)):
                yield id, [claim for _, claim in claims]

    @staticmethod
    def claims(
        connection: sqlite3.Connection, start: int = 0, end: int = _ALL
    ) -> Iterator[tuple[str, list[Keyed]]]:
        """By report, in order of their ids."""
        rows = connection.execute(_CLAIMS, (start, end))
        for id, its in groupby(rows, key=itemgetter(0)):
            yield id, [(row[1], _claim(row)) for row in its]

    def versions(self) -> list[int]:
        """How many each report has, in order."""
        return [count for (count,) in self._rows("SELECT versions FROM reports ORDER BY number")]

    def current(self) -> Iterator[tuple[str, Stands]]:
        """What stands in reports, with the id of its body, in order."""
        return ((row[0], Stands(Body(*row[1:5]), *row[5:])) for row in self._rows(_CURRENT))

    def last_years(self) -> Iterator[tuple[str, int]]:
        """The latest year of each portal's reports."""
        return self._rows(_LAST_YEARS)

    def bodies(self) -> Iterator[tuple[str, Body, int, int]]:
        """In order of id, each with the first and the last year of its reports."""
        return ((id, Body(*row[:4]), *row[4:]) for id, *row in self._rows(_BODIES))

    def evidence(self, columns: str, group: str) -> Iterator[tuple[Any, ...]]:
        """Of whose reports they are, by body and in order of the claims."""
        order = f"GROUP BY {group} ORDER BY body, min(earliest)"
        return self._rows(f"SELECT {columns} FROM evidence {order}")  # noqa: S608 - words of ours

    def documents(self) -> Iterator[tuple[Any, ...]]:
        """What was captured and what archives held, each once and in order: digest, media type, length and
        refusal of the capture, and then outcome, media type, refusal and what is said of it, where it was
        read."""
        return self._rows(_DOCUMENTS)

    def members(self) -> Iterator[tuple[Any, ...]]:
        return self._rows("SELECT * FROM members ORDER BY bundle, position")

    def unclaimed(self) -> Iterator[Unclaimed]:
        return (Unclaimed(*row) for row in self._rows("SELECT * FROM unclaimed ORDER BY document, lacks"))

    def _claim(self, report: int) -> int:
        """Where the claims of a report begin."""
        return next((first for (first,) in self._rows(_FIRST, report)), _ALL)

    def _rows(self, select: str, *values: object) -> Iterator[tuple[Any, ...]]:
        with closing(self._open()) as connection:
            yield from connection.execute(select, values)

    def _open(self) -> sqlite3.Connection:
        return read_only(self.file)


def _claim(row: tuple[Any, ...]) -> Claim:
    its = dict(zip(CLAIM, row[6:_END], strict=True))
    capture = Capture(*row[_END : _END + len(CAPTURE)])
    page = capture if row[-len(CAPTURE)] is None else Capture(*row[-len(CAPTURE) :])
    its["findings"] = pickle.loads(its["findings"]) if its["findings"] else ()  # noqa: S301 - of this build
    for name in ("printed", "own_portal", "stands"):
        its[name] = bool(its[name])
    return Claim(capture=capture, page=page, body=Body(*row[_BODY_AT]), **its)

"""The evidence that a release stands on: originals and WARC records, by county and year."""

import csv
import io
import sqlite3
import zipfile
from collections.abc import Iterable, Iterator
from contextlib import closing
from dataclasses import dataclass, fields
from itertools import groupby
from pathlib import Path

from archive.access import read_only
from archive.evidence.originals import original, suffix
from crawler.captures import Capture, Store

_STANDS_ON = """
SELECT coalesce(substr(bodies.division, 1, 6), 'unresolved') AS county, reports.year, versions.id AS version,
  parts.document, parts.member, documents.media_type, parts.capture,
  (SELECT min(id) FROM takedowns WHERE document IN (parts.document, captures.document)
   OR document IN (SELECT document FROM members WHERE bundle = captures.document)) AS sealed
FROM parts
JOIN versions ON versions.id = parts.version
JOIN reports ON reports.id = versions.report
JOIN bodies ON bodies.id = reports.body
JOIN documents ON documents.sha256 = parts.document
JOIN captures ON captures.id = parts.capture
ORDER BY county, reports.year, version, parts.document
"""
_EPOCH = (1980, 1, 1, 0, 0, 0)
_HEAD = ("version", "file", "url", "fetched", "capture", "warc", "offset", "sealed")


@dataclass(frozen=True, slots=True)
class Part:
    """A document of a version. `sealed` is the takedown that keeps it here, where there is one."""

    county: str
    year: int
    version: str
    document: str
    member: str | None
    media_type: str
    capture: Capture
    sealed: str | None

    @property
    def name(self) -> str:
        return f"{self.document}{suffix(self.media_type)}"


def pack(captures: Path, folder: Path) -> None:
    """Into `evidence/COUNTY/YEAR.zip` and `.warc.gz` of the release in `folder`. Raises CaptureLost."""
    store = Store(captures)
    with closing(read_only(folder / "archive.db")) as base:
        found = _parts(base)
        for (county, year), group in groupby(found, key=lambda part: (part.county, part.year)):
            place = folder / "evidence" / county
            place.mkdir(parents=True, exist_ok=True)
            parts = list(group)
            _write_originals(place / f"{year}.zip", parts, store)
            _write_records(place / f"{year}.warc.gz", parts, store)


def _parts(connection: sqlite3.Connection) -> Iterator[Part]:
    names = ", ".join(field.name for field in fields(Capture))
    for county, year, version, document, member, media_type, capture, sealed in connection.execute(
        _STANDS_ON
    ):
        row = connection.execute(f"SELECT {names} FROM captures WHERE id = ?", (capture,)).fetchone()  # noqa: S608
        yield Part(county, year, version, document, member, media_type, Capture(*row), sealed)


def _write_originals(path: Path, parts: Iterable[Part], store: Store) -> None:
    index = io.StringIO()
    table = csv.writer(index, lineterminator="\r\n")
    table.writerow(_HEAD)
    packed: set[str] = set()
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for part in parts:
            table.writerow(_row(part))
            if part.sealed is None and part.name not in packed:
                packed.add(part.name)
                said = f"{part.capture.warc}: {part.capture.url}"
                content = original(store.body(part.capture), part.document, part.member, said)
                archive.writestr(_entry(part.name), content)
        archive.writestr(_entry("index.csv"), index.getvalue().encode("utf-8-sig"))


def _row(part: Part) -> tuple[str | int, ...]:
    capture = part.capture
    name = "" if part.sealed else part.name
    place = (capture.url, capture.fetched, capture.id, capture.warc, capture.offset)
    return (part.version, name, *place, part.sealed or "")


def _write_records(path: Path, parts: Iterable[Part], store: Store) -> None:
    """The exchanges as they stand in the store, each once."""
    written: set[tuple[str, int]] = set()
    with path.open("wb") as out:
        for part in parts:
            for cut in [] if part.sealed else store.records(part.capture):
                if (cut.warc, cut.offset) not in written:
                    written.add((cut.warc, cut.offset))
                    out.write(cut.content)


def _entry(name: str) -> zipfile.ZipInfo:
    entry = zipfile.ZipInfo(name, _EPOCH)
    entry.compress_type = zipfile.ZIP_DEFLATED
    return entry

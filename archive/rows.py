"""The tables of one report: itself, its versions with their figures and text, findings and changes."""

import sqlite3
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import count, pairwise

from archive.changes import change_rows
from archive.checks.agreement import disagreements
from archive.claims import Claim
from archive.expected import days_late
from archive.figures import Row
from archive.inserted import Tables
from archive.kept import Told, told_of
from archive.material import Material
from archive.sheet import Sheet
from archive.tabled import figure_rows, imprecise, numbers, wide_rows
from archive.versions import Version
from parsers.combine import combined
from parsers.document import Box
from parsers.reading import Finding, Reading, Status
from parsers.register.deadlines import due

STATUSES: tuple[Status, ...] = ("read", "blank", "mark", "unreadable", "absent")


@dataclass(frozen=True, slots=True)
class Writer:
    """Rows go in in key order. The keys of versions are counted here, those of findings by SQLite."""

    connection: sqlite3.Connection
    material: Material
    versions: Iterator[int]
    tables: Tables

    def report(self, key: int, id: str, versions: tuple[Version, ...]) -> None:
        told = [self._told(version) for version in versions]
        current = next(version for version in versions if version.current)
        reading, sheet = told[current.number - 1].reading, told[current.number - 1].sheet
        self._report(key, id, current, told[current.number - 1])
        for version, its in zip(versions, told, strict=True):
            self._version(version, its)
        for table, rows in wide_rows(id, sheet, numbers(sheet)).items():
            self.tables.insert(table, rows)
        self.tables.insert("unplaced", _unplaced(id, reading))
        self.tables.insert("claims", _stated(id, reading))
        whole = [one.whole() for one in told] if len(versions) > 1 else []
        conflicts = self._conflicts(whole[current.number - 1], versions) if whole else ()
        self.finding(id, current.document, [*reading.findings, *_precision(sheet), *conflicts])
        self._unchecked(id, current.document, reading)
        for (old, before), (new, after) in pairwise(zip(versions, whole, strict=False)):
            seen = filter(self._seen(old, new), change_rows(before, after))
            self.tables.insert("changes", ((id, new.id, old.id, *row) for row in seen))

    def _conflicts(self, reading: Reading, versions: tuple[Version, ...]) -> Iterable[Finding]:
        return disagreements(reading, versions, self.material.get)

    def _seen(self, *versions: Version) -> Callable[[Row], bool]:
        """What was taken down on one side only is no change of the other."""
        sealed = any(p.document in self.material.withheld for version in versions for p in _parts(version))
        return (lambda row: row[3] is not None and row[6] is not None) if sealed else (lambda _: True)

    def _told(self, version: Version) -> Told:
        """Of the version's document and those beside it, put together. What no longer stands at its address
        is no part of the current version."""
        beside = [part for part in version.beside if not version.current or part.stands]
        if not beside and version.document not in self.material.withheld:
            return version.last.told(self.material.get)
        return told_of(combined([self._public(part) for part in (version.last, *beside)]))

    def _public(self, part: Claim) -> Reading:
        return self.material.public(part.reading(self.material.get))

    def finding(self, report: str | None, document: str, findings: Iterable[Finding]) -> None:
        broken = ((f.rule, "broken", f.severity, f.attribution, *_said(f)) for f in findings)
        self.tables.insert("findings", ((None, report, document, *facts) for facts in broken))

    def _report(self, key: int, id: str, current: Version, told: Told) -> None:
        claim, reading = current.last, told.reading
        deadline = due(claim.body.kind, claim.year)
        statuses = told.sheet.counts()
        self._one(
            "reports",
            {
                "key": key,
                "id": id,
                "body": claim.body.id,
                "year": claim.year,
                "version": current.id,
                "document": current.document,
                "capture": claim.capture.id,
                "url": claim.capture.url,
                "form": reading.form,
                "scope": reading.scope,
                "title": reading.title,
                "published": reading.published,
                "due": deadline.isoformat() if deadline else None,
                "days_late": days_late(reading.published, deadline),
                **{f"figures_{status}": statuses[status] for status in STATUSES},
            },
        )

    def _version(self, version: Version, told: Told) -> None:
        key, reading = next(self.versions), told.reading
        first, last = version.claims[0].capture, version.last.capture
        self._one(
            "versions",
            {
                "key": key,
                "id": version.id,
                "report": version.report,
                "number": version.number,
                "current": int(version.current),
                "document": version.document,
                "capture": last.id,
                "first_seen": first.fetched,
                "last_seen": last.fetched,
                "own_portal": int(version.last.own_portal),
                "form": reading.form,
                "scope": reading.scope,
                "title": reading.title,
                "published": reading.published,
            },
        )
        parts = {c.document: (c.capture.id, int(c is version.last), c.member) for c in _parts(version)}
        self.tables.insert("parts", ((version.id, document, *parts[document]) for document in sorted(parts)))
        self.tables.insert("version_figures", figure_rows(key, told.sheet, numbers(told.sheet)))
        texts = enumerate(reading.sections, 1)
        self.tables.insert("version_sections", ((key, at, s.number, s.heading, s.text) for at, s in texts))

    def _unchecked(self, id: str, document: str, reading: Reading) -> None:
        rows: list[Row] = []
        for entry in reading.unchecked:
            rule, _, code = entry.partition(" ")
            says = f"Not checked: a figure that {rule} needs is not certain."
            facts = (rule, "unchecked", "note", "undecided", says, code, None, None)
            rows.append((None, id, document, *facts))
        self.tables.insert("findings", rows)

    def _one(self, table: str, row: Mapping[str, int | str | None]) -> None:
        names, holes = ", ".join(row), ", ".join("?" * len(row))
        self.connection.execute(f"INSERT INTO {table} ({names}) VALUES ({holes})", tuple(row.values()))  # noqa: S608 - names of ours


def writer(connection: sqlite3.Connection, material: Material, version: int = 1) -> Writer:
    """`version` is the key of the first version that it writes."""
    return Writer(connection, material, count(version), Tables(connection))


def _said(finding: Finding) -> Row:
    return finding.says, " ".join(finding.codes), finding.left, finding.right


def _parts(version: Version) -> Iterator[Claim]:
    yield version.last
    yield from version.beside


def _unplaced(report: str, reading: Reading) -> Iterator[Row]:
    for position, piece in enumerate(reading.unplaced):
        place = piece.place
        yield (report, position, piece.row, piece.index, piece.text, place.page, _box(place.box))


def _stated(report: str, reading: Reading) -> Iterator[Row]:
    for position, c in enumerate(reading.claims, 1):
        value = float(c.value)
        yield (
            report,
            position,
            c.section,
            c.subject,
            value,
            int(c.approximate),
            c.unit,
            c.period,
            c.sentence,
        )


def _box(box: Box | None) -> str | None:
    return f"[{box.left:g},{box.top:g},{box.right:g},{box.bottom:g}]" if box else None


def _precision(sheet: Sheet) -> Iterator[Finding]:
    for code, text, value in imprecise(sheet):
        says = f"{text} 万元 has a part smaller than 分; the value is rounded, the text is not."
        yield Finding("amount.precision", "note", "publisher", says, (code,), value)

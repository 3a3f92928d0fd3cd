"""The archive in parts: one archive.db a province, with all that its rows stand on."""

import csv
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import astuple, dataclass, fields
from pathlib import Path
from tempfile import TemporaryDirectory

from archive.access import read_only
from archive.names import write_names
from archive.release.delta import sha256_of
from archive.schema import create
from archive.search import write_passages

FOLDER = "provinces"
_HERE = "substr(coalesce({}, '00'), 1, 2) = :province"
"""00 is where bodies lie of which no place is proven."""
_OF_BODIES = "body IN (SELECT id FROM main.bodies)"
_OF_REPORTS = "report IN (SELECT id FROM main.reports)"
_OF_PORTALS = "portal IN (SELECT key FROM main.portals)"
_OF_VERSIONS = "version IN (SELECT key FROM main.versions)"
_OF_DOCUMENTS = "document IN (SELECT sha256 FROM main.documents)"
_OF_NOBODY = "document NOT IN (SELECT sha256 FROM whole.documents)"
ROWS = {
    "divisions": _HERE.format("code"),
    "division_successors": "division IN (SELECT code FROM main.divisions)",
    "bodies": _HERE.format("division"),
    "body_names": _OF_BODIES,
    **dict.fromkeys(("body_successors", "former_ids"), _OF_BODIES),
    "portals": _HERE.format("division"),
    "body_evidence": _OF_BODIES,
    "portal_runs": _OF_PORTALS,
    "captures": _OF_PORTALS,
    "reports": _OF_BODIES,
    "versions": _OF_REPORTS,
    "parts": "version IN (SELECT id FROM main.versions)",
    "version_figures": _OF_VERSIONS,
    "version_sections": _OF_VERSIONS,
    **dict.fromkeys(("disclosure", "requests", "disputes", "indicators"), _OF_REPORTS),
    **dict.fromkeys(("unplaced", "claims", "changes"), _OF_REPORTS),
    "expected": _OF_BODIES,
    "documents": "sha256 IN (SELECT document FROM main.captures)",
    "members": "bundle IN (SELECT sha256 FROM main.documents)",
    "findings": f"{_OF_REPORTS} OR report IS NULL AND {_OF_DOCUMENTS}",
    **dict.fromkeys(("corrections", "takedowns"), f"{_OF_DOCUMENTS} OR {_OF_NOBODY}"),
    **dict.fromkeys(("codes", "crosswalk", "inputs"), "true"),
}
"""Which rows of each table are a province's own, in an order in which the tables before are there. A decision
of a document that nobody has is in every file."""

OF_DOCUMENTS = ("members", "findings", "corrections", "takedowns")
"""Those that speak of documents, which come from archives and other provinces' portals too."""

_PROVINCES = """
SELECT DISTINCT substr(coalesce(division, '00'), 1, 2)
FROM (SELECT division FROM bodies UNION SELECT division FROM portals) ORDER BY 1
"""
_COUNTS = "SELECT (SELECT count(*) FROM bodies), (SELECT count(*) FROM reports)"


class NotParted(Exception):
    """The parts are not what the whole is: a fault of the program."""


@dataclass(frozen=True, slots=True)
class Part:
    """`province` is two digits; `name` is None where the register has no such province."""

    file: str
    province: str
    name: str | None
    bodies: int
    reports: int
    bytes: int
    sha256: str


def write_provinces(file: Path, folder: Path, say: Callable[[str], None]) -> list[Part]:
    """`archive-41.db` and so on, and `provinces.csv`, which says what is in which."""
    folder.mkdir()
    with closing(read_only(file)) as connection:
        provinces = [province for (province,) in connection.execute(_PROVINCES)]
        bodies, reports = connection.execute(_COUNTS).fetchone()
    parts = []
    for province in provinces:
        say(f"{FOLDER}/archive-{province}.db")
        parts.append(_write(file, folder / f"archive-{province}.db", province))
    if (sum(part.bodies for part in parts), sum(part.reports for part in parts)) != (bodies, reports):
        says = f"not each of {bodies} bodies and {reports} reports is in one part"
        raise NotParted(f"{folder}: {says}; report this as a bug")
    with (folder / "provinces.csv").open("w", encoding="utf-8-sig", newline="") as out:
        sheet = csv.writer(out)
        sheet.writerow(field.name for field in fields(Part))
        sheet.writerows(map(astuple, parts))
    return parts


def _write(whole: Path, file: Path, province: str) -> Part:
    # Rows of all tables went in in turn: laid anew, each table lies by itself and its pages are full.
    with (
        TemporaryDirectory(dir=file.parent) as folder,
        closing(create(Path(folder) / "loose.db")) as connection,
    ):
        # Checked for all rows at once at the end: reports and versions point at each other.
        connection.execute("PRAGMA foreign_keys = OFF")
        connection.execute("ATTACH ? AS whole", (str(whole),))
        connection.execute("BEGIN")
        for table, rows in ROWS.items():
            _take(connection, table, rows, province)
        while sum(_take_what_is_pointed_at(connection, table) for table in ROWS):
            for table in OF_DOCUMENTS:
                _take(connection, table, ROWS[table])
        write_passages(connection)
        write_names(connection)
        connection.execute("COMMIT")
        connection.execute("DETACH whole")
        connection.execute("INSERT INTO search (search) VALUES ('optimize')")
        connection.execute("ANALYZE")
        if broken := connection.execute("PRAGMA foreign_key_check").fetchone():
            says = f"a row of {broken[0]} points at one of {broken[2]} that is not there"
            raise NotParted(f"{file}: {says}; report this as a bug")
        bodies, reports = connection.execute(_COUNTS).fetchone()
        named = "SELECT name FROM divisions WHERE code = ?"
        name = connection.execute(named, (f"{province}0000",)).fetchone()
        connection.execute("VACUUM INTO ?", (str(file),))
    size, sha256 = file.stat().st_size, sha256_of(file)
    return Part(file.name, province, name[0] if name else None, bodies, reports, size, sha256)


def _take(connection: sqlite3.Connection, table: str, rows: str, province: str = "") -> int:
    sql = f"INSERT OR IGNORE INTO main.{table} SELECT * FROM whole.{table} WHERE {rows}"  # noqa: S608
    return connection.execute(sql, {"province": province}).rowcount


def _take_what_is_pointed_at(connection: sqlite3.Connection, table: str) -> int:
    """How many rows of other tables came, because rows of this one stand on them."""
    return sum(
        _take(connection, target, f"{there} IN (SELECT {here} FROM main.{table})")  # noqa: S608
        for target, here, there in _pointers(connection, table)
    )


def _pointers(connection: sqlite3.Connection, table: str) -> Iterator[tuple[str, str, str]]:
    for _, _, target, here, there, *_ in connection.execute(
        f"PRAGMA main.foreign_key_list({table})"
    ).fetchall():
        yield target, here, there

"""The archive in parts: one archive.db a province, with all that its rows stand on."""

import csv
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

from archive.schema import create
from archive.search import write_passages

FOLDER = "provinces"
_HERE = "substr(coalesce({}, '00'), 1, 2) = :province"
"""00 is where bodies lie of which no place is proven."""
_OF_BODIES = "body IN (SELECT id FROM main.bodies)"
_OF_REPORTS = "report IN (SELECT id FROM main.reports)"
_OF_PORTALS = "portal IN (SELECT key FROM main.portals)"
_OF_VERSIONS = "version IN (SELECT key FROM main.versions)"
_CAPTURED = "document IN (SELECT document FROM main.captures)"
ROWS = {
    "divisions": _HERE.format("code"),
    "division_successors": "division IN (SELECT code FROM main.divisions)",
    "bodies": _HERE.format("division"),
    "body_names": _OF_BODIES,
    "former_ids": _OF_BODIES,
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
    "findings": f"{_OF_REPORTS} OR report IS NULL AND {_CAPTURED}",
    "documents": "sha256 IN (SELECT document FROM main.captures)",
    "members": "bundle IN (SELECT sha256 FROM main.documents)",
    "corrections": _CAPTURED,
    "takedowns": _CAPTURED,
    **dict.fromkeys(("codes", "crosswalk", "inputs"), "true"),
}
"""Which rows of each table are a province's own, in an order in which the tables before are there."""

_PROVINCES = """
SELECT province, (SELECT name FROM divisions WHERE code = province || '0000'),
  count(DISTINCT id), count(report)
FROM (
  SELECT substr(coalesce(division, '00'), 1, 2) AS province, bodies.id, reports.id AS report
  FROM bodies LEFT JOIN reports ON reports.body = bodies.id
) GROUP BY province ORDER BY province
"""


def write_provinces(file: Path, folder: Path, say: Callable[[str], None]) -> None:
    """`archive-41.db` and so on, and `provinces.csv`, which says what is in which."""
    folder.mkdir()
    with closing(sqlite3.connect(f"{file.absolute().as_uri()}?mode=ro", uri=True)) as connection:
        provinces = connection.execute(_PROVINCES).fetchall()
    with (folder / "provinces.csv").open("w", encoding="utf-8-sig", newline="") as out:
        sheet = csv.writer(out)
        sheet.writerow(("file", "province", "name", "bodies", "reports"))
        for province, *facts in provinces:
            name = f"archive-{province}.db"
            say(f"{FOLDER}/{name}")
            _write(file, folder / name, province)
            sheet.writerow((name, province, *facts))


def _write(whole: Path, part: Path, province: str) -> None:
    with closing(create(part)) as connection:
        # Checked for all rows at once at the end: reports and versions point at each other.
        connection.execute("PRAGMA foreign_keys = OFF")
        connection.execute("ATTACH ? AS whole", (str(whole),))
        connection.execute("BEGIN")
        for table, rows in ROWS.items():
            _take(connection, table, rows, province)
        while any(_take_what_is_pointed_at(connection, table) for table in ROWS):
            pass
        write_passages(connection)
        connection.execute("COMMIT")
        connection.execute("DETACH whole")
        connection.execute("INSERT INTO search (search) VALUES ('optimize')")
        connection.execute("ANALYZE")
        if broken := connection.execute("PRAGMA foreign_key_check").fetchone():
            raise ValueError(
                f"{part.name}: a row of {broken[0]} points at one of {broken[2]} that is not there"
            )


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

"""Where that is now which had an id that is no more."""

import sqlite3
from collections.abc import Callable, Mapping

from archive.pages.addresses import body_address, report_address, versions_address

_NOW = "SELECT body FROM former_ids WHERE id = ?"


def moved(connection: sqlite3.Connection, kind: str, id: str) -> str | None:
    """The address of a body's or a report's page, None where no such id is known to have been."""
    if kind == "body":
        now = connection.execute(_NOW, (id,)).fetchone()
        return body_address(now[0]) if now else None
    if kind not in _OF_REPORT:
        return None
    body, _, year = id.rpartition("-")
    now = connection.execute(_NOW, (body,)).fetchone()
    report = f"{now[0]}-{year}" if now else ""
    there = connection.execute("SELECT 1 FROM reports WHERE id = ?", (report,)).fetchone()
    return _OF_REPORT[kind](report) if there else None


_OF_REPORT: Mapping[str, Callable[[str], str]] = {"report": report_address, "versions": versions_address}

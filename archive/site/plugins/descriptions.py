"""What the tables and columns hold, from the database's own table `descriptions`."""

import sqlite3
from functools import cache
from typing import Any

from datasette.app import Datasette
from pluggy import HookimplMarker

hookimpl = HookimplMarker("datasette")


@hookimpl
def get_metadata(datasette: Datasette) -> dict[str, Any]:
    # Built anew for each call: Datasette merges the configuration into what it is given.
    tables: dict[str, dict[str, Any]] = {}
    for table, column, says in _described(datasette.get_database("archive").path):
        entry = tables.setdefault(table, {"columns": {}})
        if column:
            entry["columns"][column] = says
        else:
            entry["description"] = says
    return {"databases": {"archive": {"tables": tables}}}


@cache
def _described(path: str) -> tuple[tuple[str, str, str], ...]:
    connection = sqlite3.connect(f"file:{path}?mode=ro", uri=True)
    try:
        rows = connection.execute("SELECT table_name, column_name, says FROM descriptions")
        return tuple((table, column, says) for table, column, says in rows)
    finally:
        connection.close()

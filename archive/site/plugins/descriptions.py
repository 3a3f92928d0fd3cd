"""What the tables and columns hold, from the database's own table `descriptions`."""

from contextlib import closing
from functools import cache
from typing import Any

from datasette.app import Datasette
from pluggy import HookimplMarker

from archive.access import read_only
from archive.answers import language_of
from archive.pages.columns import described

hookimpl = HookimplMarker("datasette")


@hookimpl
def get_metadata(datasette: Datasette) -> dict[str, Any]:
    tables = _described(datasette.get_database("archive").path, language_of(datasette))
    # A copy for each call: Datasette merges the configuration into what it is given.
    copied = {table: {**entry, "columns": {**entry["columns"]}} for table, entry in tables.items()}
    return {"databases": {"archive": {"tables": copied}}}


@cache
def _described(path: str, language: str) -> dict[str, dict[str, Any]]:
    tables: dict[str, dict[str, Any]] = {}
    with closing(read_only(path)) as connection:
        for table, column, says in connection.execute(
            "SELECT table_name, column_name, says FROM descriptions"
        ):
            entry = tables.setdefault(table, {"columns": {}})
            if column:
                entry["columns"][column] = described(says, language)
            else:
                entry["description"] = described(says, language)
    return tables

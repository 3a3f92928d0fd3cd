"""datapackage.json: a Frictionless data package of the CSV files, described by the schema's comments."""

import json
from pathlib import Path
from typing import Any

from archive.release.delta import sha256_of
from archive.release.tables import LEFT_OUT, Column, Table

_SAYS = (
    "The yearly government information disclosure reports of China's counties, districts and townships, read "
    "figure by figure. Text that a spreadsheet would run as a formula has an apostrophe before it in the CSV "
    "files; in jsonl/ and parquet/ it is as in archive.db."
)
_LICENCE = {
    "name": "CC0-1.0",
    "title": "CC0 1.0 Universal",
    "path": "https://creativecommons.org/publicdomain/zero/1.0/",
}


def write_package(folder: Path, name: str, until: str, tables: list[Table]) -> None:
    package = {
        "profile": "tabular-data-package",
        "name": f"nianbao-{name}",
        "title": "年报 nianbao: 政府信息公开工作年度报告",
        "description": _SAYS,
        "version": name,
        "created": until,
        "licenses": [_LICENCE],
        "resources": [_resource(folder, table) for table in tables],
    }
    text = json.dumps(package, ensure_ascii=False, indent=1)
    (folder / "datapackage.json").write_text(text + "\n", "utf-8")


def _resource(folder: Path, table: Table) -> dict[str, Any]:
    path = folder / "csv" / f"{table.name}.csv"
    return {
        "profile": "tabular-data-resource",
        "name": table.name,
        "path": path.relative_to(folder).as_posix(),
        "description": table.says,
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "bytes": path.stat().st_size,
        "hash": f"sha256:{sha256_of(path)}",
        "schema": _schema(table),
    }


def _schema(table: Table) -> dict[str, Any]:
    keys = [
        {
            "fields": [link.column],
            "reference": {"resource": "" if link.table == table.name else link.table, "fields": [link.other]},
        }
        for link in table.foreign
        if link.table not in LEFT_OUT
    ]
    schema: dict[str, Any] = {"fields": [_field(column) for column in table.columns], "missingValues": [""]}
    return (
        schema
        | ({"primaryKey": list(table.key)} if table.key else {})
        | ({"foreignKeys": keys} if keys else {})
    )


def _field(column: Column) -> dict[str, Any]:
    field: dict[str, Any] = {"name": column.name, "type": column.type, "description": column.says}
    # Text may be required and empty, which in a CSV file is no value.
    return field | (
        {"constraints": {"required": True}} if column.required and column.type != "string" else {}
    )

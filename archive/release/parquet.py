"""Parquet, made by DuckDB from the JSON Lines of the same table."""

from collections.abc import Iterable
from importlib import import_module
from pathlib import Path
from types import ModuleType

from archive.release.tables import Table

_TYPES = {"integer": "BIGINT", "number": "DOUBLE", "string": "VARCHAR"}
_LONGEST = 1 << 28
"""Bytes of a row."""


class Missing(Exception):
    """What writes this kind of file is not installed."""


def duckdb() -> ModuleType:
    """Raises Missing."""
    try:
        return import_module("duckdb")
    except ImportError:
        raise Missing(
            "Parquet files need DuckDB; install it: pip install 'nianbao[release]' (./run does it by itself)"
        ) from None


def write_parquet(folder: Path, tables: Iterable[Table], lines: Path) -> None:
    """Of the files in `lines`. One thread and the order of the rows: the same lines give the same bytes."""
    limits = {"threads": 1, "memory_limit": "1GB", "temp_directory": str(folder / ".spill")}
    with duckdb().connect(config=limits) as engine:
        for table in tables:
            engine.execute(_copy(table, lines / f"{table.name}.jsonl.gz", folder / f"{table.name}.parquet"))


def _copy(table: Table, lines: Path, path: Path) -> str:
    columns = ", ".join(f"{_text(c.name)}: {_text(_TYPES[c.type])}" for c in table.columns)
    says = ", ".join(f"{_text(c.name)}: {_text(c.says)}" for c in table.columns)
    return (
        f"COPY (SELECT * FROM read_json({_text(str(lines))}, format='newline_delimited',"  # noqa: S608
        f" columns={{{columns}}}, maximum_object_size={_LONGEST}))"
        f" TO {_text(str(path))} (FORMAT parquet, COMPRESSION zstd, KV_METADATA {{{says}}})"
    )


def _text(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"

"""JSON Lines, an object a row, compressed: the form of a release that keeps every difference."""

import gzip
import json
from collections.abc import Iterable
from pathlib import Path

from archive.release.tables import Table, Value


def write_lines(path: Path, table: Table, rows: Iterable[tuple[Value, ...]]) -> None:
    names = [column.name for column in table.columns]
    # Neither name nor time in the header: the same rows give the same bytes.
    with path.open("wb") as raw, gzip.GzipFile("", "wb", 6, raw, mtime=0) as file:
        for row in rows:
            line = json.dumps(dict(zip(names, row, strict=True)), ensure_ascii=False, separators=(",", ":"))
            file.write(line.encode() + b"\n")

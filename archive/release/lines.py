"""JSON Lines, an object a row, compressed: the form of a release that keeps every difference."""

import gzip
import json
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from archive.release.tables import Add, Table


@contextmanager
def lines_file(path: Path, table: Table) -> Iterator[Add]:
    """What it gives adds a row."""
    names = [column.name for column in table.columns]
    encode = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode
    # Neither name nor time in the header: the same rows give the same bytes.
    with path.open("wb") as raw, gzip.GzipFile("", "wb", 6, raw, mtime=0) as file:
        yield lambda row: file.write(encode(dict(zip(names, row, strict=True))).encode() + b"\n")

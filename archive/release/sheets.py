"""CSV for spreadsheets: UTF-8 with its mark, as a Chinese Excel needs it, and no cell that is a formula."""

import re
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from functools import lru_cache
from pathlib import Path

from archive.release.tables import Add, Table, Value

_FORMULA = re.compile(r"'*[=+\-@＝＋－＠\t\r\n|%]")
"""How text begins that a spreadsheet may run, or that an apostrophe was put before."""
_HARMLESS = re.compile(r"[-+]?\d+(?:\.\d+)?|-+")
"""Numbers, and the dash of an empty cell."""
_QUOTED = re.compile(r'[",\r\n]|^$|^\s|\s$')


MARK = "\ufeff"
"""How a file of UTF-8 says so."""

_SHORT = 100
"""Characters of a cell that is worth remembering."""


@contextmanager
def csv_file(path: Path, table: Table) -> Iterator[Add]:
    """What it gives adds a row. Null is nothing, empty text is `""`. Lines end as RFC 4180 has it."""
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        file.write(",".join(column.name for column in table.columns) + "\r\n")
        yield lambda row: file.write(line(row))


def line(row: Sequence[Value]) -> str:
    return ",".join(map(_cell, row)) + "\r\n"


def _cell(value: Value) -> str:
    if not isinstance(value, str):
        return "" if value is None else str(value)
    return _written(value) if len(value) < _SHORT else _text(value)


@lru_cache(maxsize=1 << 16)
def _written(value: str) -> str:
    """Ids, codes and words stand in millions of rows."""
    return _text(value)


def _text(value: str) -> str:
    text = shielded(value)
    return '"' + text.replace('"', '""') + '"' if _QUOTED.search(text) else text


def shielded(text: str) -> str:
    """An apostrophe before what a spreadsheet would run. `plain` takes it away again."""
    return f"'{text}" if _FORMULA.match(text) and not _HARMLESS.fullmatch(text) else text


def plain(text: str) -> str:
    return text[1:] if text.startswith("'") and _FORMULA.match(text) else text

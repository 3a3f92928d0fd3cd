"""Reads the yearly notices on townships, one sheet a year, from a spreadsheet."""

import re
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from xml.etree import ElementTree

MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
HEADINGS = {"原区划代码": "old", "原名称": "old_name", "现区划代码": "new", "现名称": "new_name"}

Cells = dict[tuple[str, int], str]
"""From column letter and row number."""


@dataclass(frozen=True, slots=True)
class Change:
    """What was there before and after, each a code and a name; either may be empty."""

    year: int
    old: tuple[tuple[str, str], ...]
    new: tuple[tuple[str, str], ...]


def changes(path: Path) -> Iterator[Change]:
    with zipfile.ZipFile(path) as book:
        strings = ["".join(t.text or "" for t in s.iter(f"{MAIN}t")) for s in _xml(book, "sharedStrings")]
        years = [int(sheet.attrib["name"]) for sheet in _xml(book, "workbook").iter(f"{MAIN}sheet")]
        for number, year in enumerate(years, 1):
            sheet = _xml(book, f"worksheets/sheet{number}")
            yield from _changes(year, _cells(sheet, strings), _spans(sheet))


def _changes(year: int, cells: Cells, spans: dict[tuple[str, int], int]) -> Iterator[Change]:
    """A merged cell says that its rows are one change: several into one, or one into several."""
    columns = {HEADINGS[text]: place[0] for place, text in cells.items() if text in HEADINGS}
    last = max(row for _, row in cells)
    top = next(row for (_, row), text in cells.items() if text == "原区划代码") + 1
    while top <= last:
        names = (columns["old_name"], columns["new_name"])
        bottom = max(spans.get((column, top), top) for column in names)
        rows = range(top, bottom + 1)
        old = _units(cells, columns["old"], columns["old_name"], rows)
        new = _units(cells, columns["new"], columns["new_name"], rows, old[0][0] if len(old) == 1 else "")
        if old or new:
            yield Change(year, old, new)
        top = bottom + 1


def _units(
    cells: Cells, code: str, name: str, rows: range, otherwise: str = ""
) -> tuple[tuple[str, str], ...]:
    """`otherwise` is the code of what only got another name."""
    found = []
    for row in rows:
        digits = re.sub(r"\D", "", cells.get((code, row), "")) or otherwise
        called = "".join(cells.get((name, row), "").split())
        if len(digits) == 9 and re.fullmatch(r"[\u3007\u4e00-\u9fff\U00020000-\U0003ffff]{2,20}", called):
            found.append((digits, called))
    return tuple(dict.fromkeys(found))


def _xml(book: zipfile.ZipFile, name: str) -> ElementTree.Element:
    return ElementTree.fromstring(book.read(f"xl/{name}.xml"))  # noqa: S314 - a file of our own choosing


def _cells(sheet: ElementTree.Element, strings: list[str]) -> Cells:
    cells: Cells = {}
    for cell in sheet.iter(f"{MAIN}c"):
        value = cell.find(f"{MAIN}v")
        if value is not None and value.text:
            column, row = _place(cell.attrib["r"])
            cells[column, row] = strings[int(value.text)] if cell.get("t") == "s" else value.text
    return cells


def _spans(sheet: ElementTree.Element) -> dict[tuple[str, int], int]:
    """From the top of a merged cell to its last row."""
    spans = {}
    for merged in sheet.iter(f"{MAIN}mergeCell"):
        first, last = (_place(place) for place in merged.attrib["ref"].split(":"))
        spans[first] = last[1]
    return spans


def _place(reference: str) -> tuple[str, int]:
    column, row = re.fullmatch(r"([A-Z]+)(\d+)", reference).groups()  # type: ignore[union-attr]
    return column, int(row)

"""Tables to grids, by the rules browsers give spans their slots by."""

import re
from collections.abc import Iterator
from functools import lru_cache
from itertools import product

from parsers.document import Cell, Grid
from parsers.readers.html.tree import BREAK, Element, shown_lines, string

GRID = "\ufffc"
"""Stands in the tree for a grid that was taken out, its place in the list behind it."""
_LONG = 400
"""Characters that no cell of a form has: a table with more in one cell is there for its layout."""
_MOST_COLUMNS = 200
_SPAN = re.compile(r"\s*(\d{1,5})")

Spanned = tuple[str, int, int]
"""A cell as the source gives it: its text, height and width."""


def grid(table: Element) -> Grid | None:
    """Of a table without tables inside. None where it is there for the layout of the page: one cell
    wide, with a long text in a cell, or with a grid in one."""
    source = _source_rows(table)
    if max(map(len, source), default=0) < 2:
        return None
    rows: list[list[Spanned]] = []
    for cells in source:
        rows.append([])
        for cell in cells:
            text = string(cell).strip()
            if _is_too_much(text):
                return None
            height, width = cell.get("rowspan"), cell.get("colspan")
            rows[-1].append((text, _span(height, 0) if height else 1, _span(width, 1) if width else 1))
    return Grid(tuple(placed(rows)))


def stray_lines(table: Element) -> list[str]:
    """What stands in a table outside its cells: its caption, and text that browsers put before it."""
    texts = [string(caption) for caption in table.iterdescendants("caption")]
    texts.extend(part.text or "" for part in table.iter("table", "tbody", "thead", "tfoot", "tr"))
    parts = table.iterdescendants("caption", "colgroup", "tbody", "thead", "tfoot", "tr", "td", "th")
    texts.extend(part.tail or "" for part in parts)
    return shown_lines(BREAK.join(texts)) if "".join(texts).strip() else []


def _source_rows(table: Element) -> list[list[Element]]:
    rows: list[list[Element]] = []
    for part in table.iterdescendants("tr", "td", "th"):
        if part.tag == "tr" or not rows:
            rows.append([])
        if part.tag != "tr":
            rows[-1].append(part)
    return rows if table.find("tfoot") is None else sorted(rows, key=_shown_at)


def _shown_at(row: list[Element]) -> int:
    """Browsers show the head of a table first and its foot last, wherever they stand in the source."""
    part = next(
        (above.tag for cell in row[:1] for above in cell.iterancestors("thead", "tbody", "tfoot")), ""
    )
    return {"thead": 0, "tfoot": 2}.get(part, 1)


def has_long_cell(table: Element) -> bool:
    return any(_is_too_much(string(cell).strip()) for cell in table.iterdescendants("td", "th"))


def _is_too_much(text: str) -> bool:
    return GRID in text or len(text) > _LONG


def placed(rows: list[list[Spanned]]) -> Iterator[Cell]:
    """Each cell at the first free slot of its row; spans end where the table or another cell does."""
    taken: set[tuple[int, int]] = set()
    for row, cells in enumerate(rows):
        column = 0
        for text, down, right in cells:
            height, width = down, right
            while (row, column) in taken:
                column += 1
            if height != 1 or width != 1:
                width = _free(taken, row, column, right)
                height = min(down or len(rows), len(rows) - row)
                taken.update(product(range(row, row + height), range(column, column + width)))
            yield _cell(_shown(text), row, column, height, width)
            column += width


# In every report much the same labels and zeros in the same places.
_cell = lru_cache(maxsize=16384)(Cell)


def _free(taken: set[tuple[int, int]], row: int, column: int, wanted: int) -> int:
    width = 1
    while width < min(wanted, _MOST_COLUMNS) and (row, column + width) not in taken:
        width += 1
    return width


@lru_cache(maxsize=8192)
def _shown(text: str) -> str:
    return "\n".join(shown_lines(text))


def _span(value: str, least: int) -> int:
    """As printed in the attribute; what is no number is 1. A row span of 0 means to the end."""
    match = _SPAN.match(value)
    return max(int(match[1]), least) if match else 1

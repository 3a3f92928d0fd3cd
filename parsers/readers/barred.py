"""Tables in plain text whose cells end at bars: a row on each line, or every cell on a line of its own.

Web pages kept as text come so: `规章 | 0 | 0 | 0 |`, or `规章 |` and `0 |` below each other, or lines that
are nothing but the bar. Such text says nothing of spans, so its columns are counted and prove nothing.
"""

import re
from collections.abc import Iterator, Sequence
from itertools import groupby, pairwise

from parsers.document import Block, Cell, Grid, Line
from parsers.text.fold import fold
from parsers.text.numbers import looks_printed

_BAR = re.compile(r"[|｜│┃]")
_BARS = " |｜│┃"
_RULE = re.compile(r"[\s|｜│┃:+\-─━┌┬┐├┼┤└┴┘]+")
_WORDS = re.compile(r"[\u3400-\u9fff\u2e80-\u2fdf]{2}")
_NO_PIECE = re.compile(r"^[（(]?[一二三四五六七八九十]{1,3}[）)、.．]|[。;:]$")
_PIECE = 12
"""Characters up to which a line without a bar may be a part of the cell that the next bar ends."""
_LONE = 12
"""Characters up to which a cell alone in its row is a label; a longer one is a title or a paragraph."""
_GAP = 3
"""Lines without a bar that may stand between two bars of one table."""
_LEAST = 3
"""Lines with bars that make a table; fewer are the path to the page, or a title with its portal."""

_Item = Line | list[str]


def blocks(lines: Sequence[str]) -> Iterator[Block]:
    """The lines, none of them blank, in which each table is a ragged grid."""
    for barred, run in groupby(_regions(lines), key=lambda pair: pair[0]):
        region = [line for _, line in run]
        if barred and sum(bool(_BAR.search(line)) for line in region) >= _LEAST:
            yield from _table(region)
        else:
            yield from map(Line, region)


def _regions(lines: Sequence[str]) -> Iterator[tuple[bool, str]]:
    """Each line with whether it stands in a table: between two bars that are near each other."""
    at = [number for number, line in enumerate(lines) if _BAR.search(line)]
    inside = set(at)
    for above, below in pairwise(at):
        if below - above <= _GAP + 1:
            inside.update(range(above, below))
    # The text of a first cell may stand on the line above its bar.
    inside.update(number - 1 for number in at if number and not lines[number].strip(_BARS))
    return ((number in inside, line) for number, line in enumerate(lines))


def _table(lines: Sequence[str]) -> Iterator[Block]:
    barred = [_BAR.split(line) for line in lines if _BAR.search(line)]
    full = sum(sum(bool(cell.strip()) for cell in cells) > 1 for cells in barred)
    items = _lines_as_rows(lines) if full * 2 > len(barred) else _cells_as_rows(lines)
    for alone, run in groupby(items, key=lambda item: isinstance(item, Line)):
        if alone:
            yield from (item for item in run if isinstance(item, Line))
        else:
            yield _grid([item for item in run if not isinstance(item, Line)])


def _grid(rows: Sequence[Sequence[str]]) -> Grid:
    cells = (Cell(text, row, column) for row, texts in enumerate(rows) for column, text in enumerate(texts))
    return Grid(tuple(cells), ragged=True)


def _lines_as_rows(lines: Sequence[str]) -> Iterator[_Item]:
    barred = [line for line in lines if _BAR.search(line)]
    # A bar at the same edge of every line is the table's frame, and no side of an empty cell.
    first = 1 if all(_BAR.match(line) for line in barred) else 0
    last = -1 if all(_BAR.match(line[-1]) for line in barred) else None
    for line in lines:
        cells = [cell.strip() for cell in _BAR.split(line)]
        if len(cells) == 1:
            yield Line(line)
        elif not (_RULE.fullmatch(fold(line)) and line.strip(_BARS)):
            inner = cells[first:last]
            yield Line(inner[0]) if len(inner) == 1 and len(inner[0]) > _LONE else inner


def _cells_as_rows(lines: Sequence[str]) -> Iterator[_Item]:
    """A row begins with the first label behind figures, or behind cells left empty."""
    row: list[str] = []
    for cell in _cells(lines):
        if row and (isinstance(cell, Line) or (_is_label(cell) and not _is_label(row[-1]))):
            yield row
            row = []
        if isinstance(cell, Line):
            yield cell
        else:
            row.append(cell)
    if row:
        yield row


def _is_label(text: str) -> bool:
    return bool(_WORDS.search(text)) and not looks_printed(text)


def _cells(lines: Sequence[str]) -> Iterator[Line | str]:
    """The texts that end at a bar; what cannot be a part of one is a line."""
    # Where the bar stands on the line of its text, a line before a bar alone is no cell, but a heading.
    closed = sum(bool(_BAR.match(line[-1])) for line in lines if line.strip(_BARS))
    own = closed * 2 > sum(bool(line.strip(_BARS)) for line in lines)
    pieces: list[str] = []
    for line in lines:
        *ended, rest = (part.strip() for part in _BAR.split(line))
        for part in ended:
            yield from _ended(pieces, part, own=own)
            pieces = []
        pieces.extend(filter(None, [rest]))
    yield from map(Line, pieces)


def _ended(before: Sequence[str], text: str, *, own: bool) -> Iterator[Line | str]:
    pieces = [*before, text] if text or own else list(before)
    first = len(pieces) - 1
    while first > 0 and _is_piece(pieces[first - 1]):
        first -= 1
    yield from map(Line, pieces[: max(first, 0)])
    yield "\n".join(pieces[max(first, 0) :]).strip()


def _is_piece(text: str) -> bool:
    return len(text) <= _PIECE and not _NO_PIECE.search(fold(text))

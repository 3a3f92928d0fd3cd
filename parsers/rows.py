"""A document as rows: what stands left as a label, what stands right of it in cells."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import groupby
from operator import attrgetter
from typing import NamedTuple

from parsers.document import Block, Cell, Document, Grid, Line
from parsers.reading import Place
from parsers.text.labels import SHORT, key
from parsers.text.numbers import looks_printed

WORDS = re.compile(r"[\u3400-\u9fff\u2e80-\u2fdf]")
UNITS = frozenset(("条", "件", "次", "篇", "个", "人", "人次", "万元", "元"))
"""What the table of 2014 prints in a cell of its own between a label and its figure."""
LABEL_REACH = 120
"""Characters kept of what stands before a row; the longest label has 40, with its groups 70."""


class Slot(NamedTuple):
    """One printed cell of a row. `start` and `stop` are grid columns, None in running text. A tuple: two
    hundred are made for every report."""

    text: str
    place: Place
    start: int | None = None
    stop: int | None = None
    confidence: float | None = None


@dataclass(frozen=True, slots=True)
class Row:
    """`label` is the key of the row's own label cells, `before` of everything printed since the row
    above, this row's label included; `label_stop` is the first column right of the label, and
    `label_height` how many grid rows the cell reaches down that ends it."""

    label: str
    before: str
    slots: tuple[Slot, ...]
    grid: int | None = None
    ragged: bool = True
    label_stop: int = 0
    label_height: int = 1
    cells: tuple[str, ...] = ()
    """Everything printed in the row, cell by cell."""

    @property
    def text(self) -> str:
        return " ".join(filter(None, self.cells))

    @property
    def empty(self) -> bool:
        return not "".join([slot.text for slot in self.slots]).strip()


@dataclass(slots=True)
class _Trail:
    """What was printed since the last row with values, as a key cut to LABEL_REACH."""

    text: str = field(default="")

    def add(self, text: str) -> None:
        end = key(text[-2 * LABEL_REACH :])  # of a paragraph that is enough
        self.text = (self.text + (end if len(end) >= LABEL_REACH else key(text)))[-LABEL_REACH:]


def rows(document: Document) -> tuple[Row, ...]:
    """Every row of the document that has room for values, in reading order."""
    trail = _Trail()
    found: list[Row] = []
    grids = 0
    for alone, run in groupby(document.blocks, key=_is_figure):
        if alone:
            found.append(_figures_row([block for block in run if isinstance(block, Line)], trail))
            continue
        for block in run:
            if isinstance(block, Line):
                found.extend(_line_row(block, trail))
            else:
                found.extend(_grid_rows(block, grids, trail))
                grids += 1
    return tuple(found)


def _is_figure(block: Block) -> bool:
    """A line of one figure: below each other they are the cells of a table that lost its frame."""
    return (
        isinstance(block, Line)
        and len(block.text) <= SHORT
        and block.text.split() == [block.text]
        and looks_printed(block.text)
    )


def _figures_row(lines: Sequence[Line], trail: _Trail) -> Row:
    slots = tuple(Slot(line.text, Place(line.page, line.box), confidence=line.confidence) for line in lines)
    before, trail.text = trail.text, ""
    return Row("", before, slots, cells=tuple(line.text for line in lines))


def lines_of(cells: Sequence[Cell]) -> dict[int, list[Cell]]:
    """The cells by the grid row they begin in, left to right."""
    lines: dict[int, list[Cell]] = {}
    for cell in sorted(cells, key=attrgetter("row", "column")):
        lines.setdefault(cell.row, []).append(cell)
    return lines


def is_label(text: str) -> bool:
    """Words, as against a number with its unit or a mark."""
    return _remembered_label(text) if len(text) <= SHORT else _is_label(text)


@lru_cache(maxsize=8192)
def _remembered_label(text: str) -> bool:
    return _is_label(text)


def _is_label(text: str) -> bool:
    return len(WORDS.findall(text)) >= 2 and not looks_printed(text)


def _line_row(line: Line, trail: _Trail) -> Iterator[Row]:
    if line.text in UNITS:
        return
    tokens = line.text.split()
    start = len(tokens)
    while start and looks_printed(tokens[start - 1]):
        start -= 1
    label = "".join(tokens[: start - 1 if _unit_at(tokens, start - 1) else start])
    trail.add(label)
    if start == len(tokens):
        return
    place = Place(line.page, line.box)
    slots = tuple(Slot(token, place, confidence=line.confidence) for token in tokens[start:])
    yield Row(key(label), trail.text, slots, cells=(line.text,))
    trail.text = ""


def _unit_at(tokens: Sequence[str], index: int) -> bool:
    """A unit between the label and the figures, not one that ends a sentence."""
    return 0 < index < len(tokens) - 1 and tokens[index] in UNITS


def _grid_rows(grid: Grid, number: int, trail: _Trail) -> Iterator[Row]:
    for line in lines_of(grid.cells).values():
        cells = [cell for cell in line if cell is line[-1] or cell.text.strip() not in UNITS]
        last = len(cells) - 1
        while last >= 0 and not is_label(cells[last].text):
            last -= 1
        labels, values = cells[: last + 1], cells[last + 1 :]
        own = "".join([cell.text for cell in labels])
        trail.add(own)
        if not values:
            continue
        yield Row(
            label=key(own),
            before=trail.text,
            slots=tuple([_slot(cell, number) for cell in values]),
            grid=number,
            ragged=grid.ragged,
            label_stop=max([cell.column + cell.width for cell in labels if cell.text.strip()], default=0),
            label_height=labels[-1].height if labels else 1,
            cells=tuple([cell.text for cell in cells]),
        )
        if "".join([cell.text for cell in values]).strip():
            trail.text = ""


def _slot(cell: Cell, grid: int) -> Slot:
    if cell.page is None and cell.confidence is None:
        return _usual_slot(cell.text, grid, cell.row, cell.column, cell.width)
    place = Place(cell.page, cell.box, grid, cell.row, cell.column)
    return Slot(cell.text, place, cell.column, cell.column + cell.width, cell.confidence)


@lru_cache(maxsize=16384)
def _usual_slot(text: str, grid: int, row: int, column: int, width: int) -> Slot:
    """Where a format has no pages, most reports print the same zeros in the same places."""
    return Slot(text, Place(None, None, grid, row, column), column, column + width)

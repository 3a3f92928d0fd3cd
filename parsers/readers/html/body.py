"""The main element as lines and grids in reading order."""

from collections.abc import Iterator

from parsers.document import Block, Grid, Line
from parsers.readers.html.marks import show_marks
from parsers.readers.html.tables import GRID, grid, stray_lines
from parsers.readers.html.tree import (
    BREAK,
    Element,
    break_cells,
    break_lines,
    drop_hidden,
    remove,
    shown_lines,
    string,
    styles_in,
)


def blocks(main: Element) -> tuple[Block, ...]:
    """Takes the element apart: nothing can be read from it afterwards."""
    styles = styles_in(main)
    drop_hidden(main, styles)
    show_marks(main, styles)
    break_lines(main)
    grids: list[Grid] = []
    for table in reversed(list(main.iterdescendants("table"))):
        _take_out(table, grids)
    break_cells(main)
    return tuple(_blocks(string(main), grids))


def _take_out(table: Element, grids: list[Grid]) -> None:
    """Inner tables come first, so that the outer ones hold nothing but text."""
    found = grid(table)
    if not found:
        break_cells(table)
        remove(table, f"{BREAK}{string(table)}{BREAK}")
        return
    lines = BREAK.join(stray_lines(table))
    remove(table, f"{BREAK}{lines}{BREAK}{GRID}{len(grids)}{BREAK}")
    grids.append(found)


def _blocks(text: str, grids: list[Grid]) -> Iterator[Block]:
    for line in shown_lines(text):
        if line.startswith(GRID):
            yield grids[int(line[1:])]
        else:
            yield Line(line)

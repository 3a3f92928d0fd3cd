"""One page: its text lines and grids in reading order, and what can be said against it."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import pypdfium2.raw as pdfium

from parsers.document import Box, Line
from parsers.readers.pdf.boxes import boxed_frames
from parsers.readers.pdf.chars import UNKNOWN, Char, quarters_of, read_chars
from parsers.readers.pdf.frames import Frame, frames
from parsers.readers.pdf.grids import Table, filled
from parsers.readers.pdf.lines import Printed, printed_lines
from parsers.readers.pdf.rules import Drawing, read_drawing
from parsers.readers.pdf.turn import SAME, Bounds, Matrix, moved, turned


@dataclass(frozen=True, slots=True)
class Page:
    number: int
    blocks: tuple[Line | Table, ...]
    chars: int
    unknown: int
    images: int
    hidden: bool
    crowded: bool


@dataclass(frozen=True, slots=True)
class Seen:
    """A page as pdfium sees it, in a frame in which most of its text stands upright."""

    number: int
    chars: list[Char]
    drawing: Drawing
    shown: Matrix


def see(page: Any, number: int) -> Seen:
    text_page = pdfium.FPDFText_LoadPage(page)
    try:
        count = pdfium.FPDFText_CountChars(text_page)
        quarters = quarters_of(text_page, count)
        bounds = _bounds(page)
        frame = turned(bounds, quarters)
        chars = read_chars(text_page, count, frame)
    finally:
        pdfium.FPDFText_ClosePage(text_page)
    return Seen(number, chars, read_drawing(page, frame), _shown(page, bounds, frame, quarters))


def laid_out(seen: Seen) -> Page:
    # Smallest first: a character belongs to the innermost table around it.
    tables = [] if seen.drawing.crowded else _tables(seen.drawing)
    inside, outside = _shared(seen.chars, tables)
    placed: list[tuple[float, Line | Table]] = [
        (table.ys[0], filled(table, chars, seen.number, seen.shown))
        for table, chars in zip(tables, inside, strict=True)
    ]
    placed.extend((line.top, _line(line, seen)) for line in printed_lines(outside))
    placed.sort(key=lambda block: block[0])
    return Page(
        seen.number,
        tuple(block for _, block in placed),
        len(seen.chars),
        sum(char.text == UNKNOWN for char in seen.chars),
        len(seen.drawing.images),
        seen.drawing.texts > 0 and seen.drawing.hidden_texts * 2 > seen.drawing.texts,
        seen.drawing.crowded,
    )


def _tables(drawing: Drawing) -> list[Frame]:
    ruled = drawing.ruled()
    return frames(ruled.horizontal, ruled.vertical) or boxed_frames(drawing)


def _shared(chars: list[Char], tables: Sequence[Frame]) -> tuple[list[list[Char]], list[Char]]:
    if not tables:
        return [], chars
    boxes = [table.box for table in tables]
    inside: list[list[Char]] = [[] for _ in tables]
    outside: list[Char] = []
    for char in chars:
        x, y = (char.left + char.right) / 2, (char.top + char.bottom) / 2
        for box, taken in zip(boxes, inside, strict=True):
            if box.left <= x < box.right and box.top <= y < box.bottom:
                taken.append(char)
                break
        else:
            outside.append(char)
    return inside, outside


def _line(line: Printed, seen: Seen) -> Line:
    box = Box(line.left, line.top, line.right, line.bottom)
    return Line(line.text, seen.number, moved(box, seen.shown))


def _bounds(page: Any) -> Bounds:
    rect = pdfium.FS_RECTF()
    pdfium.FPDF_GetPageBoundingBox(page, rect)
    return Bounds(rect.left, rect.bottom, rect.right, rect.top)


def _shown(page: Any, bounds: Bounds, frame: Matrix, quarters: int) -> Matrix:
    """From the frame of reading to the page as it is shown."""
    rotation = pdfium.FPDFPage_GetRotation(page)
    return SAME if rotation == quarters else turned(bounds, rotation).after(frame.inverse())

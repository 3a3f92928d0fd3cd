"""One page: its text lines and grids in reading order, and what can be said against it."""

from dataclasses import dataclass
from typing import Any

import pypdfium2.raw as pdfium

from parsers.document import Line
from parsers.readers.pdf.chars import quarters_of, read_chars
from parsers.readers.pdf.rules import read_drawing
from parsers.readers.ruled.chars import UNKNOWN, Char
from parsers.readers.ruled.drawing import Drawing
from parsers.readers.ruled.grids import Table
from parsers.readers.ruled.layout import blocks
from parsers.readers.ruled.turn import SAME, Bounds, Matrix, turned


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
    return Page(
        seen.number,
        blocks(seen.chars, seen.drawing, seen.number, seen.shown),
        len(seen.chars),
        sum(char.text == UNKNOWN for char in seen.chars),
        len(seen.drawing.images),
        seen.drawing.texts > 0 and seen.drawing.hidden_texts * 2 > seen.drawing.texts,
        seen.drawing.crowded,
    )


def _bounds(page: Any) -> Bounds:
    rect = pdfium.FS_RECTF()
    pdfium.FPDF_GetPageBoundingBox(page, rect)
    return Bounds(rect.left, rect.bottom, rect.right, rect.top)


def _shown(page: Any, bounds: Bounds, frame: Matrix, quarters: int) -> Matrix:
    """From the frame of reading to the page as it is shown."""
    rotation = pdfium.FPDFPage_GetRotation(page)
    return SAME if rotation == quarters else turned(bounds, rotation).after(frame.inverse())

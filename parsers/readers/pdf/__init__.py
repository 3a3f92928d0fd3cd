"""Born-digital PDF: pdfium's characters and lines, tables from the ruling lines.

pdfplumber's table finder stands behind our own: it takes the edges of filled boxes for lines, so it
is asked about pages that draw their cells as boxes and rule no table (see boxes.py).
"""

from collections.abc import Iterator
from typing import Any

import pypdfium2

from parsers.document import Block, Document, Line, Unreadable
from parsers.readers import scan
from parsers.readers.pdf.page import Page, laid_out, see
from parsers.readers.ruled.grids import Table
from parsers.readers.ruled.joins import join_split_rows

MEDIA_TYPE = "application/pdf"
MOST_PAGES = 1000
_MOST_UNKNOWN = 0.3


def read(data: bytes) -> Document:
    pages = list(_pages(data))
    whole = _is_unwritten(pages)
    numbers = [page.number for page in pages if whole or page.hidden or (page.images and not page.chars)]
    pictured = _recognised(data, numbers, whole=whole)
    blocks = [pictured.get(page.number) or list(page.blocks) for page in pages]
    join_split_rows(blocks)
    doubts = tuple(_doubts([page for page in pages if page.number not in pictured]))
    return Document(
        MEDIA_TYPE,
        tuple(_plain(block) for page in blocks for block in page),
        doubts=doubts,
        damaged=bool(doubts),
    )


def _pages(data: bytes) -> Iterator[Page]:
    pdf = _opened(data)
    try:
        if len(pdf) > MOST_PAGES:
            raise Unreadable("too-large", f"The PDF has {len(pdf)} pages; a report has at most {MOST_PAGES}.")
        for number in range(1, len(pdf) + 1):
            yield _page(pdf, number)
    finally:
        pdf.close()


def _page(pdf: Any, number: int) -> Page:
    try:
        page = pdf[number - 1]
    except pypdfium2.PdfiumError as error:
        raise Unreadable(
            "damaged", f"Page {number} of the PDF cannot be read ({error}); get it again."
        ) from error
    try:
        return laid_out(see(page.raw, number))
    finally:
        page.close()


def _opened(data: bytes) -> Any:
    try:
        return pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as error:
        if error.err_code == pypdfium2.raw.FPDF_ERR_PASSWORD:
            raise Unreadable("encrypted", "The PDF asks for a password; save it without one.") from error
        raise Unreadable("damaged", f"The PDF cannot be opened ({error}); get it again.") from error


def _is_unwritten(pages: list[Page]) -> bool:
    """Are all pages pictures, or do the fonts not say which signs they print?"""
    chars, unknown = sum(page.chars for page in pages), sum(page.unknown for page in pages)
    return not chars or unknown > _MOST_UNKNOWN * chars


def _recognised(data: bytes, numbers: list[int], *, whole: bool) -> dict[int, list[Line | Table]]:
    """Those of the pages on which an engine sees anything. Without one a whole file is refused."""
    if whole:
        scan.require_engine()
    if not numbers or not scan.has_engine():
        return {}
    pdf = _opened(data)
    try:
        found = {number: seen for number, seen in scan.read_pages(pdf, numbers).items() if seen}
    finally:
        pdf.close()
    if whole and not found:
        raise Unreadable("no-text", "The PDF holds no text, and OCR finds none on its pages; look at it.")
    return found


def _doubts(pages: list[Page]) -> Iterator[str]:
    for page in pages:
        if page.images and not page.chars:
            yield f"Page {page.number} is a picture without text: what is printed there was not read."
        if page.hidden:
            yield f"Page {page.number} has invisible text over a picture: an engine read it there."
        if page.crowded:
            yield f"Page {page.number} draws too many lines for a table: no table was looked for on it."
        if page.unknown:
            yield f"Page {page.number} has {page.unknown} characters whose font does not say what they are."


def _plain(block: Line | Table) -> Block:
    return block.grid if isinstance(block, Table) else block

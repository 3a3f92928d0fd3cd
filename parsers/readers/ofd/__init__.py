"""OFD (GB/T 33190), the national page format: texts with their places, tables from the ruling lines."""

from collections.abc import Iterator, Sequence

from parsers.document import Document, Unreadable
from parsers.readers.ofd.objects import Drawn, drawn
from parsers.readers.ofd.parts import pages
from parsers.readers.package import Package
from parsers.readers.ruled import Table, blocks, join_split_rows
from parsers.readers.ruled.turn import SAME

MEDIA_TYPE = "application/ofd"
_MOST_UNKNOWN = 0.3


def read(data: bytes) -> Document:
    try:
        found = [drawn(page) for page in pages(Package(data, "OFD document"))]
    except ValueError as cause:
        says = f"The OFD document has a number that is none ({cause}); get it again."
        raise Unreadable("damaged", says) from cause
    _refuse_unread(found)
    laid = [list(blocks(page.chars, page.drawing, number, SAME)) for number, page in enumerate(found, 1)]
    join_split_rows(laid)
    doubts = tuple(_doubts(found))
    plain = (block.grid if isinstance(block, Table) else block for page in laid for block in page)
    return Document(MEDIA_TYPE, tuple(plain), doubts=doubts, damaged=bool(doubts))


def _refuse_unread(found: Sequence[Drawn]) -> None:
    count, unknown = sum(len(page.chars) for page in found), sum(page.unknown for page in found)
    if not count:
        raise Unreadable("no-text", "The OFD document holds no text but pictures of it: it needs OCR.")
    if unknown > _MOST_UNKNOWN * count:
        raise Unreadable("no-text", "The OFD document does not say which characters it prints: it needs OCR.")


def _doubts(found: Sequence[Drawn]) -> Iterator[str]:
    for number, page in enumerate(found, 1):
        if page.images and not page.chars:
            yield f"Page {number} is a picture without text: what is printed there was not read."
        if page.drawing.crowded:
            yield f"Page {number} draws too many lines for a table: no table was looked for on it."
        if page.unknown:
            yield f"Page {number} has {page.unknown} characters whose font does not say what they are."
        if page.composites:
            yield f"Page {number} has {page.composites} composite drawings: what they print was not read."

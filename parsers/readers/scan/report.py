"""All pages of a scan put together: digits judged beside each other, rows cut by page breaks mended."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import Any

import numpy as np

from parsers.document import CERTAIN, Block, Cell, Grid, Line, Unreadable
from parsers.readers.ruled.grids import Table
from parsers.readers.ruled.joins import join_split_rows
from parsers.readers.scan.engine import engine
from parsers.readers.scan.figures import DOUBTFUL, UNREAD, alternatives, confidence, known_digits
from parsers.readers.scan.glyphs import Alphabet
from parsers.readers.scan.paper import A4_HEIGHT, Gray, gray_of
from parsers.readers.scan.pictures import MOST_PAGES
from parsers.readers.scan.sheets import Draft, DraftCell, DraftTable, read_sheet
from parsers.text.numbers import printed

_PITCH = 220
"""Dots an inch. A4 is then as large as a picture at most becomes; the engine sees no more in more."""
_MOST_DOTS = 4000


def blocks_of_pictures(pages: Iterable[Gray]) -> tuple[Block, ...]:
    drafts = [read_sheet(page, A4_HEIGHT, number, engine()) for number, page in enumerate(pages, 1)]
    blocks = settled(drafts)
    join_split_rows(blocks)
    return tuple(block.grid if isinstance(block, Table) else block for page in blocks for block in page)


def blocks_of_pdf(pdf: Any, numbers: Sequence[int]) -> dict[int, list[Line | Table]]:
    if len(numbers) > MOST_PAGES:
        raise Unreadable("too-large", f"The PDF has {len(numbers)} scanned pages; give only the report's.")
    drafts = [_pdf_page(pdf[number - 1], number) for number in numbers]
    return dict(zip(numbers, settled(drafts), strict=True))


def _pdf_page(page: Any, number: int) -> list[Draft]:
    points = max(page.get_size())
    scale = min(_PITCH / 72, _MOST_DOTS / points)
    try:
        dots = np.array(page.render(scale=scale, rev_byteorder=True).to_numpy())
    finally:
        page.close()
    return read_sheet(gray_of(dots), points, number, engine())


def settled(pages: Sequence[Sequence[Draft]]) -> list[list[Line | Table]]:
    """The pages with the confidence of their figures."""
    figures = [
        cell.figure
        for page in pages
        for block in page
        if isinstance(block, DraftTable)
        for cell in block.cells
        if cell.figure
    ]
    known = known_digits(figures)
    return [[_settled(block, known) for block in page] for page in pages]


def _settled(block: Draft, known: Alphabet) -> Line | Table:
    if isinstance(block, Line):
        return block
    cells = tuple(_judged(draft, known) for draft in block.cells)
    return Table(Grid(cells), block.edges, tuple(draft.room for draft in block.cells))


def _judged(draft: DraftCell, known: Alphabet) -> Cell:
    """A mark that is not certain is printed ink and no more: what it stands for is not known."""
    cell = draft.cell
    kind = printed(cell.text).kind
    if draft.figure is None:
        certain = kind == "unclear" or (kind == "blank" and cell.text == "") or cell.text == "无"
        sure, others = (cell.confidence or 0.0) if certain else DOUBTFUL, cell.alternatives
    else:
        sure, others = confidence(draft.figure, known), alternatives(draft.figure)
    if sure < CERTAIN and kind in ("mark", "blank") and cell.text:
        return replace(cell, text=UNREAD, confidence=sure)
    return replace(cell, confidence=sure, alternatives=others)

"""The report as a born-digital PDF: tables run over pages, merged cells with them."""

from collections.abc import Sequence
from datetime import UTC, datetime
from itertools import chain

from fpdf import FPDF
from fpdf.enums import WrapMode

from parsers.document import Grid
from samples.figures import dice
from samples.fonts.subset import PATH
from samples.render.ruled import Sheet, draw
from samples.render.web import APPENDIX
from samples.report import Report
from samples.tables import tables

MARGIN, FONT = 20.0, "sc"
HEADS = {2: 2, 3: 3, 4: 3, 0: 1}
PADS = (1.2, 1.9, 2.6)
WIDTHS: dict[int, Sequence[float]] = {
    2: (44, 42, 42, 42),
    3: (6, 17, 55, 12, 13, 13, 13, 13, 13, 13),
    4: (11.3,) * 15,
    0: (118, 20, 32),
}


def pdf(report: Report) -> bytes:
    page = _page(report)
    page.set_font_size(16)
    page.multi_cell(0, 9, report.title, align="C", wrapmode=WrapMode.CHAR, new_x="LMARGIN", new_y="NEXT")
    page.set_font_size(11)
    grids = tables(report)
    for section in report.sections:
        _words(page, chain((section.heading,), (f"　　{text}" for text in section.paragraphs)))
        if section.number and section.number in grids:
            _table(page, grids[section.number], section.number, report)
    if 0 in grids:
        _words(page, (APPENDIX,))
        _table(page, grids[0], 0, report)
    page.multi_cell(0, 7, report.publisher, align="R")
    return bytes(page.output())


def _page(report: Report) -> FPDF:
    page = FPDF(format="A4")
    page.set_margins(MARGIN, MARGIN, MARGIN)
    page.set_auto_page_break(True, MARGIN)
    page.set_creation_date(datetime.combine(report.published, datetime.min.time(), UTC))
    page.set_title(report.title)
    page.set_author(report.publisher)
    page.add_font(FONT, fname=PATH)
    page.set_font(FONT, size=11)
    page.add_page()
    return page


def _words(page: FPDF, texts: chain[str] | tuple[str, ...]) -> None:
    for text in texts:
        page.multi_cell(0, 7, text, align="L", wrapmode=WrapMode.CHAR, new_x="LMARGIN", new_y="NEXT")


def _table(page: FPDF, grid: Grid, number: int, report: Report) -> None:
    page.set_font_size(9)
    page.ln(2)
    open_break = "open_page_break" in report.traits
    repeated = number in (0, 3) and "repeated_header" in report.traits
    pad = dice(report.id, "pad").choice(PADS)
    draw(page, Sheet(grid, tuple(WIDTHS[number]), HEADS[number], pad, repeated, open_break))
    page.ln(3)
    page.set_font_size(11)

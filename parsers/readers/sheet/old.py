"""Excel workbooks until 2003 (.xls), and those WPS saves under .et: xlrd reads the records."""

from collections.abc import Iterator
from io import StringIO
from struct import error as cut
from typing import Any

import xlrd  # type: ignore[import-untyped]
from xlrd.compdoc import CompDocError  # type: ignore[import-untyped]

from parsers.document import Unreadable
from parsers.readers.sheet.hidden import visible
from parsers.readers.sheet.pages import Sheet, Span, refuse_huge
from parsers.readers.sheet.shown import shown
from parsers.text.marks import marked

_DAMAGES = (
    xlrd.XLRDError,
    CompDocError,
    cut,
    AssertionError,
    AttributeError,
    LookupError,
    TypeError,
    ValueError,
)
"""What xlrd raises over records that are cut or lie."""
_ALIGNS = {1: "superscript", 2: "subscript"}


def sheets(data: bytes) -> Iterator[Sheet]:
    book = _opened(data)
    for sheet in book.sheets():
        if sheet.visibility == 0:
            yield _sheet(book, sheet)


def _opened(data: bytes) -> Any:
    try:
        # It talks to standard output of what it finds odd.
        return xlrd.open_workbook(file_contents=data, formatting_info=True, logfile=StringIO())
    except _DAMAGES as error:
        if "encrypted" in str(error):
            says = "The Excel workbook asks for a password; save it without one."
            raise Unreadable("encrypted", says) from error
        raise Unreadable(
            "damaged", f"The Excel workbook cannot be opened ({error}); get it again."
        ) from error


def _sheet(book: Any, sheet: Any) -> Sheet:
    texts: dict[tuple[int, int], str] = {}
    for row in range(sheet.nrows):
        for column, cell in enumerate(sheet.row(row)):
            if cell.ctype != xlrd.XL_CELL_EMPTY:
                texts[row, column] = _marked(book, sheet, row, column, _cell_text(book, cell))
        refuse_huge(len(texts))
    merged = (Span(top, left, bottom - top, right - left) for top, bottom, left, right in sheet.merged_cells)
    found = Sheet(texts, {(span.row, span.column): span for span in merged})
    hidden = [
        [at for at, info in part.items() if info.hidden] for part in (sheet.rowinfo_map, sheet.colinfo_map)
    ]
    return visible(found, frozenset(hidden[0]), frozenset(hidden[1]))


def _marked(book: Any, sheet: Any, row: int, column: int, text: str) -> str:
    """In the cell's font, and from the places on where it has runs in others."""
    fonts = [(0, book.xf_list[sheet.cell_xf_index(row, column)].font_index)]
    fonts += sheet.rich_text_runlist_map.get((row, column), [])
    ends = [start for start, _ in fonts[1:]] + [len(text)]
    pieces = ((text[start:end], book.font_list[font]) for (start, font), end in zip(fonts, ends, strict=True))
    return "".join(
        marked(piece, struck_out=font.struck_out == 1, align=_ALIGNS.get(font.escapement))
        for piece, font in pieces
    )


def _cell_text(book: Any, cell: Any) -> str:
    if cell.ctype in (xlrd.XL_CELL_NUMBER, xlrd.XL_CELL_DATE):
        format = book.format_map[book.xf_list[cell.xf_index].format_key]
        return shown(cell.value, format.format_str)
    if cell.ctype == xlrd.XL_CELL_BOOLEAN:
        return "TRUE" if cell.value else "FALSE"
    if cell.ctype == xlrd.XL_CELL_ERROR:
        return str(xlrd.error_text_from_code.get(cell.value, "#ERROR"))
    return str(cell.value)

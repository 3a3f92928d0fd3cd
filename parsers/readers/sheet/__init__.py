"""Excel workbooks, the tables that hang on a report: every visible sheet, its cells as they show."""

from collections.abc import Callable, Iterator

from parsers.document import Block, Document, Unreadable
from parsers.readers.sheet import modern, old
from parsers.readers.sheet.pages import Sheet, blocks

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
XLS = "application/vnd.ms-excel"


def read_xlsx(data: bytes) -> Document:
    return _document(XLSX, modern.sheets, data)


def read_xls(data: bytes) -> Document:
    return _document(XLS, old.sheets, data)


def _document(media_type: str, sheets: Callable[[bytes], Iterator[Sheet]], data: bytes) -> Document:
    try:
        found: tuple[Block, ...] = tuple(block for sheet in sheets(data) for block in blocks(sheet))
    except (ValueError, LookupError, ArithmeticError) as cause:
        says = f"The Excel workbook has a cell that cannot be read ({cause}); get it again."
        raise Unreadable("damaged", says) from cause
    if not found:
        raise Unreadable("empty", "The Excel workbook holds no text; get the document again.")
    return Document(media_type, found)

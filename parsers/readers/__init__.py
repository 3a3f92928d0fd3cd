"""One reader a format. Each takes bytes and ends in a Document or raises Unreadable."""

from parsers.document import Document
from parsers.readers import bundle, doc, docx, html, mhtml, ofd, pdf, scan, sheet, text
from parsers.readers.kind import kind_of


def read_document(data: bytes) -> Document:
    return READERS[kind_of(data)](data)


READERS = {
    "pdf": pdf.read,
    "picture": scan.read,
    "docx": docx.read,
    "doc": doc.read,
    "ofd": ofd.read,
    "xlsx": sheet.read_xlsx,
    "xls": sheet.read_xls,
    "html": html.read,
    "mhtml": mhtml.read,
    "text": text.read,
    "zip": bundle.read,
    "rar": bundle.read,
    "7z": bundle.read,
}

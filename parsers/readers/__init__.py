"""One reader a format. Each takes bytes and ends in a Document or raises Unreadable."""

from parsers.document import Document
from parsers.readers import docx, html, pdf, text
from parsers.readers.kind import kind_of


def read_document(data: bytes) -> Document:
    return READERS[kind_of(data)](data)


READERS = {"pdf": pdf.read, "docx": docx.read, "html": html.read, "text": text.read}

"""Word files. Read from the XML: a merged cell once, text boxes, no deleted text, printed numbers."""

from parsers.document import Document, Unreadable
from parsers.readers.docx.body import blocks
from parsers.readers.docx.numbering import Numbering
from parsers.readers.docx.parts import Package

MEDIA_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


def read(data: bytes) -> Document:
    package = Package(data)
    numbering = Numbering(package.part("word/numbering.xml"), package.part("word/styles.xml"))
    found = tuple(blocks(package.document(), numbering))
    if not found:
        raise Unreadable("empty", "The Word file holds no text; if it holds pictures of pages, it needs OCR.")
    return Document(MEDIA_TYPE, found)

"""Word files. Read from the XML: a merged cell once, text boxes, no deleted text, printed numbers."""

from parsers.document import Document, Unreadable
from parsers.readers.docx.body import blocks
from parsers.readers.docx.numbering import Numbering
from parsers.readers.docx.parts import Package
from parsers.readers.docx.styles import dress

MEDIA_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


def read(data: bytes) -> Document:
    package = Package(data)
    document, styles = package.document(), package.part("word/styles.xml")
    dress(document, styles)
    found = tuple(blocks(document, Numbering(package.part("word/numbering.xml"), styles)))
    if not found:
        raise Unreadable("empty", "The Word file holds no text; if it holds pictures of pages, it needs OCR.")
    return Document(MEDIA_TYPE, found)

"""What kind of document some bytes are, by what they begin with and hold; names and headers lie."""

import re
import zipfile
from io import BytesIO
from typing import Literal

from parsers.document import Unreadable
from parsers.text.charset import decode

Kind = Literal["pdf", "docx", "html", "text"]

_HEAD = 1024
_OTHERS = (
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "an old Word, Excel or WPS binary; save it as .docx"),
    (b"\xff\xd8\xff", "a JPEG picture; it needs OCR"),
    (b"\x89PNG\r\n", "a PNG picture; it needs OCR"),
    (b"GIF8", "a GIF picture; it needs OCR"),
    (b"BM", "a BMP picture; it needs OCR"),
    (b"II*\x00", "a TIFF picture; it needs OCR"),
    (b"MM\x00*", "a TIFF picture; it needs OCR"),
    (b"Rar!", "a RAR archive; unpack it and give the files in it"),
    (b"7z\xbc\xaf", "a 7z archive; unpack it and give the files in it"),
    (b"\x1f\x8b", "a gzip file; unpack it first"),
    (b"{\\rtf", "an RTF text; save it as .docx"),
)
_TAG = re.compile(
    r"<(?:!doctype\s+html|html|head|body|meta|title|div|p|span|table|br|font|ucapcontent)[\s>/]",
    re.IGNORECASE,
)
_TEXT_CONTROLS = frozenset(b"\t\n\r\f\x1b")
_MOST_CONTROLS = 0.02


def kind_of(data: bytes) -> Kind:
    if not data.strip():
        raise Unreadable("empty", "There is nothing in it; get the document again.")
    if b"%PDF-" in data[:_HEAD]:
        return "pdf"
    if data.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        return _packed(data)
    for magic, says in _OTHERS:
        if data.startswith(magic):
            raise Unreadable("unsupported", f"This is {says}.")
    return _written(data)


def _packed(data: bytes) -> Kind:
    try:
        names = zipfile.ZipFile(BytesIO(data)).namelist()
    except (zipfile.BadZipFile, OSError, ValueError) as error:
        raise Unreadable("damaged", f"The zip file cannot be opened ({error}); get it again.") from error
    if any(name.startswith("word/") for name in names):
        return "docx"
    raise Unreadable("unsupported", f"This is {_package(names)}.")


def _package(names: list[str]) -> str:
    if "OFD.xml" in names:
        return "an OFD document; save it as PDF"
    if any(name.startswith("xl/") for name in names):
        return "an Excel workbook; save its sheets as text"
    return "a zip archive; unpack it and give the files in it"


def _written(data: bytes) -> Kind:
    text = decode(data[: 64 * _HEAD]).text
    if _TAG.search(text[: 4 * _HEAD]):
        return "html"
    controls = sum(ord(character) < 0x20 and ord(character) not in _TEXT_CONTROLS for character in text)
    if controls > _MOST_CONTROLS * len(text):
        raise Unreadable(
            "unknown-type", "This is no kind of document that is known; open it and save it as PDF."
        )
    return "text"

"""What kind of document some bytes are, by what they begin with and hold; names and headers lie."""

import re
import zipfile
from io import BytesIO
from typing import Literal

from parsers.document import Unreadable
from parsers.readers import ole, scan
from parsers.text.charset import decode

Kind = Literal[
    "pdf", "picture", "docx", "doc", "xlsx", "xls", "ofd", "html", "mhtml", "text", "zip", "rar", "7z"
]

_HEAD = 1024
_ARCHIVES: tuple[tuple[bytes, Kind], ...] = ((b"Rar!\x1a\x07", "rar"), (b"7z\xbc\xaf\x27\x1c", "7z"))
_OTHERS = (
    (b"\x1f\x8b", "a gzip file; unpack it first"),
    (b"{\\rtf", "an RTF text; save it as .docx"),
)
_TAG = re.compile(
    r"<(?:!doctype\s+html|html|head|body|meta|title|div|p|span|table|br|font|ucapcontent)[\s>/]",
    re.IGNORECASE,
)
# In no encoding but UTF-16 can a byte of another character be taken for one of these.
_ASCII_TAG = re.compile(_TAG.pattern.encode(), re.IGNORECASE)
_MAIL = re.compile(r"\s*(?:[\w-]+:[^\n]*\n(?:[ \t][^\n]*\n)*){0,20}?MIME-Version:", re.IGNORECASE)
_TEXT_CONTROLS = frozenset(b"\t\n\r\f\x1b")
_MOST_CONTROLS = 0.02


def kind_of(data: bytes) -> Kind:
    if not data.strip():
        raise Unreadable("empty", "There is nothing in it; get the document again.")
    # Before PDF: the first file of an archive may be one.
    if data.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        return _packed(data)
    if data.startswith(ole.MAGIC):
        return _binary(data)
    for magic, kind in _ARCHIVES:
        if data.startswith(magic):
            return kind
    if b"%PDF-" in data[:_HEAD]:
        return "pdf"
    if any(data.startswith(magic) for magic, _ in scan.PICTURES):
        return "picture"
    for magic, says in _OTHERS:
        if data.startswith(magic):
            raise Unreadable("unsupported", f"This is {says}.")
    return _written(data)


def _packed(data: bytes) -> Kind:
    try:
        names = zipfile.ZipFile(BytesIO(data)).namelist()
    except (zipfile.BadZipFile, NotImplementedError, OSError, ValueError) as error:
        raise Unreadable("damaged", f"The zip file cannot be opened ({error}); get it again.") from error
    if any(name.startswith("word/") and name.endswith(".xml") for name in names):
        return "docx"
    if "OFD.xml" in names:
        return "ofd"
    return "xlsx" if "xl/workbook.xml" in names else "zip"


def _binary(data: bytes) -> Kind:
    names = ole.Container(data).names()
    if "WordDocument" in names:
        return "doc"
    if "Workbook" in names or "Book" in names:
        return "xls"
    if "EncryptedPackage" in names:
        raise Unreadable("encrypted", "The Office file asks for a password; save it without one.")
    raise Unreadable("unsupported", "This is an Office binary without text or tables; save it as PDF.")


def _written(data: bytes) -> Kind:
    if data[:_HEAD].lstrip().startswith(b"<") and _ASCII_TAG.search(data[: 4 * _HEAD]):
        return "html"
    text = decode(data[: 64 * _HEAD]).text
    if _MAIL.match(text):
        return "mhtml"
    if _TAG.search(text[: 4 * _HEAD]):
        return "html"
    controls = sum(ord(character) < 0x20 and ord(character) not in _TEXT_CONTROLS for character in text)
    if controls > _MOST_CONTROLS * len(text):
        raise Unreadable(
            "unknown-type", "This is no kind of document that is known; open it and save it as PDF."
        )
    return "text"

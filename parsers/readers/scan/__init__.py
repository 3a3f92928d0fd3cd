"""Scans: pictures of pages, read by an engine that runs here, offline; the extra `ocr` brings it."""

from collections.abc import Sequence
from importlib.util import find_spec
from typing import Any

from parsers.document import Document, Line, Unreadable
from parsers.readers.ruled.grids import Table

NEEDS = "It is a picture of text and needs OCR; install the engine: ./run ocr, or pip install 'nianbao[ocr]'."
NEEDED = ("rapidocr", "onnxruntime", "cv2", "PIL")


def read(data: bytes) -> Document:
    """A picture file; several pages where its format can hold them."""
    require_engine()
    from parsers.readers.scan.pictures import pages
    from parsers.readers.scan.report import blocks_of_pictures

    return Document(media_type(data), blocks_of_pictures(pages(data)))


def read_pages(pdf: Any, numbers: Sequence[int]) -> dict[int, list[Line | Table]]:
    """Pages of an open PdfDocument by their number, counted from 1."""
    require_engine()
    from parsers.readers.scan.report import blocks_of_pdf

    return blocks_of_pdf(pdf, numbers)


def require_engine() -> None:
    if not has_engine():
        raise Unreadable(
            "needs-ocr",
            "It is a picture and needs OCR; install it: ./run ocr, or pip install 'nianbao[ocr]'.",
        )


def has_engine() -> bool:
    return all(find_spec(name) is not None for name in NEEDED)


def media_type(data: bytes) -> str:
    return next((kind for magic, kind in PICTURES if data.startswith(magic)), "application/octet-stream")


PICTURES = (
    (b"\xff\xd8\xff", "image/jpeg"),
    (b"\x89PNG\r\n", "image/png"),
    (b"GIF8", "image/gif"),
    (b"BM", "image/bmp"),
    (b"II*\x00", "image/tiff"),
    (b"MM\x00*", "image/tiff"),
)

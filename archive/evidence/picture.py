"""The page of a figure as a picture, its cell framed."""

from collections.abc import Iterator
from io import BytesIO
from itertools import islice
from typing import Any

import pypdfium2
from PIL import Image, ImageDraw, ImageOps, ImageSequence

from parsers.document import Box

SCALE = 2.0
"""Dots a point: 144 dpi."""
LONGER_SIDE = 842.0
"""Points of the longer side of a picture file, as the reader of scans counts them."""
_MOST_DOTS = 40_000_000
_FRAME = (214, 40, 40)
_MARGIN = 2.0


def framed_page(data: bytes, page: int, box: Box | None) -> bytes | None:
    """A PNG of a page of a PDF or of a picture file, and None of what is neither."""
    if b"%PDF-" in data[:1024]:
        image, scale = _of_pdf(data, page)
    elif data.startswith(_PICTURES):
        image, scale = _of_picture(data, page)
    else:
        return None
    if box:
        _frame(image, box, scale)
    out = BytesIO()
    # On printed pages as small as the strongest compression, in a quarter of its time.
    image.save(out, "PNG", compress_level=3)
    return out.getvalue()


def _of_pdf(data: bytes, number: int) -> tuple[Any, float]:
    pdf = pypdfium2.PdfDocument(data)
    try:
        page = pdf[number - 1]
        width, height = page.get_size()
        scale = min(SCALE, (_MOST_DOTS / (width * height)) ** 0.5)
        return page.render(scale=scale).to_pil().convert("RGB"), scale
    finally:
        pdf.close()


def _of_picture(data: bytes, number: int) -> tuple[Any, float]:
    with Image.open(BytesIO(data)) as held:
        frame = next(islice(_frames(held), number - 1, None))
    return frame, max(frame.size) / LONGER_SIDE


def _frames(held: Any) -> Iterator[Any]:
    for frame in ImageSequence.Iterator(held):
        yield ImageOps.exif_transpose(frame).convert("RGB")


def _frame(image: Any, box: Box, scale: float) -> None:
    edges = (box.left - _MARGIN, box.top - _MARGIN, box.right + _MARGIN, box.bottom + _MARGIN)
    width = max(2, round(1.5 * scale))
    ImageDraw.Draw(image).rectangle([edge * scale for edge in edges], outline=_FRAME, width=width)


_PICTURES = (b"\xff\xd8\xff", b"\x89PNG\r\n", b"GIF8", b"BM", b"II*\x00", b"MM\x00*")

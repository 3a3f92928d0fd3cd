"""The pages in the bytes of a picture file, one after the other."""

import warnings
from collections.abc import Iterator
from io import BytesIO

import numpy as np
from PIL import Image, ImageOps, ImageSequence, UnidentifiedImageError

from parsers.document import Unreadable
from parsers.readers.scan.paper import Gray, gray_of

FORMATS = ("PNG", "JPEG", "TIFF", "GIF", "BMP")
MOST_DOTS = 120_000_000
MOST_PAGES = 200
_SMALLEST = 400


def pages(data: bytes) -> Iterator[Gray]:
    """Each page in grey, turned as its file says."""
    try:
        with warnings.catch_warnings():
            # Its own bound on size warns; ours below refuses.
            warnings.simplefilter("ignore", Image.DecompressionBombWarning)
            with Image.open(BytesIO(data), formats=FORMATS) as held:
                for number, frame in enumerate(ImageSequence.Iterator(held), 1):
                    _refuse_unfit(frame, number)
                    yield _gray(frame)
    except (UnidentifiedImageError, Image.DecompressionBombError) as error:
        raise Unreadable("damaged", f"It opens as no picture ({_named(error)}); get it again.") from error
    except (OSError, SyntaxError, ValueError, EOFError) as error:
        raise Unreadable("damaged", f"The picture is damaged ({error}); get it again.") from error


def _named(error: Exception) -> str:
    return "no known kind" if isinstance(error, UnidentifiedImageError) else "far too large"


def _refuse_unfit(frame: Image.Image, number: int) -> None:
    if number > MOST_PAGES:
        raise Unreadable("too-large", f"The file has over {MOST_PAGES} pages; give only the report's.")
    if frame.width * frame.height > MOST_DOTS:
        raise Unreadable("too-large", "The picture has over 120 million dots; scan it at 300 dpi.")
    if max(frame.size) < _SMALLEST:
        raise Unreadable("no-text", "The picture is smaller than a readable page; get the document itself.")


def _gray(frame: Image.Image) -> Gray:
    upright = ImageOps.exif_transpose(frame)
    if upright.mode in ("1", "L", "I;16"):
        return np.asarray(upright.convert("L"))
    clear = upright.convert("RGBA")
    paper = Image.new("RGBA", clear.size, "white")
    return gray_of(np.asarray(Image.alpha_composite(paper, clear).convert("RGB")))

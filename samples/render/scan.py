"""A printed report as a scan: its pages as pictures, worn in the ways of scanners and fax machines."""

import math
from dataclasses import dataclass
from datetime import UTC, datetime
from io import BytesIO
from typing import Any, Literal, TypeAlias

import numpy as np
import pypdfium2
from fpdf import FPDF
from numpy.typing import NDArray
from PIL import Image, ImageDraw, ImageFilter

Gray: TypeAlias = NDArray[np.float32]
Picture = Literal["PNG", "JPEG"]
POINTS = 72
FAX_PITCH = 196
RED = (214, 46, 40)


@dataclass(frozen=True, slots=True)
class Wear:
    """What happened to the paper on its way through the machine; the same wear gives the same bytes.

    `angle` in degrees anticlockwise, `quarters` turns of a page laid in sideways, `blur` in points,
    `noise` the spread of each dot's grey (0 to 255) with as many specks as belong to it, `bend` how
    far the paper bulges in points, `jpeg` the quality a page was stored with at some time.
    """

    dpi: int = 200
    angle: float = 0.0
    quarters: int = 0
    blur: float = 0.0
    noise: float = 0.0
    fax: bool = False
    jpeg: int | None = None
    stamp: bool = False
    bend: float = 0.0
    seed: int = 0


def pages(pdf: bytes, wear: Wear) -> list[Image.Image]:
    """Each page of a PDF as it comes out of the scanner."""
    document = pypdfium2.PdfDocument(pdf)
    try:
        printed = [page.render(scale=wear.dpi / POINTS).to_pil().convert("RGB") for page in document]
    finally:
        document.close()
    return [_worn(page, wear, number) for number, page in enumerate(printed)]


def picture(page: Image.Image, kind: Picture = "PNG") -> bytes:
    held = BytesIO()
    page.save(held, kind)
    return held.getvalue()


def tiff(sheets: list[Image.Image]) -> bytes:
    """All pages in one file; two-coloured ones as fax machines store them."""
    held = BytesIO()
    fax = all(sheet.mode == "1" for sheet in sheets)
    compression = "group4" if fax else "tiff_lzw"
    sheets[0].save(held, "TIFF", save_all=True, append_images=sheets[1:], compression=compression)
    return held.getvalue()


def pdf(sheets: list[Image.Image], dpi: int) -> bytes:
    """A PDF that holds nothing but pictures of its pages."""
    made = FPDF(unit="pt")
    made.set_margin(0)
    made.set_auto_page_break(False)
    made.set_creation_date(datetime(2020, 1, 1, tzinfo=UTC))
    for sheet in sheets:
        size = (sheet.width * POINTS / dpi, sheet.height * POINTS / dpi)
        made.add_page(format=size)
        made.image(sheet, 0, 0, *size)
    return bytes(made.output())


def _worn(page: Image.Image, wear: Wear, number: int) -> Image.Image:
    dice = np.random.default_rng((wear.seed, number))
    if wear.stamp:
        page = _stamped(page, wear, dice)
    if wear.angle:
        page = page.rotate(wear.angle, Image.Resampling.BICUBIC, fillcolor="white")
    if wear.quarters:
        page = page.rotate(90 * wear.quarters, expand=True)
    if wear.blur:
        page = page.filter(ImageFilter.GaussianBlur(wear.blur * wear.dpi / POINTS))
    if not wear.stamp:
        page = page.convert("L")
    if wear.bend:
        page = _each_band(page, lambda band: _bent(band, wear))
    if wear.noise:
        page = _each_band(page, lambda band: _noisy(band, wear.noise, dice))
    if wear.fax:
        page = _faxed(page.convert("L"), wear, dice)
    return _stored(page, wear.jpeg) if wear.jpeg else page


def _each_band(page: Image.Image, change: Any) -> Image.Image:
    bands = [change(np.asarray(band, np.float32)) for band in page.split()]
    made = [Image.fromarray(np.clip(band, 0, 255).astype(np.uint8)) for band in bands]
    return Image.merge(page.mode, made)


def _bent(band: Gray, wear: Wear) -> Gray:
    """Every column moved down, those in the middle most, as on paper that does not lie flat."""
    height, width = band.shape
    reach = wear.bend * wear.dpi / POINTS
    shift = reach * np.sin(np.pi * np.arange(width) / width)
    rows = np.arange(height)[:, None] - shift[None, :]
    low = np.clip(np.floor(rows).astype(int), 0, height - 2)
    part = np.clip(rows - low, 0, 1).astype(np.float32)
    columns = np.arange(width)[None, :]
    bent: Gray = band[low, columns] * (1 - part) + band[low + 1, columns] * part
    return bent


def _noisy(band: Gray, noise: float, dice: np.random.Generator) -> Gray:
    """A grey veil of single dots, and specks: white ones in letters, black ones on the paper."""
    made: Gray = band + dice.normal(0, noise, band.shape).astype(np.float32)
    specks = dice.random(band.shape)
    made[specks < noise / 8000] = 0
    made[specks > 1 - noise / 8000] = 255
    return made


def _faxed(page: Image.Image, wear: Wear, dice: np.random.Generator) -> Image.Image:
    """Black and white at the pitch of a fax, some of its lines sent twice instead of the next one."""
    low = page.resize((page.width * FAX_PITCH // wear.dpi, page.height * FAX_PITCH // wear.dpi))
    dots = np.asarray(low, np.float32) + dice.normal(0, 20, (low.height, low.width))
    black = dots < 150
    lost = np.flatnonzero(dice.random(low.height) < 0.004)
    black[lost[lost > 0]] = black[lost[lost > 0] - 1]
    sent = Image.fromarray(np.where(black, 0, 255).astype(np.uint8))
    return sent.resize(page.size, Image.Resampling.NEAREST).convert("1", dither=Image.Dither.NONE)


def _stored(page: Image.Image, quality: int) -> Image.Image:
    held = BytesIO()
    page.convert("RGB" if page.mode == "RGB" else "L").save(held, "JPEG", quality=quality)
    with Image.open(BytesIO(held.getvalue())) as stored:
        return stored.copy()


def _stamped(page: Image.Image, wear: Wear, dice: np.random.Generator) -> Image.Image:
    """A red office seal, as transparent as ink, somewhere on the lower half of the page."""
    unit = wear.dpi / POINTS
    x = page.width * dice.uniform(0.35, 0.8)
    y = page.height * dice.uniform(0.45, 0.8)
    seal = Image.new("L", page.size, 0)
    draw = ImageDraw.Draw(seal)
    reach = 57 * unit
    draw.ellipse((x - reach, y - reach, x + reach, y + reach), outline=220, width=int(4 * unit))
    draw.polygon(_star(x, y, 20 * unit), fill=220)
    for turn in range(-4, 5):
        angle = math.radians(turn * 27 - 90)
        left, top = x + 0.74 * reach * math.cos(angle), y + 0.74 * reach * math.sin(angle)
        draw.rectangle(
            (left - 6 * unit, top - 6 * unit, left + 6 * unit, top + 6 * unit), outline=220, width=5
        )
    ink = np.asarray(seal, np.float32)[..., None] / 255
    paper = np.asarray(page, np.float32)
    mixed = paper * (1 - ink + ink * np.array(RED, np.float32) / 255)
    return Image.fromarray(mixed.astype(np.uint8))


def _star(x: float, y: float, reach: float) -> list[tuple[float, float]]:
    points = [(math.radians(36 * n - 90), reach if n % 2 == 0 else reach * 0.38) for n in range(10)]
    return [(x + far * math.cos(angle), y + far * math.sin(angle)) for angle, far in points]

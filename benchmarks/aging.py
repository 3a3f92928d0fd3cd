"""What happens to paper and pictures of it, in ways that nothing here was ever tuned on. All by dice."""

import random
from collections.abc import Callable
from io import BytesIO

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageDraw, ImageFilter, ImageOps

Dice = random.Random
Aging = Callable[[Image.Image, Dice, float], Image.Image]
"""A page in colours, the dice, and dots a point; gives the page as it comes out."""


def skewed(page: Image.Image, dice: Dice) -> Image.Image:
    angle = dice.choice((-1, 1)) * dice.uniform(0.3, 3)
    return page.rotate(angle, Image.Resampling.BICUBIC, fillcolor="white")


def shadow(page: Image.Image, dice: Dice, _: float) -> Image.Image:
    """Darker towards a corner, as under a lamp or in the fold of a book."""
    height, width = page.height, page.width
    across = np.linspace(0, 1, width)[None, :] * dice.uniform(-1, 1)
    down = np.linspace(0, 1, height)[:, None] * dice.uniform(-1, 1)
    veil = across + down
    veil = (veil - veil.min()) / (np.ptp(veil) or 1)
    return _noisy(_times(page, 1 - dice.uniform(0.3, 0.5) * veil), dice, 5)


def perspective(page: Image.Image, dice: Dice, unit: float) -> Image.Image:
    """Photographed not quite from above."""
    width, height = page.size
    reach = 0.008 * width
    corners = [(0, 0), (0, height), (width, height), (width, 0)]
    moved = [(x + dice.uniform(-reach, reach), y + dice.uniform(-reach, reach)) for x, y in corners]
    rows = []
    for (x, y), (u, v) in zip(corners, moved, strict=True):
        rows += [[x, y, 1, 0, 0, 0, -u * x, -u * y], [0, 0, 0, x, y, 1, -v * x, -v * y]]
    flat = np.linalg.solve(np.array(rows, float), np.array(moved, float).reshape(8))
    bent = page.transform(
        page.size, Image.Transform.PERSPECTIVE, list(flat), Image.Resampling.BICUBIC, fillcolor="white"
    )
    return _noisy(bent.filter(ImageFilter.GaussianBlur(0.2 * unit)), dice, 4)


def pepper(page: Image.Image, dice: Dice, _: float) -> Image.Image:
    """Salt in the ink and pepper on the paper."""
    dots = np.asarray(page).copy()
    thrown = np.random.default_rng(dice.getrandbits(32)).random(dots.shape[:2])
    share = dice.uniform(0.001, 0.006)
    dots[thrown < share] = 0
    dots[thrown > 1 - share] = 255
    return Image.fromarray(dots)


def faint(page: Image.Image, dice: Dice, _: float) -> Image.Image:
    """Grey ink on grey paper."""
    ink, paper = dice.uniform(90, 125), dice.uniform(185, 215)
    grey = np.asarray(page, np.float32) / 255 * (paper - ink) + ink
    return _noisy(Image.fromarray(grey.astype(np.uint8)), dice, 5)


def stamped(page: Image.Image, dice: Dice, unit: float) -> Image.Image:
    """Red seals over whatever is printed, some of them doubled or pale."""
    seal = Image.new("L", page.size, 0)
    draw = ImageDraw.Draw(seal)
    for _ in range(dice.randint(1, 3)):
        x, y = dice.uniform(0.15, 0.85) * page.width, dice.uniform(0.1, 0.9) * page.height
        reach, ink = dice.uniform(40, 60) * unit, dice.randint(120, 255)
        draw.ellipse((x - reach, y - reach, x + reach, y + reach), outline=ink, width=int(3 * unit))
        inner = reach * 0.8
        draw.arc((x - inner, y - inner, x + inner, y + inner), 20, 160, fill=ink, width=int(7 * unit))
        draw.line((x - inner / 2, y, x + inner / 2, y), fill=ink, width=int(5 * unit))
    share = np.asarray(seal, np.float32)[..., None] / 255
    red = np.array((200, 40, 50), np.float32) / 255
    return _noisy(Image.fromarray((np.asarray(page) * (1 - share + share * red)).astype(np.uint8)), dice, 6)


def scribbled(page: Image.Image, dice: Dice, unit: float) -> Image.Image:
    """A pen over the page: ticks, underlines and loops, in blue or black."""
    page = page.copy()
    draw = ImageDraw.Draw(page)
    for _ in range(dice.randint(3, 8)):
        x, y = dice.uniform(0.1, 0.9) * page.width, dice.uniform(0.1, 0.9) * page.height
        turn, wide, high = dice.uniform(0, 6), dice.uniform(5, 40) * unit, dice.uniform(2, 25) * unit
        steps = np.linspace(0, dice.uniform(2, 9), 60)
        across = x + steps * wide / 4 + wide * np.cos(steps + turn)
        down = y + high * np.sin(steps * dice.uniform(0.5, 1.5) + turn)
        colour = dice.choice(((30, 40, 140), (20, 20, 20), (60, 60, 70)))
        points = [(float(a), float(d)) for a, d in zip(across, down, strict=True)]
        draw.line(points, fill=colour, width=max(1, int(dice.uniform(0.5, 1.4) * unit)), joint="curve")
    return _noisy(page, dice, 5)


def copied(page: Image.Image, dice: Dice, unit: float) -> Image.Image:
    """From a copier: black and white, dark edges, holes of a file, letters grown fat or thin."""
    grey = np.asarray(ImageOps.grayscale(page), np.float32)
    grey += np.random.default_rng(dice.getrandbits(32)).normal(0, 18, grey.shape)
    black = Image.fromarray(np.where(grey < dice.uniform(110, 185), 0, 255).astype(np.uint8))
    draw = ImageDraw.Draw(black)
    edge = dice.uniform(2, 12) * unit
    draw.rectangle((0, 0, edge, black.height), fill=0)
    draw.rectangle((0, black.height - edge * dice.random(), black.width, black.height), fill=0)
    for y in (0.36, 0.64):
        x, reach = 24 * unit, 8 * unit
        draw.ellipse((x - reach, y * black.height - reach, x + reach, y * black.height + reach), fill=0)
    return black.filter(ImageFilter.MedianFilter(3)) if dice.random() < 0.5 else black


def pressed(page: Image.Image, dice: Dice, unit: float) -> Image.Image:
    """Soft, and stored small more than once."""
    page = page.filter(ImageFilter.GaussianBlur(dice.uniform(0.15, 0.3) * unit))
    for _ in range(2):
        held = BytesIO()
        page.save(held, "JPEG", quality=dice.randint(25, 50))
        page = Image.open(BytesIO(held.getvalue())).convert("RGB")
    return page


def _times(page: Image.Image, veil: NDArray[np.float64]) -> Image.Image:
    return Image.fromarray((np.asarray(page, np.float32) * veil[..., None]).clip(0, 255).astype(np.uint8))


def _noisy(page: Image.Image, dice: Dice, spread: float) -> Image.Image:
    dots = np.asarray(page, np.float64)
    dots = dots + np.random.default_rng(dice.getrandbits(32)).normal(0, spread, dots.shape)
    return Image.fromarray(dots.clip(0, 255).astype(np.uint8))


AGINGS: tuple[tuple[str, Aging], ...] = (
    ("shadow", shadow),
    ("perspective", perspective),
    ("pepper", pepper),
    ("faint", faint),
    ("stamps", stamped),
    ("scribbles", scribbled),
    ("copier", copied),
    ("pressed", pressed),
)

"""The shapes of digits within one document: do those that the engine calls alike look alike?

A document is printed in a few fonts, so its digits vouch for each other, and they do so by their
shape alone: what an engine was trained on has no part in it.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any, TypeAlias

import cv2
import numpy as np
from numpy.typing import NDArray

from parsers.readers.scan.paper import Gray
from parsers.readers.scan.print import Speck, Strip

DIGITS = "0123456789"
_HEIGHT, _WIDTH = 24, 20
_OVERLAP = 0.3
_DOT = 0.4
_CRACK = 0.3
_DIRT = 0.16
_WIDE = 1.1

Shape: TypeAlias = NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Glyph:
    """One sign of a figure: its shape, of length one around its mean, and where it stands in its
    line: `tall` is the line's height, `middle` the part of it above the sign's own middle."""

    shape: Shape
    left: int
    right: int
    height: int
    tall: int
    middle: float

    @property
    def low(self) -> bool:
        return self.height < _DOT * self.tall or self.tall < self.right - self.left

    @property
    def is_dash(self) -> bool:
        flat = (self.right - self.left) >= 1.3 * self.height
        return flat and (self.low or self.height == self.tall) and self.middle < 0.75

    @property
    def is_point(self) -> bool:
        narrow = (self.right - self.left) < 1.6 * self.height
        return narrow and self.low and self.middle > 0.7


@dataclass(frozen=True, slots=True)
class Alphabet:
    """For each digit the sum of the shapes that were read so, and how many they are."""

    sums: Mapping[str, Shape]
    counts: Mapping[str, int]

    def likeness(self, glyph: Glyph, sign: str, *, itself: bool) -> tuple[float | None, float]:
        """How like it is to the other glyphs of its digit (None where there are too few) and to those
        of the digit that it resembles most besides. `itself` says that the glyph is among the sums."""
        own = None
        count = self.counts.get(sign, 0) - itself
        if count >= _FEW:
            total = self.sums[sign] - glyph.shape if itself else self.sums[sign]
            own = _alike(glyph.shape, total)
        others = [
            _alike(glyph.shape, total)
            for digit, total in self.sums.items()
            if digit != sign and self.counts[digit] >= _FEW
        ]
        return own, max(others, default=0.0)


_FEW = 3


def alphabet(read: Iterable[tuple[str, Glyph]]) -> Alphabet:
    sums: dict[str, Shape] = {}
    counts: dict[str, int] = {}
    for sign, glyph in read:
        sums[sign] = sums.get(sign, np.zeros_like(glyph.shape)) + glyph.shape
        counts[sign] = counts.get(sign, 0) + 1
    return Alphabet(sums, counts)


def glyphs_of(strips: Sequence[Strip], gray: Gray) -> list[tuple[Glyph, ...]]:
    """The signs of each strip from left to right. Digits that touch are parted where their ink is
    thinnest, if most digits of the page are so narrow that there must be several."""
    boxes = [_boxes(_clean(strip)) for strip in strips]
    talls = [strip.bottom - strip.top for strip in strips]
    widths = [
        box.width for line, tall in zip(boxes, talls, strict=True) for box in line if box.height > 0.8 * tall
    ]
    usual = float(np.median(widths)) if widths else 0.0
    return [
        tuple(_glyph(part, gray, strip) for box in _mended(line, usual) for part in _parted(box, gray, usual))
        for line, strip in zip(boxes, strips, strict=True)
    ]


def _clean(strip: Strip) -> list[Speck]:
    """Without dirt: dots too small for a dash, where no decimal point can stand."""
    tall = max(speck.height for speck in strip.specks)
    signs = [speck for speck in strip.specks if max(speck.height, speck.width) > _DIRT * tall]
    if not signs:
        return list(strip.specks)
    left, right = min(sign.left for sign in signs), max(sign.right for sign in signs)
    foot = max(sign.bottom for sign in signs) - _DIRT * tall
    points = [speck for speck in strip.specks if speck.bottom >= foot and left < speck.left < right]
    return sorted({*signs, *points})


def _boxes(specks: Sequence[Speck]) -> list[Speck]:
    """Pieces of one sign stand above each other."""
    boxes: list[Speck] = []
    for speck in sorted(specks):
        last = boxes[-1] if boxes else None
        if last and speck.left < last.right - _OVERLAP * min(speck.width, last.width):
            boxes[-1] = _both(last, speck)
        else:
            boxes.append(speck)
    return boxes


def _mended(boxes: Sequence[Speck], usual: float) -> list[Speck]:
    """Halves of a digit whose hairlines have gone, put together as long as they make no wider a digit
    than most are. Points and dashes stay what they are."""
    mended: list[Speck] = []
    for box in boxes:
        last = mended[-1] if mended else None
        near = last is not None and box.left - last.right <= _CRACK * usual
        if last and near and box.right - last.left <= _WIDE * usual and _cracked(last, box):
            mended[-1] = _both(last, box)
        else:
            mended.append(box)
    return mended


def _cracked(one: Speck, other: Speck) -> bool:
    """Do both reach over half of what they are together, so that neither is a point?"""
    tall = max(one.bottom, other.bottom) - min(one.top, other.top)
    return min(one.height, other.height) > 0.5 * tall


def _both(one: Speck, other: Speck) -> Speck:
    return Speck(
        min(one.left, other.left),
        min(one.top, other.top),
        max(one.right, other.right),
        max(one.bottom, other.bottom),
        one.area + other.area,
    )


def _parted(box: Speck, gray: Gray, usual: float) -> list[Speck]:
    count = round(box.width / (usual + 1)) if usual else 1
    if count < 2 or box.height < box.width * 0.3:
        return [box]
    dark = 255 - gray[box.top : box.bottom, box.left : box.right].astype(np.float32).mean(0)
    reach = max(1, int(usual / 4))
    cuts = [0]
    for number in range(1, count):
        at = round(number * box.width / count)
        near = dark[at - reach : at + reach + 1]
        cuts.append(at - reach + int(near.argmin()))
    cuts.append(box.width)
    return [
        Speck(box.left + start, box.top, box.left + stop, box.bottom, box.area)
        for start, stop in pairwise(cuts)
        if stop > start
    ]


def _glyph(box: Speck, gray: Gray, strip: Strip) -> Glyph:
    part = gray[max(0, box.top - 1) : box.bottom + 1, max(0, box.left - 1) : box.right + 1]
    tall = max(1, strip.bottom - strip.top)
    middle = ((box.top + box.bottom) / 2 - strip.top) / tall
    return Glyph(_shape(part), box.left, box.right, box.height, tall, middle)


def _shape(part: Gray) -> Shape:
    height, width = part.shape
    wide = min(_WIDTH, max(1, round(width * _HEIGHT / height)))
    scaled: Any = cv2.resize(255 - part, (wide, _HEIGHT), interpolation=cv2.INTER_AREA)
    held = np.full((_HEIGHT, _WIDTH), float(np.percentile(scaled, 10)), np.float32)
    left = (_WIDTH - wide) // 2
    held[:, left : left + wide] = scaled
    flat = cv2.GaussianBlur(held, (3, 3), 0).ravel()
    flat -= flat.mean()
    return np.asarray(flat / max(float(np.linalg.norm(flat)), 1e-6), np.float32)


def _alike(shape: Shape, total: Shape) -> float:
    return float(shape @ total / max(float(np.linalg.norm(total)), 1e-6))

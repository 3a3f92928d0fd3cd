"""A page as a sheet of grey: stamps taken off, turned and straightened, with its ink told from paper."""

from dataclasses import dataclass
from typing import Any, TypeAlias

import cv2
import numpy as np
from numpy.typing import NDArray

from parsers.document import Box
from parsers.readers.ruled.turn import Matrix, moved

Gray: TypeAlias = NDArray[Any]
"""Dots of eight bits."""
A4_HEIGHT = 842.0
"""Points on the longer side of a picture: what a file says of its own pitch is seldom true."""
_LONGEST = 2600
_PROFILE_WIDTH = 900
_STEEPEST = 6.0
_RIM = 0.06
_FAINTEST = 65.0
_GRAINS = 6.0


@dataclass(frozen=True, slots=True)
class Sheet:
    """`ink` is 255 where something is printed. `unit` is dots a point, `shown` leads from points on
    this sheet back to points on the page as it came."""

    gray: Gray
    ink: Gray
    unit: float
    shown: Matrix

    @property
    def contrast(self) -> int:
        """How much darker than paper a dot of a line is at least."""
        light, dark = np.percentile(self.gray[::4, ::4], (60, 0.5))
        return int(max(30, (light - dark) * 0.35))

    def place(self, left: float, top: float, right: float, bottom: float) -> Box:
        """Where these dots are on the page as it came."""
        return moved(
            Box(left / self.unit, top / self.unit, right / self.unit, bottom / self.unit), self.shown
        )


def gray_of(dots: Gray) -> Gray:
    """Grey in which red ink is paper; black ink is as dark in red as in any colour."""
    if dots.ndim == 2:
        return dots
    return np.ascontiguousarray(dots[..., 0])


def sheet_of(gray: Gray, points: float, quarters: int = 0) -> Sheet:
    """The page turned clockwise by so many quarters and made straight. `points` is the length of its
    longer side."""
    unit = max(gray.shape) / points
    if max(gray.shape) > _LONGEST:
        gray = _smaller(gray, _LONGEST / max(gray.shape))
        unit = max(gray.shape) / points
    height, width = gray.shape
    back = _back(quarters, width / unit, height / unit)
    turned: Gray = np.ascontiguousarray(np.rot90(gray, -quarters))
    angle = skew(turned)
    straight, matrix = _straightened(turned, angle, unit)
    return Sheet(straight, ink_of(straight), unit, back.after(matrix))


def _smaller(gray: Gray, part: float) -> Gray:
    made: Gray = cv2.resize(gray, None, fx=part, fy=part, interpolation=cv2.INTER_AREA)
    return made


def _back(quarters: int, width: float, height: float) -> Matrix:
    """From a page turned clockwise by so many quarters to the page of this size that it was."""
    return (
        Matrix(1, 0, 0, 1, 0, 0),
        Matrix(0, -1, 1, 0, 0, height),
        Matrix(-1, 0, 0, -1, width, height),
        Matrix(0, 1, -1, 0, width, 0),
    )[quarters % 4]


def skew(gray: Gray) -> float:
    """By how many degrees lines climb: the angle at which rows of dots are most unlike each other. The rim
    is left out, where the edge of the glass under a lid that stood open lies straight and is no line."""
    height, width = gray.shape
    down, across = round(height * _RIM), round(width * _RIM)
    inner = gray[down : height - down, across : width - across]
    small = _smaller(inner, min(1.0, _PROFILE_WIDTH / inner.shape[1]))
    ink = 255 - cv2.medianBlur(small, 3)
    coarse = max(np.arange(-_STEEPEST, _STEEPEST + 0.1, 0.5), key=lambda angle: _sharpness(ink, angle))
    fine = max(np.arange(coarse - 0.5, coarse + 0.51, 0.1), key=lambda angle: _sharpness(ink, angle))
    return float(max(np.arange(fine - 0.1, fine + 0.11, 0.02), key=lambda angle: _sharpness(ink, angle)))


def _sharpness(ink: Gray, angle: float) -> float:
    height, width = ink.shape
    slope = np.tan(np.radians(angle))
    matrix = np.array([[1, 0, 0], [slope, 1, -slope * width / 2]])
    profile = cv2.warpAffine(ink, matrix, (width, height)).sum(1, dtype=np.float64)
    return float(np.square(np.diff(profile)).sum())


def _straightened(gray: Gray, angle: float, unit: float) -> tuple[Gray, Matrix]:
    """With the matrix that leads back from it, in points."""
    if abs(angle) < 0.03:
        return gray, Matrix(1, 0, 0, 1, 0, 0)
    height, width = gray.shape
    forth = cv2.getRotationMatrix2D((width / 2, height / 2), -angle, 1.0)
    made: Any = cv2.warpAffine(gray, forth, (width, height), flags=cv2.INTER_CUBIC, borderValue=(255,))
    (a, c, e), (b, d, f) = cv2.invertAffineTransform(forth).tolist()
    return made, Matrix(a, b, c, d, e / unit, f / unit)


def ink_of(gray: Gray) -> Gray:
    """255 where a dot is clearly darker than the paper around it: hairlines of thin type count, the
    grain of the scan does not."""
    small = cv2.morphologyEx(_smaller(gray, 0.25), cv2.MORPH_CLOSE, np.ones((9, 9), np.uint8))
    paper = cv2.resize(cv2.medianBlur(small, 11), gray.shape[::-1])
    flat = cv2.GaussianBlur(cv2.divide(gray, np.maximum(paper, 1), scale=255), (3, 3), 0)
    sample = flat[::4, ::4].astype(np.float32)
    middle = float(np.median(sample))
    grain = 1.48 * float(np.median(np.abs(sample - middle)))
    level = min(max(middle - max(_FAINTEST, _GRAINS * grain), 120.0), 190.0)
    made: Gray = np.where(flat < level, 255, 0).astype(np.uint8)
    return made

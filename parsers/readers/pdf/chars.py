"""The characters of a page as pdfium gives them, /ActualText honoured.

Boxes are the loose ones (advance by ascent and descent): with tight ones a decimal point sits
below its digits and falls out of the number.
"""

from collections import Counter
from collections.abc import Callable
from ctypes import byref, c_double
from math import hypot
from typing import Any

import pypdfium2.raw as pdfium

from parsers.readers.ruled.chars import UNKNOWN, Char
from parsers.readers.ruled.turn import Matrix

_WHITE = frozenset((0x09, 0x0A, 0x0D, 0x20, 0xA0, 0x3000, 0x200B, 0xFEFF, *range(0x2000, 0x200B)))
_HYPHEN_AT_LINE_END = 0x02
_SAMPLE = 12
_FIRST_WIDE = 0x2E80
_DESCENT = 0.12
_SMALLEST, _LARGEST = 0.85, 2.0
"""Parts of an em between which the height of a loose box is believed."""

_Corners = tuple[float, float, float, float]
"""Left, bottom, right, top in user space."""


def quarters_of(text_page: Any, count: int) -> int:
    """How far the page must be turned clockwise for most of its text to stand upright."""
    matrix = pdfium.FS_MATRIX()
    votes: Counter[int] = Counter()
    for index in range(0, count, max(1, count // _SAMPLE)):
        if pdfium.FPDFText_GetMatrix(text_page, index, byref(matrix)):
            votes[_quarter(matrix.a, matrix.b)] += 1
    return votes.most_common(1)[0][0] if votes else 0


def read_chars(text_page: Any, count: int, frame: Matrix) -> list[Char]:
    """Every printed character; one that the font gives no meaning to is U+FFFD, never left out."""
    code_of: Callable[..., int] = pdfium.FPDFText_GetUnicode
    box_of: Callable[..., int] = pdfium.FPDFText_GetLooseCharBox
    is_nameless: Callable[..., int] = pdfium.FPDFText_HasUnicodeMapError
    rect = pdfium.FS_RECTF()
    place = byref(rect)
    shift, fall = frame.e, frame.f
    upright = frame[:4] == (1, 0, 0, -1)
    sound: dict[int, bool] = {}
    chars = []
    for index in range(count):
        code = code_of(text_page, index)
        if code in _WHITE or not box_of(text_page, index, place):
            continue
        box = left, bottom, right, top = rect.left, rect.bottom, rect.right, rect.top
        size = round((top - bottom) * 1000 + right - left)
        if size not in sound:
            sound[size] = _is_sound(text_page, index, box)
        if not sound[size]:
            box = left, bottom, right, top = _em_box(text_page, index, code)
        # Where the font names no character pdfium gives the number of the shape for one.
        text = UNKNOWN if is_nameless(text_page, index) == 1 else _character(code)
        if upright:
            chars.append(Char(text, left + shift, fall - top, right + shift, fall - bottom))
        else:
            chars.append(Char(text, *frame.box(*box)))
    return chars


def _is_sound(text_page: Any, index: int, box: _Corners) -> bool:
    """pdfium does not scale the loose box of vertical writing by the text matrix, and gives the tight
    one for a character out of /ActualText."""
    em, right, _ = _em(text_page, index)
    height, width = box[3] - box[1], box[2] - box[0]
    if abs(right[1]) > abs(right[0]):
        height, width = width, height
    return em <= 0 or (_SMALLEST * em <= height <= _LARGEST * em and width <= _LARGEST * em)


def _em_box(text_page: Any, index: int, code: int) -> _Corners:
    """A box of one em on the character's own base line, as loose as the sound ones."""
    em, right, up = _em(text_page, index)
    x, y = c_double(), c_double()
    pdfium.FPDFText_GetCharOrigin(text_page, index, byref(x), byref(y))
    wide = 1.0 if code >= _FIRST_WIDE else 0.5
    start = (x.value - _DESCENT * em * up[0], y.value - _DESCENT * em * up[1])
    end = (
        x.value + em * (wide * right[0] + (1 - _DESCENT) * up[0]),
        y.value + em * (wide * right[1] + (1 - _DESCENT) * up[1]),
    )
    return min(start[0], end[0]), min(start[1], end[1]), max(start[0], end[0]), max(start[1], end[1])


def _em(text_page: Any, index: int) -> tuple[float, tuple[float, float], tuple[float, float]]:
    """The size in points as printed, and which way is right and up for the character."""
    matrix = pdfium.FS_MATRIX()
    pdfium.FPDFText_GetMatrix(text_page, index, byref(matrix))
    scale = hypot(matrix.a, matrix.b) or 1.0
    em = float(pdfium.FPDFText_GetFontSize(text_page, index)) * scale
    right = (matrix.a / scale, matrix.b / scale)
    return em, right, (-right[1], right[0])


def _quarter(a: float, b: float) -> int:
    if abs(a) >= abs(b):
        return 0 if a >= 0 else 2
    return 1 if b > 0 else 3


def _character(code: int) -> str:
    if code == _HYPHEN_AT_LINE_END:
        return "-"
    if 0x20 <= code < 0xD800:
        return chr(code)
    if code < 0x20 or 0xD800 <= code < 0xE000 or code in (0xFFFE, 0xFFFF):
        return UNKNOWN
    return chr(code)

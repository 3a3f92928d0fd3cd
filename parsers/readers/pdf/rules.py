"""The ruling lines of a page, from its path objects: strokes, thin filled boxes, borders of boxes."""

from collections.abc import Iterable, Iterator
from ctypes import byref, c_float, c_int
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Any, NamedTuple

import pypdfium2.raw as pdfium

from parsers.document import Box
from parsers.readers.pdf.turn import Matrix

THIN = 4.5
"""Thickest line in points. pdfium widens the bounds of a stroke by its width on either side."""
SHORT = 2.0
_APART = 2.2
_GAP = 3.0
_DEEPEST_FORM = 5
_MOST_LINES = 4_000


class Rule(NamedTuple):
    """A line along one axis: `at` across it, from `start` to `end` along it."""

    at: float
    start: float
    end: float


@dataclass(slots=True)
class Drawing:
    """What a page draws besides text, in the frame asked for. `filled` are boxes as thick as cells."""

    horizontal: list[Rule] = field(default_factory=list)
    vertical: list[Rule] = field(default_factory=list)
    filled: list[Box] = field(default_factory=list)
    images: list[Box] = field(default_factory=list)
    texts: int = 0
    hidden_texts: int = 0

    @property
    def crowded(self) -> bool:
        """More lines than any table has: a map or a picture, and time lost on looking for cells."""
        return max(len(self.horizontal), len(self.vertical), len(self.filled)) > _MOST_LINES

    def ruled(self) -> "Drawing":
        """The same with the pieces of each line put together."""
        return Drawing(joined(self.horizontal), joined(self.vertical), self.filled, self.images)


def read_drawing(page: Any, frame: Matrix) -> Drawing:
    drawing = Drawing()
    count, get = pdfium.FPDFPage_CountObjects(page), pdfium.FPDFPage_GetObject
    _take((get(page, index) for index in range(count)), frame, drawing, _DEEPEST_FORM)
    return drawing


def _take(objects: Iterable[Any], matrix: Matrix, drawing: Drawing, depth: int) -> None:
    """Objects in order, those inside form objects with the form's matrix applied."""
    kind_of, mode_of = pdfium.FPDFPageObj_GetType, pdfium.FPDFTextObj_GetTextRenderMode
    for found in objects:
        kind = kind_of(found)
        if kind == pdfium.FPDF_PAGEOBJ_TEXT:
            drawing.texts += 1
            drawing.hidden_texts += mode_of(found) == pdfium.FPDF_TEXTRENDERMODE_INVISIBLE
        elif kind == pdfium.FPDF_PAGEOBJ_PATH:
            _take_path(found, matrix, drawing)
        elif kind == pdfium.FPDF_PAGEOBJ_IMAGE:
            drawing.images.append(Box(*_bounds(found, matrix)))
        elif kind == pdfium.FPDF_PAGEOBJ_FORM and depth:
            _take(_inside(found), matrix.after(_matrix(found)), drawing, depth - 1)


def _inside(form: Any) -> Iterator[Any]:
    for index in range(pdfium.FPDFFormObj_CountObjects(form)):
        yield pdfium.FPDFFormObj_GetObject(form, index)


def joined(rules: Iterable[Rule]) -> list[Rule]:
    """Lines at one place become one, and its pieces where no more than a hair parts them."""
    together: list[list[Rule]] = []
    for rule in sorted(rules):
        if together and rule.at - together[-1][0].at <= _APART:
            together[-1].append(rule)
        else:
            together.append([rule])
    return [rule for group in together for rule in _pieces(group)]


def _pieces(group: list[Rule]) -> Iterator[Rule]:
    at = sum(rule.at for rule in group) / len(group)
    spans = sorted((rule.start, rule.end) for rule in group)
    start, end = spans[0]
    for next_start, next_end in spans[1:]:
        if next_start > end + _GAP:
            yield Rule(at, start, end)
            start, end = next_start, next_end
        end = max(end, next_end)
    yield Rule(at, start, end)


def _take_path(path: Any, matrix: Matrix, drawing: Drawing) -> None:
    fill, stroke = c_int(), c_int()
    pdfium.FPDFPath_GetDrawMode(path, byref(fill), byref(stroke))
    if not fill.value and not stroke.value:
        return
    left, top, right, bottom = _bounds(path, matrix)
    if right - left <= THIN or bottom - top <= THIN:
        _take_box(left, top, right, bottom, drawing)
        return
    matrix = matrix.after(_matrix(path))
    for points in _subpaths(path, matrix):
        if stroke.value:
            _take_strokes(points, drawing)
        else:
            xs, ys = [x for x, _ in points], [y for _, y in points]
            _take_box(min(xs), min(ys), max(xs), max(ys), drawing)


def _take_box(left: float, top: float, right: float, bottom: float, drawing: Drawing) -> None:
    width, height = right - left, bottom - top
    if width > THIN and height > THIN:
        drawing.filled.append(Box(left, top, right, bottom))
    elif width > max(height, SHORT):
        drawing.horizontal.append(Rule((top + bottom) / 2, left, right))
    elif height > max(width, SHORT):
        drawing.vertical.append(Rule((left + right) / 2, top, bottom))


def _take_strokes(points: list[tuple[float, float]], drawing: Drawing) -> None:
    for (x0, y0), (x1, y1) in pairwise(points):
        if abs(y0 - y1) < 1 and abs(x0 - x1) > SHORT:
            drawing.horizontal.append(Rule((y0 + y1) / 2, min(x0, x1), max(x0, x1)))
        elif abs(x0 - x1) < 1 and abs(y0 - y1) > SHORT:
            drawing.vertical.append(Rule((x0 + x1) / 2, min(y0, y1), max(y0, y1)))


def _subpaths(path: Any, matrix: Matrix) -> list[list[tuple[float, float]]]:
    paths: list[list[tuple[float, float]]] = []
    x, y = c_float(), c_float()
    for index in range(pdfium.FPDFPath_CountSegments(path)):
        segment = pdfium.FPDFPath_GetPathSegment(path, index)
        pdfium.FPDFPathSegment_GetPoint(segment, byref(x), byref(y))
        point = (
            matrix.a * x.value + matrix.c * y.value + matrix.e,
            matrix.b * x.value + matrix.d * y.value + matrix.f,
        )
        if not paths or pdfium.FPDFPathSegment_GetType(segment) == pdfium.FPDF_SEGMENT_MOVETO:
            paths.append([point])
        else:
            paths[-1].append(point)
        if pdfium.FPDFPathSegment_GetClose(segment):
            paths[-1].append(paths[-1][0])
    return paths


def _bounds(found: Any, matrix: Matrix) -> tuple[float, float, float, float]:
    left, bottom, right, top = c_float(), c_float(), c_float(), c_float()
    pdfium.FPDFPageObj_GetBounds(found, byref(left), byref(bottom), byref(right), byref(top))
    return matrix.box(left.value, bottom.value, right.value, top.value)


def _matrix(found: Any) -> Matrix:
    matrix = pdfium.FS_MATRIX()
    pdfium.FPDFPageObj_GetMatrix(found, byref(matrix))
    return Matrix(matrix.a, matrix.b, matrix.c, matrix.d, matrix.e, matrix.f)

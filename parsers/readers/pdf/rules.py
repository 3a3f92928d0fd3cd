"""The ruling lines of a page, from its path objects: strokes, thin filled boxes, borders of boxes."""

from collections.abc import Callable, Iterable, Iterator
from ctypes import byref, c_float, c_int
from typing import Any

import pypdfium2.raw as pdfium

from parsers.document import Box
from parsers.readers.ruled.drawing import THIN, Drawing, take_box, take_strokes
from parsers.readers.ruled.turn import Matrix

_DEEPEST_FORM = 5
_TEXT, _PATH = pdfium.FPDF_PAGEOBJ_TEXT, pdfium.FPDF_PAGEOBJ_PATH

Measure = Callable[[Any], tuple[float, float, float, float]]


def read_drawing(page: Any, frame: Matrix) -> Drawing:
    drawing = Drawing()
    count, get = pdfium.FPDFPage_CountObjects(page), pdfium.FPDFPage_GetObject
    _take((get(page, index) for index in range(count)), frame, drawing, _DEEPEST_FORM)
    return drawing


def _take(objects: Iterable[Any], matrix: Matrix, drawing: Drawing, depth: int) -> None:
    """Objects in order, those inside form objects with the form's matrix applied."""
    kind_of, mode_of = pdfium.FPDFPageObj_GetType, pdfium.FPDFTextObj_GetTextRenderMode
    draw_mode = pdfium.FPDFPath_GetDrawMode
    bounds = _measure(matrix)
    fill, stroke = c_int(), c_int()
    modes = byref(fill), byref(stroke)
    for found in objects:
        kind = kind_of(found)
        if kind == _TEXT:
            drawing.texts += 1
            drawing.hidden_texts += mode_of(found) == pdfium.FPDF_TEXTRENDERMODE_INVISIBLE
        elif kind == _PATH:
            draw_mode(found, *modes)
            if fill.value or stroke.value:
                left, top, right, bottom = bounds(found)
                if right - left <= THIN or bottom - top <= THIN:
                    take_box(left, top, right, bottom, drawing)
                else:
                    _take_path(found, matrix.after(_matrix(found)), drawing, stroked=bool(stroke.value))
        elif kind == pdfium.FPDF_PAGEOBJ_IMAGE:
            drawing.images.append(Box(*bounds(found)))
        elif kind == pdfium.FPDF_PAGEOBJ_FORM and depth:
            _take(_inside(found), matrix.after(_matrix(found)), drawing, depth - 1)


def _inside(form: Any) -> Iterator[Any]:
    for index in range(pdfium.FPDFFormObj_CountObjects(form)):
        yield pdfium.FPDFFormObj_GetObject(form, index)


def _take_path(path: Any, matrix: Matrix, drawing: Drawing, *, stroked: bool) -> None:
    for points in _subpaths(path, matrix):
        if stroked:
            take_strokes(points, drawing)
        else:
            xs, ys = [x for x, _ in points], [y for _, y in points]
            take_box(min(xs), min(ys), max(xs), max(ys), drawing)


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


def _measure(matrix: Matrix) -> Measure:
    """Asked of some hundred objects a page, into the same four numbers."""
    left, bottom, right, top = c_float(), c_float(), c_float(), c_float()
    places = byref(left), byref(bottom), byref(right), byref(top)
    get, shift, fall = pdfium.FPDFPageObj_GetBounds, matrix.e, matrix.f
    upright = matrix[:4] == (1, 0, 0, -1)

    def bounds(found: Any) -> tuple[float, float, float, float]:
        get(found, *places)
        if upright:
            return left.value + shift, fall - top.value, right.value + shift, fall - bottom.value
        return matrix.box(left.value, bottom.value, right.value, top.value)

    return bounds


def _matrix(found: Any) -> Matrix:
    matrix = pdfium.FS_MATRIX()
    pdfium.FPDFPageObj_GetMatrix(found, byref(matrix))
    return Matrix(matrix.a, matrix.b, matrix.c, matrix.d, matrix.e, matrix.f)

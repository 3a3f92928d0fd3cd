"""The ruling lines of a page, from its path objects: strokes, thin filled boxes, borders of boxes."""

from collections.abc import Iterable, Iterator
from ctypes import byref, c_float, c_int
from typing import Any

import pypdfium2.raw as pdfium

from parsers.document import Box
from parsers.readers.ruled.drawing import THIN, Drawing, take_box, take_strokes
from parsers.readers.ruled.turn import Matrix

_DEEPEST_FORM = 5


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


def _take_path(path: Any, matrix: Matrix, drawing: Drawing) -> None:
    fill, stroke = c_int(), c_int()
    pdfium.FPDFPath_GetDrawMode(path, byref(fill), byref(stroke))
    if not fill.value and not stroke.value:
        return
    left, top, right, bottom = _bounds(path, matrix)
    if right - left <= THIN or bottom - top <= THIN:
        take_box(left, top, right, bottom, drawing)
        return
    matrix = matrix.after(_matrix(path))
    for points in _subpaths(path, matrix):
        if stroke.value:
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


def _bounds(found: Any, matrix: Matrix) -> tuple[float, float, float, float]:
    left, bottom, right, top = c_float(), c_float(), c_float(), c_float()
    pdfium.FPDFPageObj_GetBounds(found, byref(left), byref(bottom), byref(right), byref(top))
    return matrix.box(left.value, bottom.value, right.value, top.value)


def _matrix(found: Any) -> Matrix:
    matrix = pdfium.FS_MATRIX()
    pdfium.FPDFPageObj_GetMatrix(found, byref(matrix))
    return Matrix(matrix.a, matrix.b, matrix.c, matrix.d, matrix.e, matrix.f)

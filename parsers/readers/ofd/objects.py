"""What a page of an OFD document draws: texts to characters, paths to ruling lines, in points."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from lxml import etree

from parsers.readers.ofd.parts import PageParts
from parsers.readers.ofd.text import chars
from parsers.readers.package import Element, numbers
from parsers.readers.ruled import UNKNOWN, Char, Drawing
from parsers.readers.ruled.drawing import THIN, take_box, take_strokes
from parsers.readers.ruled.turn import Matrix

POINTS = 72 / 25.4
_TOKEN = re.compile(r"[-+]?(?:\d+\.?\d*|\.\d+)(?:[eE][-+]?\d+)?|[A-Za-z]")
_TAKEN = {"S": 2, "M": 2, "L": 2, "Q": 4, "B": 6, "A": 7, "C": 0}


@dataclass(slots=True)
class Drawn:
    chars: list[Char] = field(default_factory=list)
    drawing: Drawing = field(default_factory=Drawing)
    images: int = 0
    composites: int = 0

    @property
    def unknown(self) -> int:
        return sum(char.text == UNKNOWN for char in self.chars)


def drawn(page: PageParts) -> Drawn:
    found = Drawn()
    for root in page.roots:
        for one in root.iter(etree.Element):
            if one.get("Visible") != "false":
                _take(one, page.origin, found)
    return found


def _take(one: Element, origin: tuple[float, float], found: Drawn) -> None:
    kind = etree.QName(one).localname
    if kind == "TextObject":
        found.chars += chars(one, _matrix(one, origin))
    elif kind == "PathObject":
        _take_path(one, _matrix(one, origin), found.drawing)
    elif kind == "ImageObject":
        found.images += 1
    elif kind == "CompositeObject":
        found.composites += 1


def _matrix(one: Element, origin: tuple[float, float]) -> Matrix:
    """From the object's own millimetres to points of the page."""
    left, top, *_ = numbers(one.get("Boundary")) or (0.0, 0.0)
    own = numbers(one.get("CTM"))
    inner = Matrix(*own) if len(own) == 6 else Matrix(1, 0, 0, 1, 0, 0)
    x, y = left - origin[0], top - origin[1]
    return Matrix(POINTS, 0, 0, POINTS, x * POINTS, y * POINTS).after(inner)


def _take_path(one: Element, matrix: Matrix, drawing: Drawing) -> None:
    stroked, filled = one.get("Stroke") != "false", one.get("Fill") == "true"
    if not stroked and not filled:
        return
    for data in one.iterfind("{*}AbbreviatedData"):
        for points in _subpaths(data.text or "", matrix):
            xs, ys = [x for x, _ in points], [y for _, y in points]
            thin = max(xs) - min(xs) <= THIN or max(ys) - min(ys) <= THIN
            if stroked and not thin:
                take_strokes(points, drawing)
            else:
                take_box(min(xs), min(ys), max(xs), max(ys), drawing)


def _subpaths(data: str, matrix: Matrix) -> Iterator[list[tuple[float, float]]]:
    points: list[tuple[float, float]] = []
    for letter, values in _steps(data):
        if letter in "SM":
            if points:
                yield points
            points = []
        if letter == "C" and points:
            points.append(points[0])
        elif len(values) >= 2:
            x, y = values[-2:]
            points.append((matrix.a * x + matrix.c * y + matrix.e, matrix.b * x + matrix.d * y + matrix.f))
    if points:
        yield points


def _steps(data: str) -> Iterator[tuple[str, list[float]]]:
    """What is no step of a path, or lacks numbers, ends it."""
    tokens = iter(_TOKEN.findall(data))
    for letter in tokens:
        if letter not in _TAKEN:
            return
        try:
            yield letter, [float(next(tokens)) for _ in range(_TAKEN[letter])]
        except (StopIteration, RuntimeError, ValueError):
            return

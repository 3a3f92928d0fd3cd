"""From pdfium's user space (origin below) to a frame with its origin at the top left, text upright."""

from typing import NamedTuple

from parsers.document import Box


class Matrix(NamedTuple):
    """x' = a·x + c·y + e, y' = b·x + d·y + f."""

    a: float
    b: float
    c: float
    d: float
    e: float
    f: float

    def after(self, first: "Matrix") -> "Matrix":
        """This applied to what `first` gives."""
        return Matrix(
            self.a * first.a + self.c * first.b,
            self.b * first.a + self.d * first.b,
            self.a * first.c + self.c * first.d,
            self.b * first.c + self.d * first.d,
            self.a * first.e + self.c * first.f + self.e,
            self.b * first.e + self.d * first.f + self.f,
        )

    def inverse(self) -> "Matrix":
        det = self.a * self.d - self.b * self.c
        a, b, c, d = self.d / det, -self.b / det, -self.c / det, self.a / det
        return Matrix(a, b, c, d, -(a * self.e + c * self.f), -(b * self.e + d * self.f))

    def box(self, left: float, bottom: float, right: float, top: float) -> tuple[float, float, float, float]:
        """The rectangle in the new frame as left, top, right, bottom."""
        if self.b == 0 == self.c and self.a == 1:
            y0, y1 = self.d * bottom + self.f, self.d * top + self.f
            return left + self.e, min(y0, y1), right + self.e, max(y0, y1)
        x0, y0 = self.a * left + self.c * bottom + self.e, self.b * left + self.d * bottom + self.f
        x1, y1 = self.a * right + self.c * top + self.e, self.b * right + self.d * top + self.f
        return min(x0, x1), min(y0, y1), max(x0, x1), max(y0, y1)


class Bounds(NamedTuple):
    left: float
    bottom: float
    right: float
    top: float


SAME = Matrix(1, 0, 0, 1, 0, 0)


def turned(page: Bounds, quarters: int) -> Matrix:
    """The page turned clockwise by so many quarters, its shown top left corner at 0, 0."""
    left, bottom, right, top = page
    return (
        Matrix(1, 0, 0, -1, -left, top),
        Matrix(0, 1, 1, 0, -bottom, -left),
        Matrix(-1, 0, 0, 1, right, -bottom),
        Matrix(0, -1, -1, 0, top, right),
    )[quarters % 4]


def moved(box: Box, matrix: Matrix) -> Box:
    """In the other frame, to a hundredth of a point: what is more is noise of the arithmetic."""
    edges = (box.left, box.top, box.right, box.bottom)
    left, top, right, bottom = edges if matrix is SAME else matrix.box(*edges)
    return Box(round(left, 2), round(top, 2), round(right, 2), round(bottom, 2))

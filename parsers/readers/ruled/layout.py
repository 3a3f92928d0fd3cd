"""The characters and lines of one page to its text lines and grids in reading order."""

from collections.abc import Sequence

from parsers.document import Box, Line
from parsers.readers.ruled.boxes import boxed_frames
from parsers.readers.ruled.chars import Char
from parsers.readers.ruled.drawing import Drawing
from parsers.readers.ruled.frames import Frame, frames
from parsers.readers.ruled.grids import Table, filled
from parsers.readers.ruled.lines import Printed, printed_lines
from parsers.readers.ruled.struck import with_strokes
from parsers.readers.ruled.turn import Matrix, moved


def blocks(chars: Sequence[Char], drawing: Drawing, page: int, shown: Matrix) -> tuple[Line | Table, ...]:
    """`chars` stand upright, in the order of the file; `shown` leads from their frame to the page."""
    # Smallest first: a character belongs to the innermost table around it.
    tables = [] if drawing.crowded else _tables(drawing)
    inside, outside = _shared(with_strokes(chars, drawing.horizontal), tables)
    placed: list[tuple[float, Line | Table]] = [
        (table.ys[0], filled(table, held, page, shown)) for table, held in zip(tables, inside, strict=True)
    ]
    placed.extend((line.top, _line(line, page, shown)) for line in printed_lines(outside))
    placed.sort(key=lambda block: block[0])
    return tuple(block for _, block in placed)


def _tables(drawing: Drawing) -> list[Frame]:
    ruled = drawing.ruled()
    return frames(ruled.horizontal, ruled.vertical) or boxed_frames(drawing)


def _shared(chars: Sequence[Char], tables: Sequence[Frame]) -> tuple[list[list[Char]], Sequence[Char]]:
    if not tables:
        return [], chars
    boxes = [table.box for table in tables]
    inside: list[list[Char]] = [[] for _ in tables]
    outside: list[Char] = []
    for char in chars:
        _, left, top, right, bottom = char
        x, y = (left + right) / 2, (top + bottom) / 2
        for box, taken in zip(boxes, inside, strict=True):
            if box.left <= x < box.right and box.top <= y < box.bottom:
                taken.append(char)
                break
        else:
            outside.append(char)
    return inside, outside


def _line(line: Printed, page: int, shown: Matrix) -> Line:
    box = Box(line.left, line.top, line.right, line.bottom)
    return Line(line.text, page, moved(box, shown))

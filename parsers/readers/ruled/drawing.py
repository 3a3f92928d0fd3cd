"""What a page draws besides text, and the ruling lines put together from its pieces."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import pairwise
from typing import NamedTuple

from parsers.document import Box

THIN = 4.5
"""Thickest line in points. pdfium widens the bounds of a stroke by its width on either side."""
SHORT = 2.0
_APART = 2.2
_GAP = 3.0
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


def take_box(left: float, top: float, right: float, bottom: float, drawing: Drawing) -> None:
    width, height = right - left, bottom - top
    if width > THIN and height > THIN:
        drawing.filled.append(Box(left, top, right, bottom))
    elif width > max(height, SHORT):
        drawing.horizontal.append(Rule((top + bottom) / 2, left, right))
    elif height > max(width, SHORT):
        drawing.vertical.append(Rule((left + right) / 2, top, bottom))


def take_strokes(points: list[tuple[float, float]], drawing: Drawing) -> None:
    for (x0, y0), (x1, y1) in pairwise(points):
        if abs(y0 - y1) < 1 and abs(x0 - x1) > SHORT:
            drawing.horizontal.append(Rule((y0 + y1) / 2, min(x0, x1), max(x0, x1)))
        elif abs(x0 - x1) < 1 and abs(y0 - y1) > SHORT:
            drawing.vertical.append(Rule((x0 + x1) / 2, min(y0, y1), max(y0, y1)))

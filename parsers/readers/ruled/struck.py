"""Characters with a line through them: struck out, and no longer what they were."""

from bisect import bisect_left, bisect_right
from collections.abc import Sequence

from parsers.readers.ruled.chars import Char
from parsers.readers.ruled.drawing import Rule
from parsers.text.marks import struck

_BAND = (0.42, 0.75)
"""Between which parts of a character's height, from its top, a line goes through it: below lies the line
under it, above the one of the row before, and lines of tables keep clear of both."""


def with_strokes(chars: Sequence[Char], lines: Sequence[Rule]) -> Sequence[Char]:
    if not lines:
        return chars
    ordered = sorted(lines)
    heights = [line.at for line in ordered]
    return [
        char._replace(text=struck(char.text)) if _is_struck(char, heights, ordered) else char
        for char in chars
    ]


def _is_struck(char: Char, heights: Sequence[float], lines: Sequence[Rule]) -> bool:
    _, left, top, right, bottom = char
    height = bottom - top
    low = bisect_left(heights, top + _BAND[0] * height)
    if low == len(heights) or heights[low] > top + _BAND[1] * height:
        return False
    middle = (left + right) / 2
    reaching = lines[low : bisect_right(heights, top + _BAND[1] * height)]
    return any(line.start <= middle <= line.end for line in reaching)

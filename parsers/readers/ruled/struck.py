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
    marked: list[Char] = []
    through: Sequence[Rule] = ()
    level = (0.0, 0.0)
    for char in chars:
        text, left, top, right, bottom = char
        if (top, bottom) != level:  # those of a line of print share it
            level, through = (top, bottom), _through(top, bottom, heights, ordered)
        middle = (left + right) / 2
        is_struck = through and any(line.start <= middle <= line.end for line in through)
        marked.append(char._replace(text=struck(text)) if is_struck else char)
    return marked


def _through(top: float, bottom: float, heights: Sequence[float], lines: Sequence[Rule]) -> Sequence[Rule]:
    height = bottom - top
    low = bisect_left(heights, top + _BAND[0] * height)
    return lines[low : bisect_right(heights, top + _BAND[1] * height)]

"""Characters put together to printed lines: same height, left to right, a space where there is a gap."""

from collections.abc import Sequence
from dataclasses import dataclass

from parsers.readers.ruled.chars import Char
from parsers.text.marks import raised

_SAME_LINE = 0.5
_SAME_PLACE = 0.3
_RAISED = 0.9
"""Part of a number's height below which a digit beside it is the sign of a note."""
_LIFTED = 0.2
"""Part of it by which such a sign of the same size stands higher."""
_GAP_IN_LATIN = 0.12
_GAP = 0.4
"""Parts of a character's height. Han characters set wide, and the quarter that Word leaves between
Han and digits, are no spaces; between two digits the smallest gap must not vanish."""


@dataclass(frozen=True, slots=True)
class Printed:
    """One printed line; `pitch` is the height of its first character."""

    text: str
    left: float
    top: float
    right: float
    bottom: float

    @property
    def pitch(self) -> float:
        return self.bottom - self.top


def printed_lines(chars: Sequence[Char]) -> list[Printed]:
    """The lines from top to bottom."""
    if len(chars) == 1:  # most cells hold a 0
        return [Printed(*chars[0])]
    return [_printed(sorted(line, key=_left)) for line in _levels(chars)]


def adjacent(first: Char, second: Char) -> bool:
    """Does the second stand right behind the first, on its line?"""
    height = first.bottom - first.top
    apart = abs(first.top + first.bottom - second.top - second.bottom) / 2
    return apart < _SAME_PLACE * height and abs(second.left - first.right) < _GAP_IN_LATIN * height


def _levels(chars: Sequence[Char]) -> list[list[Char]]:
    levels: list[list[Char]] = []
    reach = level = 0.0
    for char in sorted(chars, key=_middle):
        _, _, top, _, bottom = char
        middle, height = top + bottom, bottom - top
        if levels and middle - level < _SAME_LINE * 2 * max(height, reach):
            levels[-1].append(char)
        else:
            levels.append([char])
            level, reach = middle, height
    return levels


def _printed(chars: list[Char]) -> Printed:
    last, *others = chars
    texts, base = [last.text], last
    top, bottom = last.top, last.bottom
    number = 0
    for char in others:
        text, left, char_top, _, char_bottom = char
        if text == last.text and left - last.left < _SAME_PLACE * (last.right - last.left):
            continue  # bold faked by printing twice
        spaced = left > last.right and left - last.right > _gap(last, char)
        if spaced:
            texts.append(" ")
        if spaced or not text.isdecimal() or not last.text.isdecimal():
            number, base = len(texts), char
        elif _is_raised(char, base):
            text = raised(text)
        elif _is_raised(base, char):
            texts[number:] = map(raised, texts[number:])
            number, base = len(texts), char
        texts.append(text)
        top, bottom = min(top, char_top), max(bottom, char_bottom)
        last = char
    return Printed("".join(texts), chars[0].left, top, max(char.right for char in chars), bottom)


def _is_raised(char: Char, base: Char) -> bool:
    height = base.bottom - base.top
    return char.bottom - char.top < _RAISED * height or base.bottom - char.bottom > _LIFTED * height


def _gap(last: Char, char: Char) -> float:
    part = _GAP_IN_LATIN if last.text.isascii() and char.text.isascii() else _GAP
    return part * min(last.bottom - last.top, char.bottom - char.top)


def _left(char: Char) -> float:
    return char.left


def _middle(char: Char) -> float:
    return char.top + char.bottom

"""The ruling lines of a sheet, found by what is long and thin, and the sheet without them."""

from dataclasses import dataclass
from typing import NamedTuple

import cv2
import numpy as np

from parsers.readers.ruled.drawing import Rule, joined
from parsers.readers.ruled.frames import Frame, frames
from parsers.readers.scan.paper import Gray, Sheet

_NARROWEST = 150.0
_SHORTEST = (30.0, 15.0)
_BRIDGED = 2.0
_SMOOTHED = 2.2
_THICKEST = 4.0
_SHORT_OF = 2.5
"""In points. A line climbs or bends by some dots on its way and is no thicker for that; on paper
that bulges it ends a little before the line that it meets."""
_INKED = 0.85
"""The part of a line's length that has ink: the feet of digits in a row have gaps between them."""


@dataclass(frozen=True, slots=True)
class Ruled:
    """`lines` is 255 where the rules of tables are printed."""

    tables: tuple[Frame, ...]
    lines: Gray


def ruled(sheet: Sheet) -> Ruled:
    """The tables of a sheet in points, smallest first."""
    across, down = _long(sheet, along=0), _long(sheet, along=1)
    level, upright = _pieces(across, sheet, along=0), _pieces(down, sheet, along=1)
    drawn = frames(joined(piece.rule for piece in level), joined(piece.rule for piece in upright))
    found = tuple(frame for frame in drawn if frame.xs[-1] - frame.xs[0] >= _NARROWEST)
    rows = [(frame.xs, edge) for frame in found for edge in frame.ys]
    columns = [(frame.ys, edge) for frame in found for edge in frame.xs]
    lines: Gray = cv2.bitwise_or(_kept(across, level, rows), _kept(down, upright, columns))
    return Ruled(found, lines)


class Piece(NamedTuple):
    """A line and its number among the connected dots of its direction."""

    rule: Rule
    label: int


def _kept(lines: Gray, pieces: list[Piece], edges: list[tuple[tuple[float, ...], float]]) -> Gray:
    """Only what lies on an edge of a table: the feet of digits in a row make a line, too."""
    count, labels = cv2.connectedComponents(lines)
    wanted = np.zeros(count, np.uint8)
    for piece in pieces:
        at, start, end = piece.rule
        if any(abs(at - edge) < _THICKEST and start < reach[-1] and end > reach[0] for reach, edge in edges):
            wanted[piece.label] = 255
    made: Gray = wanted[labels]
    return made


def _long(sheet: Sheet, along: int) -> Gray:
    """Dots of lines along an axis. Grey is smoothed along it first, which leaves a line of one dot's
    width and takes noise away; the darkest of three rows, for lines that climb."""
    paper = cv2.blur(sheet.gray, _size(_SMOOTHED * sheet.unit, along))
    thin = cv2.erode(paper, np.ones(_size(3, 1 - along)[::-1], np.uint8))
    around = cv2.blur(sheet.gray, _size(_THICKEST * 4 * sheet.unit, 1 - along))
    dark = np.where(thin.astype(np.int16) < around.astype(np.int16) - sheet.contrast, 255, 0).astype(np.uint8)
    whole = cv2.morphologyEx(dark, cv2.MORPH_CLOSE, _line(_BRIDGED * sheet.unit, along))
    made: Gray = cv2.morphologyEx(whole, cv2.MORPH_OPEN, _line(_SHORTEST[along] * sheet.unit, along))
    return made


def _size(length: float, along: int) -> tuple[int, int]:
    """Width and height of a window so long."""
    dots = max(1, round(length))
    return (dots, 1) if along == 0 else (1, dots)


def _line(length: float, along: int) -> Gray:
    width, height = _size(length, along)
    return np.ones((height, width), np.uint8)


def _pieces(lines: Gray, sheet: Sheet, along: int) -> list[Piece]:
    _, _, stats, _ = cv2.connectedComponentsWithStats(lines)
    unit = sheet.unit
    found = []
    for label, (left, top, width, height, area) in enumerate(stats.tolist()):
        length, reach = (width, height) if along == 0 else (height, width)
        if not label or area / length > _THICKEST * unit or reach * 4 > length:
            continue
        inked = sheet.ink[max(0, top - 1) : top + height + 1, max(0, left - 1) : left + width + 1]
        if inked.any(axis=along).mean() < _INKED:
            continue
        at, start = (top + height / 2, left) if along == 0 else (left + width / 2, top)
        rule = Rule(at / unit, start / unit - _SHORT_OF, (start + length) / unit + _SHORT_OF)
        found.append(Piece(rule, label))
    return found

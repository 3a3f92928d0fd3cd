"""What the end of a row says of its cells: their edges, and which are one with a neighbour."""

from collections.abc import Sequence
from dataclasses import dataclass
from struct import unpack_from

from parsers.readers.doc import sprms as of

_CELL_SIZE = 20
_ACROSS, _DOWN, _FIRST_DOWN = 0x0003, 0x0020, 0x0040


@dataclass(frozen=True, slots=True)
class CellShape:
    """`goes_on` is one with the cell to its left, `hangs` with the one above it."""

    left: int
    right: int
    goes_on: bool
    hangs: bool


RowShape = tuple[CellShape, ...]


def row_shape(changes: bytes) -> RowShape | None:
    """None where the row is not defined."""
    edges: Sequence[int] = ()
    flags: list[int] = []
    for code, value in of.sprms(changes):
        if code == of.T_DEFINITION:
            edges = unpack_from(f"<{value[0] + 1}h", value, 1)
            flags = _flags(value, len(edges) - 1)
        elif code in (of.T_MERGE, of.T_SPLIT):
            _merge(flags, value[0], value[1], merged=code == of.T_MERGE)
        elif code == of.T_MERGE_DOWN and value[0] < len(flags):
            flags[value[0]] = flags[value[0]] & _ACROSS | {1: _DOWN, 3: _DOWN | _FIRST_DOWN}.get(value[1], 0)
    return _shape(edges, flags) if len(edges) > 1 else None


def _flags(value: bytes, count: int) -> list[int]:
    """What is left out at the end is not merged."""
    first = 1 + 2 * (count + 1)
    cut = [value[first + _CELL_SIZE * cell :][:2] for cell in range(count)]
    return [unpack_from("<H", two)[0] if len(two) == 2 else 0 for two in cut]


def _merge(flags: list[int], first: int, end: int, *, merged: bool) -> None:
    for cell in range(first, min(end, len(flags))):
        flags[cell] = flags[cell] & ~_ACROSS | ((1 if cell == first else 2) if merged else 0)


def _shape(edges: Sequence[int], flags: Sequence[int]) -> RowShape:
    shapes: list[CellShape] = []
    opening = 0
    for cell, flag in enumerate(flags):
        # Writers differ over which of the two marks opens a merged run and which goes on with it.
        across = flag & _ACROSS
        begins = not across or not opening or across == opening
        opening = (opening or across) if across else 0
        hangs = bool(flag & _DOWN) and not flag & _FIRST_DOWN
        shapes.append(CellShape(edges[cell], edges[cell + 1], not begins, hangs))
    return tuple(shapes)

"""Paragraphs with what matters of their properties: how deep in tables, and what they end."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import groupby
from struct import unpack

from parsers.readers.doc import sprms as of
from parsers.readers.doc.formatting import Runs
from parsers.readers.doc.pieces import Characters
from parsers.readers.doc.rows import RowShape, row_shape
from parsers.text.marks import lowered, raised, struck

_RETURN, _CELL, _PAGE = 0x0D, 0x07, 0x0C
_ENDS = frozenset((_RETURN, _CELL, _PAGE))
_DEEPEST = 8
_FIELD, _RESULT, _FIELD_END = 0x13, 0x14, 0x15
_GIVEN = str.maketrans({0x0B: "\n", 0x0E: "\n", 0x1E: "-"} | dict.fromkeys((*range(9), 31)))
"""Pictures, drawings and marks of notes have characters of their own below the white space."""


@dataclass(frozen=True, slots=True)
class Paragraph:
    """`shape` is what the end of a row says of its cells."""

    text: str
    depth: int = 0
    ends_cell: bool = False
    ends_row: bool = False
    shape: RowShape | None = None


Numbers = Callable[[int, int], str]
"""What is printed before a paragraph, from the use of a list and the level in it."""


@dataclass(frozen=True, slots=True)
class Looks:
    """What the text looks like, where that changes what it says."""

    unseen: Runs
    struck: Runs
    raised: Runs
    lowered: Runs

    def text(self, characters: Characters, chosen: list[int]) -> str:
        if not (self.struck.starts or self.raised.starts or self.lowered.starts):
            return characters.text(chosen)
        runs = groupby(chosen, key=lambda index: self._look(characters.places[index]))
        return "".join(_SHOWN[look](characters.text(list(run))) for look, run in runs)

    def _look(self, place: int) -> str:
        if self.struck.at(place):
            return "struck"
        return "raised" if self.raised.at(place) else "lowered" if self.lowered.at(place) else ""


_SHOWN: dict[str, Callable[[str], str]] = {"": str, "struck": struck, "raised": raised, "lowered": lowered}


def paragraphs(
    characters: Characters, story: range, formatting: Runs, looks: Looks, numbers: Numbers
) -> Iterator[Paragraph]:
    chosen: list[int] = []
    fields: list[bool] = []
    for index in range(story.start, min(story.stop, len(characters.units))):
        unit, place = characters.units[index], characters.places[index]
        if unit in _ENDS:
            yield _paragraph(looks.text(characters, chosen), unit, formatting.at(place), numbers)
            chosen = []
        elif unit == _FIELD:
            fields.append(False)
        elif unit == _RESULT and fields:
            fields[-1] = True
        elif unit == _FIELD_END and fields:
            fields.pop()
        elif all(fields) and not looks.unseen.at(place):
            chosen.append(index)
    if chosen:
        yield Paragraph(looks.text(characters, chosen).translate(_GIVEN))


def _paragraph(raw: str, end: int, changes: bytes, numbers: Numbers) -> Paragraph:
    # The last change of a property is the one that holds.
    said = dict(of.sprms(changes))
    depth = _depth(said)
    text = raw.translate(_GIVEN)
    if of.P_LIST in said and text.strip():
        text = numbers(*_list(said)) + text
    if depth > 1:
        row = _on(said, of.P_INNER_ROW_END)
        return Paragraph(text, depth, _on(said, of.P_INNER_CELL_END) and not row, row, _shape(row, changes))
    if end != _CELL:
        return Paragraph(text, depth)
    row = _on(said, of.P_ROW_END)
    return Paragraph(text, 1, not row, row, _shape(row, changes))


def _depth(said: dict[int, bytes]) -> int:
    if of.P_DEPTH not in said:
        return int(_on(said, of.P_IN_TABLE))
    return max(0, min(int(unpack("<i", said[of.P_DEPTH])[0]), _DEEPEST))


def _list(said: dict[int, bytes]) -> tuple[int, int]:
    return int(unpack("<h", said[of.P_LIST])[0]), said.get(of.P_LEVEL, b"\0")[0]


def _on(said: dict[int, bytes], code: int) -> bool:
    return said.get(code, b"\0") != b"\0"


def _shape(row: bool, changes: bytes) -> RowShape | None:
    return row_shape(changes) if row else None

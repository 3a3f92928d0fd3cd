"""Changes: what differs between a version and the one before it, figure by figure, paragraph by paragraph."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

from archive.figures import Row, number
from parsers.reading import Figure, Reading
from parsers.text.furniture import said

_ALIKE = 0.5
"""Two paragraphs that share more of their pairs of characters are one that was edited."""


@dataclass(frozen=True, slots=True)
class Paragraph:
    """As printed, and what it says: white space, radicals and furniture aside."""

    text: str
    says: str


_MOST = 2_000
"""Pairs of paragraphs looked at for likeness; where more differ at one place, they are two texts."""

Pair = tuple[Paragraph | None, Paragraph | None]


def change_rows(before: Reading, after: Reading) -> Iterator[Row]:
    """What, which part, where in it, and the old and the new status, value and text; in the order of their
    key."""
    yield from _figures(before, after)
    yield from _sections(before, after)


def _figures(before: Reading, after: Reading) -> Iterator[Row]:
    old = {figure.code: figure for figure in before.figures}
    new = {figure.code: figure for figure in after.figures}
    for code in sorted({*old, *new}):
        sides = _side(old.get(code)), _side(new.get(code))
        if sides[0] != sides[1]:
            yield ("figure", code, 1, *sides[0], *sides[1])


def _side(figure: Figure | None) -> Row:
    if figure is None or figure.status == "absent":
        return None, None, None
    return figure.status, number(figure.code, figure.value), figure.text


def _sections(before: Reading, after: Reading) -> Iterator[Row]:
    old, new = _paragraphs(before), _paragraphs(after)
    for section in sorted({*old, *new}):
        differing = _differing(old.get(section, []), new.get(section, []))
        for place, (left, right) in enumerate(differing, 1):
            texts = (side.text if side else None for side in (left, right))
            yield ("paragraph", str(section), place, *(item for text in texts for item in (None, None, text)))


def _paragraphs(reading: Reading) -> dict[int, list[Paragraph]]:
    """By section, its heading the first; a number that is printed twice is one section."""
    found: dict[int, list[Paragraph]] = {}
    for section in reading.sections:
        lines = f"{section.heading}\n{section.text}".splitlines()
        paragraphs = (Paragraph(line.strip(), said(line)) for line in lines)
        found.setdefault(section.number, []).extend(one for one in paragraphs if one.says)
    return found


def _differing(old: Sequence[Paragraph], new: Sequence[Paragraph]) -> Iterator[Pair]:
    matcher = SequenceMatcher(None, [one.says for one in old], [one.says for one in new], autojunk=False)
    for kind, start, end, first, last in matcher.get_opcodes():
        if kind != "equal":
            yield from _paired(old[start:end], new[first:last])


def _paired(old: Sequence[Paragraph], new: Sequence[Paragraph]) -> Iterator[Pair]:
    """The most alike together, what stands before and after them likewise."""
    if 0 < len(old) * len(new) <= _MOST:
        places = ((left, right) for left in range(len(old)) for right in range(len(new)))
        left, right = max(places, key=lambda place: _likeness(old[place[0]], new[place[1]]))
        if _likeness(old[left], new[right]) > _ALIKE:
            yield from _paired(old[:left], new[:right])
            yield old[left], new[right]
            yield from _paired(old[left + 1 :], new[right + 1 :])
            return
    yield from ((one, None) for one in old)
    yield from ((None, one) for one in new)


def _likeness(left: Paragraph, right: Paragraph) -> float:
    one, other = _pairs(left.says), _pairs(right.says)
    return 2 * len(one & other) / (len(one) + len(other))


def _pairs(text: str) -> set[str]:
    return {text[at : at + 2] for at in range(max(1, len(text) - 1))}

"""Changes: what differs between a version and the one before it."""

from collections.abc import Iterator

from archive.figures import Row, number
from parsers.reading import Figure, Reading


def change_rows(before: Reading, after: Reading) -> Iterator[Row]:
    """What, which part, and the old and the new status, value and text; in the order of their key."""
    yield from _figures(before, after)
    yield from _sections(before, after)


def _figures(before: Reading, after: Reading) -> Iterator[Row]:
    old = {figure.code: figure for figure in before.figures}
    new = {figure.code: figure for figure in after.figures}
    for code in sorted({*old, *new}):
        sides = _side(old.get(code)), _side(new.get(code))
        if sides[0] != sides[1]:
            yield ("figure", code, *sides[0], *sides[1])


def _side(figure: Figure | None) -> Row:
    if figure is None or figure.status == "absent":
        return None, None, None
    return figure.status, number(figure.code, figure.value), figure.text


def _sections(before: Reading, after: Reading) -> Iterator[Row]:
    old, new = _texts(before), _texts(after)
    for section in sorted({*old, *new}):
        if old.get(section) != new.get(section):
            yield "section", str(section), None, None, old.get(section), None, None, new.get(section)


def _texts(reading: Reading) -> dict[int, str]:
    """A number that is printed twice is one part, its texts after each other."""
    texts: dict[int, str] = {}
    for section in reading.sections:
        text = f"{section.heading}\n{section.text}"
        texts[section.number] = f"{texts[section.number]}\n{text}" if section.number in texts else text
    return texts

"""A sheet without the rows and columns that its reader does not see."""

from bisect import bisect_left
from collections.abc import Collection

from parsers.readers.sheet.pages import Sheet, Span


def visible(sheet: Sheet, rows: Collection[int], columns: Collection[int]) -> Sheet:
    """What is left moves together. A merged cell shows its text in what is left of it."""
    if not rows and not columns:
        return sheet
    down, across = sorted(rows), sorted(columns)
    texts = {
        _moved(at, down, across): text
        for at, text in sheet.texts.items()
        if at[0] not in rows and at[1] not in columns
    }
    spans = {}
    for at, span in sheet.spans.items():
        left = _left(span, down, across)
        if left.height and left.width:
            spans[left.row, left.column] = left
            texts[left.row, left.column] = sheet.texts.get(at, "")
    return Sheet(texts, spans)


def _moved(at: tuple[int, int], rows: list[int], columns: list[int]) -> tuple[int, int]:
    return at[0] - bisect_left(rows, at[0]), at[1] - bisect_left(columns, at[1])


def _left(span: Span, rows: list[int], columns: list[int]) -> Span:
    top, left = _moved((span.row, span.column), rows, columns)
    bottom, right = _moved((span.row + span.height, span.column + span.width), rows, columns)
    return Span(top, left, bottom - top, right - left)

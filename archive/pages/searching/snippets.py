"""A passage around what was found, all words of the question marked, as printed."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from parsers.text.fold import fold

_BEFORE, _AFTER = 36, 72
"""Characters around the first word."""


@dataclass(frozen=True, slots=True)
class Piece:
    text: str
    marked: bool


def snippet(text: str, words: Sequence[str]) -> tuple[Piece, ...]:
    """From the first place of the first word. Folding keeps offsets: what is marked is what is printed."""
    folded = fold(text)
    at = max(0, folded.find(words[0]))
    first, last = max(0, at - _BEFORE), min(len(text), at + len(words[0]) + _AFTER)
    marked = [False] * (last - first)
    for word in words:
        for start in _places(folded, word, first, last):
            length = min(len(word), last - start)
            marked[start - first : start - first + length] = [True] * length
    pieces = tuple(_pieces(text[first:last], marked))
    return (*_ellipsis(first > 0), *pieces, *_ellipsis(last < len(text)))


def _places(text: str, word: str, first: int, last: int) -> Iterator[int]:
    at = text.find(word, first)
    while 0 <= at < last:
        yield at
        at = text.find(word, at + 1)


def _pieces(text: str, marked: Sequence[bool]) -> Iterator[Piece]:
    start = 0
    for at in range(1, len(text) + 1):
        if at == len(text) or marked[at] != marked[start]:
            yield Piece(text[start:at], marked[start])
            start = at


def _ellipsis(there: bool) -> Iterator[Piece]:
    if there:
        yield Piece("…", marked=False)

"""The pages of formatting: which changes of properties apply to the bytes of the text."""

from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from struct import unpack_from

from parsers.document import Unreadable
from parsers.readers.doc.fib import Binary
from parsers.readers.doc.sprms import (
    C_DELETED,
    C_HIDDEN,
    C_RAISED,
    C_STRUCK,
    C_STRUCK_TWICE,
    C_STYLE,
    P_HUGE,
    sprms,
)
from parsers.readers.doc.styles import LOWERED, SET, sets_one, with_one

_CHARACTER_PAGES, _PARAGRAPH_PAGES = 12, 13
_PAGE = 512


@dataclass(frozen=True, slots=True)
class Runs:
    """Stretches of the stream in order, each with its changes."""

    starts: tuple[int, ...]
    ends: tuple[int, ...]
    changes: tuple[bytes, ...]

    def at(self, place: int) -> bytes:
        index = bisect_right(self.starts, place) - 1
        return self.changes[index] if index >= 0 and place < self.ends[index] else b""


def paragraph_runs(binary: Binary) -> Runs:
    found = (
        (start, end, _style_cut(changes)) for start, end, changes in _stretches(binary, _PARAGRAPH_PAGES, 13)
    )
    return _runs((start, end, _with_huge(binary, changes)) for start, end, changes in found)


def unseen_runs(binary: Binary) -> Runs:
    """Text that is hidden, or deleted and not yet accepted as deleted."""
    return _with_one(binary, (C_DELETED, C_HIDDEN))


def struck_runs(binary: Binary) -> Runs:
    return _with_one(binary, (C_STRUCK, C_STRUCK_TWICE))


def raised_runs(binary: Binary) -> Runs:
    return _with_one(binary, (C_RAISED,))


def lowered_runs(binary: Binary) -> Runs:
    return _with_one(binary, (C_RAISED,), LOWERED)


def _with_one(binary: Binary, codes: tuple[int, ...], to: bytes = SET) -> Runs:
    """Where one of these properties of characters is set, or has another value."""
    styles = with_one(binary, codes, to)
    found = _stretches(binary, _CHARACTER_PAGES, 1)
    return _runs(one for one in found if sets_one(one[2], codes, to) or (styles and _style(one[2]) in styles))


def _style(changes: bytes) -> int | None:
    named = (unpack_from("<H", value)[0] for code, value in sprms(changes) if code == C_STYLE)
    return next(named, None)


def _runs(found: Iterator[tuple[int, int, bytes]]) -> Runs:
    stretches = sorted(found)
    return Runs(
        tuple(start for start, _, _ in stretches),
        tuple(end for _, end, _ in stretches),
        tuple(changes for _, _, changes in stretches),
    )


def _stretches(binary: Binary, part: int, width: int) -> Iterator[tuple[int, int, bytes]]:
    """`width` is what an entry of a page takes: the place of its changes, and heights of lines."""
    index = binary.part(part)
    count = (len(index) - 4) // 8
    if count * _PAGE > len(binary.word):
        raise Unreadable(
            "damaged", "The Word file lists more formatting than it holds; save it again in Word."
        )
    for (number,) in (unpack_from("<I", index, 4 * (count + 1) + 4 * at) for at in range(max(count, 0))):
        page = binary.word[number * _PAGE : (number + 1) * _PAGE]
        entries = page[-1]
        bounds = unpack_from(f"<{entries + 1}I", page)
        for entry in range(entries):
            place = 2 * page[4 * (entries + 1) + width * entry]
            yield bounds[entry], bounds[entry + 1], _changes(page, place, long=width > 1) if place else b""


def _changes(page: bytes, place: int, *, long: bool) -> bytes:
    """Paragraphs count their bytes in pairs, and twice where the first count is nought."""
    size = page[place]
    if not long:
        return page[place + 1 : place + 1 + size]
    if size:
        return page[place + 1 : place + 2 * size]
    return page[place + 2 : place + 2 + 2 * page[place + 1]]


def _style_cut(changes: bytes) -> bytes:
    """Without the number of the style before them."""
    return changes[2:]


def _with_huge(binary: Binary, changes: bytes) -> bytes:
    """A wide row needs more bytes than a page has: they stand in the data stream."""
    for code, value in sprms(changes):
        if code in P_HUGE:
            (place,) = unpack_from("<I", value)
            (size,) = unpack_from("<H", binary.data, place)
            return changes + binary.data[place + 2 : place + 2 + size]
    return changes

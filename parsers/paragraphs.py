"""Lines put together again to the paragraphs they were broken from.

A line that the layout broke ends where its column ends, and the next goes on at the left edge. A break
that a person made stays. So a search finds a word that a page happens to cut in two.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from parsers.document import Line
from parsers.text.fold import fold

ENDING = re.compile(r"[。;:!?.]$")
BEGINNING = re.compile(
    r"^(?:\s|[（(]?[一二三四五六七八九十\d]{1,3}[)）、.．]|第[一二三四五六七八九十\d]+[条项]|[-•●])"
)
PAGE_NUMBER = re.compile(r"^\s*(?:[-—–·]*\s*\d{1,3}\s*[-—–·]*|第\s*\d{1,3}\s*页.{0,10})\s*$")
WORD_EDGE = re.compile(r"[A-Za-z][0-9A-Za-z]$|[0-9][A-Za-z]$")
SLACK = 2.0
"""Characters by which a full line may stay short of its column: a mark may not begin the next one."""
FULL, LEAST = 0.85, 24
"""Without a layout a line counts as broken at this part of the widest lines, if those are as wide as text."""


@dataclass(frozen=True, slots=True)
class Layout:
    """How a document breaks its lines: the column's edges on a page; without one, what the widest lines
    measure, 0 where no line was broken."""

    left: float
    right: float
    widest: int


def layout_of(lines: Sequence[Line], *, wrapped: bool) -> Layout:
    """`wrapped` says that lines without a place on a page may have been broken too, as those of a text
    file are and those of a web page are not."""
    long = [line.box for line in lines if line.box and len(line.text) >= LEAST // 2]
    lengths = sorted(len(line.text.strip()) for line in lines) if wrapped else []
    widest = lengths[-len(lengths) // 10 or -1] if lengths else 0
    return Layout(
        left=min((box.left for box in long), default=0.0),
        right=max((box.right for box in long), default=float("inf")),
        widest=widest if widest >= LEAST else 0,
    )


def paragraphs(lines: Sequence[Line], layout: Layout) -> list[str]:
    """The text of the lines, one string a paragraph, without the numbers of pages."""
    found: list[str] = []
    kept = [line for line, below in zip(lines, [*lines[1:], None], strict=False) if not _numbers(line, below)]
    for above, line in zip([None, *kept], kept, strict=False):
        if above and (_goes_on(above, line, layout) or _runs_on(above, line, layout)):
            found[-1] = _joined(found[-1], line.text)
        else:
            found.append(line.text)
    return found


def _numbers(line: Line, below: Line | None) -> bool:
    """Is this the number at the foot of a page?"""
    last = line.page is not None and (below is None or below.page != line.page)
    return last and bool(PAGE_NUMBER.match(line.text))


def _joined(above: str, below: str) -> str:
    """A number broken by the end of a line is whole again; Latin words are two, as they were."""
    space = " " if WORD_EDGE.search(above.rstrip() + below[:1]) else ""
    return f"{above.rstrip()}{space}{below.strip()}"


def _goes_on(above: Line, below: Line, layout: Layout) -> bool:
    """Does the layout say that these are one paragraph: a full line, and one that is not indented?"""
    if not (above.box and below.box) or BEGINNING.match(below.text):
        return False
    size = max(above.box.bottom - above.box.top, 1.0)
    follows = below.page != above.page or below.box.top - above.box.bottom < 2 * size
    full = above.box.right >= layout.right - SLACK * size
    return follows and full and below.box.left <= layout.left + size


def _runs_on(above: Line, below: Line, layout: Layout) -> bool:
    if above.box or not layout.widest or BEGINNING.match(below.text):
        return False
    return len(above.text.strip()) >= FULL * layout.widest and not ENDING.search(fold(above.text).rstrip())

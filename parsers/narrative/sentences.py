"""The sentences of a report's sections. A line of a section is a paragraph."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from parsers.reading import Section
from parsers.text.fold import fold

ENDS = re.compile(r"[。!?]")
COUNTED = re.compile(
    r"[\d零〇一二两三四五六七八九十百千万亿余多\u2f00-\u2fd5]\s*[件条份宗起个次例项篇期则人户名家部元万亿%％\u2f00-\u2fd5]"
    r"|未|没有|无|\u2f46|粉丝|关注|阅读|浏览|点击|访问"
)
"""Signs that a paragraph may count something; rows of a table in running text have none. Radicals stand
for ideographs here, ⼈ and ⽆ among them."""


@dataclass(frozen=True, slots=True)
class Sentence:
    """`text` as printed; `bare` folded and without white space, for matching, as are the heading and
    the paragraph it stands in, its `context`."""

    section: int
    text: str
    bare: str
    context: str


def sentences(sections: Sequence[Section]) -> Iterator[Sentence]:
    """Those that could say a number."""
    for section in sections:
        for paragraph in section.text.splitlines():
            if not COUNTED.search(paragraph):
                continue
            folded = fold(paragraph)
            context = _bare(fold(section.heading)) + _bare(folded)
            for start, stop in _split(folded):
                yield Sentence(
                    section.number, paragraph[start:stop].strip(), _bare(folded[start:stop]), context
                )


def _bare(text: str) -> str:
    return "".join(text.split())


def _split(folded: str) -> Iterator[tuple[int, int]]:
    start = 0
    for end in ENDS.finditer(folded):
        yield start, end.end()
        start = end.end()
    if start < len(folded):
        yield start, len(folded)

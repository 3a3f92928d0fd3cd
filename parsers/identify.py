"""Whose report this is, for which year, and over what it speaks: from the document, then its context."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from parsers.document import Document, Line
from parsers.reading import Finding, Publisher, Reading, Scope
from parsers.sections import HEADING
from parsers.text.fold import fold, unified
from parsers.text.titles import Title, report_title
from parsers.text.years import date_of, period_year, usual_year

TITLE_LINES = 60
"""A title stands near the top, but menus and, in some reports, the first heading stand above it."""
TITLE_LENGTH = 80

AGGREGATE = re.compile(
    r"[^。；;\n]*(?:汇总|(?:全|各)[县区市旗](?:各|行政机关|政府系统|共)|(?:所属|各)(?:单位|部门)[^。；;\n]*统计)[^。；;\n]*"
)
OWN = re.compile(
    r"[^。；;\n]*(?:本机关|本单位|本级机关|我[办局委所厅中心]{1,2}|本[局办])(?!.*汇总)[^。；;\n]*"
)


@dataclass(frozen=True, slots=True)
class Heading:
    title: str | None
    body: str | None
    year: int | None
    published: str | None
    findings: tuple[Finding, ...]


def heading(document: Document, text: str) -> Heading:
    """What the document says of itself. `text` is all its running text."""
    title = _title(document)
    said = period_year(text)
    published = date_of(document.published or "")
    year = _year(title.year if title else None, said, published) or usual_year(text)
    body = unified((title.body if title else None) or document.source or "") or None
    return Heading(title.text if title else None, body, year, published, tuple(_year_conflict(title, said)))


def _year_settled(reading: Reading, published: str | None) -> int | None:
    """Where title and text disagree, the day it was listed decides."""
    for finding in reading.findings:
        if finding.rule == "year.conflict" and isinstance(finding.right, int):
            return _year(reading.year, finding.right, reading.published or published)
    return reading.year


def scope(text: str) -> Scope:
    """Whether the figures sum up a whole county or are the office's own, as far as the text says."""
    folded = fold(text)
    if AGGREGATE.search(folded):
        return "aggregate"
    return "own" if OWN.search(folded) else "unstated"


def in_context(
    reading: Reading,
    *,
    listed_title: str | None = None,
    division: str | None = None,
    body_name: str | None = None,
    published: str | None = None,
) -> Reading:
    """The reading with what the portal proves about it: the place, and, where the document itself
    is silent, the body, the year and the date it was listed under."""
    listed = report_title(listed_title) if listed_title else None
    own = reading.publisher
    name = own.name or body_name or (listed.body if listed else None)
    year = _year_settled(reading, published) or (listed.year if listed else None)
    return replace(
        reading,
        publisher=Publisher(name, own.division or division),
        title=reading.title or (listed.text if listed else None),
        year=year,
        published=reading.published or published,
    )


def _year(titled: int | None, said: int | None, published: str | None) -> int | None:
    """The title's year, unless the text says another and was published in the year after that one."""
    if titled and said and titled != said and published and int(published[:4]) == said + 1:
        return said
    return titled or said


def _title(document: Document) -> Title | None:
    """The fullest title that is printed near the top, or in what the file says of itself."""
    lines = [block.text for block in document.blocks if isinstance(block, Line)][:TITLE_LINES]
    found = list(_titles(lines))
    if document.title:
        found.append(report_title(document.title))
    titles = [title for title in found if title]
    return max(titles, key=_fullness, default=None)


def _titles(lines: Sequence[str]) -> Iterator[Title | None]:
    for first, second in zip(lines, [*lines[1:], ""], strict=True):
        if len(first) > TITLE_LENGTH or fold(first).rstrip().endswith(("。", ";", ",")):
            continue
        whole = report_title(first)
        yield whole
        if whole is None and len(second) <= TITLE_LENGTH and _continues(first, second):
            yield report_title(first + second)


def _continues(first: str, second: str) -> bool:
    """Is the second line the rest of a title broken in two? Not where it is a title by itself, nor
    behind a section's heading, over which some reports print their title."""
    rest = report_title(second)
    ends = "".join(fold(second).split()).endswith(("报告", "年报"))
    return ends and not HEADING.match(fold(first).strip()) and not (rest and rest.body)


def _fullness(title: Title) -> tuple[bool, bool]:
    return title.body is not None, title.year is not None


def _year_conflict(title: Title | None, said: int | None) -> Iterator[Finding]:
    if title and title.year and said and title.year != said:
        says = f"The title says {title.year}, the text says it covers 1 January to 31 December {said}."
        yield Finding("year.conflict", "warning", "publisher", says, left=title.year, right=said)

"""Whose report this is, for which year, and over what it speaks: from the document, then its context."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from parsers.document import Document, Line
from parsers.reading import Finding, Publisher, Reading, Scope
from parsers.register.evidence import Evidence
from parsers.register.resolve import known, publisher_division, resolve
from parsers.sections import HEADING
from parsers.text.fold import fold, folded_whole, unified
from parsers.text.titles import Title, report_title
from parsers.text.years import date_of, period_year, usual_year

TITLE_LINES = 60
"""A title stands near the top, but menus and, in some reports, the first heading stand above it."""
TITLE_LENGTH = 80

AGGREGATE = re.compile(
    r"(?:报告|年报|数据|统计|数字|表中)[^。;\n]{0,40}汇总"
    r"|(?:汇总|综合)[^。;\n]{0,60}编制|汇总[^。;\n]{0,30}(?:数据|上报|报送|编写|而成)"
    r"|[全各][县区市旗](?:各|行政机关|政府系统|共)|(?:所属|各)(?:单位|部门)[^。;\n]*统计"
)
OWN = re.compile(r"本机关|本单位|本级机关|我[办局委所厅中心]{1,2}|本[局办]")
LABELLED = re.compile(r"[:|]")
SENTENCE_END = re.compile(r"[。;!?\n]")


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


def scope(text: str) -> tuple[Scope, str | None]:
    """Whether the figures sum up a whole county or are the office's own, as far as the text says,
    and the sentence that says so."""
    folded = folded_whole(text)
    if said := AGGREGATE.search(folded):
        return "aggregate", _sentence(text, folded, said)
    said = OWN.search(folded)
    return ("own", _sentence(text, folded, said)) if said else ("unstated", None)


def _sentence(text: str, folded: str, said: re.Match[str]) -> str:
    start = max((folded.rfind(end, 0, said.start()) for end in "。;!?\n"), default=-1) + 1
    stop = SENTENCE_END.search(folded, said.end())
    return text[start : stop.end() if stop else None].strip()


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
    evidence = Evidence(listed_title, name, column=body_name, portal=division, year=year)
    return replace(
        reading,
        publisher=Publisher(name, own.division or publisher_division(evidence)),
        title=reading.title or (listed.text if listed else None),
        year=year,
        published=reading.published or published,
        findings=(*reading.findings, *_whose(evidence)),
    )


def _whose(evidence: Evidence) -> Iterator[Finding]:
    """What a person must decide, on a portal whose division is known."""
    found = resolve(evidence)
    if found.body or not evidence.portal or not known(evidence.portal):
        return
    rule = "publisher.conflict" if found.conflict else "publisher.unresolved"
    named = "、".join(f"{one.place} {one.body}" for one in found.candidates[:5])
    says = f"Whose report it is is not certain: {found.conflict or f'to be decided by {found.decides}'}."
    yield Finding(rule, "warning", "undecided", f"{says} Candidates: {named}." if named else says)


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
    for first, second in zip(lines, [*lines[1:], ""], strict=False):
        if "公" not in first + second:  # most lines are no part of a title
            continue
        if len(first) > TITLE_LENGTH or fold(first).rstrip().endswith(("。", ";", ",")):
            continue
        whole = report_title(first)
        yield whole
        if whole is None and len(second) <= TITLE_LENGTH and _continues(first, second):
            yield report_title(first + second)


def _continues(first: str, second: str) -> bool:
    """Is the second line the rest of a title broken in two? Not where it is a title by itself, nor behind
    labels of the page, or a section's heading, over which some reports print their title."""
    if LABELLED.search(fold(first)) or not "".join(fold(second).split()).endswith(("报告", "年报")):
        return False
    rest = report_title(second)
    return not HEADING.match(fold(first).strip()) and not (rest and rest.body)


def _fullness(title: Title) -> tuple[bool, bool]:
    return title.body is not None, title.year is not None


def _year_conflict(title: Title | None, said: int | None) -> Iterator[Finding]:
    if title and title.year and said and title.year != said:
        says = f"The title says {title.year}, the text says it covers 1 January to 31 December {said}."
        yield Finding("year.conflict", "warning", "publisher", says, left=title.year, right=said)

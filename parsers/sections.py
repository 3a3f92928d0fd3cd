"""The sections of a report: the six statutory ones by their titles, or those a free report numbers."""

import re
from collections.abc import Sequence, Set
from functools import cache

from parsers.document import Document, Line
from parsers.form import Form, forms
from parsers.paragraphs import layout_of, paragraphs
from parsers.reading import Finding, Section
from parsers.text.fold import fold
from parsers.text.labels import key, slips

NUMERALS = "一二三四五六七八九十"
HEADING = re.compile(rf"^[（(]?([{NUMERALS}]{{1,3}})[）)]?[、.．:：\s]\s*(\S.*)$")
NUMBERED = re.compile(rf"([{NUMERALS}])[、.．]")
LONGEST = 40
"""The longest statutory title has 28 characters; a longer line that begins 一、 is a paragraph."""


def sections(document: Document, form: Form | None, title: str | None) -> tuple[Section, ...]:
    """What is printed before the first heading, but for the title itself, is section 0."""
    lines = [block for block in document.blocks if isinstance(block, Line)]
    headings = _statutory(lines, form) if form and form.sections else _numbered(lines)
    marks = sorted(headings.items())
    found = []
    layout = layout_of(lines, wrapped=document.media_type == "text/plain")
    before = lines[: marks[0][0] if marks else None]
    named = key(title or "")
    intro = [line for line in before if title is None or key(line.text) not in named]
    text = "\n".join(paragraphs(intro, layout)).strip()
    if text:
        found.append(Section(0, "", text))
    ends = [*(start for start, _ in marks[1:]), len(lines)]
    for (start, number), stop in zip(marks, ends, strict=False):
        body = "\n".join(paragraphs(lines[start + 1 : stop], layout))
        found.append(Section(number, lines[start].text.strip(), body.strip()))
    return tuple(found)


def section_findings(found: Sequence[Section], form: Form | None) -> tuple[Finding, ...]:
    """Statutory sections that are missing, or bear another number than the law gives them."""
    if form is None:
        return ()
    present = {section.number: section for section in found if section.number}
    findings = []
    for number, title in enumerate(form.sections, 1):
        section = present.get(number)
        if section is None:
            says = f"Section {number} ({title}) is not in the report."
            findings.append(Finding("sections.missing", "warning", "publisher", says))
        elif numeral(section.heading) not in (None, NUMERALS[number - 1]):
            says = f"Section {number} ({title}) is printed with another number: “{section.heading}”"
            findings.append(Finding("sections.number", "note", "publisher", says))
    return tuple(findings)


def _statutory(lines: Sequence[Line], form: Form) -> dict[int, int]:
    """Line numbers to section numbers: the first line of each title, in rising order."""
    titles = _titles(form)
    headings: dict[int, int] = {}
    wanted = 0
    for index, line in enumerate(lines):
        heading = HEADING.match(fold(line.text).strip()) if len(line.text) <= LONGEST else None
        if not heading:
            continue
        number = _title_number(heading[1], key(heading[2]), titles, wanted)
        if number is not None:
            headings[index] = number + 1
            wanted = number + 1
    return headings


@cache
def _titles(form: Form) -> list[set[str]]:
    """The wordings of each section's title, those of other generations too."""
    return [
        {key(other.sections[number]) for other in forms() if other.sections}
        for number in range(len(form.sections))
    ]


def _title_number(numeral: str, printed: str, titles: Sequence[Set[str]], wanted: int) -> int | None:
    """Which of the titles from `wanted` on this is; the nearest one where a slip fits two. A title
    counts as any form words it: reports put the old words over the new tables. Behind its own
    number it may be worded more freely: 五、存在的主要问题及整改措施."""
    fits = [
        (distance, number)
        for number, wordings in enumerate(titles[wanted:], wanted)
        for title in wordings
        if len(printed) <= len(title) * 1.5
        and (distance := slips(title, printed)) is not None
        and (distance <= len(title) // 5 or numeral == NUMERALS[number])
    ]
    return min(fits)[1] if fits else None


def _numbered(lines: Sequence[Line]) -> dict[int, int]:
    """The headings 一、二、… of a free report, as long as they go on counting."""
    headings: dict[int, int] = {}
    for index, line in enumerate(lines):
        printed = numeral(line.text)
        if printed and NUMERALS.index(printed) == len(headings) and len(line.text) <= LONGEST:
            headings[index] = len(headings) + 1
    return headings


def numeral(text: str) -> str | None:
    """The number that a line begins with as a heading does, 一、 to 十、."""
    match = NUMBERED.match(fold(text.lstrip()[:2]))
    return match[1] if match else None

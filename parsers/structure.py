"""What is wrong with a report as a whole: its form, its sections, whose words it has, what it leaves out.

Each rule is a generator over what was seen; they are listed at the foot.
"""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from parsers.form import Form
from parsers.identify import Heading
from parsers.reading import Figure, Finding, Scope, Section
from parsers.sections import LONGEST, NUMERALS, numeral
from parsers.text.bodies import kind_of, same_body
from parsers.text.fold import bare_whole, fold, folded_whole
from parsers.text.labels import key
from parsers.text.years import YEAR

FIRST_TABLES = 2014
FEES_SINCE = 2021
"""国办函〔2020〕109号 is in force from 1 January 2021: what was charged belongs into the report."""
FEES = re.compile(r"信息处理费|收取[^。]{0,20}费|收费[^。]{0,6}(?:情况|为0|0元|减免)")
COUNTY_GOVERNMENT = re.compile(r"[省市县区旗州盟]人民政府$")
OWN_UNIT = re.compile(r"\d\s*(?:万元|元|件|条|个|宗|项|人|次|起)\s*$")
QUOTED = re.compile(r"《[^》]*》|<[^>]*>")
TITLE_WORDS = re.compile(rf"(?<=[\u4e00-\u9fff]){YEAR}年度?(?:政府|政务)信息公开")
NAME = re.compile(r"[\u4e00-\u9fff]{2,24}$")
AUTHORS = ("机关:", "单位:", "本报告由")
AUTHOR = re.compile(r"(?:(?:编制|填报)(?:机关|单位):|本报告由)([\u4e00-\u9fff]{2,24}?)(?:编制|[\s。,;)]|$)")
ROWS_OF_TABLE_THREE = ("一本年新收", "二上年结转", "三本年度办", "四结转下年")


@dataclass(frozen=True, slots=True)
class Seen:
    """`text` is all running text as printed."""

    form: Form | None
    heading: Heading
    sections: Sequence[Section]
    figures: Mapping[str, Figure]
    text: str
    scope: Scope
    disclosure: Form | None = None
    """The generation of table two."""


def structure_findings(seen: Seen) -> tuple[Finding, ...]:
    return tuple(finding for rule in RULES for finding in rule(seen))


def form_of_another_year(seen: Seen) -> Iterator[Finding]:
    """Not where title and text name two years: which of them is meant is another finding's matter."""
    form, year = seen.form, seen.heading.year
    if form is None or year is None or seen.heading.findings:
        return
    if year < form.first_year or (form.last_year is not None and year > form.last_year):
        until = f"to {form.last_year}" if form.last_year else "on"
        says = f"The report is for {year} in the form of {form.issued}, used from {form.first_year} {until}."
        yield Finding("form.year", "warning", "publisher", says, left=year, right=form.first_year)


def mixed_generations(seen: Seen) -> Iterator[Finding]:
    if seen.form and seen.disclosure and seen.form.id != seen.disclosure.id:
        says = f"Table two is that of {seen.disclosure.issued}, the others are of {seen.form.issued}."
        codes = tuple(code for code in seen.disclosure.codes() if code.startswith("disclosure."))
        yield Finding("form.mixed", "warning", "publisher", says, codes)


def no_table(seen: Seen) -> Iterator[Finding]:
    year = seen.heading.year
    if seen.form is None and year is not None and year >= FIRST_TABLES:
        says = (
            f"A report for {year} has statutory tables, and this document has none:"
            " look for an attachment or for tables kept as images."
        )
        yield Finding("form.none", "warning", "undecided", says)


def extra_sections(seen: Seen) -> Iterator[Finding]:
    """Headings numbered on behind a section's own number, such as 七、 after the sixth."""
    for section, headings in _inner_headings(seen):
        if numeral(headings[0]) != NUMERALS[0]:
            says = (
                f"A section that the form does not have stands in section {section.number}: “{headings[0]}”"
            )
            yield Finding("sections.extra", "note", "publisher", says)


def restarted_numbers(seen: Seen) -> Iterator[Finding]:
    for section, headings in _inner_headings(seen):
        if [numeral(heading) for heading in headings[:2]] == list(NUMERALS[:2]):
            says = (
                f"The numbers 一、二、… begin again inside section {section.number},"
                f" from “{headings[0]}” on: these are no statutory sections."
            )
            yield Finding("sections.restarted", "note", "publisher", says)


def _inner_headings(seen: Seen) -> Iterator[tuple[Section, list[str]]]:
    if seen.form is None or not seen.form.sections:
        return
    for section in seen.sections:
        lines = [line.strip() for line in section.text.splitlines()] if section.number else []
        headings = [line for line in lines if len(line) <= LONGEST and _is_heading(line)]
        if headings:
            yield section, headings


def _is_heading(line: str) -> bool:
    return numeral(line) is not None and not line.endswith("。") and key(line)[:5] not in ROWS_OF_TABLE_THREE


def name_of_another(seen: Seen) -> Iterator[Finding]:
    """The text calls itself the report of another body of the same kind: copied, and not corrected."""
    own = seen.heading.body
    if own is None or kind_of(own) is None:
        return
    folded = QUOTED.sub("", "\n".join("".join(line.split()) for line in folded_whole(seen.text).splitlines()))
    before = [
        NAME.search(folded[max(0, at.start() - 24) : at.start()]) for at in TITLE_WORDS.finditer(folded)
    ]
    said = [name[0] for name in before if name]
    if any(mark in folded for mark in AUTHORS):
        said += [match[1] for match in AUTHOR.finditer(folded)]
    for name in dict.fromkeys(said):
        if kind_of(name) == kind_of(own) and not same_body(fold(own), name):
            says = f"The report is of {own}, and its text names another body as its own: “{name}”"
            yield Finding("name.other", "warning", "publisher", says)


def own_units(seen: Seen) -> Iterator[Finding]:
    texts = [(figure, figure.text) for figure in seen.figures.values() if figure.text]
    carrying = [figure for figure, text in texts if not text.isdecimal() and OWN_UNIT.search(fold(text))]
    if carrying:
        says = f"{len(carrying)} cells carry a unit of their own, the first “{carrying[0].text}”."
        yield Finding("cells.unit", "note", "publisher", says, tuple(figure.code for figure in carrying))


def fees_unstated(seen: Seen) -> Iterator[Finding]:
    year = seen.heading.year
    if seen.form is None or year is None or year < FEES_SINCE or not seen.form.sections:
        return
    if not FEES.search(bare_whole(seen.text)):
        says = f"The report for {year} does not say what was charged as 信息处理费; from 2021 on it has to."
        yield Finding("fees.unstated", "note", "publisher", says)


def disputes_without_requests(seen: Seen) -> Iterator[Finding]:
    requests = [figure for code, figure in seen.figures.items() if code.startswith("requests.")]
    if not requests or any(figure.status != "read" or figure.value != 0 for figure in requests):
        return
    disputes = [
        figure
        for code, figure in seen.figures.items()
        if code.startswith("disputes.") and code.endswith(".total") and figure.value
    ]
    if not disputes:
        return
    number = sum(int(figure.value or 0) for figure in disputes)
    says = f"Table three is all zeros beside {number} disputes in table four: were requests left out?"
    codes = tuple(figure.code for figure in disputes)
    yield Finding("requests.none_with_disputes", "warning", "publisher", says, codes, 0, number)


def scope_unstated(seen: Seen) -> Iterator[Finding]:
    if seen.form and seen.scope == "unstated" and COUNTY_GOVERNMENT.search(seen.heading.body or ""):
        says = "It does not say whether its figures are of the whole area or of the government's own office."
        yield Finding("scope.unstated", "note", "publisher", says)


Rule = Callable[[Seen], Iterator[Finding]]

RULES: tuple[Rule, ...] = (
    form_of_another_year,
    mixed_generations,
    no_table,
    extra_sections,
    restarted_numbers,
    name_of_another,
    own_units,
    fees_unstated,
    disputes_without_requests,
    scope_unstated,
)

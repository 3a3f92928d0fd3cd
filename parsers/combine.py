"""A report in several documents, put together to one reading by a stated precedence.

The main document comes first. Figures come table by table, each table whole, from the first document
that holds any of it; sections, with what they say, from the document that has most of them.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from parsers.narrative import Report, contradictions
from parsers.narrative.contradictions import RULE as CONTRADICTION
from parsers.reading import Figure, Finding, Reading

_OF_SECTIONS = ("sections.", "fees.", "name.", "scope.", "form.none")
_OF_MAIN = ("year.", "form.year")
_COUNT = re.compile(r"^[0-9]+")


@dataclass(frozen=True, slots=True)
class Shares:
    """Which document each part of the report is taken from."""

    main: Reading
    narrative: Reading
    tables: Mapping[str, Reading]

    def held(self, reading: Reading) -> frozenset[str]:
        return frozenset(table for table, holder in self.tables.items() if holder is reading)


def combined(readings: Sequence[Reading]) -> Reading:
    """`readings` are of one report, the main one first. Whose document a figure is printed in stands in
    its place where it is not the main one. Documents that disagree are a finding."""
    main = readings[0]
    if len(readings) == 1:
        return main
    shares = _shares(readings)
    tables = shares.tables.items()
    figures = tuple(figure for table, holder in tables for figure in _figures(table, holder, main))
    stated = next((r for r in readings if r.scope != "unstated"), main)
    whole = replace(
        main,
        form=_first(r.form for r in (*shares.tables.values(), *readings) if r.form != "free") or main.form,
        title=_first(r.title for r in readings),
        published=_first(r.published for r in readings),
        sections=shares.narrative.sections,
        claims=shares.narrative.claims,
        figures=figures,
        unplaced=tuple(u for r in readings for u in r.unplaced if _table_of_row(u.row, r) in shares.held(r)),
        scope=stated.scope,
        scope_says=stated.scope_says,
        unchecked=tuple(u for r in readings for u in r.unchecked if _table(u) in shares.held(r)),
        findings=(),
    )
    return replace(whole, findings=(*_findings(readings, shares, whole), *_conflicts(readings, figures)))


def _shares(readings: Sequence[Reading]) -> Shares:
    narrative = max(readings, key=lambda r: len({s.number for s in r.sections if s.number}))
    named = dict.fromkeys(_table(figure.code) for reading in readings for figure in reading.figures)
    return Shares(readings[0], narrative, {table: _holder(table, readings) for table in named})


def _holder(table: str, readings: Sequence[Reading]) -> Reading:
    """Where no document holds any of it, the first whose form has it."""
    having = [r for r in readings if any(_table(figure.code) == table for figure in r.figures)]
    printed = (r for r in having if any(f.status != "absent" for f in r.figures if _table(f.code) == table))
    return next(printed, having[0])


def _figures(table: str, holder: Reading, main: Reading) -> Iterator[Figure]:
    for figure in holder.figures:
        if _table(figure.code) == table:
            away = holder is not main and figure.status != "absent"
            yield replace(figure, place=replace(figure.place, document=holder.sha256)) if away else figure


def _findings(readings: Sequence[Reading], shares: Shares, whole: Reading) -> Iterator[Finding]:
    for reading in readings:
        for finding in reading.findings:
            if finding.rule != CONTRADICTION:
                yield from _kept(finding, reading, shares, solved=_solved(whole))
    # The sentences may stand in one document and the tables in another.
    report = Report(whole.form or "free", whole.year, whole.scope)
    figures = {figure.code: figure for figure in whole.figures}
    damaged = any(figure.status == "unreadable" for figure in whole.figures)
    yield from contradictions(whole.claims, figures, report, damaged=damaged)


def _solved(whole: Reading) -> tuple[str, ...]:
    """What one document lacked and another has."""
    scope = ("scope.unstated",) if whole.scope != "unstated" else ()
    return (*scope, "form.none") if whole.figures else scope


def _kept(
    finding: Finding, reading: Reading, shares: Shares, *, solved: tuple[str, ...]
) -> Iterator[Finding]:
    """A finding as far as it is about what was taken from its document."""
    held = shares.held(reading)
    codes = tuple(code for code in finding.codes if _table(code) in held)
    if finding.rule.startswith("figures.") and codes:
        yield replace(finding, codes=codes, says=_COUNT.sub(str(len(codes)), finding.says))
    elif finding.codes:
        if codes == finding.codes:
            yield finding
    elif finding.rule.startswith(_OF_SECTIONS):
        if reading is shares.narrative and finding.rule not in solved:
            yield finding
    elif finding.rule.startswith(_OF_MAIN):
        if reading is shares.main:
            yield finding
    elif held or reading is shares.narrative:
        yield finding


def _conflicts(readings: Sequence[Reading], figures: Sequence[Figure]) -> Iterator[Finding]:
    taken = {figure.code: figure.value for figure in figures if figure.status == "read"}
    for reading in readings:
        values = ((f.code, f.value) for f in reading.figures if f.status == "read" and f.code in taken)
        codes = tuple(code for code, value in values if value != taken[code])
        if codes:
            says = f"{len(codes)} figures differ from those of document {reading.sha256[:12]} of this report."
            yield Finding("report.conflict", "warning", "publisher", says, codes)
    years = [reading.year for reading in readings if reading.year]
    if len(set(years)) > 1:
        says = f"Documents of one report are of different years: {', '.join(map(str, years))}."
        yield Finding("report.conflict", "warning", "publisher", says, left=min(years), right=max(years))


def _table(code: str) -> str:
    return code.partition(".")[0]


def _table_of_row(row: str, reading: Reading) -> str | None:
    return next((_table(f.code) for f in reading.figures if f".{row}." in f.code), None)


def _first(values: Iterator[str | None]) -> str | None:
    return next((value for value in values if value is not None), None)

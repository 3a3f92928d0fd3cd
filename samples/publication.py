"""Every report of the county in one phase of its portals."""

from dataclasses import replace
from datetime import date, timedelta
from functools import cache

from samples import defects
from samples.county import BODIES, COUNTY, Body, body
from samples.defects import Change, Key
from samples.figures import Figures, Holdings, dice, single_other, statutory
from samples.indicators import indicators
from samples.narrative import sections
from samples.radicals import with_radicals
from samples.report import Format, FormId, Printed, Report

FIRST_YEAR, LAST_YEAR = 2008, 2025
TITLES = (
    "{name}{year}年政府信息公开工作年度报告",
    "{name}{year}年度政府信息公开工作年度报告",
    "{year}年{name}政府信息公开工作年度报告",
    "{name}{year}年政府信息公开年度报告",
    "{short}{year}年政府信息公开工作年度报告",
)


def published_years(body: Body) -> tuple[int, ...]:
    """Before 2015 not every body reported every year."""
    return tuple(
        year
        for year in range(max(FIRST_YEAR, body.first_year), min(LAST_YEAR, body.last_year) + 1)
        if (body.id, year) not in defects.MISSING and (year >= 2015 or _reported_early(body, year))
    )


@cache
def reports(phase: int = 1) -> tuple[Report, ...]:
    """The reports that the portals show in that phase (1 or 2), by body and year."""
    everything = (report for body in BODIES for report in _of_body(body))
    hidden = defects.ADDED_LATER if phase == 1 else defects.DELETED_LATER
    shown = (report for report in everything if (report.body.id, report.year) not in hidden)
    return tuple(_edited(report) if phase == 2 else report for report in shown)


def _reported_early(body: Body, year: int) -> bool:
    likely = {"government": 1.0, "office": 0.9, "department": 0.62}.get(body.kind, 0.4)
    return dice(body.id, year, "early").random() < likely + (year - FIRST_YEAR) * 0.03


@cache
def _of_body(body: Body) -> tuple[Report, ...]:
    """All its reports: what is carried over runs through the years, published or not."""
    rng = dice(body.id, "holdings")
    held = Holdings(
        normative=rng.randint(0, 6) + (40 if body.kind == "government" else 0),
        services=rng.randint(0, 30) if body.office else 0,
        licences=rng.randint(5, 60) if body.office else 0,
        penalties=rng.randint(10, 120) if body.office else 0,
        fees=rng.randint(0, 5) if body.office else 0,
    )
    made, years = [], published_years(body)
    for year in range(FIRST_YEAR, LAST_YEAR + 1):
        id = _form(body, year)
        figures: Figures = {}
        if id in ("2019", "2021"):
            figures, held = statutory(body, year, id, held)
        elif id == "2014":
            figures = indicators(body, year)
        if year in years:
            made.append(_report(body, year, id, figures))
    return tuple(made)


def _form(body: Body, year: int) -> FormId:
    if year < 2014:
        return "free"
    if year < 2019:
        return "2014"
    return "2019" if year < 2021 or (body.id, year) in defects.WRONG_FORM else "2021"


def _report(publisher: Body, year: int, id: FormId, figures: Figures) -> Report:
    key = (publisher.id, year)
    copied = defects.COPIED.get(key)
    report = Report(
        body=publisher,
        year=year,
        form=id,
        title=_title(publisher, year),
        published=_published(publisher, year),
        format=_format(key),
        scope="aggregate" if publisher.kind == "government" else "own",
        sections=sections(
            publisher, year, id, figures, key in defects.RESTARTED, body(copied) if copied else None
        ),
        figures=tuple(Printed(code, text) for code, text in _printed(key, figures).items()),
        labels=defects.MISTYPED.get(key, ()),
        defects=_defects(key),
        traits=_traits(key),
    )
    return with_radicals(report) if key in defects.RADICALS else report


def _printed(key: Key, figures: Figures) -> Figures:
    """The figures with the publisher's errors and manners in them."""
    shown = single_other(figures) if key in defects.SINGLE_OTHER else dict(figures)
    if key in defects.BROKEN:
        shown = changed(shown, defects.BROKEN[key])
    if key in defects.OWN_UNIT:
        shown["disclosure.fees.amount"] = defects.OWN_UNIT[key]
    if key in defects.BLANK or key in defects.MARKED:
        return _emptied(shown, defects.MARKED.get(key, ""))
    return shown


def changed(figures: Figures, change: Change) -> Figures:
    sums = {code: str(int(figures[code]) + number) for code, number in change.add}
    return {**figures, **dict(change.texts), **sums}


def _emptied(figures: Figures, text: str) -> Figures:
    """The zeros of the five middle columns and of （五） replaced: zeros alone, so that nothing is lost."""
    return {
        code: text
        if number == "0"
        and code.startswith("requests.")
        and (code.endswith((".research", ".nonprofit", ".legal")) or ".declined." in code)
        else number
        for code, number in figures.items()
    }


def _title(body: Body, year: int) -> str:
    rng = dice(body.id, year, "title")
    said = defects.TITLE_YEAR.get((body.id, year), year)
    name = body.named(year)
    short = name if body.office else name.removeprefix(COUNTY)
    return rng.choices(TITLES, (6, 2, 1, 1, 2))[0].format(name=name, short=short, year=said)


def _published(body: Body, year: int) -> date:
    rng = dice(body.id, year, "published")
    if (body.id, year) in defects.PUBLISHED:
        return defects.PUBLISHED[body.id, year]
    if body.kind == "government":
        return date(year + 1, 3, 4) + timedelta(rng.randint(0, 25))
    if year < 2018:
        return date(year + 1, 1, 20) + timedelta(rng.randint(0, 65))
    return date(year + 1, 1, 6) + timedelta(rng.randint(0, 24))


def _format(key: Key) -> Format:
    if key in defects.RADICALS:
        return "pdf"
    chances: dict[Format, int] = {"html": 70, "pdf": 17, "docx": 9, "txt": 4}
    return dice(*key, "format").choices(tuple(chances), tuple(chances.values()))[0]


def _defects(key: Key) -> tuple[str, ...]:
    named = {
        "broken_identity": key in defects.BROKEN,
        "late": key in defects.LATE,
        "copied_text": key in defects.COPIED,
        "wrong_form": key in defects.WRONG_FORM,
        "restarted_numbering": key in defects.RESTARTED,
        "radicals": key in defects.RADICALS,
        "single_other": key in defects.SINGLE_OTHER,
        "blank_cells": key in defects.BLANK,
        "marked_cells": key in defects.MARKED,
        "mistyped_label": key in defects.MISTYPED,
        "title_year": key in defects.TITLE_YEAR,
        "own_unit": key in defects.OWN_UNIT,
        "edited_later": key in defects.EDITED,
        "added_later": key in defects.ADDED_LATER,
        "deleted_later": key in defects.DELETED_LATER,
    }
    return tuple(name for name, present in named.items() if present)


def _traits(key: Key) -> tuple[str, ...]:
    """`word_spans`: digits in spans of their own; `split_label`: a merged label a character a span;
    `open_page_break`: no rule where a table is cut by the page; `repeated_header`: its head again."""
    rng = dice(*key, "traits")
    chances: dict[Format, dict[str, float]] = {
        "html": {"word_spans": 0.15, "split_label": 0.2},
        "pdf": {"open_page_break": 0.25, "repeated_header": 0.3},
    }
    return tuple(n for n, chance in chances.get(_format(key), {}).items() if rng.random() < chance)


def _edited(report: Report) -> Report:
    change = defects.EDITED.get((report.body.id, report.year))
    if change is None:
        return report
    figures = changed(report.texts, change)
    return replace(report, figures=tuple(Printed(code, text) for code, text in figures.items()))

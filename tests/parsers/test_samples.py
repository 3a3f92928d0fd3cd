"""The sample county's reports, read as they are served and held against their truth: figure by figure."""

from collections import defaultdict
from functools import cache

import pytest

from parsers.form import form
from parsers.read import read
from parsers.reading import Reading, Refusal
from parsers.text.fold import unified
from samples import render
from samples.server import site
from samples.sites.page import Query
from samples.truth import Entry, truth


def chosen() -> list[Entry]:
    """Every report with a defect, and three of each format, form and peculiarity in rendering."""
    kept: dict[str, Entry] = {}
    seen: dict[tuple[str, str, str], int] = defaultdict(int)
    for entry in truth().entries:
        report = entry.report
        for trait in (*report.traits, "plain"):
            key = (report.format, report.form, trait)
            seen[key] += 1
            if seen[key] <= 3 or report.defects:
                kept[report.id] = entry
    return list(kept.values())


CHOSEN = chosen()


def served(entry: Entry) -> bytes:
    report = entry.report
    if report.format != "html":
        return render.file(report, "gb18030")
    page = site(report.body.portal, entry.phases[0]).answer(Query(entry.address.article, {}))
    return page.body


@cache
def reading_of(entry: Entry) -> Reading:
    outcome = read(served(entry))
    assert isinstance(outcome, Reading), outcome
    return outcome


def test_every_format_and_form_is_among_the_chosen() -> None:
    kinds = {(entry.report.format, entry.report.form) for entry in CHOSEN}
    assert {kind for kind, _ in kinds} == {"html", "pdf", "docx", "txt"}
    assert {id for _, id in kinds} == {"2021", "2019", "2014", "free"}
    assert len(CHOSEN) > 80


@pytest.mark.parametrize("entry", CHOSEN, ids=lambda entry: f"{entry.report.id}-{entry.report.format}")
def test_a_served_report_says_its_truth(entry: Entry) -> None:
    report, reading = entry.report, reading_of(entry)
    assert reading.publisher.name == report.named
    if "title_year" not in report.defects:
        assert reading.year == report.year
    assert reading.form == report.form
    assert reading.scope == report.scope
    assert [section.number for section in reading.sections if section.number] == [1, 2, 3, 4, 5, 6]
    printed_text = {section.number: "\n".join(section.paragraphs) for section in report.sections}
    signed = f"\n{report.publisher}"
    for section in reading.sections:
        if section.number in printed_text and report.format != "txt":  # there the tables' heads are lines
            assert unified(section.text).removesuffix(signed) == unified(printed_text[section.number])
    figures = {figure.code: figure for figure in reading.figures}
    wrong = {
        printed.code: (printed.text, figures[printed.code])
        for printed in report.figures
        if (figures[printed.code].status, str(figures[printed.code].value))
        != (printed.status, str(printed.value))
    }
    assert not wrong
    broken = [
        (finding.rule, finding.attribution) for finding in reading.findings if finding.severity == "error"
    ]
    assert broken == [(identity.rule, "publisher") for identity in entry.broken]


EXPECTED = {
    "restarted_numbering": "sections.restarted",
    "wrong_form": "form.year",
    "own_unit": "cells.unit",
    "title_year": "year.conflict",
    "blank_cells": "figures.blank",
    "marked_cells": "figures.mark",
}


@pytest.mark.parametrize("entry", CHOSEN, ids=lambda entry: f"{entry.report.id}-{entry.report.format}")
def test_findings_are_of_what_is_wrong_and_of_nothing_else(entry: Entry) -> None:
    """The sentences agree with the tables, but where the tables were altered afterwards."""
    rules = {finding.rule for finding in reading_of(entry).findings}
    wanted = {rule for defect, rule in EXPECTED.items() if defect in entry.report.defects}
    altered = {broken.rule for broken in entry.broken}
    assert rules - altered - ({"narrative.contradiction"} if altered else set()) == wanted


def test_narratives_are_understood() -> None:
    """Most sample reports state what was received; a table altered afterwards is contradicted."""
    claims = [claim for entry in CHOSEN for claim in reading_of(entry).claims]
    received = {"requests.new.total", "indicators.received"}
    assert sum(claim.subject in received for claim in claims) > len(CHOSEN) * 0.9
    land = next(entry for entry in CHOSEN if entry.report.id == "land-2022")
    (finding,) = [f for f in reading_of(land).findings if f.rule == "narrative.contradiction"]
    assert finding.codes == ("disputes.review.total",)


def test_a_title_that_says_another_year_is_a_finding() -> None:
    entries = [entry for entry in CHOSEN if "title_year" in entry.report.defects]
    assert entries
    for entry in entries:
        assert any(finding.rule == "year.conflict" for finding in reading_of(entry).findings)


def test_the_page_of_an_attachment_is_no_report() -> None:
    entry = next(entry for entry in CHOSEN if entry.report.format == "pdf")
    page = site(entry.report.body.portal, entry.phases[0]).answer(Query(entry.address.article, {}))
    outcome = read(page.body)
    assert isinstance(outcome, Refusal)
    assert outcome.kind == "not-a-report"


def test_figures_of_a_pdf_have_a_page_and_a_box() -> None:
    entry = next(e for e in CHOSEN if e.report.format == "pdf" and e.report.form == "2021")
    places = [figure.place for figure in reading_of(entry).figures if figure.status == "read"]
    assert len(places) >= len(form("2021").codes()) - 30
    assert all(place.page and place.box and place.box.left < place.box.right for place in places)
    assert len({place.page for place in places}) > 1, "table three goes over a page"

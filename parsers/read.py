"""From bytes to a Reading, or to a Refusal that says why not. Needs nothing but the bytes."""

import hashlib
from collections.abc import Iterator, Mapping, Sequence

from parsers.document import Document, Grid, Line, Unreadable
from parsers.form import Form
from parsers.generation import printed_table, recognised
from parsers.identify import heading, scope
from parsers.leftover import unknown_tables
from parsers.match import Match, matched
from parsers.narrative import Report, claims, contradictions
from parsers.proposals import proposed
from parsers.proposals.doubts import doubts, placeable
from parsers.readers import read_document
from parsers.readers.bundle import is_bundle, members
from parsers.reading import (
    Attribution,
    Figure,
    Finding,
    Publisher,
    Reading,
    Refusal,
    Severity,
    Status,
)
from parsers.rules import applicable, checked, row_of, rows_without_part
from parsers.sections import section_findings, sections
from parsers.structure import Seen, structure_findings
from parsers.text.labels import key

NARRATIVE = 120
"""Characters besides the title below which a page without tables is the cover of an attachment: it
repeats the title as a link, with a date and an office. The shortest real report has some 300."""


def read(data: bytes) -> Reading | Refusal:
    """The same bytes give the same answer, whatever they are called and wherever they come from."""
    digest = hashlib.sha256(data).hexdigest()
    try:
        document = read_document(data)
    except Unreadable as cause:
        return Refusal(digest, None, cause.kind, cause.says)
    return understood(document, digest)


def parts(source: str, data: bytes) -> Iterator[tuple[str, bytes | Refusal]]:
    """What is to be read by itself: the document or, in a bundle, each of its members, named
    `bundle.zip!member`; why there are no bytes where one could not be unpacked. A bundle that cannot be
    unpacked further ends in a refusal of its own name."""
    if not is_bundle(data):
        yield source, data
        return
    try:
        for member in members(data):
            yield f"{source}!{member.name}", _given(member.content)
    except Unreadable as cause:
        yield source, Refusal(hashlib.sha256(data).hexdigest(), None, cause.kind, cause.says)


def _given(content: bytes | Unreadable) -> bytes | Refusal:
    """What could not be unpacked has no digest."""
    return Refusal("", None, content.kind, content.says) if isinstance(content, Unreadable) else content


def understood(document: Document, digest: str) -> Reading | Refusal:
    text = running_text(document)
    printed = everything(document)
    form = recognised(printed)
    named = heading(document, text)
    if form is None and named.title is None:
        says = "It has neither the title nor the tables of an annual report; pass the report itself."
        return Refusal(digest, document.media_type, "not-a-report", says)
    if form is None and len(key(text)) - len(key(named.title or "")) < NARRATIVE:
        says = "It has the title of an annual report and no text of one; read the file it links to."
        return Refusal(digest, document.media_type, "not-a-report", says)
    disclosure = printed_table(form, "disclosure", printed) if form and form.sections else form
    match = matched(document, form, disclosure) if form else Match((), (), (), frozenset())
    found = sections(document, form, named.title)
    figures, findings, unchecked = _checked(document, form, match)
    said, sentence = scope("\n".join(section.text for section in found) or text)
    seen = Seen(form, named, found, {figure.code: figure for figure in figures}, text, said, disclosure)
    structure = (*section_findings(found, form), *structure_findings(seen))
    report = Report(form.id if form else "free", named.year, said, named.body)
    stated = claims(found, report)
    return Reading(
        sha256=digest,
        media_type=document.media_type,
        form=report.form,
        year=named.year,
        publisher=Publisher(named.body),
        title=named.title,
        published=named.published,
        sections=found,
        figures=figures,
        unplaced=match.unplaced,
        scope=said,
        findings=(
            *named.findings,
            *_doubts(document),
            *unknown_tables(document, match.grids),
            *structure,
            *findings,
            *contradictions(stated, seen.figures, report, damaged=document.damaged),
        ),
        unchecked=unchecked,
        scope_says=sentence,
        claims=stated,
    )


def running_text(document: Document) -> str:
    return "\n".join(block.text for block in document.blocks if isinstance(block, Line))


def everything(document: Document) -> str:
    """The key of all that is printed, tables included, in reading order."""
    return "".join(
        "".join([key(cell.text) for cell in block.cells]) if isinstance(block, Grid) else key(block.text)
        for block in document.blocks
    )


def _checked(
    document: Document, form: Form | None, match: Match
) -> tuple[tuple[Figure, ...], tuple[Finding, ...], tuple[str, ...]]:
    if form is None:
        return (), (), ()
    figures = {figure.code: figure for figure in match.figures}
    damaged = document.damaged or any(figure.status == "unreadable" for figure in match.figures)
    broken, unchecked = checked(applicable(form, figures), figures, damaged=damaged)
    proposals = _proposed(document, form, figures, match) if damaged else figures
    without_part = rows_without_part(form, figures)
    others = [figure for figure in match.figures if figure.status != "read"]
    counted = [figure for figure in others if row_of(figure.code) not in without_part]
    findings = (*match.findings, *_status_findings(counted, damaged=damaged), *broken)
    return tuple(proposals.values()), findings, unchecked


def _proposed(
    document: Document, form: Form, figures: Mapping[str, Figure], match: Match
) -> Mapping[str, Figure]:
    unplaced = placeable(document, match.unplaced)
    return proposed(form, figures, unplaced, doubts(document, figures), damaged=True)


def _status_findings(figures: Sequence[Figure], *, damaged: bool) -> tuple[Finding, ...]:
    """One finding for each way in which figures are not numbers, naming all of them."""
    findings = []
    for status, severity, attribution, says in NOT_NUMBERS:
        codes = tuple(figure.code for figure in figures if figure.status == status)
        if codes:
            whose: Attribution = "reading" if damaged else attribution
            findings.append(Finding(f"figures.{status}", severity, whose, f"{len(codes)} {says}", codes))
    return tuple(findings)


def _doubts(document: Document) -> tuple[Finding, ...]:
    return tuple(Finding("document.doubt", "warning", "reading", doubt) for doubt in document.doubts)


NOT_NUMBERS: tuple[tuple[Status, Severity, Attribution, str], ...] = (
    ("unreadable", "warning", "reading", "figures are printed and cannot be read with certainty."),
    ("absent", "warning", "undecided", "figures of the form have no cell in this report."),
    ("blank", "note", "publisher", "cells of the form are left blank."),
    ("mark", "note", "publisher", "cells of the form hold a mark instead of a number."),
)

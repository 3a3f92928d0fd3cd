"""What is true of the county: every report, its address, its printed figures and what is wrong with it.

`python -m samples.truth FILE` writes it as JSON.
"""

import json
import sys
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from parsers.form import Equation, form
from samples import defects
from samples.county import BODIES, CITY, COUNTY, DIVISION, SEED, Body, body
from samples.publication import FIRST_YEAR, LAST_YEAR, published_years, reports
from samples.report import Printed, Report
from samples.sites import listing, placement
from samples.sites.placement import Address


@dataclass(frozen=True, slots=True)
class Broken:
    """An identity that the print breaks: the rule, and its row or column."""

    rule: str
    at: str


@dataclass(frozen=True, slots=True)
class Edit:
    """A figure that phase 2 prints otherwise, at the same address and without a word."""

    code: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class Entry:
    """One report as it stands in the first phase that shows it; `phases` are those that do."""

    report: Report
    address: Address
    phases: tuple[int, ...]
    broken: tuple[Broken, ...]
    edits: tuple[Edit, ...] = ()
    copied_from: str | None = None


@dataclass(frozen=True, slots=True)
class Missing:
    body: Body
    year: int
    why: str


@dataclass(frozen=True, slots=True)
class Decoy:
    """A page in a column that is no report."""

    title: str
    path: str
    body: Body


@dataclass(frozen=True, slots=True)
class Truth:
    bodies: tuple[Body, ...]
    entries: tuple[Entry, ...]
    missing: tuple[Missing, ...]
    decoys: tuple[Decoy, ...]

    def entry(self, id: str) -> Entry:
        """The one report of that id, as `finance-2021`."""
        (found,) = (entry for entry in self.entries if entry.report.id == id)
        return found


@cache
def truth() -> Truth:
    first, second = ({report.id: report for report in reports(phase)} for phase in (1, 2))
    order = [f"{publisher.id}-{year}" for publisher in BODIES for year in published_years(publisher)]
    entries = tuple(_entry(first.get(id), second.get(id)) for id in order)
    decoys = tuple(
        Decoy(decoy.title, path, body(decoy.body))
        for publisher_portal in ("trs", "hanweb")
        for path, decoy in listing.decoys(publisher_portal).items()
    )
    return Truth(BODIES, entries, _missing(), decoys)


def broken(report: Report) -> tuple[Broken, ...]:
    """The identities that the printed figures break. A blank or a mark counts as nothing."""
    if report.form not in ("2019", "2021"):
        return ()
    counts = {figure.code: figure.value for figure in report.figures}

    def side(codes: tuple[str, ...]) -> int:
        return sum(int(counts.get(code) or 0) for code in codes)

    def fails(equation: Equation) -> bool:
        return side(equation.left) != side(equation.right)

    return tuple(Broken(e.rule, e.at) for e in form(report.form).equations() if fails(e))


def _entry(first: Report | None, second: Report | None) -> Entry:
    report = first or second
    if report is None:
        raise ValueError("a report must be shown in phase 1 or in phase 2")
    phases = tuple(phase for phase, shown in ((1, first), (2, second)) if shown)
    edits: tuple[Edit, ...] = ()
    if first and second:
        after = second.texts
        edits = tuple(Edit(f.code, f.text, after[f.code]) for f in first.figures if f.text != after[f.code])
    copied = defects.COPIED.get((report.body.id, report.year))
    source = f"{copied}-{report.year}" if copied else None
    return Entry(report, placement.address(report), phases, broken(report), edits, source)


def _missing() -> tuple[Missing, ...]:
    """Every body and year without a report, from the year in which the body began to its end."""
    return tuple(
        Missing(publisher, year, defects.MISSING.get((publisher.id, year), "not published before 2015"))
        for publisher in BODIES
        for year in range(max(FIRST_YEAR, publisher.first_year), min(LAST_YEAR, publisher.last_year) + 1)
        if year not in published_years(publisher)
    )


def as_json(known: Truth) -> str:
    """The same text for the same truth, one report a line."""
    head = {"seed": SEED, "county": f"{CITY}{COUNTY}", "division": DIVISION}
    lists = {
        "bodies": [_body_entry(body) for body in known.bodies],
        "reports": [_report_entry(entry) for entry in known.entries],
        "missing": [{"body": m.body.id, "year": m.year, "why": m.why} for m in known.missing],
        "decoys": [{"title": d.title, "path": d.path, "portal": d.body.portal} for d in known.decoys],
    }
    parts = [json.dumps(head, ensure_ascii=False)[1:-1]]
    for name, items in lists.items():
        lines = ",\n".join(json.dumps(item, ensure_ascii=False) for item in items)
        parts.append(f'"{name}": [\n{lines}\n]')
    return "{" + ",\n".join(parts) + "}\n"


def _body_entry(body: Body) -> dict[str, Any]:
    return {
        "id": body.id,
        "name": body.name,
        "kind": body.kind,
        "division": body.division,
        "portal": body.portal,
        "years": [body.first_year, body.last_year],
        "former": list(body.former) if body.former else None,
    }


def _report_entry(entry: Entry) -> dict[str, Any]:
    report, address = entry.report, entry.address
    return {
        "id": report.id,
        "body": report.body.id,
        "publisher": report.publisher,
        "named": report.named,
        "kind": report.body.kind,
        "division": report.body.division,
        "year": report.year,
        "form": report.form,
        "title": report.title,
        "published": report.published.isoformat(),
        "scope": report.scope,
        "format": report.format,
        "portal": address.portal,
        "column": address.column,
        "article": address.article,
        "attachment": address.attachment,
        "mirror": address.mirror,
        "phases": list(entry.phases),
        "defects": list(report.defects),
        "traits": list(report.traits),
        "broken": [[b.rule, b.at] for b in entry.broken],
        "edits": [[e.code, e.before, e.after] for e in entry.edits],
        "copied_from": entry.copied_from,
        "labels": [list(pair) for pair in report.labels],
        "sections": [
            {"number": s.number, "heading": s.heading, "paragraphs": list(s.paragraphs)}
            for s in report.sections
        ],
        "figures": {figure.code: _figure_entry(figure) for figure in report.figures},
    }


def _figure_entry(figure: Printed) -> dict[str, Any]:
    return {"text": figure.text, "status": figure.status, "value": figure.value}


def main(arguments: list[str]) -> int:
    if len(arguments) != 1:
        sys.stderr.write("samples.truth: no file named; run: python -m samples.truth FILE\n")
        return 2
    Path(arguments[0]).write_text(as_json(truth()), encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

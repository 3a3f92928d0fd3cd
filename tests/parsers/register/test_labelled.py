"""Precision and recall of the resolver on labelled names. An empty label: nothing there is certain."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest

from parsers.register.evidence import Evidence
from parsers.register.resolve import Resolution, resolve
from parsers.text.titles import report_title

FIELDS = ("title", "heading", "attachment", "column", "portal", "address")
RECALL = 0.95


@dataclass(frozen=True, slots=True)
class Labelled:
    evidence: Evidence
    body: str
    division: str
    made: bool


@dataclass(frozen=True, slots=True)
class Measured:
    right: int
    wrong: tuple[str, ...]
    missed: tuple[str, ...]

    @property
    def precision(self) -> float:
        return self.right / (self.right + len(self.wrong))

    @property
    def recall(self) -> float:
        return self.right / (self.right + len(self.missed))


LISTS = ("labelled.tsv", "adversarial.tsv", "heldout.tsv")


def labelled(file: str = "labelled.tsv") -> list[Labelled]:
    lines = Path(__file__).with_name(file).read_text("utf-8").splitlines()
    return [_labelled(line) for line in lines if not line.startswith("#")]


def _labelled(line: str) -> Labelled:
    *texts, body, division, how = line.split("\t")
    known = {field: text for field, text in zip(FIELDS, texts, strict=True) if text}
    title = report_title(known["title"])
    evidence = Evidence(**known, year=title.year if title else None)
    return Labelled(evidence, body, division, how == "made")


def measured(rows: list[Labelled], answer: Callable[[Evidence], Resolution]) -> Measured:
    right = 0
    wrong, missed = [], []
    for row in rows:
        found = answer(row.evidence)
        if found.body and (found.body, found.division) != (row.body, row.division):
            wrong.append(f"{row.evidence}: {found.body} ({found.division}), not {row.body} ({row.division})")
        elif found.body:
            right += 1
        elif row.body:
            missed.append(f"{row.evidence}: {row.body} ({row.division})")
    return Measured(right, tuple(wrong), tuple(missed))


def test_the_list_is_long_and_not_made_by_program_alone() -> None:
    rows = labelled()
    assert len(rows) >= 300
    assert sum(not row.made for row in rows) >= 80
    assert sum(not row.body for row in rows) >= 100


@pytest.mark.parametrize("file", LISTS)
def test_no_name_is_given_to_a_namesake(file: str) -> None:
    assert measured(labelled(file), resolve).wrong == ()


@pytest.mark.parametrize("file", LISTS)
def test_what_is_certain_is_found(file: str) -> None:
    found = measured(labelled(file), resolve)
    assert found.recall >= RECALL, found.missed


@pytest.mark.parametrize("without", ["portal", "title"])
def test_the_measure_sees_a_resolver_that_is_blind(without: str) -> None:
    def blind(evidence: Evidence) -> Resolution:
        kept = {field: getattr(evidence, field) for field in FIELDS if field != without}
        return resolve(Evidence(**kept, year=evidence.year))

    found = measured(labelled(), blind)
    assert found.recall < RECALL or found.wrong


def test_the_measure_sees_a_namesake() -> None:
    def careless(evidence: Evidence) -> Resolution:
        found = resolve(evidence)
        if not found.candidates or found.body:
            return found
        first = found.candidates[0]
        return Resolution(first.body, first.id, first.division, first.office.type)

    assert measured(labelled(), careless).precision < 1

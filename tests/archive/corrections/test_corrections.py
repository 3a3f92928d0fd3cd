"""Decisions of people: they stand beside what was read, survive a rebuild, and say when they are outdated."""

import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from archive.build import build
from archive.corrections import WrongDecision, decisions
from archive.inspection import inspect

County = Any  # the class lives in conftest.py, which tests cannot import
Rows = Callable[[str], list[tuple[Any, ...]]]
CODE = "requests.new.person"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "corrections").mkdir()
    return tmp_path / "corrections"


def correction(
    folder: Path, document: str, printed: str = '"23"', value: object = 32, code: str = CODE
) -> None:
    (folder / "swapped.yaml").write_text(
        f"document: {document}\ncode: {code}\nprinted: {printed}\nvalue: {value}\n"
        "why: The portal says 32 in its text.\nby: A. Reader\ndecided: 2026-03-01\n",
        "utf-8",
    )


def built(county: County, folder: Path) -> Rows:
    file = folder.parent / "archive.db"
    build(county, county.get, file, decisions(folder))

    def rows(query: str) -> list[tuple[Any, ...]]:
        with closing(sqlite3.connect(file)) as connection:
            return connection.execute(query).fetchall()

    return rows


def of_2024(county: County) -> str:
    """The document of the report of 2024, in which requests.new.person is 24."""
    found = (c.document for c in county.found if c.url.endswith("清源县人民政府/2024.html"))
    return str(next(found))


FIGURE = (
    "SELECT value, text, corrected, correction FROM figures"
    " WHERE report LIKE '%府-2024' AND code = 'requests.new.person'"
)


def test_a_correction_stands_beside_what_was_read(three_years: County, folder: Path) -> None:
    correction(folder, of_2024(three_years), '"24"')
    rows = built(three_years, folder)
    assert rows(FIGURE) == [(24, "24", 32, "swapped.yaml")]
    assert rows("SELECT person FROM requests WHERE report LIKE '%府-2024' AND row = 'new'") == [(24,)]
    assert rows(
        "SELECT id, code, printed, value, why, decided_by, decided, outcome, says FROM corrections"
    ) == [
        (
            "swapped.yaml",
            CODE,
            "24",
            32,
            "The portal says 32 in its text.",
            "A. Reader",
            "2026-03-01",
            "applied",
            None,
        )
    ]
    assert rows("SELECT count(*) FROM figures WHERE corrected IS NOT NULL") == [(1,)]
    assert not inspect(folder.parent / "archive.db").must_look


def test_a_correction_survives_every_rebuild_byte_for_byte(three_years: County, folder: Path) -> None:
    correction(folder, of_2024(three_years), '"24"')
    built(three_years, folder)
    once = (folder.parent / "archive.db").read_bytes()
    built(three_years.shuffled(3), folder)
    assert (folder.parent / "archive.db").read_bytes() == once
    (folder / "swapped.yaml").unlink()
    assert built(three_years, folder)(FIGURE) == [(24, "24", None, None)]


@pytest.mark.parametrize(
    ("printed", "document", "says"),
    [
        ('"23"', None, "It was decided where “23” was read; now “24” is."),
        ("", None, "It was decided where nothing was read; now “24” is."),
        ('"24"', "f" * 64, "No document with this SHA-256 was captured."),
    ],
)
def test_an_outdated_correction_is_reported_and_not_applied(
    three_years: County, folder: Path, printed: str, document: str | None, says: str
) -> None:
    correction(folder, document or of_2024(three_years), printed)
    rows = built(three_years, folder)
    assert rows(FIGURE) == [(24, "24", None, None)]
    ((outcome, why),) = rows("SELECT outcome, says FROM corrections")
    assert outcome == "outdated"
    assert why.startswith(says)
    sound = inspect(folder.parent / "archive.db")
    assert [what for what, _ in sound.look] == [f"outdated correction swapped.yaml: {why}"]


def test_a_document_that_is_no_report_has_no_figure(three_years: County, folder: Path) -> None:
    plan = next(c.document for c in three_years.found if c.url.endswith("plan.html"))
    correction(folder, plan, '"24"')
    assert built(three_years, folder)("SELECT says FROM corrections") == [
        (f"No report that was read from this document has the figure {CODE}.",)
    ]


def test_a_figure_that_could_not_be_read_and_an_amount_are_corrected(
    three_years: County, folder: Path
) -> None:
    fees = next(c.document for c in three_years.found if c.url.endswith("民政局/2022.html"))
    correction(folder, fees, '"5949.088667"', '"5949.1"', "disclosure.fees.amount")
    rows = built(three_years, folder)
    assert rows("SELECT value, corrected FROM figures WHERE corrected IS NOT NULL") == [
        (5949088667, 5949100000)
    ]


GOOD = f'document: {"a" * 64}\ncode: {CODE}\nprinted: "1"\nvalue: 2\nwhy: x\nby: y\ndecided: 2026-01-01\n'


@pytest.mark.parametrize(
    ("was", "now", "says"),
    [
        ("value: 2", "value: -2", "value: must be a count, 0 or more"),
        ("value: 2", 'value: "2"', "value: must be a count, 0 or more"),
        ("value: 2", "", "value: must be a count, 0 or more"),
        ('"1"', "1", "printed: must be text as it is printed, in quotes"),
        (CODE, "requests.new.nobody", "code: there is no figure requests.new.nobody"),
        ("a" * 64, "a" * 63, "document: must be the SHA-256"),
        ("by: y", "by: ", "by: must be text"),
        ("2026-01-01", "soon", "decided: must be a day"),
        ("by: y", "by: y\nnote: z", "note: no such key, known are by, code, decided"),
        ("by: y", "by: [", "is no YAML"),
        (GOOD, "", "says nothing"),
    ],
)
def test_a_file_that_cannot_be_used_is_named(folder: Path, was: str, now: str, says: str) -> None:
    assert was in GOOD
    (folder / "bad.yaml").write_text(GOOD.replace(was, now), "utf-8")
    with pytest.raises(WrongDecision, match=rf"(?s)corrections/bad\.yaml: .*{says}.*docs/corrections\.md"):
        decisions(folder)


def test_two_decisions_on_one_figure_are_refused(folder: Path) -> None:
    for name in ("one.yaml", "two.yaml"):
        (folder / name).write_text(GOOD, "utf-8")
    with pytest.raises(WrongDecision, match=r"two\.yaml: decides what one\.yaml decides already"):
        decisions(folder)

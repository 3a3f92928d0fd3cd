"""What was taken down is nowhere in the database; why and when stays."""

import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from archive.build import build
from archive.corrections import WrongDecision, decisions
from archive.inspection import inspect
from archive.search import find
from crawler.captures import Capture

County = Any  # the class lives in conftest.py, which tests cannot import
NAMED = "联系人赵钱孙电话⼀三九零"


@pytest.fixture
def told(county: County) -> Capture:
    """A report that names a person in a section and in the column's title, and one that does not."""
    run = county.run()
    county.report(run, "清源县民政局", 2023, {CODE: "5"}, section="无人可联系。")
    return county.report(  # type: ignore[no-any-return]
        run, "清源县人民政府", 2023, {CODE: "23"}, section=f"{NAMED}。", title=f"年报 {NAMED}"
    )


CODE = "requests.new.person"


def takedown(folder: Path, document: str, withhold: str) -> Path:
    (folder / "corrections").mkdir(exist_ok=True)
    (folder / "corrections/person.yaml").write_text(
        f"document: {document}\nwithhold: {withhold}\nreason: It names a private person.\nby: A. Reader\n"
        "decided: 2026-03-01\n",
        "utf-8",
    )
    return folder / "corrections"


def built(county: County, folder: Path) -> sqlite3.Connection:
    build(county, county.get, folder / "archive.db", decisions(folder / "corrections"))
    return sqlite3.connect(folder / "archive.db")


def everything(connection: sqlite3.Connection) -> str:
    return "\n".join(connection.iterdump())


def test_the_text_is_there_before(county: County, told: Capture, tmp_path: Path) -> None:
    with closing(built(county, tmp_path)) as connection:
        assert told.title
        assert told.title in everything(connection)
        assert NAMED in everything(connection).replace(told.title, "")
        assert find(connection, "赵钱孙")


@pytest.mark.parametrize(
    ("withhold", "says"),
    [
        ("everything", "everything"),
        (f"[1, '{NAMED}']", "section 1, 1 passages"),
        (f"['{NAMED}', 赵钱孙]", "2 passages"),
        # Folded alike: 一 as a radical is 一.
        ("['联系人赵钱孙电话一三九零']", "1 passages"),
    ],
)
def test_what_is_withheld_is_nowhere(
    county: County, told: Capture, tmp_path: Path, withhold: str, says: str
) -> None:
    takedown(tmp_path, told.document, withhold)
    with closing(built(county, tmp_path)) as connection:
        assert "赵钱孙" not in everything(connection)
        assert find(connection, "赵钱孙") == []
        assert connection.execute("SELECT * FROM takedowns").fetchall() == [
            (
                "person.yaml", told.document, says, "It names a private person.", "A. Reader", "2026-03-01",
                "applied", None,
            )
        ]  # fmt: skip
        assert connection.execute("SELECT count(*) FROM reports").fetchone() == (2,)
    assert "赵钱孙".encode() not in (tmp_path / "archive.db").read_bytes()


def test_all_text_goes_and_figures_stay(county: County, told: Capture, tmp_path: Path) -> None:
    takedown(tmp_path, told.document, "text")
    with closing(built(county, tmp_path)) as connection:
        report = "990101-清源县人民政府-2023"
        for table in ("sections", "claims"):
            rows = connection.execute(f"SELECT count(*) FROM {table} WHERE report = ?", (report,))  # noqa: S608
            assert rows.fetchone() == (0,)
        assert connection.execute("SELECT person FROM requests WHERE row = 'new' ORDER BY 1").fetchall() == [
            (5,),
            (23,),
        ]
        assert find(connection, "年度报告"), "titles stay"


def test_a_takedown_of_one_version_is_no_change_of_the_other(
    county: County, told: Capture, tmp_path: Path
) -> None:
    later = county.run("run-2", "2025-06-01T00:00:00Z")
    county.report(later, "清源县人民政府", 2023, {CODE: "24"}, section="更正。")
    for withhold in ("everything", "text", "[1]"):
        takedown(tmp_path, told.document, withhold)
        with closing(built(county, tmp_path)) as connection:
            changes = connection.execute("SELECT what, part, old_text, new_text FROM changes").fetchall()
        assert changes == ([] if withhold == "everything" else [("figure", CODE, "23", "24")])


@pytest.mark.parametrize(
    ("withhold", "says"),
    [
        ("[5]", "The document does not have a section 5; nothing of that was withheld."),
        ("['王五先生']", "The document does not have phrase 1 of the list; nothing of that was withheld."),
    ],
)
def test_a_takedown_that_finds_nothing_is_reported(
    county: County, told: Capture, tmp_path: Path, withhold: str, says: str
) -> None:
    takedown(tmp_path, told.document, withhold)
    with closing(built(county, tmp_path)) as connection:
        assert connection.execute("SELECT outcome, says FROM takedowns").fetchall() == [("outdated", says)]
        assert "王五" not in everything(connection)
    assert [what for what, _ in inspect(tmp_path / "archive.db").look] == [
        f"outdated takedown person.yaml: {says}"
    ]


@pytest.mark.parametrize("withhold", ["[]", "[x]", "[1.5]", "nothing", "[[1]]", ""])
def test_what_cannot_be_withheld_is_said(tmp_path: Path, withhold: str) -> None:
    folder = takedown(tmp_path, "a" * 64, withhold)
    with pytest.raises(WrongDecision, match=r"person\.yaml: withhold: "):
        decisions(folder)

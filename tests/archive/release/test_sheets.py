"""CSV: what a spreadsheet would run is text, numbers stay numbers, and nothing is lost."""

import csv
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archive.release.sheets import csv_file, plain, shielded
from archive.release.tables import Column, Table, Value

TABLE = Table("t", "", (Column("a", "string", False, ""), Column("b", "integer", False, "")), (), ())


@pytest.mark.parametrize(
    "text",
    [
        "=1+1",
        "+1+1",
        "-2+3",
        "-A1",
        "@SUM(A1)",
        "\t=1",
        "\r=1",
        "\n=1",
        "＝1",
        "＋1",
        "－1+1",
        "＠x",
        "|calc",
        "%0A",
        "=cmd|' /C calc'!A0",
    ],
)
def test_what_a_spreadsheet_would_run_is_text(text: str) -> None:
    assert shielded(text) == f"'{text}"


@pytest.mark.parametrize("text", ["-5", "+5", "-0.5", "0", "-", "--", "—", "a=b", "1-2", "", "'quoted'"])
def test_numbers_dashes_and_words_are_as_they_are(text: str) -> None:
    assert shielded(text) == text


@given(st.text(alphabet="'=+-@＝\t0a.", max_size=8))
def test_the_apostrophe_can_be_taken_away_again(text: str) -> None:
    assert plain(shielded(text)) == text


@given(st.text(max_size=8))
def test_no_text_begins_as_a_formula(text: str) -> None:
    begins = shielded(text)[:1]
    assert begins not in tuple("=@＝＋－＠\t\r\n") or not begins


def test_a_file_begins_with_its_mark_and_says_what_is_null(tmp_path: Path) -> None:
    rows: list[tuple[Value, ...]] = [
        ("甲,乙", 1),
        ('"', -2),
        ("", None),
        (None, 0),
        ("一\n二", 3),
        (" x ", 4),
    ]
    with csv_file(tmp_path / "t.csv", TABLE) as add:
        for row in rows:
            add(row)
    written = (tmp_path / "t.csv").read_bytes()
    assert written.startswith(b"\xef\xbb\xbfa,b\r\n")
    assert '"",\r\n,0\r\n' in written.decode("utf-8-sig")
    with (tmp_path / "t.csv").open(encoding="utf-8-sig", newline="") as file:
        back = list(csv.reader(file))
    assert back[1:] == [["甲,乙", "1"], ['"', "-2"], ["", ""], ["", "0"], ["一\n二", "3"], [" x ", "4"]]

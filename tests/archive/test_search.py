import re
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archive.build import build
from archive.schema import statements
from archive.search import find, grams, match_expression
from parsers.text.fold import fold

ROOT = Path(__file__).parents[2]
County = Any  # the class lives in conftest.py, which tests cannot import
OPTIONS = "content='', detail='none', tokenize='unicode61 remove_diacritics 0'"
MATCH = """
SELECT folded FROM search JOIN passages ON key = search.rowid WHERE search MATCH ? AND instr(folded, ?) > 0
"""

CHARACTERS = "政府信息公开申请⺠民⻔门⼾户年月第号éeＡaBzｚ𠮷１23０，、。（ ”—"
printed = st.text(st.sampled_from(CHARACTERS), max_size=12)


def test_a_property_test_looks_in_the_index_that_is_built() -> None:
    assert OPTIONS in statements()


def searched(texts: list[str], query: str) -> set[str]:
    with closing(sqlite3.connect(":memory:")) as connection:
        connection.execute(f"CREATE VIRTUAL TABLE search USING fts5 (grams, {OPTIONS})")
        connection.execute("CREATE TABLE passages (key INTEGER PRIMARY KEY, folded TEXT)")
        folded = [fold(text) for text in texts]
        connection.executemany("INSERT INTO passages VALUES (?, ?)", enumerate(folded))
        connection.executemany(
            "INSERT INTO search (rowid, grams) VALUES (?, ?)", enumerate(map(grams, folded))
        )
        found = connection.execute(MATCH, (match_expression(query), fold(query)))
        return {text for (text,) in found}


def inside_a_number(text: str, query: str) -> bool:
    """Does the query stand in the text only where it cuts a number?"""
    starts = [at for at in range(len(text)) if text.startswith(query, at)]

    def cuts(at: int) -> bool:
        return at > 0 and (text[at - 1] + text[at]).isdigit()

    return all(
        cuts(start) or (start + len(query) < len(text) and cuts(start + len(query))) for start in starts
    )


@given(st.lists(printed, min_size=1, max_size=6), printed, st.data())
def test_search_finds_what_a_scan_finds(texts: list[str], other: str, data: st.DataObject) -> None:
    text = data.draw(st.sampled_from(texts))
    ends = st.integers(0, len(text))
    cut = text[slice(*sorted((data.draw(ends), data.draw(ends))))]
    for query in (cut, other):
        if not match_expression(query):
            continue
        scanned = {fold(t) for t in texts if fold(query) in fold(t)}
        found = searched(texts, query)
        assert found <= scanned
        assert all(inside_a_number(missed, fold(query)) for missed in scanned - found)


@pytest.mark.parametrize(
    ("text", "query", "holds"),
    [
        ("河南省⼈⺠政府⻔⼾⽹站", "民", True),
        ("河南省⼈⺠政府⻔⼾⽹站", "⻔⼾⽹站", True),
        ("河南省⼈⺠政府⻔⼾⽹站", "门户网站", True),
        ("河南省⼈⺠政府⻔⼾⽹站", "站", True),
        ("截至2023年底", "2023年", True),
        ("截至2023年底", "2023", True),
        ("截至2023年底", "023年", False),
        ("截至2023年底", "截", True),
        ("截至2023年底", "至", True),
        ("公开，申请", "开", True),
        ("截至２０２３年底", "2023年底", True),
        ("信息公开", "公信", False),
        ("政府信息与信息公开", "政府信息公开", False),
        ("收到申请，答复", "申请，答复", True),
        ("PDF版", "pdf", True),
    ],
)
def test_searching(text: str, query: str, holds: bool) -> None:
    assert bool(searched([text], query)) is holds


@pytest.mark.parametrize("query", ["", " ", "，。", '"', "_", "*", "-"])
def test_a_query_without_a_character_finds_nothing(query: str, archive_db: sqlite3.Connection) -> None:
    assert match_expression(query) == ""
    assert find(archive_db, query) == []


@pytest.mark.parametrize("query", ['公开" OR "x', "公开*", "公开)", "NOT 公开", "grams:公开", "公'开"])
def test_no_query_is_taken_for_syntax(query: str, archive_db: sqlite3.Connection) -> None:
    assert find(archive_db, query) == []


@pytest.fixture
def archive_db(three_years: County, tmp_path: Path) -> Iterator[sqlite3.Connection]:
    build(three_years, three_years.get, tmp_path / "archive.db")
    with closing(sqlite3.connect(tmp_path / "archive.db")) as connection:
        yield connection


def test_a_hit_is_quoted_as_printed(archive_db: sqlite3.Connection) -> None:
    hit = find(archive_db, "公开工作")[0]
    assert (hit.report, hit.position) == ("990101-清源县人民政府-2024", 0)
    assert (hit.before, hit.found, hit.after) == ("清源县人民政府2024年政府信息", "公开⼯作", "年度报告")
    section = find(archive_db, "总体情况")[0]
    assert (section.before, section.found) == ("⼀、", "总体情况")


def test_titles_then_newest_first_and_no_more_than_asked_for(archive_db: sqlite3.Connection) -> None:
    hits = find(archive_db, "公开", limit=100)
    ranks = [(hit.position > 0, -int(hit.report[-4:])) for hit in hits]
    assert ranks == sorted(ranks)
    assert len(ranks) == 15
    assert len(find(archive_db, "公开", limit=3)) == 3


def test_the_first_hits_are_taken_in_the_order_of_the_index(archive_db: sqlite3.Connection) -> None:
    sql = "EXPLAIN QUERY PLAN SELECT key FROM search JOIN passages ON key = search.rowid"
    sql += " WHERE search MATCH '公开' "
    plans = {
        order: archive_db.execute(sql + order).fetchall()
        for order in ("ORDER BY search.rowid", "ORDER BY report")
    }
    sorts = {order: any("TEMP B-TREE" in row[3] for row in plan) for order, plan in plans.items()}
    assert sorts == {"ORDER BY search.rowid": False, "ORDER BY report": True}


FORM = next(
    block
    for block in re.findall(r"```sql\n(.*?)```", (ROOT / "docs/database.md").read_text("utf-8"), re.DOTALL)
    if ":q" in block
)


@given(st.lists(printed, min_size=1, max_size=4), printed, st.data())
def test_the_query_of_the_documentation_finds_what_a_scan_finds(
    texts: list[str], other: str, data: st.DataObject
) -> None:
    text = data.draw(st.sampled_from(texts))
    ends = st.integers(0, len(text))
    cut = text[slice(*sorted((data.draw(ends), data.draw(ends))))]
    with closing(sqlite3.connect(":memory:")) as connection:
        connection.executescript(
            f"CREATE VIRTUAL TABLE search USING fts5 (grams, {OPTIONS});"
            "CREATE TABLE passages (key INTEGER PRIMARY KEY, report TEXT, position INTEGER, folded TEXT);"
            "CREATE TABLE passages_printed (key INTEGER PRIMARY KEY, text TEXT);"
        )
        for key, one in enumerate(texts):
            connection.execute("INSERT INTO passages VALUES (?, ?, 0, ?)", (key, str(key), fold(one)))
            connection.execute("INSERT INTO passages_printed VALUES (?, ?)", (key, one))
            connection.execute("INSERT INTO search (rowid, grams) VALUES (?, ?)", (key, grams(fold(one))))
        for query in {fold(cut), fold(other)}:
            if not re.search("[a-z㐀-鿿𠀀-𳎯]", query) and not re.fullmatch("[0-9]+", query):
                continue
            found = {int(report): words for report, _, words in connection.execute(FORM, {"q": query})}
            scanned = {key for key, one in enumerate(texts) if query in fold(one)}
            assert set(found) <= scanned
            assert all(inside_a_number(fold(texts[key]), query) for key in scanned - set(found))
            for key, words in found.items():
                quoted = re.search("【(.*)】", words, re.DOTALL)
                assert quoted
                assert fold(quoted[1]) == query
                assert words.replace("【", "", 1).replace("】", "", 1) in texts[key]


def test_with_a_letter_beside_it_even_a_part_of_a_number_is_found(archive_db: sqlite3.Connection) -> None:
    hits = archive_db.execute(FORM, {"q": "23年政府"}).fetchall()
    assert ("990101-清源县人民政府-2023", 0, "清源县人民政府20【23年政府】信息公开⼯作年度报告") in hits


def test_every_word_must_be_in_the_report(archive_db: sqlite3.Connection) -> None:
    assert {hit.report for hit in find(archive_db, "公开 民政局", limit=100)} == {
        "990101-清源县民政局-2022",
        "990101-清源县民政局-2024",
    }
    assert find(archive_db, "公开 水利局") == []


def test_of_several_words_the_rarest_is_quoted(archive_db: sqlite3.Connection) -> None:
    hits = find(archive_db, "公开 民政局", limit=100)
    assert {hit.found for hit in hits} == {"民政局"}
    assert hits == find(archive_db, "民政局 公开", limit=100)


def test_a_part_of_a_number_is_no_second_word_either(archive_db: sqlite3.Connection) -> None:
    assert find(archive_db, "民政局 2024")
    assert find(archive_db, "民政局 024") == []


def test_no_word_is_gathered_from_the_whole_archive(archive_db: sqlite3.Connection) -> None:
    ran: list[str] = []
    archive_db.set_trace_callback(ran.append)
    assert find(archive_db, "公开 申请 民政局")
    archive_db.set_trace_callback(None)
    asked = next(sql for sql in ran if "passages_printed" in sql)
    plan = archive_db.execute("EXPLAIN QUERY PLAN " + asked).fetchall()
    assert sum("CORRELATED SCALAR SUBQUERY" in row[3] for row in plan) == 2
    assert not any("TEMP B-TREE" in row[3] or row[3].startswith("LIST SUBQUERY") for row in plan)


def test_only_the_current_version_is_searched(archive_db: sqlite3.Connection) -> None:
    assert [hit.report for hit in find(archive_db, "更正")] == ["990101-清源县人民政府-2023"]


def test_two_characters_as_typed(archive_db: sqlite3.Connection) -> None:
    sql = "SELECT count(*) FROM search JOIN passages ON passages.key = search.rowid WHERE search MATCH '申请'"
    assert archive_db.execute(sql).fetchone() == (5,)

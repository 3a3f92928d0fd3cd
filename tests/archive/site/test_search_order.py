"""The orders of what is found, in an archive with many reports of each year."""

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import replace

import pytest

from archive import search
from archive.build import build
from archive.pages.searching import asked
from archive.pages.searching.asked import SORTS
from archive.pages.searching.hits import Hit, hits
from archive.pages.searching.matches import Matches, matches
from benchmarks.county import made

REPORTS = 60
EVERYTHING = 10_000
QUERIES = ("公开", "政府信息公开", "报告 公开", "2023年")
Order = Callable[[Hit], tuple[object, ...]]

ORDERS: dict[str, Order] = {
    "newest": lambda hit: (-hit.year,),
    "oldest": lambda hit: (hit.year,),
    "place": lambda hit: (hit.division is None, hit.division, hit.body, -hit.year),
}


@pytest.fixture(scope="module")
def archive(tmp_path_factory: pytest.TempPathFactory) -> Iterator[sqlite3.Connection]:
    folder = tmp_path_factory.mktemp("sorted")
    county = made(folder / "readings", REPORTS)
    county.write_readings()
    build(county, county.readings.kept, folder / "archive.db")
    with closing(sqlite3.connect(folder / "archive.db")) as connection:
        yield connection


def found(archive: sqlite3.Connection, query: str, sort: str, **filters: str) -> list[Hit]:
    return list(hits(archive, matches(archive, asked({"q": query, "sort": sort, **filters})), EVERYTHING))


@pytest.mark.parametrize("common", [2, EVERYTHING])
@pytest.mark.parametrize("query", QUERIES)
@pytest.mark.parametrize("sort", ORDERS)
def test_what_is_found_stands_in_its_order(
    archive: sqlite3.Connection, sort: str, query: str, common: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(search, "COMMON", common)
    there = found(archive, query, sort)
    assert list(map(ORDERS[sort], there)) == sorted(map(ORDERS[sort], there))
    by_rank = found(archive, query, "relevance")
    key = lambda hit: (hit.report, hit.position)  # noqa: E731
    assert len(by_rank) > 10
    assert sorted(map(key, there)) == sorted(map(key, by_rank))


@pytest.mark.parametrize("sort", SORTS)
def test_pages_together_are_the_whole(archive: sqlite3.Connection, sort: str) -> None:
    question = matches(archive, asked({"q": "公开", "sort": sort}))
    pages = [hit for first in range(0, 600, 7) for hit in hits(archive, question, 7, first)]
    assert pages == list(hits(archive, question, 602))
    assert len(pages) > REPORTS


@pytest.mark.parametrize("sort", ["newest", "oldest"])
def test_a_common_word_is_not_gone_through_for_its_newest(archive: sqlite3.Connection, sort: str) -> None:
    """Each half ends at its last wanted hit: there is nothing to be sorted."""
    question = matches(archive, asked({"q": "公开", "sort": sort}))
    assert question.years
    assert not sorted_in(archive, question)
    assert sorted_in(archive, replace(question, order="reports.year, passages.key"))


def test_a_common_word_is_found_place_by_place(
    archive: sqlite3.Connection, monkeypatch: pytest.MonkeyPatch
) -> None:
    rare = matches(archive, asked({"q": "公开", "sort": "place"}))
    monkeypatch.setattr(search, "COMMON", 2)
    common = matches(archive, asked({"q": "公开", "sort": "place"}))
    # What is sorted is the passages of one body.
    assert sorted_in(archive, common) == ["USE TEMP B-TREE FOR RIGHT PART OF ORDER BY"]
    assert sorted_in(archive, rare) == ["USE TEMP B-TREE FOR ORDER BY"]


def sorted_in(archive: sqlite3.Connection, question: Matches) -> list[str]:
    sql = f"EXPLAIN QUERY PLAN SELECT 1 {question.source} ORDER BY {question.order} LIMIT 20"
    return [step for *_, step in archive.execute(sql, question.values) if "TEMP B-TREE" in step]

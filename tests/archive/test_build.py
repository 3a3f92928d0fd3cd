import os
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from archive.build import BuildResult, build
from archive.material import NothingToBuild
from archive.search import grams
from archive.shares import Broken
from crawler.captures import Unreached
from parsers.reading import Finding, Proposal, Publisher, Reading, Refusal, Unplaced

County = Any  # the class lives in conftest.py, which tests cannot import
GOVERNMENT, CIVIL = "990101-清源县人民政府", "990101-清源县民政局"


def rows(file: Path, sql: str, *values: object) -> list[tuple[Any, ...]]:
    with closing(sqlite3.connect(file)) as connection:
        return connection.execute(sql, values).fetchall()


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "archive.db"


def test_one_report_a_body_and_year(three_years: County, file: Path) -> None:
    result = build(three_years, three_years.get, file)
    assert result == BuildResult(file, 2, 5, 6, 7, 1, 0)
    assert rows(file, "SELECT id, body, year FROM reports ORDER BY id") == [
        (f"{body}-{year}", body, year)
        for body, year in sorted(
            [*((GOVERNMENT, y) for y in (2022, 2023, 2024)), (CIVIL, 2022), (CIVIL, 2024)]
        )
    ]


def test_figures_as_printed_and_as_understood(three_years: County, file: Path) -> None:
    build(three_years, three_years.get, file)
    sql = "SELECT value, text, status, page, box FROM figures WHERE report = ? AND code = ?"
    box = "[10.25,20.0,30.5,40.0]"
    assert rows(file, sql, f"{CIVIL}-2022", "disclosure.fees.amount") == [
        (5949088667, "5949.088667", "read", 1, box)
    ]
    assert rows(file, sql, f"{CIVIL}-2024", "requests.new.total") == [(None, "", "blank", 1, box)]
    assert rows(file, sql, f"{CIVIL}-2024", "disputes.review.total") == [(None, "—", "mark", 1, box)]
    assert rows(
        file, "SELECT figures_read, figures_blank, figures_mark FROM reports WHERE id = ?", f"{CIVIL}-2024"
    ) == [(198, 1, 1)]


def test_wide_tables_say_what_figures_say(three_years: County, file: Path) -> None:
    build(three_years, three_years.get, file)
    checked = 0
    for table, name in (("requests", "row"), ("disclosure", "item"), ("disputes", "kind")):
        with closing(sqlite3.connect(file)) as connection:
            cursor = connection.execute(f"SELECT * FROM {table}")  # noqa: S608
            columns = [column[0] for column in cursor.description]
            wide = {
                (row[0], f"{table}.{row[1]}.{column}"): value
                for row in cursor
                for column, value in zip(columns[2:], row[2:], strict=True)
                if value is not None
            }
        assert columns[:2] == ["report", name]
        read = rows(
            file,
            "SELECT report, code, value FROM figures WHERE status = 'read' AND code LIKE ?",
            f"{table}.%",
        )
        assert wide == {(report, code): value for report, code, value in read}
        checked += len(wide)
    assert checked == 5 * 200 - 2


def test_what_was_republished_is_a_version_and_its_changes_are_told(three_years: County, file: Path) -> None:
    build(three_years, three_years.get, file)
    report = f"{GOVERNMENT}-2023"
    versions = rows(file, "SELECT number, current FROM versions WHERE report = ? ORDER BY number", report)
    assert versions == [(1, 0), (2, 1)]
    figures = "SELECT part, old_value, old_text, new_value, new_text FROM changes WHERE what = 'figure'"
    assert rows(file, figures) == [("requests.new.person", 23, "23", 7, "7")]
    paragraphs = "SELECT part, place, old_text, new_text FROM changes WHERE what = 'paragraph'"
    says = "清源县人民政府2023年政府信息公开⼯作。"
    assert rows(file, paragraphs) == [("1", 1, says, f"{says}更正。")]


def test_sums_keep_scopes_apart_and_say_how_many_bodies_stand_behind_them(
    three_years: County, file: Path
) -> None:
    for sha256, reading in three_years.readings.items():
        if isinstance(reading, Reading) and reading.publisher.name == "清源县人民政府":
            three_years.readings[sha256] = replace(reading, scope="aggregate")
    build(three_years, three_years.get, file)
    totals = "SELECT year, scope, value, bodies, of_bodies, says FROM totals WHERE code = ? ORDER BY 1, 2"
    assert rows(file, totals, "requests.new.person") == [
        (2022, "aggregate", 22, 1, 2, "1 of 2 bodies, 2022"),
        (2022, "own", 0, 1, 2, "1 of 2 bodies, 2022"),
        (2023, "aggregate", 7, 1, 2, "1 of 2 bodies, 2023"),
        (2024, "aggregate", 24, 1, 2, "1 of 2 bodies, 2024"),
        (2024, "own", 0, 1, 2, "1 of 2 bodies, 2024"),
    ]
    coverage = "SELECT county, year, scope, bodies, says FROM coverage WHERE year = 2023"
    assert rows(file, coverage) == [("990101", 2023, "aggregate", 1, "1 of 2 bodies, 2023")]


def test_two_reports_of_whole_counties_are_never_added(three_years: County, file: Path) -> None:
    for sha256, reading in three_years.readings.items():
        if isinstance(reading, Reading):
            three_years.readings[sha256] = replace(reading, scope="aggregate")
    build(three_years, three_years.get, file)
    totals = "SELECT year, value, bodies FROM totals WHERE code = 'requests.new.person' ORDER BY year"
    assert rows(file, totals) == [(2022, None, 2), (2023, 7, 1), (2024, None, 2)]


def test_the_report_that_was_edited_back_is_current_again(county: County, file: Path) -> None:
    for number, new in enumerate(("1", "2", "1"), 1):
        run = county.run(f"run-{number}", f"2025-0{number}-01T00:00:00Z")
        county.report(run, "清源县民政局", 2024, {"requests.new.person": new})
    build(county, county.get, file)
    assert rows(file, "SELECT number, current FROM versions ORDER BY number") == [(1, 1), (2, 0)]


def test_crawling_twice_makes_one_set_of_reports(three_years: County, tmp_path: Path) -> None:
    once = build(three_years, three_years.get, tmp_path / "once.db")
    again = three_years.run("run-3", "2025-07-01T00:00:00Z")
    latest = {capture.url: capture for capture in three_years.found}
    for capture in latest.values():
        three_years.found.append(replace(capture, id=capture.id[::-1], fetched=again.started, run=again.id))
    twice = build(three_years, three_years.get, tmp_path / "twice.db")
    assert replace(twice, file=once.file) == once
    tables = ("versions.id, number, current", "versions.id, versions.report, first_seen")
    for columns in tables:
        sql = f"SELECT {columns} FROM versions ORDER BY id"  # noqa: S608
        assert rows(tmp_path / "once.db", sql) == rows(tmp_path / "twice.db", sql)


class TestPageAndAttachment:
    def test_the_page_wins_a_tie_and_the_attachment_stands_beside_it(
        self, county: County, file: Path
    ) -> None:
        self.publish(county, {}, {})
        assert build(county, county.get, file).versions == 1
        assert rows(file, "SELECT url FROM reports") == [("http://county.example/a.html",)]
        assert rows(file, "SELECT count(*), sum(main) FROM parts") == [(2, 1)]
        assert rows(file, "SELECT rule FROM findings") == []

    def test_what_two_runs_of_one_sweep_saw_is_one_edition(self, county: County, file: Path) -> None:
        self.publish(county, {}, {})
        first = county.begun[0]
        county.begun.append(replace(first, id="run-2", started="2025-05-01T08:00:00Z"))
        county.found[1] = replace(county.found[1], run="run-2", fetched="2025-05-01T08:00:01Z")
        build(county, county.get, file)
        assert rows(file, "SELECT url FROM reports") == [("http://county.example/a.html",)]
        assert rows(file, "SELECT count(*), sum(main) FROM parts") == [(2, 1)]
        county.begun[1] = replace(county.begun[1], sweep="run-2")
        build(county, county.get, file)
        assert rows(file, "SELECT count(*), sum(main) FROM parts") != [(2, 1)]

    def test_a_capture_that_says_nothing_changed_counts(self, county: County, file: Path) -> None:
        self.publish(county, {}, {})
        again = county.run("run-2", "2025-06-01T00:00:00Z")
        for capture in list(county.found):
            unchanged = {"status": 304, "run": again.id, "fetched": again.started, "id": capture.id[::-1]}
            county.found.append(replace(capture, **unchanged))
        build(county, county.get, file)
        assert rows(file, "SELECT count(*) FROM versions") == [(1,)]
        assert rows(file, "SELECT first_seen, last_seen FROM versions") == [
            (county.begun[0].started, again.started)
        ]

    def test_the_document_with_more_figures_wins(self, county: County, file: Path) -> None:
        self.publish(county, {"requests.new.person": ""}, {})
        build(county, county.get, file)
        assert rows(file, "SELECT url FROM reports") == [("http://county.example/a.pdf",)]

    def test_without_tables_the_document_with_sections_wins(self, county: County, file: Path) -> None:
        self.publish(county, {}, {})
        for sha256, reading in county.readings.items():
            bare = sha256 == county.found[0].document
            county.readings[sha256] = replace(
                reading, form=None, figures=(), sections=() if bare else reading.sections
            )
        page = county.readings[county.found[0].document]
        county.readings[page.sha256] = replace(page, published="2025-01-31")
        build(county, county.get, file)
        assert rows(file, "SELECT url, published FROM reports") == [
            ("http://county.example/a.pdf", "2025-01-31")
        ]

    def test_a_page_that_only_leads_to_the_report(self, county: County, file: Path) -> None:
        self.publish(county, {}, {})
        page = county.found[0]
        county.readings[page.document] = Refusal(page.document, "text/html", "not-a-report", "No tables.")
        county.readings = {
            sha: replace(r, publisher=Publisher(None), year=None) if isinstance(r, Reading) else r
            for sha, r in county.readings.items()
        }
        county.found[0] = replace(page, title="清源县民政局2024年政府信息公开工作年度报告")
        build(county, county.get, file)
        assert rows(file, "SELECT id, published FROM reports") == [(f"{CIVIL}-2024", "2025-01-20")]

    def test_figures_that_disagree_are_a_finding(self, county: County, file: Path) -> None:
        self.publish(county, {"requests.new.person": "3"}, {"requests.new.person": "4"})
        build(county, county.get, file)
        assert rows(file, "SELECT rule, codes, attribution FROM findings") == [
            ("report.conflict", "requests.new.person", "publisher")
        ]

    def test_a_page_without_tables_and_its_annex_are_one_report(self, county: County, file: Path) -> None:
        self.publish(county, {}, {})
        page, annex = (capture.document for capture in county.found)
        report = county.readings[page]
        assert isinstance(report, Reading)
        disputes = tuple(f for f in report.figures if f.code.startswith("disputes."))
        county.readings[page] = replace(report, figures=disputes)
        annexed = county.readings[annex]
        assert isinstance(annexed, Reading)
        others = tuple(f for f in annexed.figures if f not in disputes)
        county.readings[annex] = replace(annexed, figures=others, sections=())
        build(county, county.get, file)
        assert rows(file, "SELECT document = ?, figures_read FROM reports", annex) == [(1, 200)]
        by_document = "SELECT document, count(*) FROM figures GROUP BY document ORDER BY count(*)"
        assert rows(file, by_document) == [(page, 15), (annex, 185)]
        stored = "SELECT document, count(*) FROM version_figures GROUP BY document ORDER BY count(*)"
        assert rows(file, stored) == [(page, 15), (None, 185)]
        assert rows(file, "SELECT count(*) FROM sections") == [(2,)]
        assert rows(file, "SELECT count(*) FROM disputes") == [(3,)]

    def publish(self, county: County, page: dict[str, str], attachment: dict[str, str]) -> None:
        run = county.run()
        county.report(run, "清源县民政局", 2024, page, url="http://county.example/a.html", section="甲")
        county.report(
            run,
            "清源县民政局",
            2024,
            attachment,
            url="http://county.example/a.pdf",
            role="attachment",
            parent="http://county.example/a.html",
        )


def test_the_own_portal_comes_before_a_republisher(county: County, file: Path) -> None:
    run = county.run()
    county.report(run, "清源县民政局", 2024, {"requests.new.person": "1"})
    county.portal = replace(county.portal, key="city", division="990000")
    later = county.run("run-2", "2025-08-01T00:00:00Z")
    copy = county.report(
        later, "清源县民政局", 2024, {"requests.new.person": "2"}, url="http://city.example/1.html"
    )
    county.readings[copy.document] = replace(
        county.readings[copy.document], publisher=Publisher("清源县民政局", "990101")
    )
    build(county, county.get, file)
    assert rows(file, "SELECT url FROM reports") == [("http://county.example/清源县民政局/2024.html",)]
    assert rows(file, "SELECT own_portal, current FROM versions ORDER BY number") == [(1, 1), (0, 0)]


def test_expected_reports(county: County, file: Path) -> None:
    titles = {2021: "清源县民政局2021年政府信息公开工作年度报告"}
    missed = Unreached("http://county.example/x", "article", "timeout", "no answer", titles[2021])
    run = county.run("run-1", "2025-03-01T00:00:00Z", missed)
    for year in (2020, 2023):
        county.report(run, "清源县民政局", year)
    county.report(run, "清源县人民政府", 2024)
    county.report(run, "清源县人民政府", 2022)
    for day in range(1, 5):
        run = county.run(f"run-{day}", f"2025-03-0{day}T00:00:00Z", missed) if day > 1 else run
        county.capture(
            run, "http://county.example/gone", "404", status=404, title="清源县民政局2022年年度报告"
        )
    build(county, county.get, file)
    sql = "SELECT year, outcome, due, days_late FROM expected WHERE body = ? ORDER BY year"
    assert rows(file, sql, CIVIL) == [
        (2020, "published", "2021-01-31", -11),
        (2021, "blocked", "2022-01-31", None),
        (2022, "gone", "2023-01-31", None),
        (2023, "published", "2024-01-31", -11),
        (2024, "not_found", "2025-01-31", None),
    ]
    assert rows(file, sql, GOVERNMENT)[1] == (2023, "not_found", "2024-03-31", None)


def test_a_report_is_not_missing_before_it_is_due(county: County, file: Path) -> None:
    run = county.run("run-1", "2025-03-31T00:00:00Z")
    county.report(run, "清源县人民政府", 2023)
    county.report(run, "清源县民政局", 2024)
    build(county, county.get, file)
    sql = "SELECT outcome FROM expected WHERE body = ? AND year = 2024"
    assert rows(file, sql, GOVERNMENT) == [("not_due",)]


def test_a_listed_date_without_its_year_proves_nothing(county: County, file: Path) -> None:
    county.report(county.run(), "清源县民政局", 2024)
    county.found[0] = replace(county.found[0], listed="01-20")
    build(county, county.get, file)
    assert rows(file, "SELECT published, due, days_late FROM reports") == [(None, "2025-01-31", None)]


def test_a_township_has_no_known_deadline(county: County, file: Path) -> None:
    county.report(county.run(), "柳林镇人民政府", 2024)
    build(county, county.get, file)
    assert rows(file, "SELECT kind, due, days_late FROM reports JOIN bodies ON body = bodies.id") == [
        ("township", None, None)
    ]


def test_findings_unchecked_rules_proposals_and_precision(county: County, file: Path) -> None:
    capture = county.report(county.run(), "清源县民政局", 2024, {"disclosure.fees.amount": "0.0000005"})
    reading = county.readings[capture.document]
    figures = list(reading.figures)
    figures[-1] = replace(
        figures[-1], status="unreadable", value=None, text=None, proposal=Proposal(0, "proof")
    )
    county.readings[capture.document] = replace(
        reading,
        figures=tuple(figures),
        findings=(Finding("disputes.total", "error", "publisher", "11 is not 0.", ("a", "b"), 11, 0),),
        unchecked=("disputes.total disputes.after_review",),
    )
    build(county, county.get, file)
    sql = "SELECT rule, outcome, attribution, codes, left_value, right_value FROM findings ORDER BY key"
    assert rows(file, sql) == [
        ("disputes.total", "broken", "publisher", "a b", 11, 0),
        ("amount.precision", "broken", "publisher", "disclosure.fees.amount", "0.0000005", None),
        ("disputes.total", "unchecked", "undecided", "disputes.after_review", None, None),
    ]
    figure = "SELECT status, value, proposal, basis FROM figures WHERE code = ?"
    assert rows(file, figure, figures[-1].code) == [("unreadable", None, 0, "proof")]


def test_a_report_of_nobody_is_a_finding_and_no_report(county: County, file: Path) -> None:
    capture = county.report(county.run(), "x", 2024)
    county.readings[capture.document] = replace(county.readings[capture.document], publisher=Publisher(None))
    build(county, county.get, file)
    assert rows(file, "SELECT report, document, rule, attribution FROM findings") == [
        (None, capture.document, "report.publisher", "reading")
    ]
    assert rows(file, "SELECT * FROM reports") == []


def test_unplaced(county: County, file: Path) -> None:
    capture = county.report(county.run(), "清源县民政局", 2024)
    reading = county.readings[capture.document]
    county.readings[capture.document] = replace(reading, unplaced=(Unplaced("granted", 0, "00"),))
    build(county, county.get, file)
    assert rows(file, "SELECT row, place, text FROM unplaced") == [("granted", 0, "00")]


@pytest.mark.parametrize("seed", [1, 2])
def test_the_order_of_captures_does_not_change_a_byte(three_years: County, tmp_path: Path, seed: int) -> None:
    build(three_years, three_years.get, tmp_path / "a.db")
    build(three_years.shuffled(seed), three_years.get, tmp_path / "b.db")
    assert (tmp_path / "a.db").read_bytes() == (tmp_path / "b.db").read_bytes()


def test_one_changed_figure_changes_the_bytes(three_years: County, tmp_path: Path) -> None:
    build(three_years, three_years.get, tmp_path / "a.db")
    sha256, reading = next((sha, r) for sha, r in three_years.readings.items() if isinstance(r, Reading))
    first, *rest = reading.figures
    changed = replace(first, value=1, text="1")
    three_years.readings[sha256] = replace(reading, figures=(changed, *rest))
    build(three_years, three_years.get, tmp_path / "b.db")
    assert (tmp_path / "a.db").read_bytes() != (tmp_path / "b.db").read_bytes()


BUILD_ELSEWHERE = """
import sys
from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path
from archive.build import build

spec = spec_from_file_location("county_in_memory", sys.argv[1])
county_in_memory = module_from_spec(spec)
sys.modules["county_in_memory"] = county_in_memory
spec.loader.exec_module(county_in_memory)
county = county_in_memory.three_years.__wrapped__(county_in_memory.County())
build(county, county.get, Path(sys.argv[2]))
"""


def test_time_zone_locale_and_hash_seed_do_not_change_a_byte(three_years: County, tmp_path: Path) -> None:
    build(three_years, three_years.get, tmp_path / "here.db")
    elsewhere = {"TZ": "Pacific/Kiritimati", "LC_ALL": "C", "PYTHONHASHSEED": "12345", "PYTHONUTF8": "0"}
    conftest = Path(__file__).with_name("conftest.py")
    command = [sys.executable, "-c", BUILD_ELSEWHERE, str(conftest), str(tmp_path / "there.db")]
    subprocess.run(command, env={**os.environ, **elsewhere}, check=True)
    assert (tmp_path / "here.db").read_bytes() == (tmp_path / "there.db").read_bytes()


def test_nothing_captured(county: County, file: Path) -> None:
    county.capture(county.run(), "http://county.example/list.html", "list", role="list")
    with pytest.raises(NothingToBuild, match="crawl a portal first"):
        build(county, county.get, file)
    assert not file.exists()


def test_a_build_whose_search_is_broken_fails_and_leaves_the_archive(
    three_years: County, file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    build(three_years, three_years.get, file)
    before = file.read_bytes()
    monkeypatch.setattr("archive.search.grams", lambda text: text)
    with pytest.raises(Broken, match="search finds 公开 in 0 of 15 passages"):
        build(three_years, three_years.get, file)
    assert file.read_bytes() == before
    assert [path.name for path in file.parent.iterdir()] == [file.name]


def test_a_search_that_finds_only_some_of_the_places_fails_the_build(
    three_years: County, file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    capture = three_years.report(three_years.run("run-9"), "清源县水利局", 2024, section="行政复议0件。")
    assert capture
    monkeypatch.setattr("archive.search.grams", lambda text: grams(text.replace("复议", "")))
    with pytest.raises(Broken, match="search finds 复议 in 0 of 1 passages"):
        build(three_years, three_years.get, file)


def test_a_row_that_points_nowhere_fails_the_build(
    three_years: County, file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def orphan(version: int, *_: object) -> Iterator[tuple[object, ...]]:
        yield (version, 999_999, "blank", *[None] * 13)

    monkeypatch.setattr("archive.rows.figure_rows", orphan)
    with pytest.raises(Broken, match="a row of version_figures points at a row of codes that is not there"):
        build(three_years, three_years.get, file)


def test_a_row_that_cannot_be_fails_the_build_and_names_its_report(
    three_years: County, file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def guessed(version: int, *_: object) -> Iterator[tuple[object, ...]]:
        yield (version, 1, "guessed", *[None] * 13)

    monkeypatch.setattr("archive.rows.figure_rows", guessed)
    with pytest.raises(Broken, match=f"{GOVERNMENT}-2022.*CHECK.*report this as a bug"):
        build(three_years, three_years.get, file)


def test_an_unread_document_stops_the_build(three_years: County, file: Path) -> None:
    three_years.readings.popitem()
    with pytest.raises(ValueError, match="has not been read"):
        build(three_years, three_years.get, file)

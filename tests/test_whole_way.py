"""From the county's portals to archive.db and back again: what the stages promise each other."""

import hashlib
import re
import shutil
import sqlite3
import subprocess
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

from crawler.captures import Store
from samples.defects import MOVED, MOVED_UP_TO
from samples.report import Report
from samples.truth import truth

ROOT = Path(__file__).parents[1]
Command = Callable[..., Any]


def rows(data: Path, query: str, *values: object) -> list[tuple[Any, ...]]:
    with sqlite3.connect(f"file:{data / 'archive.db'}?mode=ro", uri=True) as connection:
        return connection.execute(query, values).fetchall()


def digest(file: Path) -> str:
    return hashlib.sha256(file.read_bytes()).hexdigest()


def reports(data: Path) -> set[tuple[str, int]]:
    return set(rows(data, "SELECT bodies.name, year FROM reports JOIN bodies ON bodies.id = reports.body"))


def test_every_report_of_the_county_and_no_other_is_in_the_archive(county_data: Path) -> None:
    shown = [entry.report for entry in truth().entries if 1 in entry.phases]
    assert reports(county_data) == {(report.publisher, report.year) for report in shown}


def test_what_was_expected_of_every_body_came_as_the_county_knows(county_data: Path) -> None:
    """Row by row: every year from a name's first report on, and how late what came was. A name that a
    department bore before the reform of 2018 is not obliged since."""
    ended = dict(body.former for body in truth().bodies if body.former)
    published = {
        (entry.report.publisher, entry.report.year): entry.report
        for entry in truth().entries
        if 1 in entry.phases
    }
    latest = {
        portal: max(report.year for report in published.values() if report.body.portal == portal)
        for portal in ("trs", "hanweb")
    }
    wanted = {
        (name, year): _came(
            published.get((name, year)), of_name.body.kind, year, ended=year > ended.get(name, year)
        )
        for (name, first), of_name in published.items()
        if first == min(year for other, year in published if other == name)
        for year in range(first, latest[of_name.body.portal] + 1)
    }
    found = rows(
        county_data,
        "SELECT name, year, outcome, due, days_late, searched IS NOT NULL FROM expected"
        " JOIN bodies ON bodies.id = body",
    )
    assert len(found) > 500
    assert {(name, year): tuple(came) for name, year, *came in found} == wanted


def _came(
    report: Report | None, kind: str, year: int, *, ended: bool
) -> tuple[str, str | None, int | None, bool]:
    due = None
    if year <= 2018 or kind in ("government", "office"):
        due = date(year + 1, 3, 31)
    elif kind == "department":
        due = date(year + 1, 1, 31)
    late = (report.published - due).days if report and due and not _moved(report) else None
    outcome = "published" if report else "not_obliged" if ended else "not_found"
    return outcome, due.isoformat() if due else None, late, report is None


def _moved(report: Report) -> bool:
    """A file prints no day of its own, and its line in the column has that on which the portal moved."""
    return report.body.id in MOVED and report.year <= MOVED_UP_TO and report.format != "html"


def test_every_run_says_how_it_found_its_portal(county_data: Path) -> None:
    found = rows(county_data, "SELECT state, conclusive, reports = new, requests > reports FROM portal_runs")
    assert found == [("ok", 1, 1, 1)] * 2


def test_every_figure_in_the_archive_is_as_printed(county_data: Path) -> None:
    archived = {
        (name, year, code): (status, text or "")
        for name, year, code, status, text in rows(
            county_data,
            "SELECT bodies.name, year, code, status, text FROM figures"
            " JOIN reports ON reports.id = report JOIN bodies ON bodies.id = reports.body"
            " WHERE status <> 'absent'",
        )
    }
    printed = {
        (entry.report.publisher, entry.report.year, figure.code): (figure.status, figure.text)
        for entry in truth().entries
        if 1 in entry.phases and entry.report.form in ("2019", "2021")
        for figure in entry.report.figures
    }
    assert len(printed) > 50_000
    assert {key: archived.get(key) for key in printed} == printed


def test_every_figure_leads_back_to_the_bytes_it_was_printed_in(county_data: Path) -> None:
    store = Store(county_data / "captures")
    captures = {capture.id: capture for capture in store.captures()}
    found = rows(county_data, "SELECT capture, document FROM reports ORDER BY id LIMIT 40")
    assert found
    for capture, document in found:
        assert hashlib.sha256(store.body(captures[capture])).hexdigest() == document


def test_building_again_gives_the_same_bytes(
    county_data: Path, tmp_path: Path, nianbao_command: Command
) -> None:
    shutil.copytree(county_data / "captures", tmp_path / "captures")
    (tmp_path / "captures" / "index.db").unlink(missing_ok=True)
    nianbao_command("build", "--data", tmp_path)
    assert digest(tmp_path / "archive.db") == digest(county_data / "archive.db")


def test_crawling_again_makes_one_set_of_reports_and_sees_what_changed(
    county_data: Path, tmp_path: Path, nianbao_command: Command, crawl_county: Callable[..., Any]
) -> None:
    data = tmp_path / "data"
    shutil.copytree(county_data, data)
    crawl_county(data)
    nianbao_command("build", "--data", data)
    assert reports(data) == reports(county_data)
    assert rows(data, "SELECT count(*) FROM changes") == [(0,)]
    crawl_county(data, phase=2)
    nianbao_command("build", "--data", data)
    edited = {
        (entry.report.publisher, entry.report.year, edit.code): (edit.before, edit.after)
        for entry in truth().entries
        for edit in entry.edits
    }
    assert edited
    changes = rows(
        data,
        "SELECT bodies.name, year, part, old_text, new_text FROM changes"
        " JOIN reports ON reports.id = changes.report JOIN bodies ON bodies.id = reports.body",
    )
    assert {(name, year, code): (old, new) for name, year, code, old, new in changes} == edited
    every = {(entry.report.publisher, entry.report.year) for entry in truth().entries}
    assert reports(data) == every, "what a portal deleted stays, what it added is there"


def test_the_query_of_the_readme_answers_as_it_says(county_data: Path) -> None:
    readme = (ROOT / "README.md").read_text("utf-8")
    query = re.search(r"```sql\n(.*?)```", readme, re.DOTALL)
    answer = re.search(r"In the made-up county:\n\n```\n(.*?)```", readme, re.DOTALL)
    assert query
    assert answer
    printed = "".join("|".join(map(str, row)) + "\n" for row in rows(county_data, query[1]))
    assert printed == answer[1]


SQLITE3 = shutil.which("sqlite3") or "sqlite3"


def test_stock_sqlite_answers_every_query_of_the_documentation(county_data: Path) -> None:
    text = "\n".join((ROOT / path).read_text("utf-8") for path in ("README.md", "docs/database.md"))
    queries = re.findall(r"```sql\n(.*?)```", text, re.DOTALL)
    assert len(queries) > 4
    for query in queries:
        script = f".bail on\n.parameter set :q '门户网站'\n{query}"
        command = [SQLITE3, f"file:{county_data / 'archive.db'}?mode=ro"]
        done = subprocess.run(command, input=script, capture_output=True, text=True, check=True)
        assert done.stdout.count("\n") >= 1, query
        assert ":q" not in query or all("【" in line for line in done.stdout.splitlines())


def test_check_finds_the_archive_whole(county_data: Path, nianbao_command: Command) -> None:
    assert "damaged" not in nianbao_command("check", "--data", county_data).output

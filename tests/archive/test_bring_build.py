"""What others captured enters the archive like our own, with who captured it."""

import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from archive.cli.bring import import_
from archive.cli.build import build
from samples.render import file
from samples.truth import truth

WGET = Path(__file__).parents[1] / "fixtures" / "warcs" / "wget"
PORTAL = """
division: "990121"
name: 砚澜县人民政府
home: http://www.example.cn/
cms: trs
columns:
  - url: http://www.example.cn/nb/
"""


def test_a_saved_report_is_in_the_archive_with_who_captured_it_and_when(tmp_path: Path) -> None:
    report = next(e.report for e in truth().entries if e.report.format == "docx" and e.report.form == "2021")
    (tmp_path / "portals").mkdir()
    (tmp_path / "portals" / "990121-yanlan.yaml").write_text(PORTAL, encoding="utf-8")
    (tmp_path / "saved.docx").write_bytes(file(report, "utf-8"))
    line = f"saved.docx,http://www.example.cn/a.docx,2024-05-06,青禾观察,{report.title}"
    listed = tmp_path / "list.csv"
    listed.write_text(f"file,address,captured,by,title\n{line}\n", encoding="utf-8")
    words = [str(listed), "--data", str(tmp_path)]
    assert CliRunner().invoke(import_, words, standalone_mode=False).return_value == 0
    built = CliRunner().invoke(build, ["--data", str(tmp_path)], standalone_mode=False)
    assert built.exception is None
    with sqlite3.connect(tmp_path / "archive.db") as database:
        sql = """SELECT reports.year, fetched, captures.status, captures.url, portals.via, portals.cms
                 FROM reports JOIN captures ON captures.id = reports.capture
                 JOIN portals ON portals.key = captures.portal"""
        rows = database.execute(sql).fetchall()
        expected = database.execute("SELECT DISTINCT outcome FROM expected").fetchall()
        value = database.execute(
            "SELECT value FROM figures WHERE code = 'requests.new.total' AND status = 'read'"
        ).fetchone()
    database.close()
    told = ("2024-05-06T00:00:00Z", 0, "http://www.example.cn/a.docx", "青禾观察", "import")
    assert rows == [(report.year, *told)]
    assert expected == [("published",)]
    assert str(value[0]) == report.texts["requests.new.total"]


def _import(data: Path, *paths: Path) -> None:
    words = [*map(str, paths), "--data", str(data)]
    assert CliRunner().invoke(import_, words, standalone_mode=False).return_value == 0


def _built(data: Path) -> Path:
    built = CliRunner().invoke(build, ["--data", str(data)], standalone_mode=False)
    assert built.exception is None, built.exception
    return data / "archive.db"


def _asked(file: Path, sql: str) -> list[tuple[Any, ...]]:
    with closing(sqlite3.connect(file)) as database:
        return database.execute(sql).fetchall()


def _portal(data: Path) -> None:
    (data / "portals").mkdir(parents=True)
    (data / "portals" / "990121-yanlan.yaml").write_text(PORTAL, encoding="utf-8")


FIGURE = """
SELECT bodies.division, reports.year, figures.value, portals.division, portals.via, captures.warc
FROM figures JOIN reports ON reports.id = figures.report JOIN bodies ON bodies.id = reports.body
JOIN captures ON captures.id = reports.capture JOIN portals ON portals.key = captures.portal
WHERE code = 'requests.new.total'
"""
BY = "青禾观察, Wget/1.21.3 (linux-gnu)"


@pytest.mark.parametrize("known", [True, False])
def test_what_wget_captured_is_in_the_archive_and_an_unknown_host_proves_nothing(
    tmp_path: Path, known: bool
) -> None:
    if known:
        _portal(tmp_path)
    _import(tmp_path, WGET / "crawl.warc.gz")
    ((division, year, value, place, via, warc),) = _asked(_built(tmp_path), FIGURE)
    assert (division, place) == (("990121", "990121") if known else (None, None))
    assert (year, value, via) == (2022, 6, BY)
    assert (tmp_path / "captures" / warc).read_bytes() == (WGET / "crawl.warc.gz").read_bytes()


def test_two_groups_that_merge_have_the_same_archive(tmp_path: Path) -> None:
    ours, theirs = tmp_path / "ours", tmp_path / "theirs"
    for data, paths in ((ours, ["crawl.warc.gz"]), (theirs, ["crawl.warc.gz", "again.warc.gz"])):
        _portal(data)
        for name in paths:
            _import(data, WGET / name)
    assert _built(ours).read_bytes() != _built(theirs).read_bytes()
    _import(ours, theirs / "captures")
    _import(theirs, ours / "captures")
    assert _built(ours).read_bytes() == _built(theirs).read_bytes()
    seen = "SELECT first_seen, last_seen FROM versions"
    assert _asked(ours / "archive.db", seen) == [("2026-11-26T16:49:44Z", "2026-11-26T16:49:46Z")]

"""What others captured enters the archive like our own, with who captured it."""

import sqlite3
from pathlib import Path

from click.testing import CliRunner

from archive.cli.bring import import_
from archive.cli.build import build
from samples.render import file
from samples.truth import truth

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

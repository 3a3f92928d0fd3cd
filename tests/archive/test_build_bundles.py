"""A build reads archives: each file in them is a document, traced through the archive to its capture."""

import hashlib
import json
import sqlite3
from collections.abc import Mapping
from contextlib import closing
from pathlib import Path
from typing import Any

import click
import pytest
from click.testing import CliRunner

from archive.cli.build import build
from archive.pages.report import report_page
from crawler.captures import Exchange, PortalFacts, Store
from samples.render import office, portable, sheet
from samples.render.bundle import zipped
from samples.truth import truth

PORTAL = PortalFacts("county", "990101", "砚澜县人民政府", "http://county.example/", "trs")
PAGE = "http://county.example/nianbao.html"
ARCHIVE = "http://county.example/nianbao.zip"
WATER, LAND = (truth().entry(id).report for id in ("water-2022", "land-2023"))
FILES = {
    "水利/年报.pdf": portable.pdf(WATER),
    f"{LAND.publisher}2023年政府信息公开工作年度报告.docx": office.docx(LAND),
    "说明.txt": "各单位年报见附件。".encode(),
    "坏.zip": zipped({"a.txt": b"x"}, locked=True),
}


@pytest.fixture(autouse=True)
def one_process(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("os.cpu_count", lambda: 1)


def crawled(data: Path, files: Mapping[str, bytes], title: str = "2023年各单位年报") -> str:
    """The digest of the archive."""
    content = zipped(files)
    page = f"<html><head><title>{title}</title></head><body><p>{title}</p></body></html>".encode()
    plain, packed = [("content-type", "text/html")], [("content-type", "application/zip")]
    recording = Store(data / "captures").begin(PORTAL, "agent")
    recording.exchange(Exchange(PAGE, "GET", [], b"", 200, plain, page, "article"), None)
    archive = Exchange(ARCHIVE, "GET", [], b"", 200, packed, content, "attachment", parent=PAGE)
    recording.exchange(archive, None)
    recording.close(2)
    return hashlib.sha256(content).hexdigest()


def built(data: Path) -> dict[str, Any]:
    result = CliRunner().invoke(build, ["--data", str(data), "--json"], standalone_mode=False)
    assert not isinstance(result.exception, click.ClickException), result.exception
    if result.exception:
        raise result.exception
    return dict(json.loads(result.stdout))


def rows(data: Path, sql: str, *values: object) -> list[tuple[Any, ...]]:
    with closing(sqlite3.connect(data / "archive.db")) as connection:
        return connection.execute(sql, values).fetchall()


def sha256(name: str) -> str:
    return hashlib.sha256(FILES[name]).hexdigest()


def test_each_file_is_a_document_of_its_own_and_leads_back_to_its_archive(tmp_path: Path) -> None:
    digest = crawled(tmp_path, FILES)
    assert built(tmp_path)["reports"] == 2
    water, land, note, _ = FILES
    found = rows(tmp_path, "SELECT document, year, url FROM reports ORDER BY year")
    assert found == [(sha256(water), 2022, ARCHIVE), (sha256(land), 2023, ARCHIVE)]
    assert rows(
        tmp_path, "SELECT sha256, outcome FROM documents WHERE sha256 IN (?, ?)", digest, sha256(note)
    ) == [*sorted([(digest, "bundle"), (sha256(note), "refused")])]
    members = rows(tmp_path, "SELECT position, name, document, refusal FROM members WHERE bundle = ?", digest)
    assert members == [
        *((at, name, sha256(name), None) for at, name in enumerate((water, land, note))),
        (3, "坏.zip!a.txt", None, "encrypted"),
    ]
    parts = rows(
        tmp_path, "SELECT parts.document, member, url FROM parts JOIN captures ON captures.id = capture"
    )
    assert sorted(parts) == sorted((sha256(n), f"{digest}!{n}", ARCHIVE) for n in (water, land))


def test_the_figures_are_those_of_the_member(tmp_path: Path) -> None:
    crawled(tmp_path, FILES)
    built(tmp_path)
    ((id,),) = rows(tmp_path, "SELECT id FROM reports WHERE year = 2022")
    sql = "SELECT code, value, document FROM figures WHERE report = ? AND status = 'read'"
    read = {
        code: value
        for code, value, document in rows(tmp_path, sql, id)
        if document == sha256("水利/年报.pdf")
    }
    counts = {f.code: f.value for f in WATER.figures if f.status == "read" and not f.code.endswith("amount")}
    assert counts.items() <= read.items()


def test_the_page_of_a_report_names_the_archive(tmp_path: Path) -> None:
    digest = crawled(tmp_path, FILES)
    built(tmp_path)
    ((id,),) = rows(tmp_path, "SELECT id FROM reports WHERE year = 2022")
    with closing(sqlite3.connect(tmp_path / "archive.db")) as connection:
        page = report_page(connection, id, "en")
    assert page
    assert page.heading.member == f"{digest}!水利/年报.pdf"


def test_two_files_of_one_report_are_one_report(tmp_path: Path) -> None:
    files = {"年报.docx": office.docx(LAND), "附表.xlsx": sheet.xlsx(LAND)}
    crawled(tmp_path, files, f"{LAND.publisher}2023年政府信息公开工作年度报告")
    assert built(tmp_path)["reports"] == 1
    assert len(rows(tmp_path, "SELECT * FROM parts WHERE member IS NOT NULL")) == 2


def test_an_archive_repacked_with_one_report_more_changes_nothing_of_the_other(tmp_path: Path) -> None:
    land = {name: content for name, content in FILES.items() if content == office.docx(LAND)}
    crawled(tmp_path, land)
    assert built(tmp_path)["reports"] == 1
    crawled(tmp_path, FILES)
    again = built(tmp_path)
    assert (again["reports"], again["versions"], again["newly_read"]) == (2, 2, 1)
    current = rows(
        tmp_path, "SELECT current, (SELECT count(*) FROM parts WHERE version = versions.id) FROM versions"
    )
    assert current == [(1, 1), (1, 1)]


def test_without_the_archive_as_a_document_the_database_is_not_kept(tmp_path: Path) -> None:
    crawled(tmp_path, FILES)
    built(tmp_path)
    with closing(sqlite3.connect(tmp_path / "archive.db")) as connection:
        connection.execute("PRAGMA foreign_keys = ON")
        with pytest.raises(sqlite3.IntegrityError):
            connection.execute("INSERT INTO members VALUES (?, 9, 'a', NULL, 0, 'damaged', '')", ("0" * 64,))
        with pytest.raises(sqlite3.IntegrityError):
            connection.execute("UPDATE members SET refusal = 'damaged'")

"""The archive in parts: every row in its province's file, each file an archive by itself."""

import hashlib
import json
import re
import shutil
import sqlite3
import subprocess
import sys
from contextlib import closing, nullcontext
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import pytest

from archive.build import build
from archive.dump import logical_sha256
from archive.inspection import inspect
from archive.release import NotParted, Wanted, provinces, release
from archive.release.provinces import ROWS, write_provinces
from archive.schema import create
from archive.search import find

County = Any  # the class lives in conftest.py, which tests cannot import
ALONE = (
    *("body_names", "reports", "versions", "parts", "version_figures", "requests"),
    "changes",
    "expected",
)
"""Of these no row stands in two files."""


@pytest.fixture
def whole(three_years: County, tmp_path: Path) -> Path:
    file = tmp_path / "archive.db"
    build(three_years, three_years.get, file)
    return file


@pytest.fixture
def parts(whole: Path, tmp_path: Path) -> dict[str, Path]:
    """Of an archive in which the place of one body is not proven."""
    mixed = Path(shutil.copy(whole, tmp_path / "mixed.db"))
    with closing(sqlite3.connect(mixed)) as connection, connection:
        connection.execute("UPDATE bodies SET division = NULL WHERE id = (SELECT min(body) FROM reports)")
    write_provinces(mixed, tmp_path / "provinces", lambda _: None)
    return {"whole": mixed} | {file.stem: file for file in sorted((tmp_path / "provinces").glob("*.db"))}


def rows(file: Path, sql: str) -> list[Any]:
    with closing(sqlite3.connect(file)) as connection:
        return connection.execute(sql).fetchall()


def rows_of(file: Path, table: str) -> list[Any]:
    return rows(file, f"SELECT * FROM {table}")  # noqa: S608


def test_the_part_of_an_archive_of_one_province_is_that_archive(whole: Path, tmp_path: Path) -> None:
    write_provinces(whole, tmp_path / "provinces", lambda _: None)
    (part,) = (tmp_path / "provinces").glob("*.db")
    assert logical_sha256(part) == logical_sha256(whole)


def test_every_row_is_in_the_file_of_its_province_and_in_no_other(parts: dict[str, Path]) -> None:
    whole = parts.pop("whole")
    assert len(parts) == 2
    for table in ALONE:
        found = [row for part in parts.values() for row in rows_of(part, table)]
        assert sorted(found, key=repr) == sorted(rows_of(whole, table), key=repr), table
        assert found, table
    for table in ROWS:
        assert {row for part in parts.values() for row in rows_of(part, table)} == set(rows_of(whole, table))


def test_a_part_is_sound_and_searched_by_itself(parts: dict[str, Path]) -> None:
    hits = {}
    for name, part in parts.items():
        assert not inspect(part).damage
        with closing(sqlite3.connect(part)) as connection:
            hits[name] = {hit.report for hit in find(connection, "公开", limit=1000)}
    whole = hits.pop("whole")
    assert all(hits.values())
    assert set.union(*hits.values()) == whole
    assert not set.intersection(*hits.values())


def test_one_search_across_all_parts_as_documented(parts: dict[str, Path]) -> None:
    whole = parts.pop("whole")
    text = Path("docs/releases.md").read_text("utf-8")
    (command,) = re.findall(r"```\n(for file in archive-.*?)```", text, re.DOTALL)
    folder = next(iter(parts.values())).parent
    printed = subprocess.run(["sh", "-c", command], cwd=folder, stdout=subprocess.PIPE, check=True)
    with closing(sqlite3.connect(whole)) as connection:
        expected = {hit.report for hit in find(connection, "公开", limit=1000)}
    assert set(printed.stdout.decode().split()) == expected


def test_what_a_row_needs_of_another_province_comes_with_it(whole: Path, tmp_path: Path) -> None:
    """A portal of another province, without bodies, has an archive with an attachment of our version."""
    bundle, member, capture = "b" * 64, "c" * 64, "d" * 32
    with closing(sqlite3.connect(whole)) as connection, connection:
        for code in ("320000", "320813"):
            connection.execute("INSERT INTO divisions VALUES (?, '某', NULL, NULL, NULL, NULL)", (code,))
        connection.execute("INSERT INTO portals VALUES ('other', '320813', '某', '', 'trs', 'direct')")
        for digest in (bundle, member):
            values = (digest, "", 1, "bundle" if digest == bundle else "report")
            connection.execute("INSERT INTO documents VALUES (?, ?, ?, ?, NULL, NULL)", values)
        connection.execute("INSERT INTO members VALUES (?, 0, 'a', ?, 1, NULL, NULL)", (bundle, member))
        ours = (
            "SELECT ?, url, fetched, 200, '', role, 'other', NULL, NULL, NULL, NULL, ?, 1, '', 0, run, NULL"
        )
        connection.execute(f"INSERT INTO captures {ours} FROM captures LIMIT 1", (capture, bundle))
        shown = (member, capture, f"{bundle}!a.pdf")
        connection.execute("INSERT INTO parts SELECT min(id), ?, ?, 0, ? FROM versions", shown)
        connection.executemany(
            "INSERT INTO corrections "
            "SELECT ?, ?, min(code), NULL, 1, '某', '某', '2025-01-01', 'applied', NULL FROM codes",
            (("known", member), ("unknown", "e" * 64)),
        )
    written = write_provinces(whole, tmp_path / "provinces", lambda _: None)
    assert [(part.file, part.bodies) for part in written] == [("archive-32.db", 0), ("archive-99.db", 2)]
    assert [part.name for part in written] == ["某", None]
    for one in written:
        file = tmp_path / "provinces" / one.file
        assert rows(file, "SELECT id FROM corrections ORDER BY id") == [("known",), ("unknown",)]
        assert rows(file, "SELECT document FROM members") == [(member,)]
        assert ("other",) in rows(file, "SELECT key FROM portals")


def test_a_body_in_no_part_is_noticed(whole: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(provinces, "_PROVINCES", "SELECT '32'")
    with pytest.raises(NotParted, match="not each of 2 bodies and 5 reports is in one part"):
        write_provinces(whole, tmp_path / "provinces", lambda _: None)


def test_a_row_that_points_at_nothing_is_noticed(
    whole: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(provinces, "_take_what_is_pointed_at", lambda *_: 0)
    monkeypatch.setitem(provinces.ROWS, "documents", "false")
    with pytest.raises(NotParted, match="points at one of documents that is not there"):
        write_provinces(whole, tmp_path / "provinces", lambda _: None)


def test_the_same_archive_gives_the_same_bytes_in_full_pages(
    whole: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (first,) = write_provinces(whole, tmp_path / "first", lambda _: None)
    kept = tmp_path / "kept"
    kept.mkdir()
    monkeypatch.setattr(provinces, "TemporaryDirectory", lambda **_: nullcontext(kept))
    (second,) = write_provinces(whole, tmp_path / "second", lambda _: None)
    assert (tmp_path / "first" / first.file).read_bytes() == (tmp_path / "second" / second.file).read_bytes()
    loose = kept / "loose.db"
    assert second.bytes < loose.stat().st_size
    assert logical_sha256(loose) == logical_sha256(tmp_path / "second" / second.file)
    again = tmp_path / "again.db"
    with closing(sqlite3.connect(tmp_path / "second" / second.file)) as connection:
        connection.execute("VACUUM INTO ?", (str(again),))
    assert again.stat().st_size == second.bytes
    assert [path.name for path in sorted((tmp_path / "first").iterdir())] == [first.file, "provinces.csv"]


def test_datasette_serves_them_side_by_side(parts: dict[str, Path]) -> None:
    whole = parts.pop("whole")
    asked = " UNION ALL ".join(f"SELECT id FROM [{name}].reports" for name in parts)  # noqa: S608
    address = f"/_memory.json?{urlencode({'sql': asked, '_shape': 'array'})}"
    # A process of its own: plugins of a site that was open in this one would be asked too.
    program = Path(sys.executable).with_name("datasette")
    command = [str(program), "serve", "--crossdb", *map(str, parts.values()), "--get", address]
    found = json.loads(subprocess.run(command, stdout=subprocess.PIPE, check=True).stdout)
    assert sorted(row["id"] for row in found) == sorted(id for (id,) in rows(whole, "SELECT id FROM reports"))


def test_every_table_has_its_rows_told(tmp_path: Path) -> None:
    create(tmp_path / "empty.db").close()
    tables = {
        name for (name,) in rows(tmp_path / "empty.db", "SELECT name FROM sqlite_schema WHERE type = 'table'")
    }
    ours = {name for name in tables if not name.startswith(("sqlite_", "search"))}
    # The passages, the names and their indexes are made anew, the descriptions come with the schema.
    assert set(ROWS) == ours - {"passages", "names", "descriptions"}


def test_a_release_by_province_is_summed_and_made_where_the_last_has_none(
    whole: Path, tmp_path: Path
) -> None:
    out = tmp_path / "release"
    plain = release(whole, out, Wanted(), lambda _: None)
    assert not (plain.folder / "provinces").exists()
    parted = release(whole, out, Wanted(by_province=True), lambda _: None)
    assert parted.new
    told = json.loads((parted.folder / "manifest.json").read_text("utf-8"))["provinces"]
    (file,) = (parted.folder / "provinces").glob("*.db")
    assert [part["file"] for part in told] == [file.name]
    assert told[0]["sha256"] == hashlib.sha256(file.read_bytes()).hexdigest()
    assert json.loads((plain.folder / "manifest.json").read_text("utf-8"))["provinces"] == []
    sums = (parted.folder / "SHA256SUMS").read_text("utf-8")
    assert all(f"  provinces/{file.name}\n" in sums for file in (parted.folder / "provinces").iterdir())
    assert not release(whole, out, Wanted(by_province=True), lambda _: None).new

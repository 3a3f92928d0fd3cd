"""A release: everything in it, whole, the same from the same inputs, and complete or not there."""

import fcntl
import gzip
import hashlib
import json
import shutil
import signal
import sqlite3
import subprocess
import sys
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from click import ClickException

from archive.build import build
from archive.dump import logical_sha256
from archive.release import Missing, NoRelease, Release, Wanted, parquet, release
from archive.release.news import write_news
from archive.schema import SCHEMA

County = Any  # the class lives in conftest.py, which tests cannot import
Command = Callable[..., Any]
BIN = Path(sys.executable).parent


@pytest.fixture
def data(three_years: County, tmp_path: Path) -> Path:
    build(three_years, three_years.get, tmp_path / "data" / "archive.db")
    return tmp_path / "data"


def released(data: Path, out: Path | None = None) -> Release:
    return release(data / "archive.db", out or data / "release", Wanted(), lambda _: None)


def edited(county: County, data: Path) -> None:
    """A month later: one report more, one with another figure."""
    run = county.run("run-3", "2025-07-01T00:00:00Z")
    county.report(run, "清源县水利局", 2024, {"requests.new.person": "3"})
    county.report(run, "清源县人民政府", 2022, {"requests.new.person": "99"}, section="更正。")
    build(county, county.get, data / "archive.db")


_MADE: list[Path] = []


@pytest.fixture
def pair(three_years: County, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Two releases after each other, made once. Tests leave them as they are."""
    if not _MADE:
        data = tmp_path_factory.mktemp("pair")
        for step in (None, edited):
            if step:
                step(three_years, data)
            else:
                build(three_years, three_years.get, data / "archive.db")
            released(data)
        _MADE.append(data / "release")
    return _MADE[0]


def files(folder: Path) -> dict[str, bytes]:
    return {p.relative_to(folder).as_posix(): p.read_bytes() for p in folder.rglob("*") if p.is_file()}


def test_all_that_a_release_has_is_there_and_summed(pair: Path) -> None:
    found = files(pair / "2025-07-01")
    top = {name for name in found if "/" not in name}
    papers = {"README.md", "LICENSE.md", "CITATION.cff", "CHANGES.md", "SHA256SUMS", "manifest.json"}
    data = {"archive.db", "archive.db.zst", "datapackage.json", "delta-from-2025-06-01.zip"}
    assert top == papers | data
    assert found["archive.db"] == (pair.parent / "archive.db").read_bytes()
    sums = {line[66:]: line[:64] for line in found.pop("SHA256SUMS").decode().splitlines()}
    assert sums == {name: hashlib.sha256(content).hexdigest() for name, content in found.items()}


def test_the_manifest_says_what_it_was_made_from(pair: Path) -> None:
    manifest = json.loads((pair / "2025-07-01" / "manifest.json").read_text("utf-8"))
    assert manifest["archive"]["logical"] == logical_sha256(pair.parent / "archive.db")
    assert manifest["archive"]["schema"] == SCHEMA
    assert manifest["made_with"]["sqlite"] == sqlite3.sqlite_version
    assert manifest["captures"] == {
        "number": 10,
        "runs": 3,
        "portals": 1,
        "first": "2025-05-01T00:00:00Z",
        "last": "2025-07-01T00:00:00Z",
    }
    assert len(manifest["inputs"]["reader"]) == 12
    assert manifest["rows"]["reports"] == 6
    assert manifest["previous"]["name"] == "2025-06-01"


@pytest.mark.parametrize("table", ["figures", "sections", "reports", "version_figures", "disclosure"])
def test_every_form_has_the_same_rows(pair: Path, table: str) -> None:
    found = values(pair / "2025-07-01", table)
    assert found["base"]
    assert found["lines"] == found["base"]
    assert found["parquet"] == found["base"]


def test_the_data_package_validates_and_would_not_if_a_row_pointed_nowhere(
    pair: Path, tmp_path: Path
) -> None:
    whole, broken = pair / "2025-07-01", tmp_path / "broken"
    package = json.loads((whole / "datapackage.json").read_text("utf-8"))
    fields = [field for entry in package["resources"] for field in entry["schema"]["fields"]]
    assert all(field["description"] for field in fields)
    shutil.copytree(whole, broken)
    bodies = broken / "csv" / "bodies.csv"
    text = bodies.read_text("utf-8-sig").replace("990101-清源县民政局", "990101-nobody")
    bodies.write_text(text, "utf-8-sig")
    assert faults(whole, broken) == [[], ["byte-count", "foreign-key", "hash-count"]]


def faults(*folders: Path) -> list[list[str]]:
    """The kinds of error that the Frictionless library finds in the package of each folder."""
    script = (
        "import json, os, sys; from frictionless import Package\n"
        "def kinds(folder):\n"
        "    os.chdir(folder)\n"
        "    return sorted({kind for (kind,) in Package('datapackage.json').validate().flatten(['type'])})\n"
        "json.dump([kinds(folder) for folder in sys.argv[1:]], sys.stdout)"
    )
    words = [sys.executable, "-c", script, *map(str, folders)]
    return list(json.loads(subprocess.run(words, capture_output=True, check=True).stdout))


def test_the_same_inputs_give_the_same_bytes(pair: Path, tmp_path: Path) -> None:
    shutil.copy(pair / "2025-06-01" / "archive.db", tmp_path / "archive.db")
    first = released(tmp_path).folder
    shutil.copy(pair.parent / "archive.db", tmp_path / "archive.db")
    again = released(tmp_path).folder
    assert files(first) == files(pair / "2025-06-01")
    assert files(again) == files(pair / "2025-07-01")


def test_the_delta_makes_the_new_archive_of_the_old(
    pair: Path, tmp_path: Path, nianbao_command: Command
) -> None:
    old, new = pair / "2025-06-01", pair / "2025-07-01"
    delta = new / "delta-from-2025-06-01.zip"
    said = nianbao_command("apply", old / "archive.db", delta, tmp_path / "made.db")
    assert said.code == 0
    assert (tmp_path / "made.db").read_bytes() == (new / "archive.db").read_bytes()
    with pytest.raises(ClickException, match=r"archive\.db: is there already"):
        nianbao_command("apply", old / "archive.db", delta)
    with pytest.raises(ClickException, match=r"made\.db: is not the file that"):
        nianbao_command("apply", tmp_path / "made.db", delta, tmp_path / "other.db")


def test_what_changed_is_said_in_words(pair: Path, tmp_path: Path) -> None:
    assert "The first release: 5 reports." in (pair / "2025-06-01" / "CHANGES.md").read_text("utf-8")
    says = (pair / "2025-07-01" / "CHANGES.md").read_text("utf-8")
    assert "New reports: 1" in says
    assert "- 990101-清源县水利局-2024: 清源县水利局2024年政府信息公开⼯作年度报告" in says
    assert "- 990101-清源县人民政府-2022: figure requests.new.person, " in says
    assert "| reports | 5 | 6 |" in says
    assert "otherwise than before" not in says
    other = tmp_path / "archive.db"
    shutil.copy(pair / "2025-06-01" / "archive.db", other)
    with closing(sqlite3.connect(other, isolation_level=None)) as connection:
        connection.execute("UPDATE version_figures SET value = 77, text = '77' WHERE value = 22")
    write_news(tmp_path / "CHANGES.md", "now", pair / "2025-07-01" / "archive.db", ("then", other))
    assert "Reports read otherwise than before: 1" in (tmp_path / "CHANGES.md").read_text("utf-8")


def test_a_release_that_holds_it_already_is_enough(
    pair: Path, tmp_path: Path, nianbao_command: Command
) -> None:
    said = nianbao_command("release", "--data", pair.parent)
    assert said.output == f"{pair / '2025-07-01'}: holds this archive.db already\n"
    shutil.copytree(pair / "2025-07-01", tmp_path / "release" / "2025-07-01")
    shutil.copy(pair.parent / "archive.db", tmp_path / "archive.db")
    # Another archive of the same captures, as a better reader makes one.
    with closing(sqlite3.connect(tmp_path / "archive.db", isolation_level=None)) as connection:
        connection.execute("UPDATE inputs SET value = 'other' WHERE name = 'reader'")
    made = json.loads(nianbao_command("release", "--data", tmp_path, "--json").output.splitlines()[-1])
    assert made == {"folder": str(tmp_path / "release" / "2025-07-01.2"), "new": True}


def test_without_the_extra_nothing_is_made(
    pair: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "duckdb", None)
    with pytest.raises(Missing, match=r"pip install 'nianbao\[release\]'"):
        released(pair.parent, tmp_path / "release")
    assert list(tmp_path.iterdir()) == []


def test_a_full_disk_leaves_nothing_half_made(
    pair: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("archive.release.folder.write_zst", full)
    with pytest.raises(OSError, match="No space"):
        released(pair.parent, tmp_path)
    assert [path.name for path in tmp_path.iterdir()] == [".lock"]


def values(folder: Path, table: str) -> dict[str, list[tuple[Any, ...]]]:
    """The rows of a table in the database and in two of its other forms."""
    with closing(sqlite3.connect(folder / "archive.db")) as connection:
        base = connection.execute(f"SELECT * FROM {table}").fetchall()  # noqa: S608
    with gzip.open(folder / "jsonl" / f"{table}.jsonl.gz", "rt", encoding="utf-8") as lines:
        told = [tuple(json.loads(line).values()) for line in lines]
    engine = parquet.duckdb().connect()
    columns = engine.execute(f"SELECT * FROM '{folder}/parquet/{table}.parquet'").fetchall()  # noqa: S608
    return {
        "base": sorted(base, key=repr),
        "lines": sorted(told, key=repr),
        "parquet": sorted(columns, key=repr),
    }


def test_an_archive_that_is_not_whole_is_not_released(data: Path) -> None:
    with closing(sqlite3.connect(data / "archive.db", isolation_level=None)) as connection:
        connection.execute("DELETE FROM bodies")
    with pytest.raises(NoRelease, match=r"archive\.db: a row of .*; make it with `nianbao build"):
        released(data)
    (data / "archive.db").write_bytes(b"no database at all" * 100)
    with pytest.raises(NoRelease, match="not a database"):
        released(data)
    assert not (data / "release").exists()


KILLED = """
import os, signal, sys
from pathlib import Path
from archive.release import Wanted, folder, release
at, inner = sys.argv[1], getattr(folder, sys.argv[1])
left = int(sys.argv[2])
def last(*words):
    global left
    left -= 1
    if not left:
        os.kill(os.getpid(), signal.SIGKILL)
    return inner(*words)
setattr(folder, at, last)
release(Path(sys.argv[3]) / "archive.db", Path(sys.argv[3]) / "release", Wanted(), lambda _: None)
"""


@pytest.mark.parametrize(("at", "number"), [("csv_file", 3), ("_synced", 70)])
def test_a_release_that_is_killed_is_not_there_and_the_next_is_whole(
    pair: Path, tmp_path: Path, at: str, number: int
) -> None:
    out = tmp_path / "release"
    shutil.copytree(pair / "2025-06-01", out / "2025-06-01")
    shutil.copy(pair.parent / "archive.db", tmp_path / "archive.db")
    words = [sys.executable, "-c", KILLED, at, str(number), str(tmp_path)]
    assert subprocess.run(words, check=False).returncode == -signal.SIGKILL
    assert [path.name for path in out.iterdir() if not path.name.startswith(".")] == ["2025-06-01"]
    assert any(out.glob(".making-*"))
    made = released(tmp_path)
    assert made.new
    assert not any(out.glob(".making-*"))
    assert files(made.folder) == files(pair / "2025-07-01")


def test_two_at_a_time_are_refused(pair: Path, tmp_path: Path) -> None:
    with (tmp_path / ".lock").open("w") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        with pytest.raises(NoRelease, match="another release is being made there"):
            released(pair.parent, tmp_path)

"""Whatever happens to a build, the last good file stands, and what was wrong is one line."""

import hashlib
import os
import resource
import shutil
import signal
import sqlite3
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from archive.aside import NoRoom, room, written_aside
from archive.build import build
from archive.readings import DamagedReading, Readings

County = Any  # the class lives in conftest.py, which tests cannot import
NIANBAO = Path(sys.executable).parent / "nianbao"
KILLED = """
import os, select, signal, sys, time
from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path
import archive.material, archive.shares
from archive.build import build

spec = spec_from_file_location("county_in_memory", sys.argv[1])
county_in_memory = module_from_spec(spec)
sys.modules["county_in_memory"] = county_in_memory
spec.loader.exec_module(county_in_memory)
county = county_in_memory.three_years.__wrapped__(county_in_memory.County())
out, processes = Path(sys.argv[2]), int(sys.argv[3])
archive.shares.LEAST = archive.material.ALONE = archive.material.AT_ONCE = 1
build(county, county.get, out, processes=processes)
began = time.monotonic()
build(county, county.get, out, processes=processes)
lasts = time.monotonic() - began
good = out.read_bytes()
for instant in range(12):
    alive, theirs = os.pipe()
    child = os.fork()
    if not child:
        build(county, county.get, out, processes=processes)
        os._exit(0)
    os.close(theirs)
    time.sleep(lasts * instant / 10)
    os.kill(child, signal.SIGKILL)
    os.waitpid(child, 0)
    # Its end is there when the last of those who have it is gone.
    assert select.select([alive], [], [], 20)[0], "a process goes on"
    os.close(alive)
    assert out.read_bytes() == good, instant
    left = [path.name for path in out.parent.iterdir() if path != out]
    # What is gathered, what is filled, what is laid anew with its journal, and a share of each other process.
    assert len(left) <= 3 + processes, left
    print(bool(left), flush=True)
"""


def digest(file: Path) -> str:
    return hashlib.sha256(file.read_bytes()).hexdigest()


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


@pytest.mark.parametrize("processes", [1, 3])
def test_a_build_killed_at_any_instant_leaves_the_last_good_file_and_the_next_tidies_up(
    three_years: County, tmp_path: Path, processes: int
) -> None:
    out, conftest = tmp_path / "archive.db", Path(__file__).with_name("conftest.py")
    command = [sys.executable, "-c", KILLED, str(conftest), str(out), str(processes)]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    assert "True" in done.stdout.split(), "no kill came in the middle of a build"
    build(three_years, three_years.get, out)
    assert names(tmp_path) == ["archive.db"]


def test_what_a_build_under_way_writes_is_left_alone(tmp_path: Path) -> None:
    under_way, left = (tmp_path / f".archive.db.{process}" for process in (os.getppid(), 2**22 + 1))
    beside = left.with_name(f"{left.name}-journal"), tmp_path / f".archive.db.loose{left.suffix}"
    for path in (under_way, left, *beside):
        path.touch()
    with written_aside(tmp_path / "archive.db") as aside:
        aside.write_text("new")
    assert names(tmp_path) == [under_way.name, "archive.db"]


@pytest.fixture
def small_disk(tmp_path: Path, request: pytest.FixtureRequest) -> Callable[[int], Path]:
    """A folder on a disk of so many bytes: its own file system where we may mount one, else a folder in
    which no file may grow longer."""

    def made(size: int) -> Path:
        folder = tmp_path / "disk"
        folder.mkdir()
        mount = ["mount", "-t", "tmpfs", "-o", f"size={size}", "tmpfs", str(folder)]
        if shutil.which("mount") and subprocess.run(mount, capture_output=True, check=False).returncode == 0:
            request.addfinalizer(lambda: subprocess.run(["umount", "--lazy", str(folder)], check=True))
        else:
            before = resource.getrlimit(resource.RLIMIT_FSIZE)
            resource.setrlimit(resource.RLIMIT_FSIZE, (size, before[1]))
            request.addfinalizer(lambda: resource.setrlimit(resource.RLIMIT_FSIZE, before))
        return folder

    return made


@pytest.mark.parametrize("processes", [1, 3])
def test_a_disk_full_in_mid_build(
    three_years: County,
    tmp_path: Path,
    small_disk: Callable[[int], Path],
    processes: int,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("archive.shares.LEAST", 1)
    build(three_years, three_years.get, tmp_path / "good.db")
    size = (tmp_path / "good.db").stat().st_size
    disk = small_disk(size * 3 // 2)
    shutil.copy(tmp_path / "good.db", disk / "archive.db")
    three_years.report(three_years.run("run-9"), "清源县水利局", 2024, section="行政复议。" * (size // 10))
    with pytest.raises(NoRoom, match=r"disk: cannot write more there \(.*\); make room"), room(disk):
        build(three_years, three_years.get, disk / "archive.db", processes=processes)
    assert digest(disk / "archive.db") == digest(tmp_path / "good.db")
    assert names(disk) == ["archive.db"]


def test_a_disk_full_while_readings_are_written(
    three_years: County, tmp_path: Path, small_disk: Callable[[int], Path]
) -> None:
    (reading, *_) = (r for r in three_years.readings.values() if hasattr(r, "figures"))
    long = replace(reading, title="年" * 100_000)
    readings = Readings(small_disk(200_000) / "readings", "v1")
    with pytest.raises(NoRoom), room(tmp_path):
        readings.put(long)
    assert readings.missing([long.sha256]) == [long.sha256]
    assert [path for path in (tmp_path / "disk").rglob("*") if path.is_file()] == []


def test_another_fault_of_the_system_is_not_called_a_full_disk(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError), room(tmp_path):
        (tmp_path / "nothing").read_bytes()
    with pytest.raises(sqlite3.OperationalError), room(tmp_path), closing(sqlite3.connect(":memory:")) as one:
        one.execute("SELECT * FROM nothing")


@pytest.mark.parametrize("text", ["", "{", '{"source": "x"}', '{"sha256": "x", "error": 7}', "[]"])
def test_a_reading_that_is_damaged_or_of_another_form_is_named(tmp_path: Path, text: str) -> None:
    path = tmp_path / "v1" / "ab" / f"ab{'0' * 62}.json"
    path.parent.mkdir(parents=True)
    path.write_text(text)
    with pytest.raises(DamagedReading, match=rf"{path.name}: not a reading .*; delete it, and it is made"):
        Readings(tmp_path, "v1").get(path.stem)
    assert path.read_text() == text


def test_readings_of_a_newer_version_are_neither_used_nor_touched(
    three_years: County, tmp_path: Path
) -> None:
    (reading, *_) = (r for r in three_years.readings.values() if hasattr(r, "figures"))
    Readings(tmp_path, "newer").put(reading)
    written = {path: path.read_bytes() for path in tmp_path.rglob("*.json")}
    older = Readings(tmp_path, "older")
    assert older.missing([reading.sha256]) == [reading.sha256]
    older.put(replace(reading, title="older"))
    assert {path: path.read_bytes() for path in written} == written
    assert Readings(tmp_path, "newer").get(reading.sha256) == reading


def test_two_portals_that_claim_one_body_make_one_report_and_a_finding(
    county: County, tmp_path: Path
) -> None:
    file = tmp_path / "archive.db"
    county.report(county.run(), "清源县民政局", 2024, {"requests.new.person": "1"})
    county.portal = replace(county.portal, key="other", home="http://other.example/")
    second = county.run("run-2", "2025-08-01T00:00:00Z")
    url = "http://other.example/1.html"
    county.report(second, "清源县民政局", 2024, {"requests.new.person": "2"}, url=url)
    build(county, county.get, file)
    with closing(sqlite3.connect(file)) as connection:
        rows: Callable[[str], Iterator[tuple[Any, ...]]] = connection.execute
        assert [*rows("SELECT body, year FROM reports")] == [("990101-清源县民政局", 2024)]
        assert [*rows("SELECT count(*), count(DISTINCT document) FROM versions")] == [(2, 2)]
        assert [*rows("SELECT count(DISTINCT portal) FROM captures")] == [(2,)]
        assert [*rows("SELECT rule, codes FROM findings")] == [("report.conflict", "requests.new.person")]


def test_a_command_says_it_in_one_line_and_ends_with_2(tmp_path: Path) -> None:
    (tmp_path / "captures").mkdir()
    (tmp_path / "archive.db").write_bytes(b"good")
    command = [str(NIANBAO), "build", "--data", str(tmp_path)]

    def limited() -> None:
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))

    done = subprocess.run(command, capture_output=True, text=True, check=False, preexec_fn=limited)
    assert (done.returncode, done.stdout, done.stderr.count("\n")) == (2, "", 1)
    assert done.stderr.startswith(f"nianbao: {tmp_path}: cannot write more there (")
    assert (tmp_path / "archive.db").read_bytes() == b"good"

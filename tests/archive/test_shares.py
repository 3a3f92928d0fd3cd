"""A build in several processes is the build of one: the same bytes, and whatever happens to one of them is
named and leaves the last good file, no other file and no process."""

import os
import signal
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import closing
from multiprocessing import active_children
from multiprocessing.context import ForkProcess
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from archive.aside import NoRoom
from archive.build import build
from archive.forked import Forked, Lost, spread
from archive.readings import DamagedReading
from archive.shares import LEAST, MOST, Broken, at_work, shares

County = Any  # the class lives in conftest.py, which tests cannot import


def helpers_at_work() -> list[ForkProcess]:
    """Other tests may have begun processes that draw pages: those are spawned."""
    return [child for child in active_children() if isinstance(child, ForkProcess)]


@pytest.fixture(autouse=True)
def small_shares(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("archive.shares.LEAST", 1)


@given(st.lists(st.integers(1, 3), min_size=1, max_size=30), st.integers(1, 12))
def test_shares_are_all_reports_in_order_and_know_the_keys_of_their_versions(
    versions: list[int], processes: int
) -> None:
    found = shares(versions, at_work(processes))
    assert [n for share in found for n in range(share.start, share.end)] == [*range(len(versions))]
    assert [share.version for share in found] == [1 + sum(versions[: share.start]) for share in found]
    assert len(found) == min(processes, MOST, len(versions))
    assert max(s.end - s.start for s in found) - min(s.end - s.start for s in found) <= 1


def test_few_reports_are_one_share(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.undo()
    assert len(shares([1] * 2 * LEAST, 8)) == 2
    assert len(shares([1] * (2 * LEAST - 1), 8)) == 1
    monkeypatch.setattr("os.cpu_count", lambda: 3)
    assert len(shares([1] * 4 * LEAST, at_work(None))) == 3


@pytest.fixture
def read_apart(monkeypatch: pytest.MonkeyPatch) -> None:
    """Helpers read whose the reports are, however few there are."""
    monkeypatch.setattr("archive.material.ALONE", 1)
    monkeypatch.setattr("archive.material.AT_ONCE", 2)


@pytest.fixture
def rich(three_years: County) -> County:
    """Findings in every share, and one of a report of nobody, which comes after them all."""
    later = three_years.run("run-3", "2025-07-01T00:00:00Z")
    for body in ("清源县教育局", "清源县水利局"):
        three_years.report(later, body, 2024, {"disclosure.fees.amount": "5949.0886671"})
    three_years.report(later, "", 2024)
    return three_years


@pytest.mark.usefixtures("read_apart")
def test_the_number_of_processes_does_not_change_a_byte(rich: County, tmp_path: Path) -> None:
    built = []
    for processes in (1, 2, 3):
        build(rich.shuffled(processes), rich.get, tmp_path / "a.db", processes=processes)
        built.append((tmp_path / "a.db").read_bytes())
    assert built == built[:1] * 3
    with closing(sqlite3.connect(tmp_path / "a.db")) as connection:
        keys = [*connection.execute("SELECT key, report FROM findings ORDER BY key")]
        assert [key for key, _ in keys] == [*range(1, len(keys) + 1)]
        assert len({report for _, report in keys}) == 3
        assert keys[-1][1] is None
        assert connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)


ELSEWHERE = """
import sys
from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path
import archive.material, archive.shares
from archive.build import build

spec = spec_from_file_location("county_in_memory", sys.argv[1])
county_in_memory = module_from_spec(spec)
sys.modules["county_in_memory"] = county_in_memory
spec.loader.exec_module(county_in_memory)
county = county_in_memory.three_years.__wrapped__(county_in_memory.County())
archive.shares.LEAST = archive.material.ALONE = archive.material.AT_ONCE = 1
"""
BUILD = "build(county, county.get, Path(sys.argv[2]), processes=int(sys.argv[3]))\n"


def command(script: str, out: Path, *more: object) -> list[str]:
    conftest = Path(__file__).with_name("conftest.py")
    return [sys.executable, "-c", ELSEWHERE + script, str(conftest), str(out), *map(str, more)]


@pytest.mark.parametrize("processes", [1, 2, 3])
def test_nor_do_time_zone_locale_and_hash_seed(three_years: County, tmp_path: Path, processes: int) -> None:
    build(three_years, three_years.get, tmp_path / "here.db", processes=2)
    elsewhere = {"TZ": "Pacific/Kiritimati", "LC_ALL": "C", "PYTHONHASHSEED": "12345", "PYTHONUTF8": "0"}
    there = command(BUILD, tmp_path / "there.db", processes)
    subprocess.run(there, env={**os.environ, **elsewhere}, check=True)
    assert (tmp_path / "here.db").read_bytes() == (tmp_path / "there.db").read_bytes()


@pytest.fixture
def good(three_years: County, tmp_path: Path) -> Iterator[Path]:
    """The file that is there before. In the end it is the only one, and no process is left."""
    out = tmp_path / "archive.db"
    build(three_years, three_years.get, out, processes=1)
    before = out.read_bytes()
    yield out
    assert out.read_bytes() == before
    assert [path.name for path in tmp_path.iterdir()] == [out.name]
    assert helpers_at_work() == []


def in_a_helper(county: County, happens: Callable[[], object]) -> Callable[[str], Any]:
    this = os.getpid()

    def get(sha256: str) -> Any:
        if os.getpid() != this:
            happens()
        return county.get(sha256)

    return get


@pytest.mark.parametrize("how", [signal.SIGKILL, signal.SIGTERM])
def test_a_helper_that_dies_is_named(three_years: County, good: Path, how: signal.Signals) -> None:
    dies = in_a_helper(three_years, lambda: os.kill(os.getpid(), how))
    with pytest.raises(Lost, match=rf"a process that wrote reports 3 to 5 ended \({how.name}\).*build again"):
        build(three_years, dies, good, processes=2)


@pytest.mark.usefixtures("read_apart")
def test_one_that_dies_while_it_reads_is_named_too(three_years: County, good: Path) -> None:
    dies = in_a_helper(three_years, lambda: os.kill(os.getpid(), signal.SIGKILL))
    with pytest.raises(Lost, match=r"read whose the reports are ended \(SIGKILL\).*build again"):
        build(three_years, dies, good, processes=2)


@pytest.mark.parametrize("apart", [True, False])
@pytest.mark.parametrize("cause", [DamagedReading("x.json: damaged"), NoRoom("full"), ValueError("a bug")])
def test_what_a_helper_raises_is_raised(
    three_years: County, good: Path, cause: Exception, apart: bool, request: pytest.FixtureRequest
) -> None:
    if apart:
        request.getfixturevalue("read_apart")

    def raises() -> None:
        raise cause

    with pytest.raises(type(cause), match=str(cause)) as raised:
        build(three_years, in_a_helper(three_years, raises), good, processes=3)
    assert "in raises" in "".join(raised.value.__notes__), "where it was raised is not told"


def test_a_row_that_cannot_be_is_named_by_a_helper_too(
    three_years: County, good: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    this = os.getpid()

    def guessed(version: int, *_: object) -> Iterator[tuple[object, ...]]:
        yield (version, 1, "blank" if os.getpid() == this else "guessed", *[None] * 13)

    monkeypatch.setattr("archive.rows.figure_rows", guessed)
    with pytest.raises(Broken, match=r"990101-清源县人民政府-2023.*CHECK.*report this as a bug"):
        build(three_years, three_years.get, good, processes=5)


def test_a_helper_of_the_index_that_dies_is_named(
    three_years: County, good: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    this = os.getpid()

    def dies(text: str) -> str:
        if os.getpid() != this:
            os.kill(os.getpid(), signal.SIGKILL)
        return text

    monkeypatch.setattr("archive.search.grams", dies)
    with pytest.raises(Lost, match=r"a process that made texts ready for search ended \(SIGKILL\)"):
        build(three_years, three_years.get, good, processes=3)


def test_a_fault_of_the_build_itself_ends_its_helpers(
    three_years: County, good: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """They would take a minute."""
    slow = in_a_helper(three_years, lambda: time.sleep(60))
    monkeypatch.setattr("archive.build.write_sources", fails)
    with pytest.raises(OSError, match="of its own"):
        build(three_years, slow, good, processes=3)


def fails(*_: object) -> None:
    raise OSError("of its own")


INTERRUPTED = """
import os, signal, time
# Whoever runs tests in the background has Ctrl-C ignored, and so have its children.
signal.signal(signal.SIGINT, signal.default_int_handler)
this = os.getpid()
archive.material.ALONE = int(sys.argv[3])

def get(sha256):
    if os.getpid() != this:
        os.write(1, b"helped\\n")
        time.sleep(0.3)
    return county.get(sha256)

build(county, get, Path(sys.argv[2]), processes=3)
"""


@pytest.mark.parametrize("alone", [1, 500], ids=["reading", "writing"])
@pytest.mark.parametrize("how", [signal.SIGINT, signal.SIGTERM, signal.SIGKILL])
def test_ctrl_c_and_a_signal_end_all_processes(
    three_years: County, good: Path, how: signal.Signals, alone: int
) -> None:
    """Ctrl-C is sent to all of them at once, other signals to the first. The pipe is at its end when the
    last of those who have it is gone."""
    with subprocess.Popen(
        command(INTERRUPTED, good, alone),
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
    ) as process:
        assert process.stdout
        assert process.stdout.readline() == "helped\n"
        (os.killpg if how is signal.SIGINT else os.kill)(process.pid, how)
        began = time.monotonic()
        _, complained = process.communicate(timeout=30)
    assert process.returncode == -how
    assert time.monotonic() - began < 10
    assert complained.count("Traceback") == (how is signal.SIGINT)
    if how is not signal.SIGINT:
        build(three_years, three_years.get, good, processes=2)


def test_a_helper_answers_what_it_is_told_and_its_last_word_is_what_it_returns() -> None:
    def doubles(connection: Any) -> str:
        while number := connection.recv():
            connection.send(2 * number)
        return "done"

    with closing(Forked("doubles", doubles)) as helper:
        helper.tell(4)
        assert helper.hear() == 8
        helper.tell(0)
        assert helper.hear() == "done"
        with pytest.raises(Lost, match=r"a process that doubles ended \(exit code 0\)"):
            helper.hear()
    assert helpers_at_work() == []


@given(st.lists(st.integers()), st.integers(0, 3))
@settings(max_examples=20, deadline=None)
def test_what_is_spread_over_helpers_comes_as_from_map(numbers: list[int], helpers: int) -> None:
    """Each number is far too long for a pipe that nobody reads."""
    made = spread("repeats", lambda number: [number] * 50_000, iter(numbers), helpers)
    assert [one[0] for one in made] == numbers
    assert helpers_at_work() == []


def test_helpers_of_what_nobody_wants_to_the_end_are_ended() -> None:
    made = spread("counts", lambda number: number + 1, iter(range(100)), 2)
    assert [next(made), next(made)] == [1, 2]
    assert len(helpers_at_work()) == 2
    made.close()  # type: ignore[attr-defined]
    assert helpers_at_work() == []


def test_what_fails_in_a_helper_fails_where_it_was_to_come() -> None:
    made = spread("divides", lambda number: 1 // number, iter([1, 1, 0, 1]), 2)
    assert [next(made), next(made)] == [1, 1]
    with pytest.raises(ZeroDivisionError):
        next(made)
    assert helpers_at_work() == []

"""The server: over loopback, in a real browser, and what it says when it cannot serve."""

import os
import shutil
import signal
import socket
import sqlite3
import subprocess
import sys
import time
import urllib.request
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing, suppress
from pathlib import Path
from typing import Any

import click
import pytest
from lxml import html

from archive.cli.serve import serve
from archive.pages.addresses import figure_address, report_address
from archive.publish import served

PRINTED_IN_A_PDF = """
SELECT figures.report, figures.code FROM figures JOIN reports ON reports.id = figures.report
JOIN documents ON documents.sha256 = reports.document
WHERE documents.media_type = 'application/pdf' AND figures.page IS NOT NULL AND figures.status = 'read'
LIMIT 1
"""


def test_served_answers_while_it_lasts(archive_db: Path) -> None:
    with served(archive_db) as address, urllib.request.urlopen(address) as answer:
        assert "政府信息公开工作年度报告".encode() in answer.read()
    with pytest.raises(OSError, match="refused"):
        urllib.request.urlopen(address)


def test_of_two_processes_one_that_is_killed_is_missed_by_nobody(archive_db: Path) -> None:
    program = Path(sys.executable).with_name("nianbao")
    command = [str(program), "serve", "--data", str(archive_db.parent), "--port", "0", "--processes", "2"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as serving:
        try:
            assert serving.stdout
            address = serving.stdout.readline().split()[0]
            first = _serving(archive_db.parent, 2)
            while not _answers(address):
                time.sleep(0.1)
            os.kill(first[0], signal.SIGKILL)
            while (again := _serving(archive_db.parent, 2)) == first:
                assert _answers(address)
                time.sleep(0.3)
        finally:
            serving.terminate()
    assert serving.returncode == 0
    assert first[1] in again
    assert not _answers(address)


@pytest.mark.parametrize("ended", [signal.SIGTERM, signal.SIGKILL])
def test_a_server_that_is_ended_leaves_no_process(county_data: Path, ended: signal.Signals) -> None:
    """Not the one that draws pages either, nor what keeps watch over that."""
    program = Path(sys.executable).with_name("nianbao")
    command = [str(program), "serve", "--data", str(county_data), "--port", "0"]
    with closing(sqlite3.connect(county_data / "archive.db")) as connection:
        report, code = connection.execute(PRINTED_IN_A_PDF).fetchone()
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, start_new_session=True) as serving:
        try:
            assert serving.stdout
            address = serving.stdout.readline().split()[0].rstrip("/")
            while not _answers(address):
                assert serving.poll() is None
                time.sleep(0.1)
            with urllib.request.urlopen(f"{address}{figure_address(report, code)}/cell") as cell:
                assert cell.status == 200
            assert len(_session(serving.pid)) > 1
            serving.send_signal(ended)
            serving.wait(20)
        finally:
            serving.kill()
    end = time.monotonic() + 20
    while _session(serving.pid) and time.monotonic() < end:
        time.sleep(0.2)
    assert _session(serving.pid) == []
    # One that was killed could not clear these away, and other tests copy the folder.
    for held in county_data.glob(".serving-*"):
        shutil.rmtree(held)


def _session(leader: int) -> list[int]:
    """The processes that the leader and those after it have begun, and that are still there."""
    there = []
    for folder in Path("/proc").glob("[0-9]*"):
        with suppress(OSError):  # it may have ended since
            state, _, _, session = (folder / "stat").read_text().rpartition(") ")[2].split()[:4]
            if int(session) == leader and state != "Z":
                there.append(int(folder.name))
    return there


def _answers(address: str) -> bool:
    try:
        with urllib.request.urlopen(address) as answer:
            return bool(answer.status == 200)
    except OSError:
        return False


def _serving(folder: Path, count: int) -> list[int]:
    """The processes that hold the archive open, once there are so many."""
    while True:
        held = {int(one.name.split("-")[1]) for one in folder.glob(".serving-*")}
        if len(held) == count:
            return sorted(held)
        time.sleep(0.05)


def test_a_browser_shows_the_report_as_printed(archive_db: Path, tmp_path: Path) -> None:
    browser = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    if browser is None:
        pytest.skip("needs a browser: apt-get install chromium")
    with served(archive_db) as address:
        shown = subprocess.run(
            [
                *(browser, "--headless", "--no-sandbox", "--disable-gpu", "--disable-background-networking"),
                *("--no-first-run", f"--user-data-dir={tmp_path}", "--enable-logging=stderr", "--dump-dom"),
                address.rstrip("/") + report_address("999901-乙镇-2020"),
            ],
            capture_output=True,
            timeout=60,
            check=True,
        )
    document: Any = html.fromstring(shown.stdout.decode("utf-8"))
    assert document.find(".//h1").text_content() == "<img src=x onerror=alert(1)>乙镇"
    assert len(document.xpath("//td[starts-with(@class, 'read') and @id]")) == 197
    # What a page refuses by its own policy, a browser says on the console.
    assert b"CONSOLE" not in shown.stderr


def retitled(database: Path, title: str) -> Path:
    """Another archive.db beside it, whose reports are called so."""
    other = database.with_name("other.db")
    shutil.copyfile(database, other)
    connection = sqlite3.connect(other)
    connection.execute("UPDATE reports SET title = ?", (title,))
    connection.commit()
    connection.close()
    return other


def test_a_new_archive_is_swapped_in_without_a_failed_request(archive_db: Path, tmp_path: Path) -> None:
    database = tmp_path / "archive.db"
    shutil.copyfile(archive_db, database)
    with served(database) as address, ThreadPoolExecutor(4) as readers:
        page = address.rstrip("/") + report_address("999901-甲局-2023")

        def read() -> str:
            with urllib.request.urlopen(page) as answer:
                return str(answer.read().decode())

        assert "新题" not in read()
        retitled(database, "新题").replace(database)
        end, seen = time.monotonic() + 60, False
        while not seen and time.monotonic() < end:
            seen = all("新题" in text for text in readers.map(lambda _: read(), range(8)))
        assert seen
        database.with_name("broken.db").write_bytes(b"no database" * 100)
        database.with_name("broken.db").replace(database)
        time.sleep(1.2)
        assert all("新题" in read() for _ in range(5))
    assert not list(tmp_path.glob(".serving-*"))


def test_what_a_killed_server_left_is_cleared_away(archive_db: Path, tmp_path: Path) -> None:
    database = tmp_path / "archive.db"
    shutil.copyfile(archive_db, database)
    ended = subprocess.Popen(["true"])
    ended.wait()
    (tmp_path / f".serving-{ended.pid}-x").mkdir()
    with served(database):
        (held,) = tmp_path.glob(".serving-*")
        assert held.name.startswith(f".serving-{os.getpid()}-")


def said(*words: str) -> str:
    with pytest.raises(click.ClickException) as failure:
        serve.main([*words], standalone_mode=False)
    return failure.value.message


def test_a_missing_database_is_one_line(tmp_path: Path) -> None:
    line = said("--data", str(tmp_path))
    assert (
        line == f"{tmp_path}/archive.db: there is no database; make it with `nianbao build --data {tmp_path}`"
    )


def test_what_is_no_archive_is_one_line(tmp_path: Path) -> None:
    (tmp_path / "archive.db").write_text("no database at all, but long enough to be looked at" * 20)
    assert "file is not a database; make it with" in said("--data", str(tmp_path))
    (tmp_path / "archive.db").write_bytes(b"")
    assert "has schema 0" in said("--data", str(tmp_path))


def test_a_taken_port_is_one_line(archive_db: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as other:
        port = str(other.getsockname()[1])
        assert "Address already in use; choose another" in said(
            "--data", str(archive_db.parent), "--port", port
        )

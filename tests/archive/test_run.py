"""`nianbao run` as a scheduler calls it, over a portal on loopback, with a webhook that listens."""

import json
import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest
import yaml

from archive.atom import ATOM
from archive.cli.lock import Held, locked
from archive.cli.run import STEPS
from archive.release import latest
from tests.archive.notify.test_tell import Hook, hook
from tests.conftest import Outcome, run
from tests.crawler.loopback import Reply, Site, serving

KEY = "990101-qinghe"
COLUMN = "/nb/"


def publish(site: Site, years: list[int]) -> None:
    rows = ""
    for year in years:
        title = f"青禾县民政局{year}年政府信息公开工作年度报告"
        rows += f'<li><a href="./t{year}0120_1.htm">{title}</a><span>{year + 1}-01-20</span></li>'
        text = "本机关全年主动公开政府信息，未收到公开申请。" * 40
        site.html(f"{COLUMN}t{year}0120_1.htm", f"<h1>{title}</h1><p>{text}</p>")
    site.html(COLUMN, f"<ul>{rows}</ul><script>createPageHTML(1, 0, 'index', 'html')</script>")


@pytest.fixture
def site() -> Iterator[Site]:
    with serving() as site:
        publish(site, [2015, 2016])
        yield site


@pytest.fixture
def listener() -> Iterator[Hook]:
    with hook() as here:
        yield here


def nianbao_run(data: Path, *words: object) -> Outcome:
    return run("run", "--data", data, "--local", *words)


def journal(data: Path) -> list[dict[str, Any]]:
    (file,) = (data / "log").glob("run-*.jsonl")
    return [json.loads(line) for line in file.read_text("utf-8").splitlines()]


def kinds(listener: Hook) -> list[list[str]]:
    return [[event["kind"] for event in post["events"]] for post in listener.posts]  # type: ignore[attr-defined]


def test_weeks_of_runs_tell_what_came_of_them_and_alert_once(
    tmp_path: Path, site: Site, listener: Hook
) -> None:
    site.portal_file(tmp_path, KEY, [COLUMN])
    (tmp_path / "notify.yaml").write_text(yaml.safe_dump({"webhook": {"url": listener.url}}))
    first = nianbao_run(tmp_path)
    assert first.code == 0, first.output
    assert (tmp_path / "archive.db").is_file()
    assert [entry["what"] for entry in journal(tmp_path)] == [
        "begin",
        "outcome",
        *["step"] * len(STEPS),
        "end",
    ]
    assert [entry.get("name") for entry in journal(tmp_path)[2:-1]] == list(STEPS)
    assert journal(tmp_path)[1]["counts"]["new"] == 2
    assert kinds(listener) == [["first"]]
    released = latest(tmp_path / "release")
    assert released
    assert (released / "archive.db").read_bytes() == (tmp_path / "archive.db").read_bytes()

    publish(site, [2015, 2016, 2017])
    assert nianbao_run(tmp_path).code == 0
    assert kinds(listener) == [["first"], ["new"]]

    column = site.replies[COLUMN]
    site.replies[COLUMN] = Reply(b"<html>__jsl_clearance</html>", status=403)
    codes = [nianbao_run(tmp_path).code for _ in range(3)]
    assert codes == [1, 1, 1]
    assert kinds(listener)[2:] == [["alert"]]
    health = run("portals", "--health", "--json", "--data", tmp_path)
    assert health.code == 1
    (told,) = (one for one in map(json.loads, health.output.splitlines()) if one["portal"] == KEY)
    assert (told["state"], told["runs"]) == ("blocked from here", 3)
    assert told["last_ok"] < told["since"] < told["last_run"]

    site.replies[COLUMN] = column
    assert nianbao_run(tmp_path).code == 0
    assert kinds(listener)[2:] == [["alert"], ["recovered"]]
    entries = ElementTree.parse(tmp_path / "feeds" / "notices.atom").getroot().findall(f"{{{ATOM}}}entry")  # noqa: S314
    assert [entry.find(f"{{{ATOM}}}category").get("term") for entry in entries] == [  # type: ignore[union-attr]
        "recovered",
        "alert",
        "new",
        "first",
    ]


def test_a_webhook_that_is_down_fails_nothing_else_and_is_told_later(
    tmp_path: Path, site: Site, listener: Hook
) -> None:
    site.portal_file(tmp_path, KEY, [COLUMN])
    (tmp_path / "notify.yaml").write_text(yaml.safe_dump({"webhook": {"url": listener.url}}))
    listener.status = 500
    outcome = nianbao_run(tmp_path)
    assert outcome.code == 1
    assert "status 500; 1 notices wait for the next run" in outcome.output
    assert (tmp_path / "archive.db").is_file()
    assert journal(tmp_path)[-2]["what"] == "not told"
    listener.status = 200
    assert nianbao_run(tmp_path).code == 0
    assert kinds(listener) == [["first"], ["first"]]


def test_what_could_not_be_done_is_2_and_said_in_one_line(tmp_path: Path) -> None:
    outcome = nianbao_run(tmp_path, "--portals", "nowhere")
    assert outcome.code == 2
    assert outcome.output == (
        "nianbao: nowhere: there is no such portal; `nianbao portals` lists those there are\n"
    )
    assert [(entry["what"], entry.get("code")) for entry in journal(tmp_path)] == [
        ("begin", None),
        ("problem", None),
        ("step", 2),
        ("end", 2),
    ]


def test_wrong_settings_end_the_run_before_it_begins(tmp_path: Path) -> None:
    (tmp_path / "notify.yaml").write_text("mails: {}\n")
    with pytest.raises(Exception, match="unknown key 'mails'"):
        nianbao_run(tmp_path)
    assert not (tmp_path / "captures").exists()


def test_a_second_run_says_who_holds_the_lock(tmp_path: Path) -> None:
    with (
        locked(tmp_path / "log" / "run.lock"),
        pytest.raises(Exception, match=f"process {os.getpid()} since 20.*wait for it"),
    ):
        nianbao_run(tmp_path)
    assert not (tmp_path / "captures").exists()


def test_the_lock_of_a_killed_run_is_free(tmp_path: Path) -> None:
    lock = tmp_path / "run.lock"
    hold = (
        "import sys, time; from pathlib import Path; from archive.cli.lock import locked\n"
        "with locked(Path(sys.argv[1])): print('held', flush=True); time.sleep(60)"
    )
    with subprocess.Popen(
        [sys.executable, "-c", hold, str(lock)], stdout=subprocess.PIPE, text=True
    ) as other:
        assert other.stdout
        assert other.stdout.readline() == "held\n"
        with pytest.raises(Held, match=f"process {other.pid} since"), locked(lock):
            pass
        other.send_signal(signal.SIGKILL)
        other.wait()
        assert json.loads(lock.read_text())["process"] == other.pid
        with locked(lock):
            assert json.loads(lock.read_text())["process"] == os.getpid()

import json
import os
import shutil
import signal
import sqlite3
import sys
from contextlib import closing
from pathlib import Path

import click
import pytest
from click.testing import CliRunner, Result

from archive.cli.build import build, check
from archive.forked import Forked
from crawler.captures import Capture, CaptureLost, Exchange, PortalFacts, Store
from parsers.version import reader_version

PORTAL = PortalFacts("county", "990101", "清源县人民政府", "http://county.example/", "trs")
REPORT = """清源县民政局2024年政府信息公开工作年度报告
一、总体情况
2024年，我局依法公开政府信息，在门户网站设立专栏，方便群众查阅。全年召开专题会议两次，学习条例，明确由办公室
承办日常事务，各科室各负其责，对拟公开的信息逐条审查，做到先审查、后公开，没有发生失密泄密的事情。
二、主动公开政府信息情况
三、收到和处理政府信息公开申请情况
四、政府信息公开行政复议、行政诉讼情况
五、存在的主要问题及改进情况
六、其他需要报告的事项
无。
"""
PLAN = "清源县民政局2024年工作要点\n一、加强学习。\n"


@click.group()
def program() -> None: ...


program.add_command(build)
program.add_command(check)


def run(*words: str | Path) -> Result:
    """As the program is run: what a verb returns is its exit code."""
    result = CliRunner().invoke(program, list(map(str, words)), standalone_mode=False)
    if isinstance(result.exception, click.ClickException):
        result.exit_code = 2
    elif result.exception:
        raise result.exception
    else:
        result.exit_code = result.return_value
    return result


def crawl(data: Path, **pages: str) -> None:
    recording = Store(data / "captures").begin(PORTAL, "agent")
    for name, text in pages.items():
        url = f"http://county.example/{name}.txt"
        received = [("content-type", "text/plain")]
        recording.exchange(Exchange(url, "GET", [], b"", 200, received, text.encode(), "article"), None)
    recording.close(len(pages))


@pytest.fixture
def data(tmp_path: Path) -> Path:
    crawl(tmp_path, report=REPORT, plan=PLAN)
    return tmp_path


@pytest.fixture(autouse=True)
def one_process(monkeypatch: pytest.MonkeyPatch) -> None:
    """Starting processes takes longer than reading a page of text."""
    monkeypatch.setattr("os.cpu_count", lambda: 1)


def test_the_number_of_processes_that_read_does_not_change_a_byte(
    data: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert json.loads(run("build", "--data", data, "--json").stdout)["newly_read"] == 2
    alone = (data / "archive.db").read_bytes()
    shutil.rmtree(data / "readings")
    monkeypatch.setattr("os.cpu_count", lambda: 2)
    assert json.loads(run("build", "--data", data, "--json").stdout)["newly_read"] == 2
    assert (data / "archive.db").read_bytes() == alone


def test_build_reads_what_is_new_and_says_what_it_built(data: Path) -> None:
    result = run("build", "--data", data)
    assert result.stdout == (
        f"{data}/archive.db: 1 reports of 1 bodies (1 versions), 2 documents (2 newly read, 1 no report), "
        f"{json.loads(run('build', '--data', data, '--json').stdout)['findings']} findings\n"
    )
    assert len(list((data / "readings" / reader_version()).rglob("*.json"))) == 2


def test_nothing_is_read_twice(data: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert json.loads(run("build", "--data", data, "--json").stdout)["newly_read"] == 2
    first = (data / "archive.db").read_bytes()
    monkeypatch.setattr(sys.modules["archive.cli.build"], "READER", None)
    assert json.loads(run("build", "--data", data, "--json").stdout)["newly_read"] == 0
    assert (data / "archive.db").read_bytes() == first


def test_a_new_day_costs_only_its_own_reading(data: Path) -> None:
    run("build", "--data", data)
    kept = {path: path.stat().st_mtime_ns for path in (data / "readings").rglob("*.json")}
    crawl(data, report=REPORT, plan=PLAN, other=REPORT.replace("2024", "2023"))
    again = json.loads(run("build", "--data", data, "--json").stdout)
    assert (again["newly_read"], again["reports"]) == (1, 2)
    assert {path: path.stat().st_mtime_ns for path in kept} == kept


def test_crawling_twice_makes_one_set_of_reports(data: Path) -> None:
    run("build", "--data", data)
    crawl(data, report=REPORT, plan=PLAN)
    again = json.loads(run("build", "--data", data, "--json").stdout)
    assert (again["reports"], again["versions"], again["newly_read"]) == (1, 1, 0)


@pytest.mark.parametrize("verb", ["build", "check"])
def test_nothing_there(tmp_path: Path, verb: str) -> None:
    result = run(verb, "--data", tmp_path)
    assert result.exit_code == 2
    assert str(result.exception).count("\n") == 0
    assert str(result.exception).endswith(("crawl a portal first", "run `nianbao build` first"))
    assert not (tmp_path / "captures").exists()


def test_captures_without_a_page(tmp_path: Path) -> None:
    crawl(tmp_path)
    result = run("build", "--data", tmp_path)
    assert result.exit_code == 2
    assert "crawl a portal first" in str(result.exception)


def test_a_process_of_the_build_that_is_killed_is_one_line_and_2(
    data: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The county has one report, which is too few for a helper: so one that writes nothing but dies."""
    run("build", "--data", data)
    before = (data / "archive.db").read_bytes()

    def dies(*_: object) -> None:
        with closing(Forked("wrote nothing", lambda _: os.kill(os.getpid(), signal.SIGKILL))) as helper:
            helper.hear()

    monkeypatch.setattr("archive.build.write_sources", dies)
    result = run("build", "--data", data)
    assert result.exit_code == 2
    assert str(result.exception) == (
        "a process that wrote nothing ended (SIGKILL), perhaps for want of memory; build again"
    )
    assert (data / "archive.db").read_bytes() == before


def test_a_sound_archive(data: Path) -> None:
    built = run("build", "--data", data)
    result = run("check", "--data", data, "--json")
    sound = json.loads(result.stdout)
    assert (sound["damage"], sound["reports"]) == ([], 1)
    assert result.exit_code == built.exit_code == (1 if sound["look"] else 0)


def test_what_a_person_must_look_at(data: Path) -> None:
    crawl(data, damaged="%PDF-1.7 and no more", nobody=REPORT.replace("清源县民政局", ""))
    assert run("build", "--data", data).exit_code == 1
    result = run("check", "--data", data)
    assert result.exit_code == 1
    assert "finding report.publisher" in result.stdout
    assert "refused document: " in result.stdout


def test_a_damaged_archive(data: Path) -> None:
    run("build", "--data", data)
    file = data / "archive.db"
    whole = file.read_bytes()
    file.write_bytes(whole[:8192] + b"\xff" * 40960 + whole[49152:])
    result = run("check", "--data", data)
    assert result.exit_code in (1, 2)
    assert "damaged" in result.stdout or "build it again" in str(result.exception)


def test_an_orphan_is_noticed(data: Path) -> None:
    run("build", "--data", data)
    with closing(sqlite3.connect(data / "archive.db")) as connection, connection:
        connection.execute("UPDATE reports SET body = 'nobody'")
    result = run("check", "--data", data)
    assert result.exit_code == 1
    assert "damaged: a row of reports points at a row of bodies that is not there" in result.stdout


def test_an_archive_of_another_schema(data: Path) -> None:
    run("build", "--data", data)
    with closing(sqlite3.connect(data / "archive.db")) as connection:
        connection.execute("PRAGMA user_version = 99")
    result = run("check", "--data", data)
    assert (result.exit_code, "schema 99" in result.stdout) == (1, True)


def test_bytes_that_are_lost_do_not_stop_the_build(data: Path) -> None:
    def lost(_self: Store, capture: Capture) -> bytes:
        raise CaptureLost(f"one.warc.gz: the bytes of {capture.url} are lost; crawl again")

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Store, "body", lost)
        assert run("build", "--data", data).exit_code == 1
    result = run("check", "--data", data)
    assert "2 × refused document: lost" in result.stdout
    assert json.loads(run("build", "--data", data, "--json").stdout)["reports"] == 1

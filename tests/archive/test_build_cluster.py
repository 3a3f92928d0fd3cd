"""Documents read on two workers of a cluster, one of them killed in the middle."""

import json
import os
import shutil
import signal
import threading
import time
from pathlib import Path

import click
import pytest

from archive.batch import Differs, read_batch
from archive.cli import cluster as on_cluster
from archive.readings import Readings
from crawler.captures import Store
from parsers.reading import Refusal
from parsers.version import reader_version
from tests.archive.test_build_cli import REPORT, crawl, run
from tests.cluster import workers

# What the killed worker's connections leave behind is the engine's.
pytestmark = pytest.mark.filterwarnings(
    "ignore::ResourceWarning", "ignore::pytest.PytestUnraisableExceptionWarning"
)
DOCUMENTS = 24


@pytest.fixture
def data(tmp_path: Path) -> Path:
    data = tmp_path / "data"
    texts = {f"r{n}": REPORT.replace("2024", str(2005 + n % 20)) + f"第{n}号\n" for n in range(DOCUMENTS)}
    crawl(data, **texts)
    return data


def _read(data: Path) -> list[Path]:
    return list((data / "readings" / reader_version()).rglob("*.json"))


def test_a_worker_killed_while_it_reads_loses_no_document(
    data: Path, cluster: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(on_cluster, "BATCH", 2)
    alone = data.with_name("alone")
    shutil.copytree(data, alone)
    (process, *_), read_then = workers(cluster).values(), list[int]()

    def kill() -> None:
        while len(_read(data)) < 3:
            time.sleep(0.005)
        os.kill(process, signal.SIGKILL)
        read_then.append(len(_read(data)))

    killer = threading.Thread(target=kill)
    killer.start()
    result = run("build", "--data", data, "--cluster", cluster, "--json")
    killer.join()
    assert read_then[0] < DOCUMENTS
    assert json.loads(result.stdout)["newly_read"] == DOCUMENTS
    assert len(_read(data)) == DOCUMENTS
    assert run("build", "--data", alone).exit_code == result.exit_code
    assert (data / "archive.db").read_bytes() == (alone / "archive.db").read_bytes()
    assert json.loads(run("build", "--data", data, "--cluster", cluster, "--json").stdout)["newly_read"] == 0


def test_what_says_nothing_lasting_comes_back_and_is_in_no_file(data: Path) -> None:
    captures = list(Store(data / "captures").captures())
    next((data / "captures").glob("*.warc.gz")).write_bytes(b"")
    came = read_batch(data, captures[:2], reader_version())
    assert [(outcome.sha256, outcome.kind) for outcome in came if isinstance(outcome, Refusal)] == [
        (capture.document, "lost") for capture in captures[:2]
    ]
    assert _read(data) == []


def test_a_worker_that_reads_otherwise_is_told_so(data: Path) -> None:
    with pytest.raises(Differs, match="0123456789ab where it is built"):
        read_batch(data, [], "0123456789ab")


def test_a_folder_that_the_machines_do_not_share_is_named(
    data: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(on_cluster, "SEEN_AFTER", 0)
    with pytest.raises(click.ClickException, match=r"is .*data one folder on all machines"):
        on_cluster._await(data, Readings(data / "readings"), ["ab" * 32])


def test_a_cluster_without_a_scheduler_ends_in_one_line(data: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("crawler.cluster.ANSWERS", 0.3)
    result = run("build", "--data", data, "--cluster", "tcp://127.0.0.1:9")
    assert result.exit_code == 2
    assert "no Dask scheduler answers" in str(result.exception)

"""Crawls on a real cluster of two worker processes, judged by the servers' logs."""

import json
import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from distributed import LocalCluster

from crawler.captures import Store
from crawler.captures.lock import Busy, lease
from crawler.cluster import NoCluster
from crawler.crawl import crawl
from crawler.portal import Column, Portal
from crawler.units import units
from tests.crawler.loopback import Site, serving
from tests.crawler.raw import raw
from tests.crawler.reports import column, publish
from tests.crawler.test_politeness import COUNTY, DELAY, _answering, _were_polite

# What the killed workers' connections leave behind is the engine's.
pytestmark = pytest.mark.filterwarnings(
    "ignore::ResourceWarning", "ignore::pytest.PytestUnraisableExceptionWarning"
)


@pytest.fixture(scope="module")
def cluster() -> Iterator[LocalCluster]:
    local: Any = LocalCluster
    with local(n_workers=2, threads_per_worker=1, processes=True, dashboard_address=None) as made:
        yield made


def _documents(data: Path) -> list[tuple[str, str]]:
    return sorted((c.url, c.document) for c in Store(data / "captures").captures())


def test_two_workers_crawl_what_one_machine_does_and_the_run_says_which(
    tmp_path: Path, cluster: LocalCluster
) -> None:
    with serving() as one, serving() as two:
        sites = {"990101-one": one, "990102-two": two}
        for name in ("alone", "cluster"):
            for key, site in sites.items():
                publish(site, pages=2, each=8)
                site.portal_file(tmp_path / name, key, [column()])
        said: list[str] = []
        crawl(list(sites), tmp_path / "alone", local=True, progress=said.append)
        assert not any("worker" in line for line in said)
        address = cluster.scheduler_address
        outcomes = crawl(list(sites), tmp_path / "cluster", local=True, cluster=address, progress=said.append)
    assert [outcome.reports for outcome in outcomes] == [16, 16]
    assert _documents(tmp_path / "cluster") == _documents(tmp_path / "alone")
    assert len({line.partition("worker ")[2] for line in said if "worker " in line}) == 2


def test_portals_that_share_a_host_are_asked_by_one_worker_politely(
    tmp_path: Path, cluster: LocalCluster
) -> None:
    with raw(_answering(COUNTY)) as server:
        for key in ("one", "two"):
            Site(server.base).portal_file(tmp_path, key, ["/nb/"], pace={"delay": DELAY, "timeout": 5})
        outcomes = crawl(
            ["one", "two"], tmp_path, local=True, cluster=cluster.scheduler_address, progress=lambda _: None
        )
    assert [outcome.reports for outcome in outcomes] == [3, 3]
    _were_polite(server)


def test_a_worker_killed_in_mid_crawl_costs_nothing(
    tmp_path: Path, cluster: LocalCluster, site: Site
) -> None:
    publish(site, pages=3, each=8)
    site.portal_file(tmp_path, "990101-one", [column()], pace={"delay": 0.1, "timeout": 10})
    killed: list[int] = []

    def kill() -> None:
        while len(site.asked) < 8:
            time.sleep(0.01)
        with_children = [
            worker.process.pid
            for worker in cluster.workers.values()
            if worker.process and _children(worker.process.pid)
        ]
        for pid in with_children:
            os.kill(pid, signal.SIGKILL)
            killed.append(pid)

    killer = threading.Thread(target=kill)
    killer.start()
    (outcome,) = crawl(
        ["990101-one"], tmp_path, local=True, cluster=cluster.scheduler_address, progress=lambda _: None
    )
    killer.join()
    assert len(killed) == 1
    assert outcome.reports == 24
    pages = [path for path in site.asked if path != "/robots.txt"]
    assert len(pages) - len(set(pages)) <= 1
    runs = list(Store(tmp_path / "captures").runs())
    assert [run.complete for run in runs] == [False, True]
    assert len({run.sweep for run in runs}) == 1


def _children(pid: int) -> bool:
    """Does it crawl?"""
    for child in Path(f"/proc/{pid}/task").glob("*/children"):
        for number in child.read_text("ascii").split():
            if b"crawler.process" in Path(f"/proc/{number}/cmdline").read_bytes():
                return True
    return False


def test_hosts_are_leased_all_or_none_and_the_refusal_names_lock_and_holder(tmp_path: Path) -> None:
    with lease(tmp_path, ["a.cn", "b.cn:8080"]):
        with pytest.raises(Busy, match=rf"process {os.getpid()} on .* holds .*hosts/b.cn-8080.lock"):
            lease(tmp_path, ["0.cn", "b.cn:8080"])
        lease(tmp_path, ["0.cn"]).close()
    lease(tmp_path, ["a.cn", "b.cn:8080"]).close()


def test_a_crawl_whose_parent_died_ends_at_once(tmp_path: Path, site: Site) -> None:
    publish(site, pages=3, each=8)
    site.portal_file(tmp_path, "one", [column()], pace={"delay": 0.5, "timeout": 10})
    (tmp_path / "captures").mkdir()
    work = {
        "keys": ["one"],
        "folders": [str(tmp_path / "portals")],
        "captures": str(tmp_path / "captures"),
        "replay": None,
        "local": True,
    }
    command, pipe = [sys.executable, "-m", "crawler.process"], subprocess.PIPE
    with subprocess.Popen(command, stdin=pipe, stdout=pipe, stderr=subprocess.DEVNULL) as child:
        assert child.stdin is not None
        child.stdin.write(json.dumps(work).encode() + b"\n")
        child.stdin.flush()
        while len(site.asked) < 3:
            time.sleep(0.01)
        child.stdin.close()  # as the kernel does for a parent that was killed
        assert child.wait(timeout=3) == 1
        asked = len(site.asked)
        time.sleep(1)
    assert len(site.asked) == asked < 20


def test_without_a_scheduler_one_line_says_so(tmp_path: Path, site: Site) -> None:
    site.portal_file(tmp_path, "one", [column()])
    with pytest.raises(NoCluster, match="no Dask scheduler answers"):
        crawl(["one"], tmp_path, local=True, cluster="tcp://127.0.0.1:9")


def test_without_the_engine_one_line_says_what_to_install(
    tmp_path: Path, site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    site.portal_file(tmp_path, "one", [column()])
    monkeypatch.setitem(sys.modules, "distributed", None)
    with pytest.raises(NoCluster, match="its extra `cluster`"):
        crawl(["one"], tmp_path, local=True, cluster="tcp://127.0.0.1:9")


def test_portals_joined_by_a_host_are_one_unit() -> None:
    def portal(key: str, *hosts: str) -> Portal:
        home = f"http://{hosts[0]}/"
        return Portal(key, "990101", key, home, "trs", (Column(home),), tuple(hosts[1:]))

    given = {
        "a": portal("a", "one.cn"),
        "b": portal("b", "two.cn"),
        "c": portal("c", "three.cn", "one.cn", "two.cn"),
        "d": portal("d", "four.cn"),
    }
    assert units(given) == [("a", "b", "c"), ("d",)]

"""Crawls on a cluster of two worker processes, judged by the servers' logs."""

import json
import os
import signal
import subprocess
import sys
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from ipaddress import ip_address
from pathlib import Path

import pytest

from crawler.captures import Store
from crawler.cluster import NoCluster
from crawler.crawl import Outcome, crawl
from crawler.portal import Column, Portal
from crawler.units import units
from tests.cluster import workers
from tests.crawler.loopback import Site
from tests.crawler.raw import raw
from tests.crawler.reports import column, publish
from tests.crawler.test_politeness import COUNTY, _answering, _were_polite

# What the killed workers' connections leave behind is the engine's.
pytestmark = pytest.mark.filterwarnings(
    "ignore::ResourceWarning", "ignore::pytest.PytestUnraisableExceptionWarning"
)


DELAY = 0.15


def _crawl(keys: list[str], data: Path, cluster: str, said: list[str] | None = None) -> list[Outcome]:
    lines = [] if said is None else said
    return crawl(keys, data, local=True, cluster=cluster, progress=lines.append)


def test_workers_and_commands_share_the_hosts_out_and_ask_each_politely(tmp_path: Path, cluster: str) -> None:
    said: list[str] = []
    with (
        raw(_answering(COUNTY)) as here,
        raw(_answering(COUNTY), "127.0.0.2") as there,
        ThreadPoolExecutor(2) as both,
    ):
        for key, server in {"one": here, "two": here, "three": there}.items():
            Site(server.base).portal_file(tmp_path, key, ["/nb/"], pace={"delay": DELAY, "timeout": 5})
        commands = [
            both.submit(_crawl, keys, tmp_path, cluster, said) for keys in (["one", "three"], ["two"])
        ]
        outcomes = [outcome for command in commands for outcome in command.result()]
    assert [outcome.reports for outcome in outcomes] == [3, 3, 3]
    assert {f"{key}: done, 7 answers, 3 reports" for key in ("one", "two", "three")} < set(said)
    through = dict(line.split(": through, by worker ") for line in said if "through" in line)
    assert through.keys() == {"one", "two", "three"}
    # Which worker waits for a host decides who takes the third portal; at least two of the three ran at once.
    assert len(set(through.values())) == 2
    _were_polite(here, DELAY)
    _were_polite(there, DELAY)


def test_the_proof_of_politeness_can_fail_where_no_leases_are_shared(tmp_path: Path) -> None:
    with raw(_answering(COUNTY)) as server, ThreadPoolExecutor(2) as both:
        for key in ("one", "two"):
            Site(server.base).portal_file(tmp_path / key, key, ["/nb/"], pace={"delay": DELAY, "timeout": 5})
        commands = [
            both.submit(crawl, [key], tmp_path / key, local=True, progress=lambda _: None)
            for key in ("one", "two")
        ]
        assert [command.result()[0].reports for command in commands] == [3, 3]
    with pytest.raises(AssertionError):
        _were_polite(server, DELAY)


def test_a_worker_killed_in_mid_crawl_costs_nothing(tmp_path: Path, cluster: str, site: Site) -> None:
    publish(site, pages=3, each=8)
    site.portal_file(tmp_path, "990101-one", [column()], pace={"delay": 0.1, "timeout": 10})
    processes, killed = workers(cluster).values(), list[int]()

    def kill() -> None:
        while len(site.asked) < 8:
            time.sleep(0.01)
        killed.extend(process for process in processes if _crawls(process))
        for process in killed:
            os.kill(process, signal.SIGKILL)

    killer = threading.Thread(target=kill)
    killer.start()
    (outcome,) = _crawl(["990101-one"], tmp_path, cluster)
    killer.join()
    assert len(killed) == 1
    assert outcome.reports == 24
    pages = [path for path in site.asked if path != "/robots.txt"]
    assert len(pages) - len(set(pages)) <= 1
    runs = list(Store(tmp_path / "captures").runs())
    assert [run.complete for run in runs] == [False, True]
    assert len({run.sweep for run in runs}) == 1


def _crawls(process: int) -> bool:
    for child in Path(f"/proc/{process}/task").glob("*/children"):
        for number in child.read_text("ascii").split():
            if b"crawler.process" in Path(f"/proc/{number}/cmdline").read_bytes():
                return True
    return False


@pytest.mark.parametrize("whose", ["parent", "command"])
def test_a_crawl_whose_parent_or_command_is_gone_ends_at_once(tmp_path: Path, site: Site, whose: str) -> None:
    publish(site, pages=3, each=8)
    site.portal_file(tmp_path, "one", [column()], pace={"delay": 0.5, "timeout": 10})
    (tmp_path / "captures").mkdir()
    work = {
        "keys": ["one"],
        "folders": [str(tmp_path / "portals")],
        "captures": str(tmp_path / "captures"),
        "replay": None,
        "local": True,
        "command": str(tmp_path / "nobody.lock") if whose == "command" else None,
    }
    command, pipe = [sys.executable, "-m", "crawler.process"], subprocess.PIPE
    with subprocess.Popen(command, stdin=pipe, stdout=pipe, stderr=subprocess.DEVNULL) as child:
        assert child.stdin is not None
        child.stdin.write(json.dumps(work).encode() + b"\n")
        child.stdin.flush()
        while whose == "parent" and len(site.asked) < 3:
            time.sleep(0.01)
        if whose == "parent":
            child.stdin.close()  # as the kernel does for a parent that was killed
        assert child.wait(timeout=60) == 1
        asked = len(site.asked)
    assert len(site.asked) == asked < 20


def test_without_a_scheduler_one_line_says_so(
    tmp_path: Path, site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("crawler.cluster.ANSWERS", 0.3)
    site.portal_file(tmp_path, "one", [column()])
    with pytest.raises(NoCluster, match="no Dask scheduler answers"):
        _crawl(["one"], tmp_path, "tcp://127.0.0.1:9")


def test_without_the_engine_one_line_says_what_to_install(
    tmp_path: Path, site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    site.portal_file(tmp_path, "one", [column()])
    monkeypatch.setitem(sys.modules, "distributed", None)
    with pytest.raises(NoCluster, match="its extra `cluster`"):
        _crawl(["one"], tmp_path, "tcp://127.0.0.1:9")


def _portal(key: str, *hosts: str, proxy: str | None = None) -> Portal:
    home = f"http://{hosts[0]}/"
    return Portal(key, "990101", key, home, "trs", (Column(home),), tuple(hosts[1:]), proxy=proxy)


def test_portals_that_share_a_host_or_its_address_are_one_unit() -> None:
    given = {
        "a": _portal("a", "one.cn"),
        "b": _portal("b", "two.cn"),
        "c": _portal("c", "three.cn", "one.cn:8080", "two.cn"),
        "d": _portal("d", "four.cn"),
        "e": _portal("e", "five.cn"),
        "f": _portal("f", "six.cn", proxy="http://proxy.cn:3128"),
    }
    assert units(given, {}) == [("a", "b", "c"), ("d",), ("e",), ("f",)]
    shared = {name: (ip_address("203.0.113.7"),) for name in ("four.cn", "five.cn", "six.cn")}
    assert units(given, shared) == [("a", "b", "c"), ("d", "e"), ("f",)]

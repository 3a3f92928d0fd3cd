"""A large crawl of ours alone: what it holds in memory as it goes, and what a look into the captures costs.

python -m benchmarks.large [--pages 50000] [--hosts 200]

The portals are those of benchmarks.crawl. Memory is that of the process that crawls. A look is each of the
three that a crawl takes for an answer: had this sweep it already, what was there last time, is its payload
known. The stores that are looked into hold the first so many runs of the crawl.
"""

import argparse
import json
import multiprocessing
import os
import random
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

from benchmarks.crawl import hosts, portal_files, serve
from crawler.captures import Store
from crawler.captures.index import Index

SHARES = (0.2, 0.5, 1.0)
LOOKS = 2000
OURS = """
import json, sys
from pathlib import Path
from crawler.crawl import crawl
say = lambda line: print(line, flush=True)
outcomes = crawl(json.loads(sys.argv[2]), Path(sys.argv[1]), local=True, progress=say)
print(json.dumps([sum(o.run.summary.requests for o in outcomes), sum(len(o.says) for o in outcomes)]))
"""
EVERY = 50
"""Answers of a portal to a line of progress."""


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.large", description=__doc__)
    parser.add_argument("--pages", type=int, default=50_000)
    parser.add_argument("--hosts", type=int, default=200)
    options = parser.parse_args()
    addresses, reports = hosts(options.hosts), options.pages // options.hosts
    server = multiprocessing.Process(target=serve, args=(addresses, reports), daemon=True)
    server.start()
    time.sleep(1)
    with tempfile.TemporaryDirectory() as folder:
        data = Path(folder)
        says = crawled(data, portal_files(data, addresses), options.pages)
        server.terminate()
        looked(data / "captures", data)
    return int(bool(says))


def crawled(data: Path, keys: list[str], pages: int) -> int:
    """How many things a person must look at."""
    print("| answers | seconds | megabytes now | at most |\n|---:|---:|---:|---:|", flush=True)
    began, due = time.monotonic(), [int(pages * share) for share in SHARES[:-1]]
    command = [sys.executable, "-c", OURS, str(data), json.dumps(keys)]
    answers, held, most, last = 0, 0, 0, ""
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as child:
        for last in child.stdout or ():
            answers += EVERY if "so far" in last else 0
            held, most = _memory(child.pid) or (held, most)
            if due and answers >= due[0]:
                due.pop(0)
                print(f"| {answers} | {time.monotonic() - began:.0f} | {held} | {most} |", flush=True)
    if child.returncode:
        raise SystemExit(f"the crawl ended with {child.returncode}")
    requests, says = json.loads(last)
    print(f"| {requests} | {time.monotonic() - began:.0f} | {held} | {most} |\n", flush=True)
    return int(says)


def _memory(parent: int) -> tuple[int, int] | None:
    """Megabytes of the process that this one started: now, and the most it ever held."""
    children = Path(f"/proc/{parent}/task/{parent}/children").read_text().split()
    if not children:
        return None
    status = Path(f"/proc/{children[0]}/status").read_text()
    said = dict(line.split(":", 1) for line in status.splitlines())
    if "VmRSS" not in said:
        return None
    return int(said["VmRSS"].split()[0]) // 1024, int(said["VmHWM"].split()[0]) // 1024


def looked(captures: Path, folder: Path) -> None:
    print("| captures | a look, ms | opening the store, ms | taking the files in, s |\n|---:|---:|---:|---:|")
    runs = sorted(path.stem for path in (captures / "runs").glob("*.jsonl"))
    for share in SHARES:
        part = folder / f"part-{share}"
        for name in _files(captures, runs[: int(len(runs) * share)]):
            (part / name).parent.mkdir(parents=True, exist_ok=True)
            os.link(captures / name, part / name)
        learned = _seconds(part)
        opened = _seconds(part)
        count, cost = _look(part)
        print(f"| {count} | {cost * 1000:.3f} | {opened * 1000:.0f} | {learned:.1f} |", flush=True)


def _files(captures: Path, runs: list[str]) -> Iterator[str]:
    for run in runs:
        yield f"runs/{run}.jsonl"
        yield from (path.name for path in captures.glob(f"{run}@*"))


def _seconds(folder: Path) -> float:
    began = time.monotonic()
    Store(folder)
    return time.monotonic() - began


def _look(folder: Path) -> tuple[int, float]:
    """How many captures there are, and the median of many looks."""
    index, took = Index(folder), []
    known = [(capture.url, capture.run) for capture in index.captures()]
    chosen = random.Random(0).choices(known, k=LOOKS)  # noqa: S311
    with index.kept_open():
        for url, run in chosen:
            began = time.perf_counter()
            had, last = index.latest_of([run], url, "GET", ""), index.last_good(url)
            first = index.first(url, had.payload if had else "")
            took.append((time.perf_counter() - began) / 3)
            if not (had and had == last and first == had.capture):
                raise SystemExit(f"{url} is not found as it was captured")
    return len(known), statistics.median(took)


if __name__ == "__main__":
    sys.exit(main())

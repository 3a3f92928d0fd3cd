"""What one report costs, from the made-up county's portals to archive.db: the units of docs/scale.md.

python -m benchmarks.scale [REAL_DOCUMENT…]      writes docs/scale.tsv

Real documents, pages and files as portals serve them, say what one weighs; the county's are light.
"""

import argparse
import gzip
import json
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from time import perf_counter

from crawler.captures import PortalFacts, Store
from samples.portals import yaml_files
from samples.server import Portals, serve

OUT = Path("docs/scale.tsv")
RUNS = 1000
"""Files in a folder that is looked through for new ones."""

MEASURED = """
import json, re, resource, sys, threading, time
from pathlib import Path
from archive.cli import nianbao

def most(process):  # ru_maxrss would count what the process was that started this one
    status = Path(f"/proc/{process}/status").read_text("ascii", "replace")
    return 1024 * int((re.search(r"VmHWM:\\s+(\\d+)", status) or [0, 0])[1])

def watch():
    while True:
        for one in Path("/proc/self/task").glob("*/children"):
            for child in one.read_text("ascii").split():
                try:
                    children.append(most(child))
                except OSError:  # it has just ended
                    pass
        time.sleep(0.05)

children = [0]
threading.Thread(target=watch, daemon=True).start()
code = nianbao(sys.argv[1:], standalone_mode=False)
spent = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
seconds = [round(usage.ru_utime + usage.ru_stime, 3) for usage in spent]
print(json.dumps([code, *seconds, max(children)]))
"""


@dataclass(frozen=True, slots=True)
class Unit:
    name: str
    value: float
    says: str


@dataclass(frozen=True, slots=True)
class Spent:
    """Processor seconds of the command and of the processes it started, and the most bytes of memory of one
    of these."""

    own_seconds: float
    children_seconds: float
    children_memory: int


def nianbao(*words: object) -> Spent:
    command = [sys.executable, "-c", MEASURED, *map(str, words)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode:
        raise SystemExit(f"nianbao {words[0]}: {done.stderr.strip()}")
    code, *spent = json.loads(done.stdout.splitlines()[-1])
    if code not in (0, 1):
        raise SystemExit(f"nianbao {words[0]} ended with {code}: {done.stderr.strip()}")
    return Spent(*spent)


def measure(data: Path, real: Sequence[Path]) -> Iterator[Unit]:
    with county(data) as (portals, keys):
        before, crawls = data_size(data), list[tuple[Spent, int, int]]()
        for _ in range(2):
            sent, asked = portals.sent, len(portals.log)
            spent = nianbao("crawl", *keys, "--data", data, "--local")
            crawls.append((spent, portals.sent - sent, len(portals.log) - asked))
            if len(crawls) == 1:
                first = data_size(data) - before
    reports = sum(run.summary.reports for run in Store(data / "captures").runs() if run.summary) // 2
    yield Unit("reports", reports, "reports of the county, which all that follows is shared out among")
    for name, (spent, sent, asked) in zip(("first", "again"), crawls, strict=True):
        which = {"first": "first crawl", "again": "second, nothing having changed"}[name]
        yield Unit(f"requests_{name}", asked / reports, f"{which}: requests a report, all among them")
        yield Unit(f"wire_{name}", sent / reports, f"{which}: bytes a report that the portals sent")
        yield Unit(f"cpu_{name}", spent.children_seconds / asked, f"{which}: processor seconds a request")
    yield Unit(
        "disk_first",
        first / reports,
        "first crawl: bytes a report on the disk (WARC files, run files, index)",
    )
    yield Unit(
        "disk_again",
        (data_size(data) - before - first) / reports,
        "second: bytes a report that it adds there",
    )
    yield Unit("crawl_memory", crawls[0][0].children_memory, "bytes of memory of a process that crawls")
    yield from building(data, reports)
    yield from index(data / "many")
    if real:
        sizes = [path.stat().st_size for path in real]
        packed = [len(gzip.compress(path.read_bytes(), 6)) for path in real]
        yield Unit("real_documents", len(real), "real documents that were weighed")
        yield Unit("real_bytes", sum(sizes) / len(real), "bytes of one")
        yield Unit("real_packed", sum(packed) / len(real), "bytes of one as a WARC file packs it")


def building(data: Path, reports: int) -> Iterator[Unit]:
    reading, built = nianbao("build", "--data", data), nianbao("build", "--data", data)
    seconds = reading.own_seconds + reading.children_seconds - built.own_seconds - built.children_seconds
    yield Unit("read_seconds", seconds / reports, "processor seconds a report to read its documents")
    yield Unit("readings_bytes", size(data / "readings") / reports, "bytes of readings a report")
    yield Unit(
        "archive_bytes", (data / "archive.db").stat().st_size / reports, "bytes of archive.db a report"
    )


def index(folder: Path) -> Iterator[Unit]:
    """Each command looks through the folder before it begins, and each portal of a crawl does."""
    facts = PortalFacts("990101-many", "990101", "", "http://www.example.cn/", "trs")
    (folder / "runs").mkdir(parents=True)
    for _ in range(RUNS):
        run_file(folder, facts)
    Store(folder)
    yield Unit(
        "index_seconds", median(opened(folder) for _ in range(9)) / RUNS, "seconds a file to look for new"
    )


def opened(folder: Path) -> float:
    began = perf_counter()
    Store(folder)
    return perf_counter() - began


def run_file(folder: Path, facts: PortalFacts) -> None:
    """As a run leaves it that met nothing; its name counts, as it does for the index."""
    written = len(list((folder / "runs").iterdir()))
    source = folder.parent / "one.jsonl"
    if not source.exists():
        one = folder.parent / "one"
        Store(one).begin(facts, "measured").close(0)
        shutil.copy(next((one / "runs").glob("*.jsonl")), source)
    shutil.copy(source, folder / "runs" / f"{written:06}.jsonl")


@contextmanager
def county(data: Path) -> Iterator[tuple[Portals, list[str]]]:
    with serve() as portals:
        (data / "portals").mkdir(parents=True)
        files = yaml_files(portals.bases)
        for name, text in files.items():
            (data / "portals" / name).write_text(text, encoding="utf-8")
        yield portals, [name.removesuffix(".yaml") for name in files]


def data_size(data: Path) -> int:
    return size(data / "captures")


def size(folder: Path) -> int:
    return sum(path.stat().st_size for path in folder.rglob("*") if path.is_file())


def main(words: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("real", metavar="REAL_DOCUMENT", nargs="*", type=Path)
    options = parser.parse_args(words)
    with tempfile.TemporaryDirectory() as folder:
        units = list(measure(Path(folder), options.real))
    lines = [f"{unit.name}\t{unit.value:.6g}\t{unit.says}" for unit in units]
    OUT.write_text("\n".join(["unit\tvalue\tsays", *lines]) + "\n", encoding="utf-8")
    print("\n".join(lines))
    return 0


if __name__ == "__main__":
    sys.exit(main())

"""Kills crawls of the sample county at random instants, and looks whether anything was lost or asked twice.

python -m benchmarks.kills [--kills 200] [--seed 0] [--minutes N]
"""

import argparse
import math
import os
import random
import signal
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from warcio.archiveiterator import ArchiveIterator

from crawler.captures import Store
from samples.portals import yaml_files
from samples.server import serve

BIN = Path(sys.executable).parent
SETTLES = 0.2
"""Seconds after a kill in which a server may still write down what it was asked before."""

Hit = tuple[str, str]
"""Which server was asked, and for what."""


@dataclass(slots=True)
class Soaked:
    """`twice` are requests that were under way when a crawl was killed, and asked again. `wrong` must be
    empty."""

    kills: int = 0
    crawls: int = 0
    asked: int = 0
    twice: int = 0
    cut: int = 0
    adopted: int = 0
    wrong: list[str] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Soak:
    """Portal files are in `portals`; `log` gives what their servers were asked so far."""

    portals: Path
    keys: Sequence[str]
    log: Callable[[], Sequence[Hit]]
    folder: Path
    chance: random.Random
    asks: int = 60
    """A killed crawl asks for fewer pages than this."""
    until: float = math.inf
    """When the last crawl is left to come to its end."""

    def run(self, kills: int) -> Soaked:
        """Crawls anew and again, each to its end through many kills, until there were so many."""
        soaked = Soaked()
        whole, before = self._data("whole"), len(self.log())
        self._start(whole).wait()
        documents, hits = _documents(whole), Counter(_pages(self.log()[before:]))
        if not documents or max(hits.values()) > 1:
            soaked.wrong.append("the crawl that was not killed found nothing, or asked for something twice")
        while soaked.kills < kills and not soaked.wrong and time.monotonic() < self.until:
            data, before = self._data(f"killed-{soaked.crawls}"), len(self.log())
            under_way = self._through_kills(soaked, data, kills)
            self._compare(soaked, data, _pages(self.log()[before:]), under_way, documents)
        return soaked

    def _through_kills(self, soaked: Soaked, data: Path, kills: int) -> list[Hit]:
        """One crawl, to its end. What was under way at each kill."""
        under_way: list[Hit] = []
        while True:
            before = len(self.log())
            process = self._start(data)
            enough = soaked.kills == kills or time.monotonic() >= self.until
            if enough or not self._killed(process, before):
                if process.wait() not in (0, 1):
                    soaked.wrong.append(
                        f"{data}: the crawl could not be done; see output and crawl.log there"
                    )
                break
            soaked.kills += 1
            under_way += _last_of_each(self.log()[before:])
            if _at_its_end(data):
                break
        soaked.crawls += 1
        return under_way

    def _killed(self, process: subprocess.Popen[bytes], before: int) -> bool:
        """False where the crawl came to its end before. Most kills fall while it asks, some before that."""
        asks = self.chance.randrange(self.asks) if self.chance.random() < 0.85 else 0
        while len(_pages(self.log()[before:])) < asks and process.poll() is None:
            time.sleep(0.002)
        try:
            process.wait(self.chance.uniform(0, 0.2 if asks else 3))
        except subprocess.TimeoutExpired:
            os.killpg(process.pid, signal.SIGKILL)
            process.wait()
            time.sleep(SETTLES)
            return True
        return False

    def _compare(
        self,
        soaked: Soaked,
        data: Path,
        hits: Sequence[Hit],
        under_way: Sequence[Hit],
        documents: set[tuple[str, str]],
    ) -> None:
        twice = Counter(hits) - Counter(set(hits))
        soaked.asked += len(hits)
        soaked.twice += twice.total()
        soaked.wrong += [f"{data}: asked again: {hit}" for hit in twice - Counter(under_way)]
        if differ := _documents(data) ^ documents:
            soaked.wrong.append(f"{data}: {len(differ)} documents differ: {sorted(differ)[:3]}")
        soaked.wrong += wrong_with(data / "captures")
        store = Store(data / "captures")
        soaked.cut += sum(len(run.mended) for run in store.runs())
        soaked.adopted += sum(not c.warc.startswith(f"{c.run}@") for c in store.captures())

    def _data(self, name: str) -> Path:
        data = self.folder / name
        data.mkdir()
        (data / "portals").symlink_to(self.portals)
        return data

    def _start(self, data: Path) -> subprocess.Popen[bytes]:
        command = [str(BIN / "nianbao"), "crawl", *self.keys, "--data", str(data), "--local"]
        with (data / "output").open("ab") as output:
            return subprocess.Popen(command, stdout=output, stderr=output, start_new_session=True)


def _at_its_end(data: Path) -> bool:
    """Whether a kill came when all was done and only the answer was still to be given: the same command
    given again is a new crawl then."""
    runs = data / "captures" / "runs"
    return any(runs.glob("*.jsonl")) and not any(runs.glob("*.job"))


def _pages(hits: Sequence[Hit]) -> list[Hit]:
    """What robots.txt says is asked by every run."""
    return [hit for hit in hits if "/robots.txt" not in hit[1]]


def _last_of_each(hits: Sequence[Hit]) -> list[Hit]:
    """One request at a time is under way at a host: the last."""
    return list({host: (host, asked) for host, asked in hits}.values())


def _documents(data: Path) -> set[tuple[str, str]]:
    return {(c.url, c.document) for c in Store(data / "captures").captures() if c.role != "robots"}


def wrong_with(captures: Path) -> list[str]:
    """Damage, digests that `warcio check` finds wrong, and answers that the index does not know."""
    store, warcs = Store(captures), sorted(captures.glob("*.warc.gz"))
    wrong = [f"{captures}: {damage.file}: {damage.says}" for damage in store.damage()]
    checked = subprocess.run([BIN / "warcio", "check", *warcs], capture_output=True, text=True, check=False)
    if checked.returncode or checked.stdout:
        wrong.append(f"{captures}: warcio check: {checked.stdout or checked.stderr}")
    known = {(capture.warc, capture.offset) for capture in store.captures()}
    unknown = {place for warc in warcs for place in _answers(warc)} - known
    return wrong + [f"{warc}: the answer at byte {offset} is not indexed" for warc, offset in unknown]


def _answers(warc: Path) -> list[tuple[str, int]]:
    with warc.open("rb") as stream:
        records = ArchiveIterator(stream)
        places = ((record.rec_type, records.get_record_offset()) for record in records)
        return [(warc.name, offset) for kind, offset in places if kind in ("response", "revisit")]


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--kills", type=int, default=200)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--minutes", type=float, default=math.inf, help="after which no more is killed")
    options = parser.parse_args()
    began = time.monotonic()
    with tempfile.TemporaryDirectory() as folder, serve() as county:
        portals = Path(folder, "portals")
        portals.mkdir()
        files = yaml_files(county.bases)
        for name, text in files.items():
            (portals / name).write_text(text, encoding="utf-8")
        keys = [name.removesuffix(".yaml") for name in files]

        def log() -> list[Hit]:
            return [(a.portal, f"{a.method} {a.path} {dict(a.values)}") for a in list(county.log)]

        chance, until = random.Random(options.seed), began + 60 * options.minutes  # noqa: S311
        soak = Soak(portals, keys, log, Path(folder), chance, until=until)
        soaked = soak.run(options.kills)
    print(
        f"{soaked.kills} kills in {soaked.crawls} crawls of {len(keys)} portals, {soaked.asked} requests, "
        f"{time.monotonic() - began:.0f} s: {soaked.twice} asked again, each under way at a kill; "
        f"{soaked.adopted} answers taken from a killed run's file; {soaked.cut} torn ends cut back"
    )
    for wrong in soaked.wrong:
        print(f"wrong: {wrong}")
    return 1 if soaked.wrong else 0


if __name__ == "__main__":
    sys.exit(main())

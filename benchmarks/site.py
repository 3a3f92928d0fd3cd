"""Every page of the site under sixteen readers and a crawler that minds nothing, beside a bare table page
of Datasette's over the same file, in one run.

    python -m benchmarks.site ARCHIVE.db [--seconds 10] [--readers 16] [--rounds 1] [--tsv FILE]
    python -m benchmarks.site --pictures data/demo/archive.db

Both servers run for the whole time, this one with a process for each of two processors. The readers ask for
one kind of page at a time, each for another address of it, as fast as they are answered; the crawler follows
every link, facets and exports too. Between the kinds the bare page is asked for in the same way, and a page's
share is that of the bare page next to it: the machine has other work. Milliseconds are what a reader waits.
Pages of figures with their cell framed are drawn from the captures beside the file, each for the first time,
for one reader.
"""

import argparse
import http.client
import random
import re
import socket
import sqlite3
import statistics
import subprocess
import sys
import threading
import time
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, closing, contextmanager, suppress
from dataclasses import astuple, dataclass, field, fields
from html import unescape
from itertools import pairwise
from pathlib import Path
from urllib.parse import quote, urljoin, urlsplit

from archive.access import read_only
from parsers.text.fold import fold

ADDRESSES = 200
"""Of each kind, so that no answer is only remembered."""
RARE, MOST_READ = 0.05, 3_000
PATIENCE = 600.0
_ENOUGH = 1_000_000
"""Bytes after which the crawler leaves: the bare site sends a whole table as one file for many minutes."""
BARE = "/archive/reports"
_LINK = re.compile(r'<a [^>]*?href="([^"#]+)')
_COMMON_WORD = "公开"
PICTURES = 40
_CELLS = """
SELECT documents.media_type, reports.id, min(figures.code)
FROM reports JOIN figures ON figures.report = reports.id JOIN documents ON documents.sha256 = reports.document
WHERE figures.status = 'read' AND documents.media_type IS NOT NULL GROUP BY reports.id ORDER BY reports.id
"""


@dataclass(frozen=True, slots=True)
class Row:
    page: str
    answers: int
    failed: int
    median_ms: float
    p95_ms: float
    bare_p95_ms: float
    share: float
    """p95 in those of the bare table page."""
    kilobytes: float
    crawled: int
    """Answers that the crawler had in the same time."""


@dataclass(slots=True)
class Load:
    """What readers and crawler met in one stretch of time."""

    waits: list[float] = field(default_factory=list)
    failed: int = 0
    size: int = 0
    crawled: int = 0

    def percentile(self, share: float) -> float:
        ordered = sorted(self.waits)
        return ordered[min(len(ordered) - 1, int(len(ordered) * share))] * 1000


def measured(database: Path, readers: int, seconds: float, rounds: int) -> Iterator[Row]:
    with closing(read_only(database)) as connection:
        kinds = addresses(connection)
    with ExitStack() as stack:
        ours = stack.enter_context(_served([*_OURS, "--data", str(database.parent)]))
        bare = stack.enter_context(_served([*_BARE, str(database)]))
        for name, those in kinds.items():
            loads = [
                (load(bare, [BARE], readers, seconds), load(ours, those, readers, seconds))
                for _ in range(rounds)
            ]
            yield min((_row(name, beside, its) for beside, its in loads), key=lambda row: row.share)


def pictures(database: Path) -> Iterator[str]:
    """How long the cells of some reports of each kind of document take that no one asked for before."""
    with (
        closing(read_only(database)) as connection,
        _served([*_OURS, "--data", str(database.parent), "--processes", "1"]) as server,
    ):
        asked = connection.execute(_CELLS).fetchall()
        # The very first one waits for the process that draws.
        _get(server, f"/figure/{quote(asked[0][1], safe='')}/{asked[0][2]}/cell")
        for kind in sorted({kind for kind, _, _ in asked}):
            those = [f"/figure/{quote(id, safe='')}/{code}/cell" for one, id, code in asked if one == kind]
            those = those[1 : PICTURES + 1]
            found = Load()
            for address in those:
                began = time.perf_counter()
                status, body = _get(server, address)
                found.waits.append(time.perf_counter() - began)
                found.failed += status != 200
                found.size += len(body)
            yield (
                f"{kind}: {len(those)} cells, {found.failed} failed, median {found.percentile(0.5):.0f} ms, "
                f"p95 {found.percentile(0.95):.0f} ms, {found.size / len(those) / 1024:.0f} KiB"
            )


def _row(name: str, beside: Load, its: Load) -> Row:
    p95, bare_p95 = its.percentile(0.95), beside.percentile(0.95)
    waits = round(statistics.median(its.waits) * 1000, 1), round(p95, 1), round(bare_p95, 1)
    size = round(its.size / len(its.waits) / 1024, 1)
    return Row(name, len(its.waits), its.failed, *waits, round(p95 / bare_p95, 2), size, its.crawled)


def addresses(connection: sqlite3.Connection) -> dict[str, list[str]]:
    """Of each kind of page, those that readers ask for."""
    chance = random.Random(1)  # noqa: S311
    reports = _some(connection, "SELECT id FROM reports", chance)
    bodies = _some(connection, "SELECT id FROM bodies", chance)
    rare, common = words(connection, chance)
    code = connection.execute("SELECT code FROM figures WHERE page IS NOT NULL LIMIT 1").fetchone()[0]
    of_reports = {
        "report": [f"/report/{id}" for id in reports],
        "report in English": [f"/en/report/{id}" for id in reports],
        "report as JSON": [f"/report/{id}.json" for id in reports],
        "versions of a report": [f"/versions/{id}" for id in reports],
        "figure": [f"/figure/{id}/{code}" for id in reports],
        "two reports compared": [f"/compare?r={a}&r={b}" for a, b in pairwise(reports)],
    }
    places = _some(connection, "SELECT DISTINCT division FROM bodies WHERE division IS NOT NULL", chance)
    rules = _some(connection, "SELECT DISTINCT rule FROM findings", chance)
    return {
        "front": ["/"],
        "search for a word in at most one report in twenty": [f"/search?q={quote(word)}" for word in rare],
        "search for any word": [f"/search?q={quote(word)}" for word in (*common, _COMMON_WORD)],
        "place": [f"/place/{id}" for id in places],
        "body": [f"/body/{id}" for id in bodies],
        **of_reports,
        "findings": ["/findings"],
        **({"findings of a rule": [f"/findings/{id}" for id in rules]} if rules else {}),
        "portals": ["/portals"],
        "data": ["/data"],
        "feed of new reports": ["/feeds/reports.atom"],
        "table in the site's clothes": [BARE],
    }


def _some(connection: sqlite3.Connection, sql: str, chance: random.Random) -> list[str]:
    ids = [quote(id, safe="") for (id,) in connection.execute(f"{sql} ORDER BY 1")]
    return chance.sample(ids, min(ADDRESSES, len(ids)))


def words(connection: sqlite3.Connection, chance: random.Random) -> tuple[list[str], list[str]]:
    """Strings of two, four and eight characters out of the texts: those in few of the reports looked at, and
    the others."""
    texts = connection.execute(
        "SELECT group_concat(text, char(10)) FROM sections WHERE report IN "
        "(SELECT id FROM reports ORDER BY id LIMIT ?) GROUP BY report",
        (MOST_READ,),
    ).fetchall()
    folded = [fold(text) for (text,) in texts if text]
    found: tuple[set[str], set[str]] = (set(), set())
    for _ in range(ADDRESSES * 3):
        text, length = chance.choice(folded), chance.choice((2, 4, 8))
        at = chance.randrange(max(1, len(text) - length))
        word = text[at : at + length]
        if re.fullmatch("[㐀-鿿]+", word):
            common = sum(word in other for other in folded) > RARE * len(folded)
            found[common].add(word)
    return sorted(found[0])[:ADDRESSES], sorted(found[1])[:ADDRESSES]


def load(server: str, those: Sequence[str], readers: int, seconds: float) -> Load:
    found, stop = Load(), threading.Event()
    _get(server, those[0])
    with ThreadPoolExecutor(readers + 1) as pool:
        crawling = pool.submit(_crawl, server, stop)
        asking = [pool.submit(_read, server, those[n::readers] or those, stop) for n in range(readers)]
        time.sleep(seconds)
        stop.set()
        for reader in asking:
            waits, failed, size = reader.result()
            found.waits += waits
            found.failed += failed
            found.size += size
        found.crawled = crawling.result()
    return found


def _read(server: str, those: Sequence[str], stop: threading.Event) -> tuple[list[float], int, int]:
    waits, failed, size = [], 0, 0
    with closing(_connection(server)) as connection:
        while not stop.is_set():
            for address in those:
                began = time.perf_counter()
                status, body = _asked(connection, address)
                waits.append(time.perf_counter() - began)
                failed += status >= 400
                size += len(body)
                if stop.is_set():
                    break
    return waits, failed, size


def _crawl(server: str, stop: threading.Event) -> int:
    """Breadth first, whatever a link asks for."""
    seen, queue, answers = {"/"}, ["/"], 0
    for address in queue:
        if stop.is_set():
            break
        with suppress(OSError, http.client.HTTPException):
            _, body = _get(server, address, _ENOUGH)
            answers += 1
            for link in _LINK.findall(body.decode("utf-8", "replace")):
                target = urlsplit(urljoin(f"{server}{address}", unescape(link)))
                path = quote(target.path, safe="/%~") + (f"?{target.query}" if target.query else "")
                if f"{target.scheme}://{target.netloc}" == server and path not in seen and path.isascii():
                    seen.add(path)
                    queue.append(path)
    return answers


def _get(server: str, address: str, most: int | None = None) -> tuple[int, bytes]:
    with closing(_connection(server)) as connection:
        return _asked(connection, address, most)


def _connection(server: str) -> http.client.HTTPConnection:
    return http.client.HTTPConnection(urlsplit(server).netloc, timeout=PATIENCE)


def _asked(
    connection: http.client.HTTPConnection, address: str, most: int | None = None
) -> tuple[int, bytes]:
    connection.request("GET", address)
    answer = connection.getresponse()
    return answer.status, answer.read(most)


_PROGRAMS = Path(sys.executable).parent
_OURS = (str(_PROGRAMS / "nianbao"), "serve", "--processes", "2")
_BARE = (str(_PROGRAMS / "datasette"), "serve", "--immutable")


@contextmanager
def _served(command: Sequence[str]) -> Iterator[str]:
    """The address of a server, warm."""
    with closing(socket.socket()) as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    server = f"http://127.0.0.1:{port}"
    with subprocess.Popen([*command, "--port", str(port)], stdout=subprocess.DEVNULL) as process:
        try:
            _wait(server, process)
            yield server
        finally:
            process.terminate()


def _wait(server: str, process: subprocess.Popen[bytes]) -> None:
    end = time.monotonic() + PATIENCE
    while time.monotonic() < end:
        if process.poll() is not None:
            raise SystemExit(f"site: {server} ended; what it said is above")
        with suppress(OSError):
            if _get(server, BARE)[0] == 200:
                return
        time.sleep(0.2)
    raise SystemExit(f"site: {server} does not answer within {PATIENCE:.0f} seconds")


def table(rows: Sequence[Row]) -> str:
    lines = ["\t".join(column.name for column in fields(Row))]
    return "\n".join([*lines, *("\t".join(map(str, astuple(row))) for row in rows)]) + "\n"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("database", type=Path)
    parser.add_argument("--readers", type=int, default=16)
    parser.add_argument("--seconds", type=float, default=10)
    parser.add_argument("--rounds", type=int, default=1)
    parser.add_argument("--tsv", type=Path)
    parser.add_argument("--pictures", action="store_true")
    asked = parser.parse_args()
    if asked.pictures:
        for line in pictures(asked.database):
            print(line, flush=True)
        return
    rows = []
    for row in measured(asked.database, asked.readers, asked.seconds, asked.rounds):
        rows.append(row)
        print(row, flush=True)
    if asked.tsv:
        asked.tsv.write_text(table(rows), "utf-8")


if __name__ == "__main__":
    main()

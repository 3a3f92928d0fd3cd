"""The process that crawls: Scrapy's event loop starts once in a process, so each crawl has its own.

Reads its job as one JSON line from standard input, writes plain lines of progress to standard output.
"""

import json
import os
import signal
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import ExitStack
from functools import partial
from pathlib import Path
from typing import Any

from scrapy import signals
from scrapy.crawler import AsyncCrawlerProcess, Crawler
from scrapy.http import Response
from scrapy.settings import Settings

from crawler import settings as polite
from crawler.asking.addresses import NAMES
from crawler.asking.turns import TURNS
from crawler.captures.beats import BEAT
from crawler.captures.lock import Busy, alive, lease, patiently
from crawler.portal import load, portal_files
from crawler.record import STORED
from crawler.spider import PortalSpider
from crawler.units import addresses, lines, units

PATIENCE = 120.0
"""Seconds in which another crawl may come to its end and let go of its hosts."""

EVERY = 50
"""A line of progress is due after this many exchanges of a portal."""


def main() -> None:
    job = json.loads(sys.stdin.buffer.readline())
    threading.Thread(target=_end_with_parent, daemon=True).start()
    if job["command"]:
        threading.Thread(target=_end_with_command, args=(Path(job["command"]),), daemon=True).start()
    with ExitStack() as leases:
        keys = job["keys"] if job["replay"] else list(_leased(job, leases))
        _crawl(job, keys)
        # Whoever takes the hosts next knows nothing of when they were asked last.
        time.sleep(TURNS.rest())
    if len(keys) < len(job["keys"]):
        sys.exit(1)


def _end_with_parent() -> None:
    """Whoever started this may do its work elsewhere when it is gone: no host may be asked by both. To end
    like this loses as little as a kill."""
    while os.read(0, 1):
        pass
    os._exit(1)


def _end_with_command(lease: Path) -> None:
    """On a worker: nobody waits any more for what a command wanted that was ended."""
    while alive(lease):
        time.sleep(BEAT)
    os._exit(1)


def _leased(job: dict[str, Any], leases: ExitStack) -> Iterator[str]:
    """The portals whose hosts nobody else asks, each with its hosts held."""
    files = portal_files(map(Path, job["folders"]))
    known = {key: load(files[key]) for key in job["keys"]}
    found = addresses(known)
    NAMES.told(found)
    for unit in units(known, found):
        waits = {line for key in unit for line in lines(known[key], found)}
        try:
            leases.enter_context(patiently(partial(lease, Path(job["captures"]), waits), PATIENCE))
        except Busy as problem:
            _say(f"{', '.join(unit)}: {problem}")
            print(problem, file=sys.stderr)  # noqa: T201 - into crawl.log
            continue
        yield from unit


def _crawl(job: dict[str, Any], keys: list[str]) -> None:
    process = AsyncCrawlerProcess(_settings(job))
    for key in keys:
        crawler = process.create_crawler(key)
        _tell(crawler, key)
        process.crawl(crawler)
    process.start()


def _settings(job: dict[str, Any]) -> Settings:
    settings = Settings()
    settings.setmodule(polite, priority="project")
    settings.setdict(
        {"CAPTURES": job["captures"], "PORTALS": job["folders"], "LOCAL": job["local"]}, priority="cmdline"
    )
    if job["replay"]:
        handler = "crawler.replay.Replay"
        settings.set("RETRY_ENABLED", False, priority="cmdline")
        settings.set("REPLAY", job["replay"], priority="cmdline")
        settings.set("DOWNLOAD_HANDLERS", {"http": handler, "https": handler}, priority="cmdline")
    return settings


def _tell(crawler: Crawler, key: str) -> None:
    had = 0

    def received(response: Response, spider: PortalSpider) -> None:
        nonlocal had
        if STORED in response.flags:
            return
        had += 1
        if had % EVERY == 0:
            _say(f"{key}: {had} answers, {len(spider.reports)} reports so far")

    def closed(spider: PortalSpider) -> None:
        _say(f"{key}: done, {had} answers, {len(spider.reports)} reports")

    crawler.signals.connect(received, signal=signals.response_received, weak=False)
    crawler.signals.connect(closed, signal=signals.spider_closed, weak=False)


def _say(line: str) -> None:
    try:
        print(line, flush=True)  # noqa: T201 - the parent process reads it
    except BrokenPipeError:  # it is gone, so nobody waits for this crawl: end as on Ctrl-C
        os.kill(os.getpid(), signal.SIGINT)


if __name__ == "__main__":
    main()

"""The process that crawls: Scrapy's event loop starts once in a process, so each crawl has its own.

Reads its job as one JSON line from standard input, writes plain lines of progress to standard output.
"""

import json
import os
import signal
import sys
from typing import Any

from scrapy import signals
from scrapy.crawler import AsyncCrawlerProcess, Crawler
from scrapy.http import Response
from scrapy.settings import Settings

from crawler import settings as polite
from crawler.record import STORED
from crawler.spider import PortalSpider

EVERY = 50
"""A line of progress is due after this many exchanges of a portal."""


def main() -> None:
    job = json.loads(sys.stdin.readline())
    process = AsyncCrawlerProcess(_settings(job))
    for key in job["keys"]:
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

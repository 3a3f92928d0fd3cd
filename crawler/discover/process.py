"""The process that looks through portals: Scrapy's event loop starts once in a process.

Reads its job as one JSON line from standard input, writes what it saw as JSON lines to standard output.
"""

import json
import sys
from dataclasses import asdict
from pathlib import Path
from typing import Any

from scrapy import Spider
from scrapy.crawler import AsyncCrawlerProcess, Crawler
from scrapy.settings import Settings

from crawler import settings as polite
from crawler.discover.checkup import Checkup
from crawler.discover.scout import Scout
from crawler.discover.survey import survey
from crawler.portal import Column, Pace, Portal, load


def main() -> None:
    job = json.loads(sys.stdin.readline())
    process = AsyncCrawlerProcess(_settings(job))
    crawlers = [process.create_crawler(spider) for spider in _spiders(job)]
    for crawler in crawlers:
        process.crawl(crawler)
    process.start()
    for crawler in crawlers:
        print(json.dumps(_seen(crawler, job), ensure_ascii=False), flush=True)  # noqa: T201


def _spiders(job: dict[str, Any]) -> list[type[Spider]]:
    """Of the portal files that the job names one each, else the one that looks for columns."""
    portals = [load(Path(file)) for file in job.get("files", ())]
    if portals:
        return [_spider(Checkup, portal) for portal in portals]
    columns = tuple(Column(url) for url in job["columns"])
    division, pace = job["division"] or "000000", Pace(job["delay"])
    asked = Portal("add", division, "", job["home"], "generic", columns, pace=pace, browser=job["browser"])
    return [_spider(Scout, asked)]


def _spider(kind: type[Spider], portal: Portal) -> type[Spider]:
    return type(kind.__name__, (kind,), {"name": portal.key, "portal": portal})


def _seen(crawler: Crawler, job: dict[str, Any]) -> dict[str, Any]:
    match crawler.spider:
        case Scout() as scout:
            return asdict(survey(scout, job["division"]))
        case Checkup() as checkup:
            return asdict(checkup.health())
        case other:
            raise TypeError(f"{other} came back from a look through a portal")


def _settings(job: dict[str, Any]) -> Settings:
    settings = Settings()
    settings.setmodule(polite, priority="project")
    asked = {
        "CAPTURES": job["captures"],
        "LOCAL": job["local"],
        "CLOSESPIDER_PAGECOUNT": job["pages"],
        "EXTENSIONS": {"scrapy.extensions.closespider.CloseSpider": 0},
    }
    settings.setdict(asked, priority="cmdline")
    return settings


if __name__ == "__main__":
    main()

"""The process that looks through a portal: Scrapy's event loop starts once in a process.

Reads its job as one JSON line from standard input, writes the survey as one JSON line to standard output.
"""

import json
import sys
from dataclasses import asdict
from typing import Any

from scrapy.crawler import AsyncCrawlerProcess
from scrapy.settings import Settings

from crawler import settings as polite
from crawler.discover.scout import Scout
from crawler.discover.survey import survey
from crawler.portal import Column, Portal


def main() -> None:
    job = json.loads(sys.stdin.readline())
    process = AsyncCrawlerProcess(_settings(job))
    crawler = process.create_crawler(_scout(job))
    process.crawl(crawler)
    process.start()
    spider = crawler.spider
    if not isinstance(spider, Scout):
        raise SystemExit(2)
    print(json.dumps(asdict(survey(spider, job["division"])), ensure_ascii=False), flush=True)  # noqa: T201


def _scout(job: dict[str, Any]) -> type[Scout]:
    columns = tuple(Column(url) for url in job["columns"])
    portal = Portal("add", job["division"] or "000000", "", job["home"], "generic", columns)
    return type("Scout", (Scout,), {"name": "add", "portal": portal})


def _settings(job: dict[str, Any]) -> Settings:
    settings = Settings()
    settings.setmodule(polite, priority="project")
    asked = {
        "CAPTURES": job["captures"],
        "LOCAL": job["local"],
        "DOWNLOAD_DELAY": job["delay"],
        "AUTOTHROTTLE_START_DELAY": job["delay"],
        "CLOSESPIDER_PAGECOUNT": job["pages"],
    }
    settings.setdict(asked, priority="cmdline")
    return settings


if __name__ == "__main__":
    main()

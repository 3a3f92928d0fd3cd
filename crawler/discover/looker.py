"""What the spiders that only look have in common: one portal, and a record that is thrown away."""

from pathlib import Path
from typing import Any, Self

from scrapy import Spider
from scrapy.crawler import Crawler

from crawler.captures import PortalFacts, Recording, Store
from crawler.portal import Portal


class Looker(Spider):
    portal: Portal
    recording: Recording

    @classmethod
    def from_crawler(cls, crawler: Crawler, *args: Any, **kwargs: Any) -> Self:
        spider = super().from_crawler(crawler, *args, **kwargs)
        store = Store(Path(crawler.settings["CAPTURES"]))
        portal = spider.portal
        facts = PortalFacts(portal.key, portal.division, portal.name, portal.home, portal.cms)
        spider.recording = store.begin(facts, crawler.settings["USER_AGENT"])
        return spider

"""What the spiders that only look have in common: one portal, and a record that is thrown away."""

from pathlib import Path
from typing import Any, Self

from scrapy import Spider
from scrapy.crawler import Crawler

from crawler.asking.budget import Spent
from crawler.captures import PortalFacts, Recording, Store, Unreached
from crawler.portal import Portal


class Looker(Spider):
    portal: Portal
    store: Store
    recording: Recording

    @classmethod
    def from_crawler(cls, crawler: Crawler, *args: Any, **kwargs: Any) -> Self:
        spider = super().from_crawler(crawler, *args, **kwargs)
        spider.store = Store(Path(crawler.settings["CAPTURES"]))
        portal = spider.portal
        facts = PortalFacts(portal.key, portal.division, portal.name, portal.home, portal.cms)
        spider.recording = spider.store.begin(facts, crawler.settings["USER_AGENT"])
        return spider

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.spent = Spent(self.portal.budget)

    def stop(self, reason: str, url: str, says: str) -> None:
        """What is not asked because of this says so itself."""
        self.recording.unreached(Unreached(url, "list", reason, says))

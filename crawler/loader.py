"""Scrapy's list of spiders: one for each portal file."""

from collections.abc import Iterable
from pathlib import Path
from typing import Self

from scrapy import Request
from scrapy.settings import BaseSettings

from crawler.hosts import host_of, hosts_of
from crawler.portal import Portal, load, portal_files
from crawler.spider import PortalSpider


def spider_class(portal: Portal) -> type[PortalSpider]:
    """The spider of one portal: its name is the portal's key."""
    settings = {"REDIRECT_MAX_TIMES": portal.limits.redirects}
    facts = {"name": portal.key, "portal": portal, "custom_settings": settings}
    return type("PortalSpider", (PortalSpider,), facts)


class PortalLoader:
    @classmethod
    def from_settings(cls, settings: BaseSettings) -> Self:
        return cls(Path(folder) for folder in settings.getlist("PORTALS"))

    def __init__(self, folders: Iterable[Path]) -> None:
        self._files = portal_files(folders)

    def load(self, spider_name: str) -> type[PortalSpider]:
        if spider_name not in self._files:
            raise KeyError(f"{spider_name}: there is no such portal; `nianbao portals` lists those there are")
        return spider_class(load(self._files[spider_name]))

    def find_by_request(self, request: Request) -> list[str]:
        host = host_of(request.url)
        return [key for key, path in self._files.items() if host in hosts_of(load(path))]

    def list(self) -> list[str]:
        return list(self._files)

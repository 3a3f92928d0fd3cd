"""Which hosts a portal's crawl may ask: its own, and none inside the network the crawl runs in."""

import asyncio
import ipaddress
import socket
from typing import Self
from urllib.parse import urlsplit

from scrapy import Request
from scrapy.crawler import Crawler
from scrapy.exceptions import IgnoreRequest

from crawler.portal import Portal

_PORTS = {"http": ":80", "https": ":443"}


class Refused(IgnoreRequest):
    """A request that is not made. `kind` is `offsite`, `private` or `scheme`."""

    def __init__(self, kind: str, says: str) -> None:
        super().__init__(says)
        self.kind = kind


class Left(Refused):
    """A request that this run makes no more and the next one takes up: the spider was told why (`stop`)."""


def host_of(url: str) -> str:
    """The host with its port, where that is not the usual one."""
    parts = urlsplit(url)
    return parts.netloc.lower().rpartition("@")[2].removesuffix(_PORTS.get(parts.scheme, " "))


def hosts_of(portal: Portal) -> frozenset[str]:
    addresses = (portal.home, *(column.url for column in portal.columns))
    return frozenset(map(host_of, addresses)) | frozenset(portal.hosts)


class Reach:
    """A downloader middleware. `local` allows loopback and private addresses: for made-up portals."""

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        return cls(crawler.spider.portal, crawler.settings.getbool("LOCAL"))  # type: ignore[union-attr]

    def __init__(self, portal: Portal, local: bool) -> None:
        self._hosts = hosts_of(portal)
        self._proxy = portal.proxy
        self._local = local
        self._public: set[str] = set()

    async def process_request(self, request: Request) -> None:
        if urlsplit(request.url).scheme not in _PORTS:
            raise Refused("scheme", "is neither http nor https; look at it by hand")
        if (host := host_of(request.url)) not in self._hosts:
            raise Refused("offsite", f"is on {host}; if that is the portal's too, add it to the file's hosts")
        if not self._local and host not in self._public:
            await self._refuse_private(request.url)
            self._public.add(host)
        if self._proxy:
            request.meta["proxy"] = self._proxy

    async def _refuse_private(self, url: str) -> None:
        for address in await _addresses(urlsplit(url).hostname or "", resolve=self._proxy is None):
            if not address.is_global:
                raise Refused(
                    "private", f"leads to {address}; only --local crawls loopback and private hosts"
                )


async def _addresses(name: str, *, resolve: bool) -> list[ipaddress.IPv4Address | ipaddress.IPv6Address]:
    """What a host name stands for; nothing where only the proxy knows, or nobody: asking will show."""
    try:
        return [ipaddress.ip_address(name)]
    except ValueError:
        pass
    if not resolve:
        return []
    try:
        found = await asyncio.get_running_loop().getaddrinfo(name, None, type=socket.SOCK_STREAM)
    except OSError:
        return []
    return [ipaddress.ip_address(str(entry[4][0]).partition("%")[0]) for entry in found]

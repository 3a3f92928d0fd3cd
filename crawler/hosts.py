"""The hosts of addresses, and of a portal."""

from urllib.parse import urlsplit

from crawler.portal import Portal

PORTS = {"http": ":80", "https": ":443"}


def host_of(url: str) -> str:
    """The host with its port, where that is not the usual one."""
    parts = urlsplit(url)
    return parts.netloc.lower().rpartition("@")[2].removesuffix(PORTS.get(parts.scheme, " "))


def hosts_of(portal: Portal) -> frozenset[str]:
    addresses = (portal.home, *(column.url for column in portal.columns))
    return frozenset(map(host_of, addresses)) | frozenset(portal.hosts)

"""Addresses as they are asked for, their hosts, and those of a portal."""

from urllib.parse import urlsplit

from w3lib.url import safe_url_string

from crawler.portal import Portal

PORTS = {"http": ":80", "https": ":443"}


def as_asked(url: str) -> str:
    """One way to write it, however a page does."""
    try:
        return safe_url_string(url)
    except ValueError:  # no address that can be asked, which the request will say
        return url


def host_of(url: str) -> str:
    """The host with its port, where that is not the usual one."""
    parts = urlsplit(url)
    return parts.netloc.lower().rpartition("@")[2].removesuffix(PORTS.get(parts.scheme, " "))


def hosts_of(portal: Portal) -> frozenset[str]:
    addresses = (portal.home, *(column.url for column in portal.columns))
    return frozenset(map(host_of, addresses)) | frozenset(portal.hosts)

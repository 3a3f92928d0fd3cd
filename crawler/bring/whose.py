"""Which portal an answer belongs to: by its host, from the portal files."""

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from urllib.parse import urlsplit

from crawler.captures import IMPORT, PortalFacts
from crawler.hosts import host_of, hosts_of
from crawler.portal import Portal


class Shared(Exception):
    """Portals of several divisions are at this host, and nothing says which of them is meant."""


@dataclass(frozen=True, slots=True)
class Place:
    """`key` is None where no portal file names the host: nothing then proves a division."""

    key: str | None
    division: str | None
    name: str
    home: str


def place_of(url: str, portals: Mapping[str, Portal], only: str | None) -> Place:
    """`only` is the portal where hosts do not decide."""
    host = host_of(url)
    those = [portal for portal in portals.values() if host in hosts_of(portal)]
    if len({portal.division for portal in those}) > 1:
        under = [portal for portal in those if _under(url, portal)]
        those = under if len({portal.division for portal in under}) == 1 else []
        if not those and only is None:
            raise Shared(host)
    if not those and only is not None:
        those = [portals[only]]
    if not those:
        return Place(None, None, host, f"{urlsplit(url).scheme}://{host}/")
    portal = those[0]
    return Place(portal.key, portal.division, portal.name, portal.home)


def facts(place: Place, by: str, via: str | None) -> PortalFacts:
    """Of captures that are no crawl of ours: under a key of their own, so that none takes them for a look at
    the whole portal. One for each who captured."""
    whose = hashlib.sha256(f"{by}\n{via}".encode()).hexdigest()[:8]
    key = f"{IMPORT}-{place.key or place.name.replace(':', '-').strip('[]')}-{whose}"
    kept_by = f" (kept by {via})" if via else ""
    return PortalFacts(key, place.division, place.name, place.home, IMPORT, f"{by}{kept_by}")


def joined(who: Iterable[str | None]) -> str:
    return "; ".join(dict.fromkeys(filter(None, who))) or "unknown; it does not say"


def _under(url: str, portal: Portal) -> bool:
    """Whether the address lies in the folder of one of the portal's columns."""
    asked = urlsplit(url)
    for column in portal.columns:
        parts = urlsplit(column.url)
        folder = parts.path.rpartition("/")[0]
        if parts.netloc.lower() == asked.netloc.lower() and folder and asked.path.startswith(f"{folder}/"):
            return True
    return False

"""What a portal or an address proves about a file: the division it belongs to."""

from pathlib import Path
from urllib.parse import urlsplit

import click

from crawler.portal import SHIPPED, Portal, portals


def known_portals(data: Path) -> dict[str, Portal]:
    """The shipped portals and, over them, those under the data folder; the sound ones among them."""
    found = portals([SHIPPED, data / "portals"])
    return {key: portal for key, portal in found.items() if isinstance(portal, Portal)}


def portal_division(key: str, data: Path) -> str:
    known = known_portals(data)
    if key not in known:
        raise click.ClickException(f"--portal {key}: no such portal; `nianbao portals` lists those there are")
    return known[key].division


def address_division(url: str, data: Path) -> str | None:
    """The division of the portals that answer at this host, where they agree on one."""
    host = urlsplit(url).netloc.lower()
    divisions = {portal.division for portal in known_portals(data).values() if host in _hosts(portal)}
    return divisions.pop() if len(divisions) == 1 else None


def _hosts(portal: Portal) -> set[str]:
    addresses = [portal.home, *(column.url for column in portal.columns)]
    return {urlsplit(address).netloc.lower() for address in addresses} | set(portal.hosts)

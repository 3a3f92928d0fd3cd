"""What a portal or an address proves about a file: the division it belongs to."""

from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

import click

from crawler.crawl import folders
from crawler.portal import Portal, WrongPortal, load, portal_files


def portal_division(key: str, data: Path) -> str:
    file = portal_files(folders(data)).get(key)
    if file is None:
        raise click.ClickException(f"--portal {key}: no such portal; `nianbao portals` lists those there are")
    try:
        return load(file).division
    except WrongPortal as cause:
        raise click.ClickException(str(cause)) from None


def address_division(url: str, data: Path) -> str | None:
    """The division of the portals that answer at this host, where they agree on one."""
    return host_divisions(data).get(urlsplit(url).netloc.lower())


def host_divisions(data: Path) -> dict[str, str]:
    """From host to the division of its portals, where they agree on one."""
    found: dict[str, set[str]] = {}
    for portal in _sound_portals(data):
        for host in _hosts(portal):
            found.setdefault(host, set()).add(portal.division)
    return {host: divisions.pop() for host, divisions in found.items() if len(divisions) == 1}


def _sound_portals(data: Path) -> Iterator[Portal]:
    """A portal file that is wrong proves nothing; `nianbao portals` says what is wrong with it."""
    for file in portal_files(folders(data)).values():
        try:
            yield load(file)
        except WrongPortal:
            continue


def _hosts(portal: Portal) -> set[str]:
    addresses = [portal.home, *(column.url for column in portal.columns)]
    return {urlsplit(address).netloc.lower() for address in addresses} | set(portal.hosts)

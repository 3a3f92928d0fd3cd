"""The unit of work: portals that wait in one line, which only one process may ask."""

from collections.abc import Mapping, Sequence
from urllib.parse import urlsplit

from crawler.asking.addresses import Address, looked_up
from crawler.hosts import hosts_of
from crawler.portal import Portal

Found = Mapping[str, Sequence[Address]]


def addresses(portals: Mapping[str, Portal]) -> dict[str, tuple[Address, ...]]:
    """What the names of these portals stand for. Where a portal has a proxy, that one looks up."""
    return looked_up(name for portal in portals.values() if not portal.proxy for name in names(portal))


def names(portal: Portal) -> set[str]:
    """Its hosts without their ports: a machine has one line."""
    return {urlsplit(f"//{host}").hostname or host for host in hosts_of(portal)}


def lines(portal: Portal, found: Found) -> set[str]:
    """In which lines its requests may wait: names, and the addresses that hosts may share."""
    known = () if portal.proxy else [found.get(name, ()) for name in names(portal)]
    return names(portal) | {str(address) for all_of_one in known for address in all_of_one}


def units(portals: Mapping[str, Portal], found: Found) -> list[tuple[str, ...]]:
    """The keys of these portals, those together that share a line, however many portals between."""
    groups: list[tuple[set[str], set[str]]] = []
    for key, portal in portals.items():
        keys, waits = {key}, lines(portal, found)
        for group in [group for group in groups if group[1] & waits]:
            groups.remove(group)
            keys |= group[0]
            waits |= group[1]
        groups.append((keys, waits))
    return sorted(tuple(sorted(keys)) for keys, _ in groups)

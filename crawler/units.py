"""The unit of work: portals that share a host, which only one process may ask."""

from collections.abc import Mapping

from crawler.asking.reach import hosts_of
from crawler.portal import Portal


def units(portals: Mapping[str, Portal]) -> list[tuple[str, ...]]:
    """The keys of these portals, those together that are joined by hosts, however many portals between."""
    groups: list[tuple[set[str], set[str]]] = []
    for key, portal in portals.items():
        keys, hosts = {key}, set(hosts_of(portal))
        for group in [group for group in groups if group[1] & hosts]:
            groups.remove(group)
            keys |= group[0]
            hosts |= group[1]
        groups.append((keys, hosts))
    return sorted(tuple(sorted(keys)) for keys, _ in groups)

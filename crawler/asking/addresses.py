"""Which addresses may be connected to.

A name is looked up once in a process, checked, and kept: what was checked is what is connected to, whatever
its name server says later."""

import asyncio
import ipaddress
import socket
from collections.abc import Iterable, Mapping
from concurrent.futures import ThreadPoolExecutor
from typing import Any

Address = ipaddress.IPv4Address | ipaddress.IPv6Address

LOOKUP = 30.0
"""Seconds a name server has."""

ASKED_AT_ONCE = 32
"""Names that are looked up at once before a crawl begins."""

_NAT64 = ipaddress.ip_network("64:ff9b::/96")


class Forbidden(Exception):
    """A name that stands for an address inside the network the crawl runs in."""


def forbidden(address: Address, *, local: bool) -> bool:
    """Whether this is no address of the public internet. `local` lifts it for loopback alone."""
    inner = _inner(address)
    if inner.is_loopback:
        return not local
    # Python counts multicast, and two kinds of IPv6 that nobody routes any more, as global.
    odd = inner.is_multicast or inner.is_reserved or getattr(inner, "is_site_local", False)
    return odd or not inner.is_global


def _inner(address: Address) -> Address:
    """The IPv4 address that an IPv6 address only wraps."""
    if isinstance(address, ipaddress.IPv4Address):
        return address
    if address in _NAT64:
        return ipaddress.IPv4Address(int(address) & 0xFFFFFFFF)
    return address.ipv4_mapped or address.sixtofour or address


class Names:
    """The names of a process and what they stand for."""

    def __init__(self) -> None:
        self._known: dict[str, tuple[Address, ...]] = {}
        self._told: dict[str, tuple[Address, ...]] = {}

    async def checked(self, name: str, *, local: bool) -> tuple[Address, ...]:
        """All addresses of a name; none where nobody knows it. One bad address spoils them all."""
        found = self._known.get(name) or self._told.get(name) or await _looked_up(name, 0)
        for address in found:
            if forbidden(address, local=local):
                raise Forbidden(f"{address}")
        return self._kept(name, found)

    async def proxy(self, name: str) -> None:
        """The operator's own proxy may stand anywhere."""
        self._kept(name, self._known.get(name) or await _looked_up(name, 0))

    def told(self, found: Mapping[str, tuple[Address, ...]]) -> None:
        """What these names stand for, which is not yet checked."""
        self._told.update(found)

    def known(self, name: str) -> tuple[Address, ...]:
        return self._known.get(name, ())

    def _kept(self, name: str, found: tuple[Address, ...]) -> tuple[Address, ...]:
        if found:
            self._known[name] = found
        return found


async def literal(name: str, *, local: bool) -> None:
    """The check of a name that only a proxy looks up: is it an address, in whatever spelling?"""
    for address in await _looked_up(name, socket.AI_NUMERICHOST):
        if forbidden(address, local=local):
            raise Forbidden(f"{address}")


async def _looked_up(name: str, flags: int) -> tuple[Address, ...]:
    """getaddrinfo reads 127.1, 0x7f000001 and 2130706433 too, as a connection would."""
    asked = asyncio.get_running_loop().getaddrinfo(name, None, type=socket.SOCK_STREAM, flags=flags)
    try:
        return _addresses(await asyncio.wait_for(asked, LOOKUP))
    except (OSError, UnicodeError, TimeoutError):
        return ()


def looked_up(names: Iterable[str]) -> dict[str, tuple[Address, ...]]:
    """What these names stand for, many asked at once; without those that nobody knows."""
    wanted = sorted(set(names))
    with ThreadPoolExecutor(ASKED_AT_ONCE) as pool:
        return {name: found for name, found in zip(wanted, pool.map(_found, wanted), strict=True) if found}


def _found(name: str) -> tuple[Address, ...]:
    try:
        return _addresses(socket.getaddrinfo(name, None, type=socket.SOCK_STREAM))
    except (OSError, UnicodeError):
        return ()


def _addresses(found: Iterable[tuple[Any, ...]]) -> tuple[Address, ...]:
    addresses = (ipaddress.ip_address(str(entry[4][0]).partition("%")[0]) for entry in found)
    return tuple(dict.fromkeys(addresses))


NAMES = Names()
"""Of the process, as Twisted's resolver is."""

"""What may be connected to, and that what was checked is what is connected to."""

import ipaddress
import socket
from typing import Any

import pytest

from crawler.asking.addresses import Forbidden, Names, forbidden, literal
from crawler.asking.pinned import Pinned

NEVER = [
    "10.0.0.8", "172.16.3.4", "192.168.1.1", "169.254.169.254", "100.64.0.1", "0.0.0.0", "255.255.255.255",
    "224.0.0.1", "240.0.0.1", "192.0.2.1", "198.18.0.1", "::", "fe80::1", "fc00::1", "fec0::1", "ff02::1",
    "::ffff:10.0.0.8", "::ffff:169.254.169.254", "64:ff9b::a00:1", "2002:a00:1::", "2001:db8::1", "4000::1",
]  # fmt: skip
LOOPBACK = ["127.0.0.1", "127.8.9.10", "::1", "::ffff:127.0.0.1", "64:ff9b::7f00:1"]
PUBLIC = ["8.8.8.8", "114.114.114.114", "2400:3200::1", "::ffff:114.114.114.114", "64:ff9b::7272:7272"]


@pytest.mark.parametrize("address", NEVER)
def test_what_is_inside_a_network_is_never_asked(address: str) -> None:
    assert forbidden(ipaddress.ip_address(address), local=False)
    assert forbidden(ipaddress.ip_address(address), local=True)


@pytest.mark.parametrize("address", LOOPBACK)
def test_local_allows_loopback_alone(address: str) -> None:
    assert forbidden(ipaddress.ip_address(address), local=False)
    assert not forbidden(ipaddress.ip_address(address), local=True)


@pytest.mark.parametrize("address", PUBLIC)
def test_public_addresses_may_be_asked(address: str) -> None:
    assert not forbidden(ipaddress.ip_address(address), local=False)


@pytest.mark.parametrize(
    "spelled", ["127.0.0.1", "127.1", "2130706433", "0x7f000001", "0177.0.0.1", "::1", "10.1", "0"]
)
async def test_an_address_is_known_in_any_spelling(spelled: str) -> None:
    with pytest.raises(Forbidden):
        await Names().checked(spelled, local=False)
    with pytest.raises(Forbidden):
        await literal(spelled, local=False)


async def test_behind_a_proxy_only_addresses_are_looked_at() -> None:
    await literal("www.example.cn", local=False)
    await literal("114.114.114.114", local=False)


def _answering(monkeypatch: pytest.MonkeyPatch, answers: dict[str, list[str]]) -> None:
    """A name server that gives the next answer each time."""

    def getaddrinfo(name: str, *_: Any, **__: Any) -> list[Any]:
        address = answers[name].pop(0)
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (one, 0)) for one in address.split()]

    monkeypatch.setattr(socket, "getaddrinfo", getaddrinfo)


async def test_a_name_that_leads_inside_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    _answering(monkeypatch, {"a.example": ["8.8.8.8 10.0.0.1"], "b.example": ["8.8.8.8"]})
    names = Names()
    with pytest.raises(Forbidden, match=r"10\.0\.0\.1"):
        await names.checked("a.example", local=False)
    assert names.known("a.example") == ()
    assert await names.checked("b.example", local=False) == (ipaddress.ip_address("8.8.8.8"),)


class Receiver:
    def __init__(self) -> None:
        self.got: list[str] = []
        self.over = False

    def resolutionBegan(self, _resolution: object) -> None:  # noqa: N802
        assert not self.over

    def addressResolved(self, address: Any) -> None:  # noqa: N802
        self.got.append(f"{address.host}:{address.port}")

    def resolutionComplete(self) -> None:  # noqa: N802
        self.over = True


async def test_a_name_server_that_changes_its_mind_changes_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    _answering(monkeypatch, {"a.example": ["8.8.8.8", "127.0.0.1"]})
    names = Names()
    await names.checked("a.example", local=False)
    await names.checked("a.example", local=False)
    receiver = Receiver()
    Pinned(None, names).resolveHostName(receiver, "A.example", 80)
    assert (receiver.got, receiver.over) == (["8.8.8.8:80"], True)


def test_the_resolver_knows_no_name_that_was_not_checked() -> None:
    receiver = Receiver()
    Pinned(None, Names()).resolveHostName(receiver, "localhost", 80)
    assert (receiver.got, receiver.over) == ([], True)

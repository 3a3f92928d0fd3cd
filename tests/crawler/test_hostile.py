"""Portals that mean harm, or might as well: each is survived within its limits, the others are crawled."""

import socket
import struct
import time
import zlib
from collections.abc import Callable
from contextlib import ExitStack, suppress
from dataclasses import dataclass
from functools import cache
from typing import Any

import pytest

from crawler.captures import Run
from crawler.crawl import crawl
from tests.crawler.loopback import Site
from tests.crawler.raw import plain, raw

TITLE = "青禾县民政局2021年政府信息公开工作年度报告"
ARTICLE = plain(f"<h1>{TITLE}</h1><p>{'本机关全年主动公开政府信息。' * 50}</p>".encode())
MINUTES = 90.0
LIMITS = {
    "answer": 2_500_000,
    "decoded": 1_000_000,
    "seconds": 10,
    "redirects": 5,
    "pages": 20,
    "lists": 30,
    "rows": 3_000,
    "links": 2_000,
}

Stream = socket.socket


def _page(rows: str, more: str = "") -> bytes:
    return plain(f"<table>{rows}</table>{more}".encode())


def _row(link: str) -> str:
    return f"<tr><td><a href='{link}'>{TITLE}</a></td><td>01-20</td></tr>"


def endless_pages(stream: Stream, path: str) -> None:
    """A calendar: each page has rows of its own and leads to the next."""
    this = int(path.rpartition("_")[2].partition(".")[0]) if "_" in path else 0
    stream.sendall(_page(_row(f"/no/t20220120_{this}.htm").replace(TITLE, "通知"), _pager(this)))


def _pager(this: int) -> str:
    return f'<script>createPageHTML({this + 9}, {this}, "index", "html");</script>'


def many_rows(stream: Stream, path: str) -> None:
    this = int(path.rpartition("_")[2].partition(".")[0]) if "_" in path else 0
    rows = (f"/no/t20220120_{this}{number:04}.htm" for number in range(1_000))
    stream.sendall(_page("".join(_row(link).replace(TITLE, "通知") for link in rows), _pager(this)))


def endless_columns(stream: Stream, path: str) -> None:
    """Each has a hundred of its own below it."""
    stream.sendall(_page("".join(f"<tr><td><a href='{path}{n}/'>2021年</a></td></tr>" for n in range(100))))


def five_gigabytes(stream: Stream, path: str, *, said: bool) -> None:
    if path != "/nb/":
        length = f"Content-Length: {5 * 1024**3}\r\n" if said else ""
        stream.sendall(f"HTTP/1.1 200 OK\r\n{length}\r\n".encode())
        for _ in range(5 * 1024):
            stream.sendall(b"%" * 1024**2)
    stream.sendall(_page(_row("/big/t20220120_1.htm")))


def drip(stream: Stream, path: str) -> None:
    if path == "/nb/":
        stream.sendall(_page(_row("/a/t20220120_1.htm")))
        return
    stream.sendall(b"HTTP/1.1 200 OK\r\n\r\n<html>")
    for _ in range(600):
        stream.sendall(b" ")
        time.sleep(0.1)


def tarpit(stream: Stream, path: str) -> None:
    if path == "/nb/":
        stream.sendall(_page(_row("/a/t20220120_1.htm")))
        return
    stream.settimeout(60)
    stream.recv(1)


def redirect_loop(stream: Stream, path: str) -> None:
    stream.sendall(plain(b"", "302 Found", f"Location: {path}x" if len(path) < 40 else "Location: /nb/"))


def redirect_inside(stream: Stream, path: str) -> None:
    del path
    stream.sendall(plain(b"", "302 Found", "Location: http://169.254.169.254/latest/meta-data/"))


def bomb(stream: Stream, path: str) -> None:
    if path == "/nb/":
        stream.sendall(_page(_row("/a/t20220120_1.htm")))
        return
    stream.sendall(plain(_packed(), "200 OK", "Content-Encoding: gzip"))


@cache
def _packed() -> bytes:
    packer = zlib.compressobj(wbits=31)
    return b"".join(packer.compress(bytes(1024**2)) for _ in range(100)) + packer.flush()


def many_links(stream: Stream, path: str) -> None:
    del path
    links = "".join(f"<a href={number}>x</a>" for number in range(100_000))
    stream.sendall(b"HTTP/1.1 200 OK\r\n\r\n<table>" + links.encode())


def header_flood(stream: Stream, path: str) -> None:
    del path
    stream.sendall(b"HTTP/1.1 200 OK\r\n")
    for number in range(10**7):
        stream.sendall(b"X-%d: %s\r\n" % (number, b"x" * 1000))


def reset(stream: Stream, path: str) -> None:
    if path == "/nb/":
        stream.sendall(_page(_row("/a/t20220120_1.htm")))
        return
    stream.sendall(b"HTTP/1.1 200 OK\r\n\r\n" + ARTICLE[200:900])
    time.sleep(0.2)
    stream.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))


@dataclass(frozen=True, slots=True)
class Hostile:
    answer: Callable[[Stream, str], None]
    stopped: str | None
    kind: str
    says: str


def _robots(stream: Stream, path: str) -> None:
    if path != "/robots.txt":
        stream.sendall(_page(_row("/a/t20220120_1.htm")) if path == "/nb/" else ARTICLE)
        return
    stream.sendall(b"HTTP/1.1 200 OK\r\n\r\nUser-agent: *\nDisallow: /a/\n")
    for _ in range(100):
        stream.sendall(b"Disallow: /b\n" * 80_660)


HOSTILE = {
    "endless-pages": Hostile(endless_pages, "limit", "limit", "20 pages (limits.pages)"),
    "many-rows": Hostile(many_rows, "limit", "limit", "3000 rows (limits.rows)"),
    "endless-columns": Hostile(endless_columns, "limit", "limit", "columns below it than 30 (limits.lists)"),
    "five-gb-said": Hostile(lambda s, p: five_gigabytes(s, p, said=True), None, "too-large", "2500000 bytes"),
    "five-gb": Hostile(lambda s, p: five_gigabytes(s, p, said=False), None, "too-large", "2500000 bytes"),
    "drip": Hostile(drip, None, "too-slow", "10 seconds (limits.seconds)"),
    "tarpit": Hostile(tarpit, None, "timeout", "no answer"),
    "redirect-loop": Hostile(redirect_loop, None, "redirects", "redirect"),
    "redirect-inside": Hostile(redirect_inside, None, "offsite", "169.254.169.254"),
    "redirect-inside-allowed": Hostile(redirect_inside, None, "private", "169.254.169.254"),
    "bomb": Hostile(bomb, None, "too-large", "unpacks to more than 1000000 bytes"),
    "many-links": Hostile(many_links, None, "", "2000 links"),
    "header-flood": Hostile(header_flood, None, "too-large", "headers"),
    "reset": Hostile(reset, None, "connection", "ResponseDataLossError"),
    "robots": Hostile(_robots, None, "robots", "line 2, Disallow: /a/"),
}


def _sound(stream: Stream, path: str) -> None:
    answers = {"/nb/": _page(_row("/a/t20220120_1.htm")), "/a/t20220120_1.htm": ARTICLE}
    stream.sendall(answers.get(path, plain(b"", "404 Not Found")))


def _without_robots(answer: Callable[[Stream, str], None]) -> Callable[[Stream, str], None]:
    def answered(stream: Stream, path: str) -> None:
        if path == "/robots.txt" and answer is not _robots:
            stream.sendall(plain(b"", "404 Not Found"))
        else:
            with suppress(OSError):
                answer(stream, path)

    return answered


@dataclass(frozen=True, slots=True)
class Survived:
    runs: dict[str, Run]
    says: dict[str, tuple[str, ...]]
    seconds: float


@pytest.fixture(scope="module")
def survived(tmp_path_factory: pytest.TempPathFactory) -> Survived:
    """All of them at once, each on an address of its own, and a sound one among them."""
    data = tmp_path_factory.mktemp("hostile")
    assert len(_packed()) < LIMITS["answer"]
    more: dict[str, Any] = {"pace": {"delay": 0, "timeout": 3}, "limits": LIMITS}
    with ExitStack() as stack:
        for number, (key, hostile) in enumerate(HOSTILE.items(), 2):
            server = stack.enter_context(raw(_without_robots(hostile.answer), f"127.0.0.{number}"))
            hosts = {"hosts": ["169.254.169.254"]} if key.endswith("allowed") else {}
            Site(server.base).portal_file(data, key, ["/nb/"], **more, **hosts)
        sound = stack.enter_context(raw(_sound))
        Site(sound.base).portal_file(data, "sound", ["/nb/"], **more)
        began = time.monotonic()
        outcomes = crawl([*HOSTILE, "sound"], data, local=True, progress=lambda _line: None)
        took = time.monotonic() - began
    runs = {outcome.key: outcome.run for outcome in outcomes if outcome.run is not None}
    return Survived(runs, {outcome.key: outcome.says for outcome in outcomes}, took)


def test_all_of_them_are_survived_in_time(survived: Survived) -> None:
    assert set(survived.runs) == {*HOSTILE, "sound"}
    assert all(run.summary is not None for run in survived.runs.values())
    assert survived.seconds < MINUTES


def test_a_sound_portal_among_them_is_crawled(survived: Survived) -> None:
    summary = survived.runs["sound"].summary
    assert summary is not None
    assert (summary.reports, summary.stopped, survived.says["sound"]) == (1, None, ())


@pytest.mark.parametrize("key", sorted(HOSTILE))
def test_each_is_named_for_what_it_did(survived: Survived, key: str) -> None:
    hostile, run = HOSTILE[key], survived.runs[key]
    said = [(item.kind, item.says) for item in run.unreached] + [("", signal.says) for signal in run.signals]
    assert any(kind == hostile.kind and hostile.says in says for kind, says in said), said
    assert run.summary is not None
    assert run.summary.stopped == hostile.stopped
    assert run.summary.bytes < 3 * LIMITS["answer"]
    assert run.summary.reports == 0

"""One crawl of a portal, and of a host, at a time: a lock falls with its process, however that ends."""

import fcntl
import os
import re
import socket
from collections.abc import Iterable
from contextlib import ExitStack
from pathlib import Path
from typing import BinaryIO


class Busy(Exception):
    """Another process crawls this portal, or asks one of its hosts. Names the lock and who holds it."""


def lock(runs: Path, key: str, what: str = "portal") -> BinaryIO:
    """Held until the stream is closed."""
    runs.mkdir(parents=True, exist_ok=True)
    path = runs / f"{key}.lock"
    stream = path.open("a+b")
    try:
        fcntl.flock(stream, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        stream.close()
        raise Busy(f"{key}: another crawl of this {what} is running ({_holder(path)}); wait for it") from None
    stream.truncate(0)
    stream.write(f"process {os.getpid()} on {socket.gethostname()}".encode())
    stream.flush()
    return stream


def lease(captures: Path, hosts: Iterable[str]) -> ExitStack:
    """These hosts, all or none, until it is closed: nobody else who keeps to the same folder asks them."""
    with ExitStack() as held:
        for host in sorted(set(hosts)):
            held.enter_context(lock(captures / "hosts", re.sub(r"[^\w.-]", "-", host), "host"))
        return held.pop_all()


def _holder(path: Path) -> str:
    who = path.read_text("utf-8", "replace").strip() or "a process that has just begun"
    return f"{who} holds {path}"

"""Leases: one crawl of a portal, and of a host, at a time, on whichever machine that shares the folder.

A lease is a file that says who holds it. Whether a holder on this machine lives the kernel knows (`flock`);
one on another is alive while it renews the file's time. Both times are those of the file's own server.
"""

import fcntl
import json
import os
import re
import socket
import tempfile
import time
import uuid
from collections.abc import Callable, Iterable, Mapping
from contextlib import ExitStack, suppress
from pathlib import Path
from typing import Any, BinaryIO, TypeVar

from crawler.captures.beats import BEATS, LASTS

Taken = TypeVar("Taken")


class Busy(Exception):
    """Somebody else has the lease; who, the message says. `heard` is when a holder on another machine last
    renewed it, None for one on this machine."""

    def __init__(self, says: str, path: Path, heard: float | None) -> None:
        super().__init__(says)
        self.path = path
        self.heard = heard


class Lease:
    """Held until it is closed."""

    def __init__(self, path: Path, stream: BinaryIO) -> None:
        self.path = path
        self._stream = stream
        self._mark = _mark()
        stream.truncate(0)
        stream.write(self._mark)
        stream.flush()
        os.fsync(stream.fileno())
        BEATS.begin(self)

    def renew(self) -> bool:
        """False where another has taken it."""
        if self.path.read_bytes() != self._mark:
            return False
        os.utime(self.path)
        return True

    def close(self) -> None:
        BEATS.end(self)
        with suppress(OSError):  # the folder is gone, and the lease with it
            if self.path.read_bytes() == self._mark:
                self._stream.truncate(0)
        self._stream.close()


def lock(path: Path, says: str) -> Lease:
    """Raises Busy, whose message begins with what `says`."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with ExitStack() as opened:
        stream = opened.enter_context(path.open("a+b"))
        try:
            fcntl.flock(stream, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise _busy(path, says) from None
        if _elsewhere(path.read_bytes()) and _age(path) < LASTS:
            raise _busy(path, says)
        opened.pop_all()
    return Lease(path, stream)


def lease(captures: Path, hosts: Iterable[str]) -> ExitStack:
    """These hosts, all or none, until it is closed: nobody else who keeps to the same folder asks them."""
    with ExitStack() as held:
        for host in sorted(set(hosts)):
            name = re.sub(r"[^\w.-]", "-", host)
            path = captures / "hosts" / f"{name}.lock"
            held.callback(lock(path, f"{host}: another crawl asks this host").close)
        return held.pop_all()


def patiently(take: Callable[[], Taken], seconds: float = 0.0) -> Taken:
    """A holder that may be ending is waited for so long; one on another machine also until it is heard of or
    its lease is over."""
    began, heard = time.monotonic(), dict[Path, float]()
    while True:
        try:
            return take()
        except Busy as busy:
            silent = busy.heard is not None and busy.heard == heard.setdefault(busy.path, busy.heard)
            if time.monotonic() - began > seconds + (LASTS if silent else 0):
                raise
        time.sleep(0.1)


def alive(path: Path) -> bool:
    """Whether somebody holds the lease of this file, as far as its mark and its time tell."""
    try:
        return bool(path.read_bytes()) and _age(path) < LASTS
    except FileNotFoundError:
        return False


def _elsewhere(mark: bytes) -> bool:
    """Whether the kernel's lock says nothing: whoever holds or held the lease is on another machine."""
    return bool(mark) and _said(mark).get("machine") != _machine()


def _age(path: Path) -> float:
    """By the clock of the server that keeps the file: no other is known to agree with it."""
    with tempfile.TemporaryFile(dir=path.parent) as now:
        return os.fstat(now.fileno()).st_mtime - path.stat().st_mtime


def _machine() -> str:
    booted = Path("/proc/sys/kernel/random/boot_id")
    return booted.read_text("ascii").strip() if booted.exists() else f"{uuid.getnode():x}"


def _mark() -> bytes:
    who = {"machine": _machine(), "host": socket.gethostname(), "process": os.getpid()}
    return json.dumps({**who, "lease": uuid.uuid4().hex}).encode() + b"\n"


def _said(mark: bytes) -> Mapping[str, Any]:
    try:
        said = json.loads(mark)
    except ValueError:
        return {}
    return said if isinstance(said, dict) else {}


def _busy(path: Path, says: str) -> Busy:
    mark = path.read_bytes()
    said = _said(mark)
    who = f"process {said['process']} on {said['host']}" if said else "a process that just begins"
    heard = path.stat().st_mtime if _elsewhere(mark) else None
    return Busy(f"{says} ({who} holds {path}); wait for it or end it", path, heard)

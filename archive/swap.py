"""The site over the archive.db that lies there now: a new file takes the place of the old one between two
requests."""

import asyncio
import os
import shutil
import sys
import tempfile
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from archive.asgi import Asgi, Message, Receive, Send

EVERY = 1.0
"""Seconds between two looks whether the file is another."""


@dataclass(frozen=True, slots=True)
class _Shown:
    """`held` is a folder of its own with a second name of the file: its connections are opened when they
    are needed, and must all see the file that they began with, whatever is renamed to archive.db since."""

    stamp: tuple[int, ...]
    application: Asgi
    held: Path | None

    def end(self) -> None:
        if self.held:
            shutil.rmtree(self.held, ignore_errors=True)


class Swapping:
    """`check` raises ValueError where a file cannot be served: the one before is served on. `make` gives
    the application for one that can."""

    def __init__(self, database: Path, check: Callable[[Path], None], make: Callable[[Path], Asgi]) -> None:
        self._database = database
        self._check = check
        self._make = make
        self._looked = time.monotonic()
        self._making: asyncio.Task[None] | None = None
        self._before: _Shown | None = None
        self._shown = self._load(_stamp(database))

    async def __call__(self, scope: Message, receive: Receive, send: Send) -> None:
        if scope["type"] == "lifespan":
            await self._lifespan(receive, send)
            return
        if time.monotonic() - self._looked > EVERY and (self._making is None or self._making.done()):
            self._looked = time.monotonic()
            self._making = asyncio.create_task(self._look())
        await self._shown.application(scope, receive, send)

    async def _look(self) -> None:
        with suppress(FileNotFoundError):  # it is renamed into place, so this passes
            stamp = _stamp(self._database)
            if stamp == self._shown.stamp:
                return
            try:
                shown = await asyncio.to_thread(self._load, stamp)
            except ValueError as problem:
                print(f"nianbao: {problem}; the archive before is served on", file=sys.stderr)  # noqa: T201
                self._shown = _Shown(stamp, self._shown.application, self._shown.held)
                return
            if self._before:
                self._before.end()
            # Requests that began with the old file may still need it: it goes when the next one comes.
            self._before, self._shown = self._shown, shown

    def _load(self, stamp: tuple[int, ...]) -> _Shown:
        self._check(self._database)
        held = _second_name(self._database)
        return _Shown(stamp, self._make(held / self._database.name if held else self._database), held)

    async def _lifespan(self, receive: Receive, send: Send) -> None:
        while True:
            message = await receive()
            await send({"type": f"{message['type']}.complete"})
            if message["type"] == "lifespan.shutdown":
                for shown in filter(None, (self._before, self._shown)):
                    shown.end()
                return


def _stamp(file: Path) -> tuple[int, ...]:
    known = file.stat()
    return known.st_dev, known.st_ino, known.st_mtime_ns, known.st_size


def _second_name(file: Path) -> Path | None:
    """None where the folder may not be written: then the server has to be started anew for a new file."""
    try:
        for left in file.parent.glob(".serving-*"):
            if not _lives(int(left.name.split("-")[1])):
                shutil.rmtree(left, ignore_errors=True)
        folder = Path(tempfile.mkdtemp(prefix=f".serving-{os.getpid()}-", dir=file.parent))
        os.link(file, folder / file.name)
        for beside in ("release", "captures"):
            (folder / beside).symlink_to(file.parent.resolve() / beside)
    except OSError:
        return None
    return folder


def _lives(process: int) -> bool:
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        pass
    return True

"""Pages with a cell framed, drawn in a process apart: a document that kills or hangs it costs one picture."""

import asyncio
import multiprocessing
import os
import time
from collections import OrderedDict
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from pathlib import Path
from threading import Thread

from archive.evidence import NotFound, Sealed, shown
from crawler.captures import CaptureLost

SECONDS = 20.0
"""What a picture may take."""
KEPT = 64
"""Pictures that are kept for the next who asks."""

Shown = tuple[str, bytes] | None


class Drawing:
    def __init__(self) -> None:
        self._pool: ProcessPoolExecutor | None = None
        self._kept: OrderedDict[tuple[Path, str, str], Shown] = OrderedDict()

    async def shown(self, data: Path, report: str, code: str) -> Shown:
        """None where the document is not here, shows no such cell or cannot be drawn."""
        if not (data / "captures").is_dir():
            return None
        key = (data.resolve(), report, code)
        if key not in self._kept:
            self._kept[key] = await self._drawn(*key)
            if len(self._kept) > KEPT:
                self._kept.popitem(last=False)
        self._kept.move_to_end(key)
        return self._kept[key]

    async def _drawn(self, data: Path, report: str, code: str) -> Shown:
        if self._pool is None:
            spawn = multiprocessing.get_context("spawn")
            self._pool = ProcessPoolExecutor(1, spawn, _not_outliving, (os.getpid(),))
        asked = asyncio.get_running_loop().run_in_executor(self._pool, _shown, data, report, code)
        try:
            return await asyncio.wait_for(asked, SECONDS)
        except (TimeoutError, BrokenProcessPool):
            self._end()
            return None

    def _end(self) -> None:
        if self._pool:
            for process in list(self._pool._processes.values()):
                process.kill()
            self._pool.shutdown(wait=False, cancel_futures=True)
            self._pool = None


def _not_outliving(server: int) -> None:
    """A server that is ended by a signal ends no process of its own."""

    def look() -> None:
        while os.getppid() == server:
            time.sleep(1)
        os._exit(0)

    Thread(target=look, daemon=True).start()


def _shown(data: Path, report: str, code: str) -> Shown:
    try:
        return shown(data, report, code)
    except (NotFound, Sealed, CaptureLost, OSError):
        return None

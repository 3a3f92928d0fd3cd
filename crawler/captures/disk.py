"""Getting what was written to the disk, where it outlives the machine."""

import asyncio
import os
from collections.abc import Iterable
from pathlib import Path
from typing import BinaryIO


def to_disk(stream: BinaryIO) -> None:
    stream.flush()
    os.fsync(stream.fileno())


def folder_to_disk(folder: Path) -> None:
    """So that the name of a new file outlives the machine as its bytes do."""
    opened = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(opened)
    finally:
        os.close(opened)


class Disk:
    """Waits for the disk in a thread, while the crawl goes on; for all that came meanwhile, then, at once."""

    def __init__(self) -> None:
        self._waiting: list[tuple[int, asyncio.Future[None]]] = []
        self._work: asyncio.Task[None] | None = None

    async def holds(self, stream: BinaryIO) -> None:
        """Returns when what was written to the stream is on the disk, to each in the order in which they
        asked; OSError where it cannot be."""
        stream.flush()
        done = asyncio.get_running_loop().create_future()
        self._waiting.append((stream.fileno(), done))
        if self._work is None or self._work.done():
            self._work = asyncio.ensure_future(self._until_none_waits())
        await done

    async def _until_none_waits(self) -> None:
        while self._waiting:
            waiting, self._waiting = self._waiting, []
            files = dict.fromkeys(file for file, _ in waiting)
            failed = await asyncio.get_running_loop().run_in_executor(None, _failed, files)
            for file, done in waiting:
                if done.cancelled():
                    continue
                if file in failed:
                    done.set_exception(failed[file])
                else:
                    done.set_result(None)


def _failed(files: Iterable[int]) -> dict[int, OSError]:
    failed = {}
    for file in files:
        try:
            os.fsync(file)
        except OSError as problem:
            failed[file] = problem
    return failed


DISK = Disk()
"""Of the process: its portals' files go to the disk together."""

"""Files go to the disk together, and who waits for one is told of that one."""

import asyncio
import os
import threading
from collections import Counter
from pathlib import Path

import pytest

from crawler.captures.disk import Disk


async def test_what_came_meanwhile_goes_to_the_disk_at_once_and_is_told_in_order(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    disk, free, had, told = Disk(), threading.Event(), Counter[int](), list[int]()
    monkeypatch.setattr(os, "fsync", lambda file: free.wait() and had.update([file]))
    with (tmp_path / "a").open("wb") as a, (tmp_path / "b").open("wb") as b:

        async def written(number: int) -> None:
            stream = (a, b)[number % 2]
            stream.write(b"x")
            await disk.holds(stream)
            told.append(number)

        waiting = [asyncio.ensure_future(written(number)) for number in range(7)]
        await asyncio.sleep(0.05)
        assert os.path.getsize(a.name) == 4
        assert told == []
        free.set()
        await asyncio.gather(*waiting)
        assert told == list(range(7))
        assert sum(had.values()) <= 3


async def test_a_file_that_cannot_be_had_on_the_disk_fails_those_who_wait_for_it(tmp_path: Path) -> None:
    disk, (reads, writes) = Disk(), os.pipe()
    with (tmp_path / "a").open("wb") as sound, os.fdopen(writes, "wb") as pipe, os.fdopen(reads):
        outcomes = await asyncio.gather(disk.holds(sound), disk.holds(pipe), return_exceptions=True)
        assert outcomes[0] is None
        assert isinstance(outcomes[1], OSError)
        await disk.holds(sound)

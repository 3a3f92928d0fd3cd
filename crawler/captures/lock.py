"""One crawl of a portal at a time: the lock falls with its process, however that ends."""

import fcntl
from pathlib import Path
from typing import BinaryIO


class Busy(Exception):
    """Another process crawls this portal."""


def lock(runs: Path, key: str) -> BinaryIO:
    """Held until the stream is closed."""
    runs.mkdir(parents=True, exist_ok=True)
    stream = (runs / f"{key}.lock").open("ab")
    try:
        fcntl.flock(stream, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        stream.close()
        raise Busy(f"{key}: another crawl of this portal is running; wait for it or end it") from None
    return stream

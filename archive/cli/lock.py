"""One scheduled run at a time in a data folder."""

import fcntl
import json
import os
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path


class Held(Exception):
    """Somebody else has the lock: who, and since when."""


@contextmanager
def locked(path: Path) -> Iterator[None]:
    """The kernel lets go of the lock when its holder ends, however it ends; the file stays and is no lock."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("a+", encoding="utf-8") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise Held(_holder(path)) from None
        file.truncate(0)
        file.write(json.dumps({"process": os.getpid(), "since": _now()}) + "\n")
        file.flush()
        yield


def _holder(path: Path) -> str:
    try:
        held = json.loads(path.read_text(encoding="utf-8"))
        who = f"process {held['process']} since {held['since']}"
    except (OSError, ValueError, KeyError, TypeError):  # taken and not yet written, this very moment
        who = "another process"
    return f"{path}: a run is under way, {who}; wait for it to end"


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="seconds")

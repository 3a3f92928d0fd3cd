"""A file that is written aside and takes its place whole: whatever happens in between, the old one stands."""

import errno
import os
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

_FULL = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG)


class NoRoom(Exception):
    """The disk, a quota or a limit does not let more be written. The sentence says where."""


@contextmanager
def written_aside(out: Path) -> Iterator[Path]:
    """Where to write. It is renamed to `out` if the context ends well, and gone if not."""
    out.parent.mkdir(parents=True, exist_ok=True)
    _clear(out)
    aside = out.with_name(f".{out.name}.{os.getpid()}")
    aside.unlink(missing_ok=True)
    try:
        yield aside
        _flush(aside)
        aside.replace(out)
    finally:
        aside.unlink(missing_ok=True)


@contextmanager
def room(where: Path) -> Iterator[None]:
    """Says as NoRoom what a full disk makes of writing there."""
    try:
        yield
    except OSError as cause:
        if cause.errno not in _FULL:
            raise
        raise _no_room(where, str(cause.strerror)) from cause
    except sqlite3.OperationalError as cause:
        if cause.sqlite_errorcode & 0xFF not in (sqlite3.SQLITE_FULL, sqlite3.SQLITE_IOERR):
            raise
        raise _no_room(where, str(cause)) from cause


def _no_room(where: Path, cause: str) -> NoRoom:
    return NoRoom(f"{where}: cannot write more there ({cause}); make room and give the command again")


def _clear(out: Path) -> None:
    """Removes what builds left behind that were killed, and nothing of one that is under way."""
    for left in out.parent.glob(f".{out.name}.*"):
        process = left.suffix[1:].removesuffix("-journal")
        if process.isdecimal() and not _alive(int(process)):
            left.unlink(missing_ok=True)


def _alive(process: int) -> bool:
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True


def _flush(file: Path) -> None:
    """Without it a power cut after the rename may leave a file without its bytes."""
    with file.open("rb") as opened:
        os.fsync(opened.fileno())

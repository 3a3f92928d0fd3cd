"""One process that reads documents, one after the other: what `archive.workers` starts and replaces."""

import hashlib
import os
import resource
import signal
import sys
from collections.abc import Iterator
from contextlib import suppress
from itertools import islice
from multiprocessing.connection import Connection

from archive.limits import Limits, failed, over_memory
from archive.parts import Begun, Found, Part, Reader
from parsers.document import Unreadable
from parsers.readers.kind import kind_of
from parsers.reading import Reading, Refusal

_MAY_BE_SCANS = ("pdf", "picture", "zip", "rar", "7z")
_ADDRESSES = 4
"""Libraries reserve more addresses than they use memory: so many times the memory allowed."""


def main(descriptor: int) -> None:
    """Answers each `(source, bytes, parts to pass over)` with what it begins and what comes of it, and a
    None, until the other side hangs up."""
    connection = Connection(descriptor)
    reader, limits = connection.recv()
    _bounded(limits.memory)
    _hushed()
    with suppress(EOFError, ConnectionError):
        while True:
            source, data, after = connection.recv()
            for told in _told(reader, limits, source, data, after):
                connection.send(told)
            connection.send(None)


def _told(reader: Reader, limits: Limits, source: str, data: bytes, after: int) -> Iterator[Found | Begun]:
    """The alarm ends the process from outside of Python, in the middle of whatever library hangs. It
    runs for each member of a bundle anew and rests while an outcome waits to be taken."""
    _alarm(limits.seconds)
    seconds = _allowed(limits, data)
    _alarm(seconds)
    for name, content in islice(_parts(reader, limits, source, data), after, None):
        _alarm(0)
        if isinstance(content, Refusal):
            yield Found(name, content)
        else:
            sha256 = hashlib.sha256(content).hexdigest()
            yield Begun(name, sha256, len(content))
            _alarm(seconds)
            outcome = _outcome(reader, limits, content, sha256)
            _alarm(0)
            yield Found(name, outcome, len(content))
        _alarm(seconds)
    _alarm(0)


def _parts(reader: Reader, limits: Limits, source: str, data: bytes) -> Iterator[Part]:
    try:
        yield from reader.parts(source, data)
    except MemoryError:
        yield source, over_memory(hashlib.sha256(data).hexdigest(), limits)
    except Exception as cause:  # noqa: BLE001 - one bundle that fails must not stop the others
        yield source, failed(hashlib.sha256(data).hexdigest(), cause)


def _outcome(reader: Reader, limits: Limits, content: bytes, sha256: str) -> Reading | Refusal:
    try:
        return reader.read(content)
    except MemoryError:
        return over_memory(sha256, limits)
    except Exception as cause:  # noqa: BLE001 - one failed document must not stop the others
        return failed(sha256, cause)


def _alarm(seconds: float) -> None:
    signal.setitimer(signal.ITIMER_REAL, seconds)


def _allowed(limits: Limits, data: bytes) -> float:
    try:
        return limits.scan_seconds if kind_of(data) in _MAY_BE_SCANS else limits.seconds
    except Unreadable:
        return limits.seconds


def _bounded(memory: int) -> None:
    """Holds where nobody looks at the process: its starter is busy, or the system has no /proc."""
    # macOS knows the limit and may decline to set it.
    with suppress(ValueError, OSError):
        resource.setrlimit(resource.RLIMIT_AS, (_ADDRESSES * memory, _ADDRESSES * memory))
    with suppress(ValueError, OSError):
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def _hushed() -> None:
    """Libraries print on the terminal what they think of a document; that is no outcome."""
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, sys.stderr.fileno())


if __name__ == "__main__":
    main(int(sys.argv[1]))

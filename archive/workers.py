"""Documents read in processes of their own: one that crashes, hangs or swells costs itself alone.

A member of a bundle is a document as any other: the bundle goes on behind it. Outcomes come in the order of
the documents. A document is taken when a process is free for it and let
go when it is read, so that memory does not grow with their number.
"""

import hashlib
import os
import signal
import sys
from collections import deque
from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass, field, replace
from multiprocessing import Pipe
from multiprocessing.connection import wait
from pathlib import Path
from subprocess import DEVNULL, Popen

from archive.limits import LIMITS, Limits, crashed, deadly, over_memory, over_time, too_large
from archive.parts import Begun, Found, Part, Reader
from parsers.reading import Refusal

_LINE = 32
"""Documents under way, a process, while the first of them is waited for."""
_HELD = 32
"""Members of a bundle that are kept before its process has to wait for the documents before it."""
_DEATHS = 8
"""Members of one bundle that may end their process before the rest of it is left alone: each can take
minutes to do so."""
_TICK = 0.1
_PAGE = os.sysconf("SC_PAGE_SIZE")


def outcomes(
    documents: Iterable[Part], reader: Reader, limits: Limits = LIMITS, count: int | None = None
) -> Iterator[Found]:
    """What comes of each part of each document. Beside the reader's own refusals: `too-large`, `timeout`,
    `memory`, `crashed`, and `reader-failed` where it raised, which is a bug."""
    pool = _Pool(reader, limits, count or os.cpu_count() or 1)
    waiting, line = iter(documents), deque[_Job]()
    try:
        while True:
            pool.fill(line, waiting)
            if not line:
                return
            yield from _ready(line)
            pool.listen(line)
    finally:
        pool.close()


@dataclass(eq=False, slots=True)
class _Job:
    """`after` counts the parts that are done with, `begun` is the one under way."""

    source: str
    data: bytes = b""
    sha256: str = ""
    after: int = 0
    deaths: int = 0
    begun: Begun | None = None
    found: deque[Found] = field(default_factory=deque)
    done: bool = False

    def hears(self, told: Found | Begun) -> None:
        if isinstance(told, Begun):
            self.begun = told
            return
        self.begun = None
        self.after += 1
        self.found.append(told)

    def ends(self, refusal: Refusal | None = None) -> None:
        if refusal:
            self.found.append(Found(self.source, refusal, len(self.data)))
        self.data, self.done = b"", True

    def loses(self, refusal: Refusal) -> bool:
        """The process is dead. Is there more to read, behind the member that killed it?"""
        member = self.begun if self.begun and self.begun.source != self.source else None
        if member is None:
            self.ends(replace(refusal, sha256=self.sha256))
            return False
        self.deaths += 1
        self.hears(Found(member.source, replace(refusal, sha256=member.sha256), member.length))
        if self.deaths == _DEATHS:
            self.ends(deadly(self.sha256, _DEATHS))
        return not self.done


def _ready(line: deque[_Job]) -> Iterator[Found]:
    while line:
        while line[0].found:
            yield line[0].found.popleft()
        if not line[0].done:
            return
        line.popleft()


class _Worker:
    def __init__(self, reader: Reader, limits: Limits) -> None:
        self.connection, theirs = Pipe()
        # Not multiprocessing.Process: it would import the program's main module again, which takes
        # longer than the reader. In a session of its own, so that Ctrl-C reaches the starter alone.
        self._process = Popen(  # noqa: S603 - our own module, by its name
            [sys.executable, "-P", "-m", "archive.worker", str(theirs.fileno())],
            pass_fds=(theirs.fileno(),),
            stdin=DEVNULL,
            stdout=DEVNULL,
            start_new_session=True,
            env={**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)},
        )
        theirs.close()
        self._left = limits.documents
        self._send((reader, limits))

    def give(self, job: _Job) -> None:
        self._left -= 1
        self._send((job.source, job.data, job.after))

    def memory(self) -> int:
        """Bytes of RAM; 0 where the system does not say."""
        with suppress(OSError):
            return int(Path(f"/proc/{self._process.pid}/statm").read_text("ascii").split()[1]) * _PAGE
        return 0

    def fit(self, most: int) -> bool:
        """May it take another document? What swelled with the last ones is not blamed on the next."""
        return self._left > 0 and self._process.poll() is None and self.memory() <= most

    def death(self) -> Refusal:
        code = self._process.wait()
        if code == -signal.SIGALRM:
            return over_time("")
        return crashed("", signal.Signals(-code).name if code < 0 else f"exit code {code}")

    def stop(self) -> None:
        self._process.kill()
        self._process.wait()
        self.connection.close()

    def _send(self, message: object) -> None:
        # That it has died is seen where it is listened to.
        with suppress(OSError):
            self.connection.send(message)


class _Pool:
    def __init__(self, reader: Reader, limits: Limits, count: int) -> None:
        self._reader, self._limits, self._count = reader, limits, count
        self._idle: list[_Worker] = []
        self._busy: dict[_Worker, _Job] = {}

    def fill(self, line: deque[_Job], waiting: Iterator[Part]) -> None:
        while len(self._busy) < self._count and len(line) < _LINE * self._count:
            given = next(waiting, None)
            if given is None:
                return
            line.append(self._taken(*given))

    def listen(self, line: deque[_Job]) -> None:
        if not self._busy:
            return
        heard = {
            worker.connection: worker
            for worker, job in self._busy.items()
            if job is line[0] or len(job.found) < _HELD
        }
        for connection in wait(list(heard), _TICK):
            self._hear(heard[connection])  # type: ignore[index]
        for worker in list(self._busy):
            if worker.memory() > self._limits.memory:
                self._lose(worker, over_memory("", self._limits))

    def close(self) -> None:
        for worker in (*self._idle, *self._busy):
            worker.stop()

    def _taken(self, source: str, given: bytes | Refusal) -> _Job:
        job = _Job(source)
        if isinstance(given, Refusal):
            job.ends(given)
            return job
        job.data, job.sha256 = given, hashlib.sha256(given).hexdigest()
        if len(given) > self._limits.bytes:
            job.ends(too_large(job.sha256, self._limits))
        else:
            self._start(job)
        return job

    def _start(self, job: _Job) -> None:
        worker = self._free()
        self._busy[worker] = job
        worker.give(job)

    def _free(self) -> _Worker:
        while self._idle:
            worker = self._idle.pop()
            if worker.fit(self._limits.memory // 2):
                return worker
            worker.stop()
        return _Worker(self._reader, self._limits)

    def _hear(self, worker: _Worker) -> None:
        job = self._busy[worker]
        try:
            told = worker.connection.recv()
        except (EOFError, OSError):
            self._lose(worker, worker.death())
            return
        if told is not None:
            job.hears(told)
            return
        job.ends()
        del self._busy[worker]
        self._idle.append(worker)

    def _lose(self, worker: _Worker, refusal: Refusal) -> None:
        job = self._busy.pop(worker)
        worker.stop()
        if job.loses(refusal):
            self._start(job)

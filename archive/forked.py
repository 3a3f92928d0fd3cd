"""Processes that help this one: each has in memory all that this one had when it began, answers what it is
asked, and does not outlive it."""

import signal
import traceback
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from contextlib import ExitStack, closing, suppress
from dataclasses import dataclass
from functools import partial
from itertools import islice
from multiprocessing import get_context
from multiprocessing.connection import Connection
from typing import Any, NoReturn, TypeVar

Given = TypeVar("Given")
Made = TypeVar("Made")

# Nothing of what was gathered has to be sent. A database that is open in two processes is damaged by SQLite:
# a helper begins before this one has it open, or leaves it alone.
_FORK = get_context("fork")


class Lost(Exception):
    """A helper ended before it was done. The sentence says which."""


@dataclass(frozen=True, slots=True)
class _Raised:
    cause: Exception


class Forked:
    """`work` is given the other end of what is told and heard here, and what it returns is heard last; `does`
    says what it is about."""

    def __init__(self, does: str, work: Callable[[Connection], object]) -> None:
        self._does = does
        self._connection, theirs = _FORK.Pipe()
        self._process = _FORK.Process(target=_begin, args=(work, theirs, self._connection), daemon=True)
        # Ctrl-C reaches the child too, and may before it has said that this is for its parent to hear.
        blocked = signal.pthread_sigmask(signal.SIG_BLOCK, [signal.SIGINT])
        try:
            self._process.start()
        finally:
            signal.pthread_sigmask(signal.SIG_SETMASK, blocked)
        # Where the child has the only one, its end is heard.
        theirs.close()

    def tell(self, message: object) -> None:
        # That it has died is seen where it is listened to.
        with suppress(BrokenPipeError, ConnectionResetError):
            self._connection.send(message)

    def hear(self) -> Any:
        """What it says next. Raises what it raised, and Lost where it is dead."""
        try:
            heard = self._connection.recv()
        except (EOFError, OSError):
            raise self._lost() from None
        if isinstance(heard, _Raised):
            raise heard.cause
        return heard

    def close(self) -> None:
        self._process.kill()
        self._process.join()
        self._connection.close()

    def _lost(self) -> Lost:
        self._process.join()
        code = self._process.exitcode or 0
        how = signal.Signals(-code).name if code < 0 else f"exit code {code}"
        return Lost(f"a process that {self._does} ended ({how}), perhaps for want of memory; build again")


def spread(does: str, make: Callable[[Given], Made], given: Iterable[Given], helpers: int) -> Iterator[Made]:
    """As map does it, but that so many helpers make what comes next while this process uses what is there."""
    waiting = iter(given)
    with ExitStack() as stack:
        work = partial(_serve, make)
        idle = [stack.enter_context(closing(Forked(does, work))) for _ in range(helpers)]
        busy = deque[Forked]()
        for helper, one in zip(idle, waiting, strict=False):
            helper.tell(one)
            busy.append(helper)
        while busy:
            helper = busy.popleft()
            made = helper.hear()
            # Not before it was heard: neither would take what the other sends.
            for one in islice(waiting, 1):
                helper.tell(one)
                busy.append(helper)
            yield made
    yield from map(make, waiting)


def _serve(make: Callable[[Given], Made], connection: Connection) -> NoReturn:
    while True:
        connection.send(make(connection.recv()))


def _begin(work: Callable[[Connection], object], connection: Connection, of_parent: Connection) -> None:
    of_parent.close()
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    # Where nobody listens any more, there is nothing left to do.
    with suppress(EOFError, BrokenPipeError, ConnectionResetError):
        connection.send(_answer(work, connection))


def _answer(work: Callable[[Connection], object], connection: Connection) -> object:
    try:
        return work(connection)
    except Exception as cause:  # noqa: BLE001 - the parent raises it
        cause.add_note(traceback.format_exc())
        return _Raised(cause)

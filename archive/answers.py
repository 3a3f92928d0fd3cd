"""What several plugins need: those of a configuration folder cannot import each other."""

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from time import monotonic, thread_time
from typing import TypeVar

from datasette.app import Datasette
from datasette.utils.asgi import Request, Response

from archive.pages.words import language_at

Answer = TypeVar("Answer")

WAITING = 10
"""Times its limit that a question may take where it only waits: for the disk, or for its turn."""
STEPS = 20_000
"""Of SQLite between two looks at the clock, some milliseconds. A look waits for its turn among the threads:
a thousand of them, as Datasette has it, let a cheap question take seconds where many ask."""


def language_of(datasette: Datasette) -> str:
    return language_at(datasette.setting("base_url"))


async def message(datasette: Datasette, request: Request, status: int, says: str) -> Response:
    """A NotFound that is raised would be answered by a redirect where the address is percent-encoded."""
    page = {"status": status, "error": says}
    return Response.html(await datasette.render_template("error.html", page, request=request), status=status)


async def in_time(datasette: Datasette, ask: Callable[[sqlite3.Connection], Answer]) -> Answer:
    """What the archive answers; TimeoutError where that takes longer than a question may."""
    seconds = datasette.setting("sql_time_limit_ms") / 1000
    answer: Answer = await datasette.get_database("archive").execute_fn(partial(_limited, seconds, ask))
    return answer


def _limited(
    seconds: float, ask: Callable[[sqlite3.Connection], Answer], connection: sqlite3.Connection
) -> Answer:
    with limit(connection, seconds):
        return ask(connection)


@contextmanager
def limit(connection: sqlite3.Connection, seconds: float) -> Iterator[None]:
    """By the processor time of this thread: who asks at the same time does not make a question dear."""
    spent, began, over = thread_time(), monotonic(), False

    def look() -> bool:
        nonlocal over
        over = thread_time() - spent >= seconds or monotonic() - began >= WAITING * seconds
        return over

    connection.set_progress_handler(look, STEPS)
    try:
        yield
    except sqlite3.OperationalError as cause:
        # An interruption has more than one message: inside a virtual table it is another.
        if over:
            raise TimeoutError from cause
        raise
    finally:
        connection.set_progress_handler(None, STEPS)

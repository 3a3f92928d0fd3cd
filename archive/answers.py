"""What several plugins need: those of a configuration folder cannot import each other."""

import sqlite3
from collections.abc import Callable
from functools import partial
from time import monotonic
from typing import TypeVar

from datasette.app import Datasette
from datasette.utils import sqlite_timelimit
from datasette.utils.asgi import Request, Response

from archive.pages.words import language_at

Answer = TypeVar("Answer")


def language_of(datasette: Datasette) -> str:
    return language_at(datasette.setting("base_url"))


async def message(datasette: Datasette, request: Request, status: int, says: str) -> Response:
    """A NotFound that is raised would be answered by a redirect where the address is percent-encoded."""
    page = {"status": status, "error": says}
    return Response.html(await datasette.render_template("error.html", page, request=request), status=status)


async def in_time(datasette: Datasette, ask: Callable[[sqlite3.Connection], Answer]) -> Answer:
    """What the archive answers; TimeoutError where that takes longer than a question may."""
    answer: Answer = await datasette.get_database("archive").execute_fn(partial(_limited, datasette, ask))
    return answer


def _limited(
    datasette: Datasette, ask: Callable[[sqlite3.Connection], Answer], connection: sqlite3.Connection
) -> Answer:
    limit, start = datasette.setting("sql_time_limit_ms"), monotonic()
    try:
        with sqlite_timelimit(connection, limit):
            return ask(connection)
    except sqlite3.OperationalError as cause:
        # An interruption has more than one message: inside a virtual table it is another.
        if (monotonic() - start) * 1000 < limit:
            raise
        raise TimeoutError from cause

"""A failure says what it is, in the site's clothes, and nothing of what is inside."""

import traceback
from collections.abc import Awaitable

from datasette.app import Datasette
from datasette.plugins import pm
from datasette.utils.asgi import Base400, NotFound, Request, Response
from datasette.views.base import DatasetteError
from pluggy import HookimplMarker

from archive.answers import language_of
from archive.pages.words import saying

hookimpl = HookimplMarker("datasette")

_NOT_THERE = {
    "Database not found": "error.table",
    "Table not found": "error.table",
    "Record not found": "error.row",
}
"""What Datasette says in English of its own pages, and what the site says."""

# Datasette's own way is awaited beside this one: it prints each 404 and fails at one that no route raised.
if pm.get_plugin("datasette.handle_exception"):
    pm.unregister(name="datasette.handle_exception")


@hookimpl
def handle_exception(datasette: Datasette, request: Request, exception: Exception) -> Awaitable[Response]:
    async def answer() -> Response:
        status, title, says = _told(datasette, exception)
        if request.path.endswith(".json"):
            facts = {"ok": False, "error": says, "status": status, "title": title}
            return Response.json(facts, status=status)
        page = {"status": status, "title": title, "error": says}
        return Response.html(
            await datasette.render_template("error.html", page, request=request), status=status
        )

    return answer()


def _told(datasette: Datasette, exception: Exception) -> tuple[int, str | None, str | None]:
    """Status, title and sentence."""
    if isinstance(exception, NotFound) and (key := _NOT_THERE.get(str(exception))):
        return exception.status, None, saying(language_of(datasette))(key)
    if isinstance(exception, Base400):
        return exception.status, None, str(exception.args[0]) if exception.args else None
    if isinstance(exception, DatasetteError) and exception.title == "SQL Interrupted":
        return exception.status, None, saying(language_of(datasette))("error.slow")
    if isinstance(exception, DatasetteError):
        return exception.status, exception.title, exception.message
    traceback.print_exception(exception)
    return 500, None, saying(language_of(datasette))("error.500")

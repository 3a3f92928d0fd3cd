"""A failure of the server says that it failed, and nothing of what is inside."""

from collections.abc import Awaitable

from datasette.app import Datasette
from datasette.utils.asgi import Base400, Request, Response
from datasette.views.base import DatasetteError
from pluggy import HookimplMarker

from archive.pages.words import language_at, saying

hookimpl = HookimplMarker("datasette")


@hookimpl
def handle_exception(
    datasette: Datasette, request: Request, exception: Exception
) -> Awaitable[Response] | None:
    if isinstance(exception, (Base400, DatasetteError)):
        return None

    say = saying(language_at(datasette.setting("base_url")))

    async def answer() -> Response:
        if request.path.endswith(".json"):
            return Response.json({"ok": False, "error": say("error.500"), "status": 500}, status=500)
        page = {"status": 500, "error": say("error.500")}
        return Response.html(await datasette.render_template("error.html", page), status=500)

    return answer()

"""What several plugins need: those of a configuration folder cannot import each other."""

from datasette.app import Datasette
from datasette.utils.asgi import Request, Response

from archive.pages.words import language_at


def language_of(datasette: Datasette) -> str:
    return language_at(datasette.setting("base_url"))


async def message(datasette: Datasette, request: Request, status: int, says: str) -> Response:
    """A NotFound that is raised would be answered by a redirect where the address is percent-encoded."""
    page = {"status": status, "error": says}
    return Response.html(await datasette.render_template("error.html", page, request=request), status=status)

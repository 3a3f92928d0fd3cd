"""One figure: where it comes from, and the page or table with its cell marked."""

from collections.abc import Awaitable, Callable
from functools import partial
from pathlib import Path
from urllib.parse import unquote

from datasette.app import Datasette
from datasette.utils.asgi import Request, Response
from pluggy import HookimplMarker

from archive.answers import language_of, message
from archive.drawing import Drawing
from archive.evidence import where
from archive.pages.figure import figure_page
from archive.pages.words import saying

hookimpl = HookimplMarker("datasette")

View = Callable[[Datasette, Request], Awaitable[Response]]

POLICY = "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'self'; sandbox"
"""Of a table drawn from a captured document: nothing in it runs, loads or leads anywhere."""

_drawing = Drawing()


@hookimpl
def register_routes() -> list[tuple[str, View]]:
    address = r"/figure/(?P<report>[^/]+)/(?P<code>[a-z0-9_.]+)(?<!\.json)"
    return [(f"{address}$", figure), (f"{address}/cell$", cell)]


async def figure(datasette: Datasette, request: Request) -> Response:
    report, code = _asked(request)
    ask = partial(figure_page, report=report, code=code)
    page = await datasette.get_database("archive").execute_fn(ask)
    if page is None:
        return await _not_there(datasette, request)
    shown = await _drawing.shown(_data(datasette), report, code)
    context = {"page": page, "where": where(page.facts), "shown": shown[0] if shown else None}
    return Response.html(await datasette.render_template("figure.html", context, request=request))


async def cell(datasette: Datasette, request: Request) -> Response:
    shown = await _drawing.shown(_data(datasette), *_asked(request))
    if shown is None:
        return await _not_there(datasette, request)
    name, content = shown
    kind = "image/png" if name.endswith(".png") else "text/html; charset=utf-8"
    headers = {"content-security-policy": POLICY, "cache-control": "public, max-age=3600"}
    return Response(content, content_type=kind, headers=headers)


async def _not_there(datasette: Datasette, request: Request) -> Response:
    say, (report, code) = saying(language_of(datasette)), _asked(request)
    return await message(datasette, request, 404, say("error.figure", report=report, code=code))


def _asked(request: Request) -> tuple[str, str]:
    return unquote(request.url_vars["report"]), request.url_vars["code"]


def _data(datasette: Datasette) -> Path:
    return Path(datasette.get_database("archive").path).parent

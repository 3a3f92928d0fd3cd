"""The search page, and the same answer as CSV, JSON and Atom."""

from collections.abc import Awaitable, Callable
from functools import partial

from datasette.app import Datasette
from datasette.utils.asgi import Request, Response
from pluggy import HookimplMarker

from archive.answers import in_time, language_of, message
from archive.atom import NEVER, atom
from archive.pages.feeds import search_entries
from archive.pages.searching import answers, asked, search_page, sheet
from archive.pages.words import saying

hookimpl = HookimplMarker("datasette")

View = Callable[[Datasette, Request], Awaitable[Response]]


@hookimpl
def register_routes() -> list[tuple[str, View]]:
    return [
        (r"/search$", search),
        (r"/search\.csv$", search_csv),
        (r"/search\.atom$", search_atom),
    ]


async def search(datasette: Datasette, request: Request) -> Response:
    try:
        page = await in_time(datasette, partial(search_page, asked=asked(_arguments(request))))
    except TimeoutError:
        return await message(datasette, request, 503, _slow(datasette))
    return Response.html(await datasette.render_template("search.html", {"page": page}, request=request))


async def search_csv(datasette: Datasette, request: Request) -> Response:
    say = saying(language_of(datasette))
    try:
        found = await in_time(datasette, partial(answers, asked=asked(_arguments(request))))
    except TimeoutError:
        return Response.text(say("search.slow"), status=503)
    headers = {"content-disposition": 'attachment; filename="search.csv"'}
    body = "".join(sheet(found, say("search.cut", n=len(found.found)))).encode()
    return Response(body, content_type="text/csv; charset=utf-8", headers=headers)


async def search_atom(datasette: Datasette, request: Request) -> Response:
    wanted = asked(_arguments(request))
    absolute = partial(_absolute, datasette, request)
    say = saying(language_of(datasette))
    ask = partial(search_entries, question=wanted, language=language_of(datasette), absolute=absolute)
    try:
        found = await in_time(datasette, ask)
    except TimeoutError:
        return Response.text(say("search.slow"), status=503)
    here = absolute(f"/search.atom?{wanted.string}")
    about = " ".join((wanted.query, *wanted.filters.values())).strip()
    updated = max((entry.updated for entry in found), default=NEVER)
    body = atom(here, f"{say('site.name')}: {about}", updated, found, at=here)
    return Response(body, content_type="application/atom+xml; charset=utf-8")


def _arguments(request: Request) -> dict[str, str]:
    return {name: request.args.get(name) or "" for name in request.args}


def _absolute(datasette: Datasette, request: Request, address: str) -> str:
    return str(datasette.absolute_url(request, datasette.urls.path(address)))


def _slow(datasette: Datasette) -> str:
    say = saying(language_of(datasette))
    return say("search.slow")

"""Pages for programs: feeds, the sitemap, what robots may index."""

from collections.abc import Awaitable, Callable
from functools import partial

from datasette.app import Datasette
from datasette.utils.asgi import NotFound, Request, Response
from pluggy import HookimplMarker

from archive.answers import in_time, language_of
from archive.atom import NEVER, atom
from archive.pages.feeds import KINDS, Absolute, entries
from archive.pages.sitemap import sitemap, sitemap_index
from archive.pages.words import saying

hookimpl = HookimplMarker("datasette")

View = Callable[[Datasette, Request], Awaitable[Response]]

ROBOTS = """User-agent: *
Disallow: /*?
Disallow: /search?
Disallow: /en/search?
Disallow: /search.
Disallow: /en/search.
Disallow: /compare
Disallow: /en/compare
Disallow: /archive
Disallow: /en/archive
Disallow: /*.json$
Disallow: /*.csv$
Sitemap: {sitemap}
"""
"""Reports may be indexed; questions in SQL, facets and exports are for people. Robots that know no pattern
are told the dearest by their beginnings."""


@hookimpl
def register_routes() -> list[tuple[str, View]]:
    return [
        (rf"/feeds/(?P<kind>{'|'.join(KINDS)})\.atom$", feed),
        (r"/sitemap\.xml$", index),
        (r"/sitemap-(?P<number>[1-9][0-9]{0,4})\.xml$", part),
        (r"/robots\.txt$", robots),
    ]


async def feed(datasette: Datasette, request: Request) -> Response:
    kind, language = request.url_vars["kind"], language_of(datasette)
    chosen = {name: request.args.get(name) or "" for name in ("place", "body", "q")}
    absolute = _absolute(datasette, request)
    ask = partial(entries, kind=kind, chosen=chosen, language=language, absolute=absolute)
    say = saying(language)
    try:
        found = await in_time(datasette, ask)
    except TimeoutError:
        return Response.text(say("search.slow"), status=503)
    about = " ".join(value for value in chosen.values() if value)
    title = f"{say('site.name')}: {say(f'feed.{kind}')}{f' ({about})' if about else ''}"
    here = absolute(request.full_path)
    updated = max((entry.updated for entry in found), default=NEVER)
    return _xml(atom(here, title, updated, found, at=here), "application/atom+xml; charset=utf-8")


async def index(datasette: Datasette, request: Request) -> Response:
    ask = partial(sitemap_index, absolute=_absolute(datasette, request))
    return _xml(await datasette.get_database("archive").execute_fn(ask))


async def part(datasette: Datasette, request: Request) -> Response:
    number = int(request.url_vars["number"])
    ask = partial(sitemap, number=number, absolute=_absolute(datasette, request))
    found = await datasette.get_database("archive").execute_fn(ask)
    if found is None:
        raise NotFound(request.path)
    return _xml(found)


async def robots(datasette: Datasette, request: Request) -> Response:
    return Response.text(ROBOTS.format(sitemap=_absolute(datasette, request)("/sitemap.xml")))


def _absolute(datasette: Datasette, request: Request) -> Absolute:
    return lambda address: str(datasette.absolute_url(request, datasette.urls.path(address)))


def _xml(body: bytes, content_type: str = "application/xml; charset=utf-8") -> Response:
    return Response(body, content_type=content_type)

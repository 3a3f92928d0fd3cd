"""The pages of the archive, beside those of Datasette."""

import sqlite3
from collections.abc import Awaitable, Callable
from functools import partial
from pathlib import Path
from urllib.parse import unquote
from weakref import WeakKeyDictionary

from datasette.app import Datasette
from datasette.utils.asgi import NotFound, Request, Response, asgi_static
from pluggy import HookimplMarker

from archive.answers import in_time, language_of, message
from archive.pages.catalogue import catalogue_page, rule_page
from archive.pages.comparison import comparison_page
from archive.pages.downloads import FOLDER, SNIPPETS, release_beside
from archive.pages.front import Front, front_page
from archive.pages.moved import moved
from archive.pages.portals import portal_page, portals_page
from archive.pages.publishers import body_page, place_page
from archive.pages.report import report_page
from archive.pages.versions import versions_page
from archive.pages.words import Say, saying

hookimpl = HookimplMarker("datasette")

View = Callable[..., Awaitable[Response | None]]
_ID = r"(?P<id>[^/]+)(?<!\.json)"
"""What ends in .json is for programs."""

Ask = Callable[[sqlite3.Connection], object]


@hookimpl
def register_routes() -> list[tuple[str, View]]:
    return [
        (r"/$", front),
        (rf"/versions/{_ID}$", versions),
        (rf"/report/{_ID}$", report),
        (r"/compare$", compare),
        (r"/portals$", portals),
        (rf"/portals/{_ID}$", portal),
        (r"/data$", data),
        (r"/release/(?P<release>\d{4}-\d{2}-\d{2}(?:\.\d+)?)/(?P<path>.+)$", download),
        (r"/findings$", findings),
        (rf"/findings/{_ID}$", rule),
        (rf"/body/{_ID}$", body),
        (rf"/place/{_ID}$", place),
        # Datasette tells here its versions, plugins and the paths of its files.
        (r"/-/(?!static/).*$", closed),
    ]


def _say(datasette: Datasette) -> Say:
    return saying(language_of(datasette))


_fronts: WeakKeyDictionary[Datasette, Front] = WeakKeyDictionary()
"""The file stays as it is while it is served, and who makes a server ready asks for the front page first."""


async def front(datasette: Datasette, request: Request) -> Response:
    if datasette not in _fronts:
        ask = partial(front_page, language=language_of(datasette))
        _fronts[datasette] = await datasette.get_database("archive").execute_fn(ask)
    page = {"page": _fronts[datasette]}
    return Response.html(await datasette.render_template("index.html", page, request=request))


async def report(datasette: Datasette, request: Request) -> Response:
    ask = partial(report_page, language=language_of(datasette))
    return await _one(datasette, request, "report", ask)


async def versions(datasette: Datasette, request: Request) -> Response:
    old, new = (_number(request, name) for name in ("old", "new"))
    return await _one(datasette, request, "versions", partial(versions_page, old=old, new=new))


async def body(datasette: Datasette, request: Request) -> Response:
    ask = partial(body_page, language=language_of(datasette))
    return await _one(datasette, request, "body", ask)


async def place(datasette: Datasette, request: Request) -> Response:
    ask = partial(place_page, language=language_of(datasette))
    return await _one(datasette, request, "place", ask)


async def compare(datasette: Datasette, request: Request) -> Response:
    ids, only = request.args.getlist("r"), bool(request.args.get("only"))
    ask = partial(comparison_page, ids=ids, only=only)
    return await _answer(datasette, request, "compare.html", ask, _say(datasette)("error.slow"), only=only)


async def portals(datasette: Datasette, request: Request) -> Response:
    return await _answer(datasette, request, "portals.html", portals_page, _say(datasette)("error.slow"))


async def portal(datasette: Datasette, request: Request) -> Response:
    return await _one(datasette, request, "portal", portal_page)


async def data(datasette: Datasette, request: Request) -> Response:
    database = datasette.get_database("archive")
    shown: dict[str, object] = {"page": release_beside(Path(database.path), database.hash)}
    shown |= {"snippets": SNIPPETS, "sha256": database.hash}
    return Response.html(await datasette.render_template("data.html", shown, request=request))


async def download(datasette: Datasette, request: Request, send: Callable[..., Awaitable[None]]) -> None:
    folder = Path(datasette.get_database("archive").path).parent / FOLDER / request.url_vars["release"]
    await asgi_static(folder)(request, send)


async def findings(datasette: Datasette, request: Request) -> Response:
    return await _answer(datasette, request, "findings.html", catalogue_page, _say(datasette)("error.slow"))


async def rule(datasette: Datasette, request: Request) -> Response:
    chosen = {name: request.args.get(name) for name in ("year", "place", "attribution")}
    ask = partial(
        rule_page,
        language=language_of(datasette),
        chosen={name: value for name, value in chosen.items() if value},
        first=_number(request, "first") or 0,
    )
    return await _one(datasette, request, "rule", ask)


def _number(request: Request, name: str) -> int | None:
    given = request.args.get(name) or ""
    return int(given) if given.isascii() and given.isdecimal() and len(given) < 10 else None


async def closed(datasette: Datasette, request: Request) -> Response:
    return await message(datasette, request, 404, _say(datasette)("error.closed"))


async def _one(
    datasette: Datasette, request: Request, kind: str, ask: Callable[[sqlite3.Connection, str], object]
) -> Response:
    id = unquote(request.url_vars["id"])
    try:
        asked = partial(_existing, ask=ask, id=id)
        return await _answer(datasette, request, f"{kind}.html", asked, _say(datasette)("error.slow"))
    except NotFound:
        there = partial(moved, kind=kind, id=id)
        if address := await datasette.get_database("archive").execute_fn(there):
            return Response.redirect(datasette.urls.path(address), 301)
        what = "report" if kind == "versions" else kind
        return await message(datasette, request, 404, _say(datasette)(f"error.{what}", id=id))


def _existing(
    connection: sqlite3.Connection, ask: Callable[[sqlite3.Connection, str], object], id: str
) -> object:
    page = ask(connection, id)
    if page is None:
        raise NotFound(id)
    return page


async def _answer(
    datasette: Datasette, request: Request, template: str, ask: Ask, slow: str, **shown: object
) -> Response:
    try:
        page = await in_time(datasette, ask)
    except TimeoutError:
        return await message(datasette, request, 503, slow)
    html = await datasette.render_template(template, {"page": page, **shown}, request=request)
    return Response.html(html)

"""The pages as JSON, and what describes them."""

import re
from collections.abc import Awaitable, Callable, Mapping, Sequence
from functools import partial
from typing import Any
from urllib.parse import unquote

from datasette.app import Datasette
from datasette.utils.asgi import Request, Response
from pluggy import HookimplMarker

from archive.answers import in_time, language_of
from archive.pages.moved import moved
from archive.pages.openapi import openapi
from archive.pages.plain import plain
from archive.pages.programs import ANSWERS, Answer
from archive.pages.words import saying

hookimpl = HookimplMarker("datasette")

View = Callable[[Datasette, Request], Awaitable[Response]]

_PART = re.compile(r"\\\{(\w+)\\\}")


@hookimpl
def register_routes() -> list[tuple[str, View]]:
    return [(r"/openapi\.json$", described), *((_pattern(answer), _view(answer)) for answer in ANSWERS)]


async def described(datasette: Datasette, request: Request) -> Response:
    server = str(datasette.absolute_url(request, datasette.urls.instance())).rstrip("/")
    ask = partial(openapi, say=saying(language_of(datasette)), server=server)
    return Response.json(await datasette.get_database("archive").execute_fn(ask))


def _pattern(answer: Answer) -> str:
    return _PART.sub(r"(?P<\1>[^/]+)", re.escape(answer.path)) + "$"


def _view(answer: Answer) -> View:
    async def view(datasette: Datasette, request: Request) -> Response:
        language = language_of(datasette)
        say = saying(language)
        given = _given(request)
        try:
            found = await in_time(datasette, lambda connection: answer.ask(connection, given, language))
        except TimeoutError:
            return _failed(503, say("error.slow"))
        if found is None:
            return await _missing(datasette, answer, {name: given[name][0] for name in answer.parts})
        return Response.json(plain(found))

    return view


async def _missing(datasette: Datasette, answer: Answer, parts: Mapping[str, str]) -> Response:
    """What had the id before leads to what has it now."""
    there = partial(moved, kind=answer.name, id=parts.get("id", ""))
    if address := await datasette.get_database("archive").execute_fn(there):
        return Response.redirect(datasette.urls.path(f"{address}.json"), 301)
    say = saying(language_of(datasette))
    what = "report" if answer.name == "versions" else answer.name
    return _failed(404, say(f"error.{what}", **parts))


def _given(request: Request) -> Mapping[str, Sequence[str]]:
    parts = {name: [unquote(value)] for name, value in request.url_vars.items()}
    return {**{name: request.args.getlist(name) for name in request.args}, **parts}


def _failed(status: int, says: str) -> Response:
    facts: dict[str, Any] = {"ok": False, "error": says, "status": status}
    return Response.json(facts, status=status)

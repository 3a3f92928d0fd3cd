"""The ready-made questions: Datasette's named queries, and a page that lists them."""

import sqlite3
from collections.abc import Mapping
from contextlib import closing
from dataclasses import dataclass
from functools import cache
from typing import Any

from datasette.app import Datasette
from datasette.utils.asgi import Request, Response
from jinja2 import Environment
from pluggy import HookimplMarker

from archive.answers import language_of
from archive.pages.questions import groups, questions
from archive.pages.words import saying

hookimpl = HookimplMarker("datasette")


@hookimpl
def canned_queries(datasette: Datasette, database: str) -> dict[str, dict[str, Any]]:
    say = saying(language_of(datasette))
    if database != "archive":
        return {}
    return {
        name: {
            "sql": question.sql,
            "params": list(question.asks),
            "hide_sql": True,
            "title": say(f"question.{name}.title"),
            "description": say(f"question.{name}.description"),
        }
        for name, question in questions().items()
    }


@dataclass(frozen=True, slots=True)
class Called:
    """A body by its name, and the name of its place where one is proved."""

    name: str
    place: str | None


@hookimpl
def prepare_jinja2_environment(env: Environment, datasette: Datasette) -> None:
    def place_called(division: str) -> str | None:
        return _places(datasette.get_database("archive").path).get(division)

    def body_called(id: str) -> Called:
        """An id is the division and the name."""
        division, _, name = id.partition("-")
        return Called(name, place_called(division))

    env.globals.update(questions=questions(), place_called=place_called, body_called=body_called)


@cache
def _places(path: str) -> Mapping[str, str]:
    with closing(sqlite3.connect(f"file:{path}?mode=ro", uri=True)) as connection:
        return dict(connection.execute("SELECT code, name FROM divisions WHERE name IS NOT NULL"))


@hookimpl
def register_routes() -> list[tuple[str, Any]]:
    return [(r"/questions$", listed)]


async def listed(datasette: Datasette, request: Request) -> Response:
    context = {"groups": groups()}
    return Response.html(await datasette.render_template("questions.html", context, request=request))

"""The ready-made questions: Datasette's named queries, and a page that lists them."""

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


@hookimpl
def prepare_jinja2_environment(env: Environment) -> None:
    env.globals["questions"] = questions()


@hookimpl
def register_routes() -> list[tuple[str, Any]]:
    return [(r"/questions$", listed)]


async def listed(datasette: Datasette, request: Request) -> Response:
    context = {"groups": groups()}
    return Response.html(await datasette.render_template("questions.html", context, request=request))

"""What every template can say and link to, error pages included, in the language of its site."""

from collections.abc import Callable
from functools import partial

from datasette.app import Datasette
from datasette.utils.asgi import Request
from jinja2 import Environment
from pluggy import HookimplMarker

from archive.answers import language_of
from archive.pages.addresses import (
    body_address,
    figure_address,
    place_address,
    portal_address,
    report_address,
    rule_address,
    search_address,
    versions_address,
)
from archive.pages.glosses import glossed
from archive.pages.grid import SIGNS, grid_rows
from archive.pages.searching import CAP, PAGES, SORTS, section_label
from archive.pages.sheets import found
from archive.pages.words import PREFIXES, TAGS, saying

hookimpl = HookimplMarker("datasette")


@hookimpl
def prepare_jinja2_environment(env: Environment, datasette: Datasette) -> None:
    language = language_of(datasette)
    env.globals.update(
        say=saying(language),
        glossed=glossed if language == "en" else lambda _: "",
        language=TAGS[language],
        others=[(TAGS[other], prefix) for other, prefix in PREFIXES.items() if other != language],
        here=_here,
        found=found,
        signs=SIGNS,
        grid_rows=partial(grid_rows, say=saying(language), base=datasette.setting("base_url").rstrip("/")),
        section_label=section_label,
        sorts=SORTS,
        cap=CAP,
        pages=PAGES,
    )
    addresses: list[Callable[..., str]] = [
        report_address,
        rule_address,
        body_address,
        figure_address,
        place_address,
        portal_address,
        search_address,
        versions_address,
    ]
    env.globals.update({address.__name__: _in_site(datasette, address) for address in addresses})


def _in_site(datasette: Datasette, address: Callable[..., str]) -> Callable[..., str]:
    return lambda *words: datasette.urls.path(address(*words))


def _here(request: Request, base: str) -> str:
    """The address asked for, without what all addresses of the site begin with."""
    path = request.path.removeprefix(base.rstrip("/")).lstrip("/")
    return f"{path}?{request.query_string}" if request.query_string else path

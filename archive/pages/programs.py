"""The pages as JSON, one literal list: what is asked, who answers, and the type of the answer."""

import sqlite3
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from archive.pages.catalogue import Rule, RulePage, catalogue_page, rule_page
from archive.pages.comparison import Comparison, comparison_page
from archive.pages.figure import FigurePage, figure_page
from archive.pages.portals import Health, PortalPage, portal_page, portals_page
from archive.pages.publishers import BodyPage, PlacePage, body_page, place_page
from archive.pages.record import record
from archive.pages.searching import FILTERS, Answers, answers, asked
from archive.pages.versions import VersionsPage, versions_page

Asked = Mapping[str, Sequence[str]]
"""The parts of the path and the parameters, each with all its values."""

Ask = Callable[[sqlite3.Connection, Asked, str], Any]
"""The last is the language. None where there is nothing of that id."""


@dataclass(frozen=True, slots=True)
class Answer:
    """`path` holds the names of its parts in braces. `kind` is None where the columns of the database are
    the answer. `parameters` may stand behind the question mark."""

    name: str
    path: str
    kind: Any
    ask: Ask
    parameters: tuple[str, ...] = ()

    @property
    def parts(self) -> tuple[str, ...]:
        return tuple(part.strip("{}").removesuffix("}.json") for part in self.path.split("/") if "{" in part)


def _number(given: Asked, name: str) -> int | None:
    value = _one(given, name)
    return int(value) if value.isascii() and value.isdecimal() and len(value) < 10 else None


def _one(given: Asked, name: str) -> str:
    return (*given.get(name, ()), "")[0]


def _search(connection: sqlite3.Connection, given: Asked, _: str) -> Any:
    return answers(connection, asked({name: _one(given, name) for name in given}))


def _rule(connection: sqlite3.Connection, given: Asked, language: str) -> Any:
    chosen = {name: _one(given, name) for name in _CHOSEN}
    first = _number(given, "first") or 0
    return rule_page(connection, _one(given, "id"), language=language, chosen=chosen, first=first)


def _versions(connection: sqlite3.Connection, given: Asked, _: str) -> Any:
    old, new = _number(given, "old"), _number(given, "new")
    return versions_page(connection, _one(given, "id"), old=old, new=new)


_CHOSEN = ("year", "place", "attribution")

ANSWERS: tuple[Answer, ...] = (
    Answer("search", "/search.json", Answers, _search, ("q", *FILTERS, "sort")),
    Answer("report", "/report/{id}.json", None, lambda c, given, _: record(c, _one(given, "id"))),
    Answer(
        "figure",
        "/figure/{report}/{code}.json",
        FigurePage,
        lambda c, given, _: figure_page(c, _one(given, "report"), _one(given, "code")),
    ),
    Answer("versions", "/versions/{id}.json", VersionsPage, _versions, ("old", "new")),
    Answer(
        "compare",
        "/compare.json",
        Comparison,
        lambda c, given, _: comparison_page(c, given.get("r", ())),
        ("r",),
    ),
    Answer("body", "/body/{id}.json", BodyPage, lambda c, given, to: body_page(c, _one(given, "id"), to)),
    Answer(
        "place", "/place/{id}.json", PlacePage, lambda c, given, said: place_page(c, _one(given, "id"), said)
    ),
    Answer("findings", "/findings.json", tuple[Rule, ...], lambda c, *_: catalogue_page(c)),
    Answer("rule", "/findings/{id}.json", RulePage, _rule, (*_CHOSEN, "first")),
    Answer("portals", "/portals.json", tuple[Health, ...], lambda c, *_: portals_page(c)),
    Answer("portal", "/portals/{id}.json", PortalPage, lambda c, given, _: portal_page(c, _one(given, "id"))),
)

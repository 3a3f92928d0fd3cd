"""A portal whose lists exist only once a script has run: it signs what it asks for, and turns the pages."""

import json
from collections.abc import Mapping
from html import escape
from math import ceil
from typing import Any
from urllib.parse import quote

from samples.county import COUNTY
from samples.sites.items import Item, hexadecimal, listed, serial
from samples.sites.page import Answer, Host, Query, template
from samples.sites.shelf import menu, shelf, text
from samples.sites.site import Column, Truth

BODIES = ("government", "development", "civil", "market")
EACH = 24
SALT = "yl2023"
SITE = f"{COUNTY}人民政府"
PAGE = template("scripted-page")
_FRAME = '<div id="article">{{ text }}</div><script src="/js/article.js"></script>'
SCRIPTS = {
    "/js/list.js": template("scripted-script").substitute(),
    "/js/article.js": template("scripted-article").substitute(),
}
FILLED = 2025
"""Articles published since are there only once a script has run, too."""


class Scripted:
    def __init__(self, bases: Mapping[Host, str]) -> None:
        self.bases = bases
        self.shelf = shelf(_page_of, _file_of, BODIES)
        self.rows = listed(*BODIES)

    def columns(self) -> tuple[Column, ...]:
        return (Column(f"{self.bases['www']}/nb/"),)

    def truth(self) -> Truth:
        return self.shelf.truth(self.bases)

    def answer(self, query: Query) -> Answer:
        if file := self.shelf.file(query):
            return file
        if item := self.shelf.pages.get(query.path):
            filled = item.published.year >= FILLED
            return _html(SITE, _FRAME) if filled else _html(item.title, self._article(item))
        if item := self.shelf.pages.get(f"/nb{query.values.get('of', '')}"):
            return _json({"title": item.title, "text": self._article(item)})
        if query.path == "/nb/":
            return Answer(PAGE.substitute(salt=SALT).encode(), "text/html")
        if script := SCRIPTS.get(query.path):
            return Answer(script.encode(), "application/javascript")
        if query.path == "/api/list":
            return self._listed(query.values)
        if query.path == "/":
            return _html(SITE, menu(("政府信息公开年报", "/nb/")))
        return _html("404", "<p>您访问的页面不存在</p>", status=404)

    def _listed(self, values: Mapping[str, str]) -> Answer:
        number = values.get("page", "1")
        if values.get("sign") != sign(number):
            return _json({"code": 1, "rows": []})
        own = self.rows[(int(number) - 1) * EACH : int(number) * EACH]
        rows = [{"t": item.title, "d": f"{item.published}", "u": _page_of(item)} for item in own]
        return _json({"code": 0, "pages": ceil(len(self.rows) / EACH), "rows": rows})

    def _article(self, item: Item) -> str:
        host, path = self.shelf.file_of(item) or ("www", "")
        link = self.bases[host] + quote(path) if path else None
        return f"<h1>{escape(item.title)}</h1><div>{text(item, link)}</div>"


def _json(said: dict[str, Any]) -> Answer:
    return Answer(json.dumps(said, ensure_ascii=False).encode(), "application/json")


def sign(number: str) -> str:
    return str(sum(place * ord(sign) for place, sign in enumerate(f"{SALT}{number}", 1)))


def _page_of(item: Item) -> str:
    return f"/nb/{item.published.year}/{serial('scripted', item.id)}.html"


def _file_of(item: Item) -> tuple[Host, str]:
    return "www", f"/nb/fj/{hexadecimal(item.id)}.{item.format}"


def _html(title: str, content: str, status: int = 200) -> Answer:
    head = f"<head><meta charset=utf-8><title>{escape(title)}</title></head>"
    return Answer(f"<html>{head}<body>{content}</body></html>".encode(), "text/html", status)

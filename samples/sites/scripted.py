"""A portal whose lists exist only once a script has run: it signs what it asks for, and turns the pages."""

import json
from collections.abc import Mapping
from html import escape
from math import ceil
from urllib.parse import quote

from samples.county import COUNTY
from samples.sites.items import Item, hexadecimal, listed, serial
from samples.sites.page import Answer, Host, Query, template
from samples.sites.shelf import menu, shelf, text
from samples.sites.site import Column, Truth

BODIES = ("government", "development", "civil", "market")
EACH = 24
SALT = "yl2023"
PAGE = template("scripted-page")
SCRIPT = template("scripted-script").substitute()


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
            return _html(item.title, self._article(item))
        if query.path == "/nb/":
            return Answer(PAGE.substitute(salt=SALT).encode(), "text/html")
        if query.path == "/js/list.js":
            return Answer(SCRIPT.encode(), "application/javascript")
        if query.path == "/api/list":
            return self._listed(query.values)
        if query.path == "/":
            return _html(f"{COUNTY}人民政府", menu(("政府信息公开年报", "/nb/")))
        return _html("404", "<p>您访问的页面不存在</p>", status=404)

    def _listed(self, values: Mapping[str, str]) -> Answer:
        number = values.get("page", "1")
        if values.get("sign") != sign(number):
            return Answer(b'{"code": 1, "rows": []}', "application/json")
        own = self.rows[(int(number) - 1) * EACH : int(number) * EACH]
        rows = [{"t": item.title, "d": f"{item.published}", "u": _page_of(item)} for item in own]
        said = {"code": 0, "pages": ceil(len(self.rows) / EACH), "rows": rows}
        return Answer(json.dumps(said, ensure_ascii=False).encode(), "application/json")

    def _article(self, item: Item) -> str:
        host, path = self.shelf.file_of(item) or ("www", "")
        link = self.bases[host] + quote(path) if path else None
        return f"<h1>{escape(item.title)}</h1><div>{text(item, link)}</div>"


def sign(number: str) -> str:
    return str(sum(place * ord(sign) for place, sign in enumerate(f"{SALT}{number}", 1)))


def _page_of(item: Item) -> str:
    return f"/nb/{item.published.year}/{serial('scripted', item.id)}.html"


def _file_of(item: Item) -> tuple[Host, str]:
    return "www", f"/nb/fj/{hexadecimal(item.id)}.{item.format}"


def _html(title: str, content: str, status: int = 200) -> Answer:
    head = f"<head><meta charset=utf-8><title>{escape(title)}</title></head>"
    return Answer(f"<html>{head}<body>{content}</body></html>".encode(), "text/html", status)

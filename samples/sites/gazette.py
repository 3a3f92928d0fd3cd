"""A portal that nobody else has: a gazette in volumes, whose lists are lines of text without a link."""

from collections.abc import Mapping
from html import escape
from math import ceil
from urllib.parse import quote

from samples.county import COUNTY
from samples.sites.items import Item, hexadecimal, listed, serial
from samples.sites.page import Answer, Host, Query
from samples.sites.shelf import menu, shelf, text
from samples.sites.site import Column, Truth

BODIES = ("government", "office", "education", "finance")
EACH = 12


class Gazette:
    def __init__(self, bases: Mapping[Host, str]) -> None:
        self.bases = bases
        self.shelf = shelf(_page_of, _file_of, BODIES)
        self.rows = listed(*BODIES)
        self.volumes = ceil(len(self.rows) / EACH)

    def columns(self) -> tuple[Column, ...]:
        return (Column(f"{self.bases['www']}/gb/juan1.htm"),)

    def truth(self) -> Truth:
        return self.shelf.truth(self.bases)

    def answer(self, query: Query) -> Answer:
        if file := self.shelf.file(query):
            return file
        if item := self.shelf.pages.get(query.path):
            return _html(item.title, self._article(item))
        for number in range(1, self.volumes + 1):
            if query.path == f"/gb/juan{number}.htm":
                return _html("电子公报", self._volume(number))
        if query.path == "/":
            return _html(f"{COUNTY}人民政府", menu(("电子公报", "/gb/juan1.htm")))
        return _html("404", "<p>您访问的页面不存在</p>", status=404)

    def _volume(self, number: int) -> str:
        own = self.rows[(number - 1) * EACH : number * EACH]
        lines = "\n".join(
            f"{item.published} 〔{serial('gazette', item.id)}〕{escape(item.title)}" for item in own
        )
        return f"<p>第{number}卷，共{self.volumes}卷</p><pre>\n{lines}\n</pre>"

    def _article(self, item: Item) -> str:
        host, path = self.shelf.file_of(item) or ("www", "")
        link = self.bases[host] + quote(path) if path else None
        return f"<h1>{escape(item.title)}</h1><div>{text(item, link)}</div>"


def _page_of(item: Item) -> str:
    return f"/gb/{serial('gazette', item.id)}.htm"


def _file_of(item: Item) -> tuple[Host, str]:
    return "www", f"/gb/fj/{hexadecimal(item.id)}.{item.format}"


def _html(title: str, content: str, status: int = 200) -> Answer:
    page = (
        f"<html><head><meta charset=utf-8><title>{escape(title)}</title></head><body>{content}</body></html>"
    )
    return Answer(page.encode(), "text/html", status)

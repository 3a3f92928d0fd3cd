"""A portal in the manner of 龙讯: a year's report in the column's own page, a module of reports by year."""

from collections.abc import Mapping
from html import escape
from math import ceil
from urllib.parse import urlencode

from samples.county import COUNTY
from samples.sites.items import Item, bodies, items, serial
from samples.sites.page import Answer, Host, Query, cut, template
from samples.sites.shelf import menu, shelf, text
from samples.sites.site import Column, Truth

SITE = f"{COUNTY}人民政府"
PAGE = template("longxun-page")
LIST = template("longxun-list")
LABEL = "/site/label/8888"
ROWS = 15

OWN = {"government": 7731, "office": 7732}
"""Columns whose page is the report of the year chosen in it, for the years from 2014 on."""
OTHERS = 6601841
INDEX = "/openness/OpennessAnnualReport/year/6/{}.html"


class Longxun:
    def __init__(self, bases: Mapping[Host, str]) -> None:
        self.bases = bases
        self.shelf = shelf(_page_of, _file_of)

    def columns(self) -> tuple[Column, ...]:
        names = {body.id: body.name for body in bodies()}
        base = self.bases["www"]
        own = [Column(base + _own(id), names[id]) for id in OWN]
        return (*own, Column(base + INDEX.format(_years()[0])), Column(base + _others()))

    def truth(self) -> Truth:
        return self.shelf.truth(self.bases)

    def answer(self, query: Query) -> Answer:
        if file := self.shelf.file(query):
            return file
        address = f"{query.path}?{urlencode(query.values)}" if query.values else query.path
        if item := self.shelf.pages.get(address):
            return self._article(item)
        if query.path == LABEL:
            return Answer(_lines(int(query.values["pageIndex"])).encode(), "text/html;charset=utf-8")
        if made := self._columns(address):
            return _html("政府信息公开年报", made)
        if query.path == "/":
            return _html(SITE, menu(("政府信息公开", "/public/index.html"), ("办事服务", "/bsfw/index.html")))
        if query.path == "/public/index.html":
            return _html("政府信息公开", _tree())
        return _html("提示", "<p>您访问的页面不存在。</p>", 404)

    def _columns(self, address: str) -> str | None:
        for id in OWN:
            if address == _own(id):
                newest = next(item for item in items() if item.body.id == id and item.report)
                return self._shown(newest)
            if address == _early(id):
                return _years_of(id) + _list(_items_of(id, early=True))
        if address == _others():
            lines, pages = _lines(1), ceil(len(_listed()) / ROWS)
            return LIST.substitute(lines=lines, pages=pages, organ=OTHERS, rows=ROWS, label=LABEL)
        for year in _years():
            if address == INDEX.format(year):
                return self._index(year)
        return None

    def _index(self, year: int) -> str:
        years = menu(*((f"{year}年", INDEX.format(year)) for year in _years()))
        lines = [
            f'<li><a href="{path}">{item.body.name.removeprefix(COUNTY)}</a>{self._download(item)}</li>'
            for path, item in self.shelf.pages.items()
            if _in_module(item) and item.report and item.report.year == year
        ]
        return f'<div class="years">{years}</div><ul class="nb">{"".join(lines)}</ul>'

    def _download(self, item: Item) -> str:
        file = self.shelf.file_of(item)
        return f' <a href="{file[1]}">下载</a>' if file else ""

    def _article(self, item: Item) -> Answer:
        if item.body.id in OWN and item.report and item.report.year >= 2014:
            return _html("政府信息公开年报", self._shown(item))
        return _html(item.title, f"<h1>{escape(item.title)}</h1>{self._text(item)}")

    def _shown(self, item: Item) -> str:
        return f"{_years_of(item.body.id)}<h1>{escape(item.title)}</h1>{self._text(item)}"

    def _text(self, item: Item) -> str:
        file = self.shelf.file_of(item)
        said = f"发布机构：{escape(item.source)}　发布日期：{item.published:%Y-%m-%d}"
        return f'<p>{said}</p><div class="j-fontContent">{text(item, file[1] if file else None)}</div>'


def _items_of(id: str, *, early: bool) -> list[Item]:
    reports = [item for item in items() if item.body.id == id and item.report]
    return [item for item in reports if item.report and (item.report.year < 2014) == early]


def _in_module(item: Item) -> bool:
    return item.report is not None and item.body.id not in OWN and item.body.office


def _listed() -> list[Item]:
    """The townships' reports, and whatever is no report."""
    return [item for item in items() if item.report is None or not item.body.office]


def _years() -> list[int]:
    return sorted({item.report.year for item in items() if item.report and _in_module(item)}, reverse=True)


def _own(id: str) -> str:
    return f"/public/column/{OWN[id]}?type=3&nav=5&sub=3"


def _early(id: str) -> str:
    return f"{_own(id)}&timeFrame=2013"


def _others() -> str:
    return f"/public/column/{OTHERS}?type=4&action=rel"


def _page_of(item: Item) -> str:
    number = serial("longxun", item.id)
    year = item.report.year if item.report else 0
    if item.body.id in OWN and year >= 2014:
        return f"{_own(item.body.id)}&timeFrame={year}&hasContent=true"
    if not _in_module(item):
        return f"/public/{OTHERS}/{number}.html"
    if item.body.id == "civil":
        return f"/Xxgknb/show/{number}.html?type=1"
    module = "XxgkAnnualReport" if year < 2019 else "openness/OpennessAnnualReport"
    return f"/{module}/show/{number}.html"


def _file_of(item: Item) -> tuple[Host, str]:
    if _in_module(item):
        return "www", f"/OpennessAnnualReport/download/{serial('longxun', item.id)}.html"
    return "www", f"/group3/M00/{item.published:%y/%m}/{item.title}.{item.format}"


def _years_of(id: str) -> str:
    shown = [
        f'<li><a href="{escape(_page_of(item))}">{item.report.year}年</a></li>'
        for item in _items_of(id, early=False)
        if item.report
    ]
    return f'<ul id="timeFrame">{"".join(shown)}<li><a href="{escape(_early(id))}">2013年及以前</a></li></ul>'


def _lines(page: int) -> str:
    pages = ceil(len(_listed()) / ROWS)
    shown = _list(_listed()[(page - 1) * ROWS : page * ROWS])
    return f"{shown}<script>Ls.pagination({{pageCount:{pages},currentPage:{page}}});</script>"


def _list(shown: list[Item]) -> str:
    lines = (
        f'<li><a href="{_page_of(item)}" title="{escape(item.title)}">{escape(cut(item.title, 20))}</a>'
        f'<span class="date">{item.published:%Y-%m-%d}</span></li>'
        for item in shown
    )
    return f'<ul class="clearfix xxgk_nav_list">{"".join(lines)}</ul>'


def _tree() -> str:
    names = {body.id: body.name for body in bodies()}
    own = [(f"{names[id]}政府信息公开年报", escape(_own(id))) for id in OWN]
    index = ("部门政府信息公开年报", INDEX.format(_years()[0]))
    return menu(("政府信息公开指南", "/public/zhinan.html"), *own, index, ("乡镇年报", escape(_others())))


def _html(title: str, content: str, status: int = 200) -> Answer:
    page = PAGE.substitute(title=escape(title), site=SITE, content=content)
    return Answer(page.encode(), "text/html;charset=utf-8", status)

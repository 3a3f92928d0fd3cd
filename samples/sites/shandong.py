"""A portal in the manner of Zibo: a site a body, names made by a database, heads that leak its nothing."""

from collections.abc import Mapping
from html import escape
from math import ceil
from urllib.parse import quote

from samples.county import COUNTY, Body
from samples.figures import dice
from samples.sites.items import Item, bodies, hexadecimal, items
from samples.sites.page import Answer, Host, Query, cut, template
from samples.sites.shelf import menu, shelf, text
from samples.sites.site import Column, Truth

SITE = f"{COUNTY}人民政府"
PAGE = template("shandong-page")
HEAD = template("shandong-head")
ALL = "/gongkai/channel_5f9f6caf744146b464b6e880/"
OPENED = f"{ALL}?open=zfxxgknb"
BY_YEAR = "government"
"""The body whose reports up to 2014 have a channel a year, below its own."""
ROWS = 8


class Shandong:
    def __init__(self, bases: Mapping[Host, str]) -> None:
        self.bases = bases
        self.shelf = shelf(_page_of, _file_of)
        self.lists = _lists()

    def columns(self) -> tuple[Column, ...]:
        return (Column(self.bases["www"] + OPENED),)

    def truth(self) -> Truth:
        return self.shelf.truth(self.bases)

    def answer(self, query: Query) -> Answer:
        path = query.path
        if file := self.shelf.file(query):
            return file
        if item := self.shelf.pages.get(path):
            return _html(item.title, self._article(item))
        if path == "/":
            return _html(SITE, menu(("政务公开", ALL), ("政府信息公开年报", OPENED)))
        if path == ALL:
            return _html("政府信息公开", _all("open" in query.values))
        if path in self.lists:
            return _html("政府信息公开年报", self._list(path, int(query.values.get("page", "1"))))
        return _html("404", "<p>您访问的页面不存在</p>", 404)

    def _list(self, path: str, page: int) -> str:
        own = self.lists[path]
        rows = "".join(_row(item) for item in own[(page - 1) * ROWS : page * ROWS])
        pages = ceil(len(own) / ROWS)
        on = f'<a href="?page={page + 1}">下一页</a>' if page < pages else "<span>下一页</span>"
        years = ""
        if path == _channel(next(body for body in bodies() if body.id == BY_YEAR)):
            years = menu(*((name, to) for to, name in _years().items()))
        return f"{years}<table>{rows}</table><div>第{page}页 {on}</div>"

    def _article(self, item: Item) -> str:
        file = self.shelf.file_of(item)
        link = None
        if file is not None:
            link = self.bases["files"] + quote(file[1]) if file[0] == "files" else file[1].rpartition("/")[2]
        none = item.published.year < 2015
        head = HEAD.substitute(
            title=escape(item.title),
            index=f"1237{dice(item.body.id).randrange(10**9)}/{item.published.year}-{None if none else 7}",
            day=f"{item.published:%Y-%m-%d}",
            publisher=escape(item.body.name),
        )
        return f'{head}<div class="article-conca">{text(item, link)}</div>'


def _all(opened: bool) -> str:
    links = menu(*((body.name, _channel(body)) for body in bodies()))
    return menu(("政府信息公开指南", f"{ALL}?open=zfxxgkzn"), ("年报", OPENED)) + (links if opened else "")


def _channel(body: Body) -> str:
    """Of the three makes of name."""
    oid, rng = hexadecimal("channel", body.id)[:24], dice(body.id, "channel")
    made = (
        f"channel_{oid}",
        f"channel_c_{oid}_{hexadecimal('parent')[:24]}",
        f"channel_c_{oid}_n_16058519{rng.randrange(10, 99)}.{rng.randrange(1000, 9999)}",
    )
    return f"/gongkai/site_ylx{body.id}/{rng.choice(made)}/"


def _years() -> dict[str, str]:
    """Channels of single years, and their names."""
    shown = [item.report for item in items() if item.report and item.body.id == BY_YEAR]
    years = [report.year for report in shown if report.year <= 2014]
    return {f"/gongkai/site_ylx{BY_YEAR}/channel_x_5669_{year}/": f"{year}年" for year in years}


def _of_year(item: Item) -> str | None:
    if item.body.id != BY_YEAR or item.report is None or item.report.year > 2014:
        return None
    return f"/gongkai/site_ylx{BY_YEAR}/channel_x_5669_{item.report.year}/"


def _lists() -> dict[str, list[Item]]:
    """The rows of each channel: a body's lacks those that have a channel of their year."""
    lists: dict[str, list[Item]] = {}
    for item in items():
        lists.setdefault(_of_year(item) or _channel(item.body), []).append(item)
    return lists


def _page_of(item: Item) -> str:
    return f"{_of_year(item) or _channel(item.body)}doc_{hexadecimal('doc', item.id)[:24]}.html"


def _file_of(item: Item) -> tuple[Host, str]:
    if item.published.year < 2019:
        return "files", f"/zbsrmzf/{item.published.year}/{item.title}.{item.format}"
    return "www", f"{_page_of(item).rpartition('/')[0]}/{hexadecimal(item.id)}.{item.format}"


def _row(item: Item) -> str:
    link = f'<a href="{_page_of(item)}" title="{escape(item.title)}">{escape(cut(item.title, 30))}</a>'
    index = f"{item.published.year}-02-{dice(item.id).randrange(10000, 99999)}"
    return f"<tr><td>{index}</td><td>{link}</td><td>{item.published:%Y-%m-%d}</td></tr>"


def _html(title: str, content: str, status: int = 200) -> Answer:
    page = PAGE.substitute(title=escape(title), site=SITE, content=content)
    return Answer(page.encode(), "text/html; charset=utf-8", status)

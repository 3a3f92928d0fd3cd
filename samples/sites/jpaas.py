"""A portal in the manner of Zhejiang: list units of jpaas-publish-server, in six shapes of row."""

import json
from collections.abc import Mapping
from html import escape
from urllib.parse import quote

from samples.county import COUNTY
from samples.sites.items import Item, hexadecimal, serial
from samples.sites.page import Answer, Host, Query, cut, template
from samples.sites.shelf import menu, shelf, text
from samples.sites.site import Column, Truth

UNIT = "/api-gateway/jpaas-publish-server/front/page/build/unit"
DOWNLOAD = "/module/download/downfile.jsp"
ROWS = 15
SITE = f"{COUNTY}人民政府"
PAGE = template("jpaas-page")

COUNTY_COLUMN, DEPARTMENTS, TOWNSHIPS = 1229565788, 1229565790, 1229565791
NAMES = {COUNTY_COLUMN: "县政府", DEPARTMENTS: "县级部门", TOWNSHIPS: "乡镇"}
CENTRAL = ("government", "office")

SHAPES = (
    '<li class="clearfix"><a class="bt-left" {link}>{short}</a><span class="bt-right">{day}</span></li>',
    '<li><a {link} target="_blank">{short}</a><span>{day}</span></li>',
    '<p class="lb-list"><a {link}>{short}</a><span>{day}</span></p>',
    '<li><a target="_blank" {bare}>\n {title} </a><b>{day}</b></li>',
    "<table><tr><td><a {link}>{short}</a></td><td> [{day}] </td></tr></table>",
    "<li><i></i><a {link}><em>{short}</em></a><div>发布时间：<font>{day}</font></div></li>",
)


class Jpaas:
    def __init__(self, bases: Mapping[Host, str]) -> None:
        self.bases = bases
        self.shelf = shelf(_page_of, _file_of)
        self.rows = {
            number: [(path, item) for path, item in self.shelf.pages.items() if _column(item) == number]
            for number in NAMES
        }

    def columns(self) -> tuple[Column, ...]:
        return tuple(Column(f"{self.bases['www']}{_address(number)}") for number in NAMES)

    def truth(self) -> Truth:
        return self.shelf.truth(self.bases)

    def answer(self, query: Query) -> Answer:
        if file := self.shelf.file(query):
            return file
        if query.path == UNIT:
            return self._unit(query.values)
        if query.path == DOWNLOAD:
            return Answer(b"", None, 302, location=f"/attach/0/{query.values.get('filename', '')}")
        if query.path in self.shelf.pages:
            return self._article(self.shelf.pages[query.path])
        if query.path in ("/", "/index.html"):
            return _html(SITE, menu(("政务公开", "/col/col1229565700/index.html"), ("办事服务", "/fw/")))
        if query.path == "/col/col1229565700/index.html":
            return _html("政务公开", _tree())
        for number in NAMES:
            if query.path == _address(number):
                return _html("政府信息公开年报", self._column(number))
        return _html("页面不存在", "<p>您访问的页面不存在。</p>", 404)

    def _column(self, number: int) -> str:
        """The county's has its first rows in it, the departments' none, the townships' all."""
        if number == TOWNSHIPS:
            return f"<ul>{self._lines(self.rows[number], number)}</ul>"
        if number == DEPARTMENTS:
            return _unit(number, len(self.rows[number]), 1)
        return self._fragment(number, 1)

    def _fragment(self, number: int, page: int) -> str:
        rows = self.rows[number]
        lines = self._lines(rows[(page - 1) * ROWS : page * ROWS], number)
        return f"<div><ul>{lines}</ul>{_unit(number, len(rows), page)}</div>"

    def _unit(self, values: Mapping[str, str]) -> Answer:
        """The county's server looks for the number in JSON, the departments' in the address."""
        number = int(values["pageId"])
        asked = int(values["pageNo"])
        if number == COUNTY_COLUMN:
            asked = json.loads(values["paramJson"])["pageNo"]
        if values["parseType"] != "bulidstatic" or values["tplSetId"] != _template(number):
            return Answer(json.dumps({"success": False}).encode(), "application/json")
        answer = {"success": True, "code": "200", "data": {"html": self._fragment(number, asked)}}
        return Answer(json.dumps(answer, ensure_ascii=False).encode(), "application/json;charset=UTF-8")

    def _lines(self, rows: list[tuple[str, Item]], number: int) -> str:
        return "\n".join(self._line(path, item, number) for path, item in rows)

    def _line(self, path: str, item: Item, number: int) -> str:
        """Every third link names the host and leaves the protocol out."""
        host = self.bases["www"].removeprefix("http:") if _serial(item) % 3 == 0 else ""
        shape = SHAPES[(_serial(item) + number) % len(SHAPES)]
        title = escape(item.title)
        short = escape(cut(item.title, 24))
        bare = f'href="{host}{path}"'
        link, day = f'{bare} title="{title}"', f"{item.published:%Y-%m-%d}"
        return shape.format(link=link, bare=bare, title=title, short=short, day=day)

    def _article(self, item: Item) -> Answer:
        file = self.shelf.file_of(item)
        link = None
        if file is not None:
            host, path = file
            link = f"{DOWNLOAD}?classid=0&filename={path.rpartition('/')[2]}"
            link = link if host == "www" else self.bases[host] + quote(path)
        content = (
            f'<h1>{escape(item.title)}</h1><table class="xxgk"><tr><td>索引号：</td><td></td>'
            f"<td>发布机构：</td><td>{escape(item.source)}</td><td>生成日期：</td>"
            f"<td>{item.published:%Y-%m-%d}</td></tr></table>"
            f'<div id="zoom">{text(item, link)}</div>'
        )
        return _html(item.title, content)


def _column(item: Item) -> int:
    if not item.body.office:
        return TOWNSHIPS
    return COUNTY_COLUMN if item.body.id in CENTRAL else DEPARTMENTS


def _address(number: int) -> str:
    return f"/col/col{number}/index.html"


def _page_of(item: Item) -> str:
    """Newer articles have a name of 32 signs, older ones the numbers of column and article."""
    day, number = item.published, _column(item)
    if day.year >= 2022:
        return f"/col/col{number}/art/{day.year}/art_{hexadecimal(item.id)}.html"
    return f"/art/{day.year}/{day.month}/{day.day}/art_{number}_{_serial(item)}.html"


def _file_of(item: Item) -> tuple[Host, str]:
    if _serial(item) % 2:
        return "files", f"/old/{item.published.year}/{item.title}.{item.format}"
    return "www", f"/attach/0/{hexadecimal(item.id)}.{item.format}"


def _serial(item: Item) -> int:
    return serial("jpaas", item.id)


def _template(number: int) -> str:
    return f"o0YcVHHq5vWtr3ui{number}"


def _unit(number: int, count: int, page: int) -> str:
    query = f"{{'webId':'3185','pageId':'{number}','tagId':'信息列表','tplSetId':'{_template(number)}'}}"
    state = f'count="{count}" rows="{ROWS}" pageNo="{page}"'
    return f'<div class="page" {state} unitUrl="{UNIT}" queryData="{query}"></div>'


def _tree() -> str:
    columns = [(f"{name}政府信息公开年报", _address(number)) for number, name in NAMES.items()]
    return menu(("政府信息公开指南", "/col/col1229565701/index.html"), *columns)


def _html(title: str, content: str, status: int = 200) -> Answer:
    page = PAGE.substitute(title=escape(title), site=SITE, content=content)
    return Answer(page.encode(), "text/html;charset=UTF-8", status)

"""The county on UCAP (开普云): static lists of ten with `_2.shtml`, and townships' lists by JSON."""

import json
from collections.abc import Mapping, Sequence
from html import escape
from math import ceil
from posixpath import relpath
from urllib.parse import quote

from samples.county import COUNTY, DIVISION, Body
from samples.figures import dice
from samples.sites.files import Files
from samples.sites.items import Item, bodies, hexadecimal, items, listed, serial, uuid
from samples.sites.page import Answer, Host, Query, cut, template
from samples.sites.site import Column, Truth

PER_PAGE = 10
SITE = f"{COUNTY}人民政府"
CODE = "ylx"
SHARED = ("government", "office")
ROBOTS = "User-agent: *\nDisallow: /search4/\nDisallow: /common/login/\n"

PAGE, HOME, LIST = template("ucap-page"), template("ucap-home"), template("ucap-list")
SCRIPTED, ARTICLE = template("ucap-scripted"), template("ucap-article")


class Ucap:
    def __init__(self, bases: Mapping[Host, str]) -> None:
        self.bases = bases
        self.files = Files(bases, items(), _stored)
        self.pages = {_path(item): item for item in items()}
        self.lists = {_column(body): listed(body.id) for body in bodies() if body.id not in SHARED}
        self.lists[f"/{CODE}/gknb/gknb.shtml"] = listed(*SHARED)
        self.channels = {_channel(body): body for body in bodies() if not body.office}

    def columns(self) -> tuple[Column, ...]:
        own = (body for body in bodies() if body.id not in SHARED)
        shared = Column(f"{self.bases['www']}/{CODE}/gknb/gknb.shtml")
        return (shared, *(Column(self.bases["www"] + _column(body), body.name) for body in own))

    def truth(self) -> Truth:
        return self.files.truth(self.pages)

    def answer(self, query: Query) -> Answer:
        if file := self.files.answer(query):
            return file
        if query.host == "files":
            return Answer(b"", None, 404)
        if query.path == "/robots.txt":
            return Answer(ROBOTS.encode(), "text/plain")
        if query.path in self.pages:
            return self._article(self.pages[query.path])
        if query.path.startswith("/common/search/"):
            return self._search(query)
        return self._menu(query.path) or self._column(query.path) or _html(_page("404", _MISSING), 404)

    def _menu(self, path: str) -> Answer | None:
        """From the home page over 政府信息公开 to the county's reports, its departments and townships."""
        if path in ("/", f"/{CODE}/index.shtml"):
            return _html(_page(SITE, HOME.substitute(links="")))
        if path == f"/{CODE}/xxgk/xxgk.shtml":
            sites = (f'<li><a href="{_home(body)}">{body.name}</a></li>' for body in bodies() if _own(body))
            left = _left("政府信息公开", f"/{CODE}/gknb/gknb.shtml")
            return _html(_page("政府信息公开", left + HOME.substitute(links="\n".join(sites))))
        named = {_home(body): body for body in bodies() if _own(body)}
        if path in named:
            return _html(_page(named[path].name, _left(named[path].name, _column(named[path]))))
        return None

    def _column(self, path: str) -> Answer | None:
        folder, _, name = path.rpartition("/")
        stem, _, number = name.removesuffix(".shtml").partition("_")
        rows = self.lists.get(f"{folder}/{stem}.shtml")
        if rows is None:
            return None
        channel = next((_channel(b) for b in bodies() if not b.office and _column(b) == path), None)
        if channel:
            return _html(_page("政府信息公开年报", SCRIPTED.substitute(channel=channel)))
        pages, this = ceil(len(rows) / PER_PAGE), int(number) if number.isdecimal() else 1
        if not 1 <= this <= pages or number == "1":
            return None
        lines = "\n".join(_row(item, folder) for item in rows[(this - 1) * PER_PAGE : this * PER_PAGE])
        text = LIST.substitute(rows=lines, pages=pages, this=this, name=stem, total=len(rows))
        return _html(_page("政府信息公开年报", text))

    def _search(self, query: Query) -> Answer:
        """As the list's script asks: a page that is missing, or another template, is the first page's rows
        as a page of HTML."""
        body = self.channels.get(query.path.rpartition("/")[2])
        if body is None or query.values.get("_isJson") != "true":
            return _html(_page("404", _MISSING), 404)
        rows, this = listed(body.id), int(query.values["page"])
        each = int(query.values["_pageSize"])
        results = [self._result(item) for item in rows[(this - 1) * each : this * each]]
        data = {"total": len(rows), "page": this, "rows": each, "results": results}
        said = json.dumps({"data": data, "code": 0}, ensure_ascii=False)
        return Answer(said.encode(), "application/json;charset=UTF-8")

    def _result(self, item: Item) -> dict[str, object]:
        keys = {"source": item.source, "indexnumber": "", "pubdate": f"{item.published:%Y-%m-%d}"}
        values = [{"key": key, "value": value} for key, value in keys.items()]
        return {
            "title": item.title,
            "subTitle": "",
            "url": _path(item),
            "contentHtml": self._content(item),
            "publishedTimeStr": f"{item.published:%Y-%m-%d} 09:30:00",
            "domainMetaList": [{"domainId": 1, "resultList": values}],
        }

    def _content(self, item: Item) -> str:
        file = self.files.of.get(item.id)
        if file is None:
            return item.content().replace("</table>", "</table>#PAGE_BREAK#", 1)
        link = file.link
        if link.startswith(_path(item).rpartition("/")[0]) and file.asked is None:
            link = relpath(link, _path(item).rpartition("/")[0])
        name = dice(item.id, "name").choice(("附件下载", f"{item.title}.{item.format}"))
        return f'<p><a href="{quote(link, safe="/:%") if item.body.office else link}">{escape(name)}</a></p>'

    def _article(self, item: Item) -> Answer:
        words = {"title": escape(item.title), "source": item.source, "day": f"{item.published:%Y-%m-%d}"}
        text = ARTICLE.substitute(words, content=self._content(item), number=serial(item.id))
        return _html(_page(item.title, text, f"-{item.body.name}"))


def _row(item: Item, folder: str) -> str:
    title = escape(cut(item.title, 24))
    link = relpath(_path(item), folder)
    return f'<li><a href="{link}" target="_blank">{title}</a><span>{item.published:%Y-%m-%d}</span></li>'


def _own(body: Body) -> bool:
    return body.id not in SHARED


def _home(body: Body) -> str:
    return f"/{_site(body)}/index.shtml"


def _site(body: Body) -> str:
    return CODE if not _own(body) else f"{CODE}{body.id[:4]}"


def _column(body: Body) -> str:
    if not body.office:
        return f"/{_site(body)}/c{serial(body.id) % 100000:06}/zfxxgknb.shtml"
    return f"/{_site(body)}/gknb/dezlist.shtml"


def _path(item: Item) -> str:
    folder = _column(item.body).rpartition("/")[0]
    name = hexadecimal(item.id) if item.body.office else f"c04_{serial(item.id) % 1000000}"
    return f"{folder}/{item.published:%Y%m}/{name}.shtml"


def _stored(item: Item) -> str:
    folder = _path(item).rpartition("/")[0]
    return f"{folder}/{uuid(item.id)}/files/{uuid(item.id, 'file')}.{item.format}"


def _channel(body: Body) -> str:
    return hexadecimal("channel", body.id)


_MISSING = "<p>您访问的页面不存在。</p>"


def _left(title: str, reports: str) -> str:
    names: Sequence[tuple[str, str]] = (
        ("政府信息公开指南", "/gkzn/gkzn.shtml"),
        ("政府信息公开制度", "/gkzd/gkzd.shtml"),
        ("法定主动公开内容", "/fdzdgknr/fdzdgknr.shtml"),
    )
    site = reports[1:].partition("/")[0]
    links = [f'<li><a href="/{site}{path}">{name}</a></li>' for name, path in names]
    links.append(f'<li><a href="{reports}">政府信息公开年报</a></li>')
    return f'<h3 class="siteTit">{title}</h3>\n<ul class="leftNav">' + "\n".join(links) + "</ul>\n"


def _page(title: str, content: str, behind: str = "") -> str:
    return PAGE.substitute(title=escape(title) + behind, site=SITE, code=DIVISION, home=CODE, content=content)


def _html(text: str, status: int = 200) -> Answer:
    return Answer(text.encode(), "text/html;charset=UTF-8", status)

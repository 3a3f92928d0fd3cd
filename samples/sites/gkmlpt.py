"""The county on Guangdong's gkmlpt: a tree of categories in a script for each body, lists as JSON."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from html import escape
from typing import Any
from urllib.parse import quote

from samples.county import COUNTY, Body
from samples.figures import dice
from samples.sites.files import File, Files
from samples.sites.items import Item, bodies, items, listed, serial
from samples.sites.page import Answer, Host, Query, template
from samples.sites.site import Column, Truth

PER_PAGE = 20
SHARED = ("government", "office")
BY_YEAR = range(2014, 2026)
OLD_UP_TO = 2013
ROBOTS = "User-agent: *\nDisallow: /gkmlpt/search\n"

PAGE, INDEX, ARTICLE = template("gkmlpt-page"), template("gkmlpt-index"), template("gkmlpt-article")


@dataclass(frozen=True, slots=True)
class Category:
    """`body` is None for the county's own, which several bodies share."""

    body: Body | None
    rows: tuple[Item, ...]


class Gkmlpt:
    def __init__(self, bases: Mapping[Host, str]) -> None:
        self.bases = bases
        self.files = Files(bases, items(), _stored)
        self.pages = {_path(item): item for item in items()}
        self.categories = _categories()
        self.old = {_old(body): body for body in bodies() if not body.office}

    def columns(self) -> tuple[Column, ...]:
        www = self.bases["www"]
        own = (Column(www + _api(body, _own(body)), body.name) for body in bodies() if body.id not in SHARED)
        years = (Column(www + _api(None, _of_year(year))) for year in (*BY_YEAR, OLD_UP_TO))
        old = (Column(www + path, body.name) for path, body in self.old.items())
        return (*years, *own, *old)

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
        if "/gkmlpt/api/all/" in query.path:
            return self._list(query)
        return self._menu(query.path) or _html(_page("404", "<p>页面不存在</p>"), 404)

    def _menu(self, path: str) -> Answer | None:
        if path in ("/", "/index.html"):
            sites = "\n".join(
                f'<li><a href="{_site(body)}/gkmlpt/index">{escape(body.name)}</a></li>'
                for body in bodies()
                if body.id not in SHARED
            )
            return _html(
                _page(f"{COUNTY}人民政府门户网站", f'<h3>部门信息公开</h3><ul class="bm">{sites}</ul>')
            )
        if path in self.old:
            rows = "\n".join(_old_row(item) for item in listed(self.old[path].id) if _is_old(item))
            return _html(_page("历年政府信息公开年报", f'<ul class="news_list">{rows}</ul>'))
        for body in (None, *bodies()):
            if path == f"{_site(body)}/gkmlpt/index":
                tree = json.dumps(_tree(body), ensure_ascii=False)
                return _html(
                    _page("政府信息公开", INDEX.substitute(sid=_sid(body), tree=tree, site=_site(body)))
                )
        return None

    def _list(self, query: Query) -> Answer:
        """Another site's number gives no list."""
        kept = self.categories.get(int(query.path.rpartition("/")[2]))
        if kept is None or query.values.get("sid") != _sid(kept.body):
            return Answer(b'{"code":422,"message":"invalid sid"}', "application/json")
        rows, this = kept.rows, int(query.values.get("page", "1"))
        articles = [self._row(item) for item in rows[(this - 1) * PER_PAGE : this * PER_PAGE]]
        classify = {"id": 1, "name": "政府信息公开年报", "post_count": len(rows)}
        said = json.dumps({"articles": articles, "classify": classify, "page": this})
        return Answer(said.encode(), "application/json")

    def _row(self, item: Item) -> dict[str, Any]:
        file = self.files.of.get(item.id)
        name = f"{item.title}.{item.format}"
        return {
            "id": serial(item.id),
            "title": item.title,
            "document_number": "",
            "identifier": f"{serial('sid', item.id)}/{item.published.year}-{serial(item.id) % 100000:05}",
            "publisher": item.source,
            "date": f"{item.published:%Y-%m-%d}",
            "display_publish_time": f"{item.published:%Y-%m-%d} 10:05:00",
            "url": f"{self.bases['www']}{_path(item)}#{_category(item)}",
            "attachment": [{"name": name, "url": quote(file.link, safe="/:")}] if file else [],
        }

    def _article(self, item: Item) -> Answer:
        """A file is in the text as a link, or only in the list."""
        file, content = self.files.of.get(item.id), item.content()
        if file and (_is_old(item) or dice(item.id, "linked").random() < 0.5):
            content = f'<p><a class="attachment" href="{file.link}">{escape(_said(item, file))}</a></p>'
        elif file:
            content = "<p>年度报告见附件。</p>"
        said = {"title": escape(item.title), "day": f"{item.published:%Y-%m-%d}", "source": item.source}
        if _is_old(item):
            text = f'<h1>{said["title"]}</h1><div class="article_content">{content}</div>'
            return _html(_page(item.title, text))
        script = json.dumps({"id": serial(item.id), "title": item.title, "content": content})
        script = script.replace("<", "\\u003C").replace(">", "\\u003E").replace("/", "\\/")
        text = ARTICLE.substitute(said, sid=_sid(None), site=_site(item.body), detail=script)
        return _html(_page(item.title, text))


def _categories() -> dict[int, Category]:
    """The county's reports a year, each other body's in one list."""
    years: dict[int, list[Item]] = {_of_year(year): [] for year in (*BY_YEAR, OLD_UP_TO)}
    for item in listed(*SHARED):
        years[_category(item)].append(item)
    own = [body for body in bodies() if body.id not in SHARED]
    kept = {body: [item for item in listed(body.id) if not _is_old(item)] for body in own}
    county = {year: Category(None, tuple(rows)) for year, rows in years.items()}
    return county | {_own(body): Category(body, tuple(rows)) for body, rows in kept.items()}


def _tree(body: Body | None) -> list[dict[str, Any]]:
    """Nested, with what leads elsewhere, and for the county a category a year."""
    report: dict[str, Any] = {"id": 25100, "name": "政府信息公开年报", "jump_url": "", "children": []}
    if body is None:
        years = [_node(_of_year(year), f"{year}年") for year in reversed(BY_YEAR)]
        report["children"] = [*years, _node(_of_year(OLD_UP_TO), f"{OLD_UP_TO}年及以前")]
    elif not body.office:
        old = {**_node(25199, "历年"), "jump_url": _old(body)}
        report["children"] = [_node(_own(body), "年报"), old]
    else:
        report["id"] = _own(body)
    return [
        _node(25001, "政府信息公开指南", "/gkmlpt/guide"),
        _node(25002, "政府信息公开制度", "/gkmlpt/policy"),
        {"id": 25003, "name": "法定主动公开内容", "jump_url": "", "children": [_node(25010, "机构职能")]},
        report,
    ]


def _node(id: int, name: str, elsewhere: str = "") -> dict[str, Any]:
    return {"id": id, "name": name, "jump_url": elsewhere, "children": []}


def _of_year(year: int) -> int:
    return 23180 + year


def _own(body: Body) -> int:
    return 30000 + serial("category", body.id) % 10000


def _old(body: Body) -> str:
    return f"{_site(body)}/zwgk/zfxxgknb/"


def _year(item: Item) -> int:
    return item.published.year - 1


def _is_old(item: Item) -> bool:
    """Townships' reports from before the software."""
    return not item.body.office and item.published.year <= OLD_UP_TO


def _category(item: Item) -> int:
    return _of_year(max(_year(item), OLD_UP_TO)) if item.body.id in SHARED else _own(item.body)


def _site(body: Body | None) -> str:
    return "" if body is None or body.id in SHARED else f"/{body.id}"


def _sid(body: Body | None) -> str:
    return f"{990000 if body is None else 991000 + serial('site', body.id) % 1000}"


def _api(body: Body | None, category: int) -> str:
    return f"{_site(body)}/gkmlpt/api/all/{category}?page=1&sid={_sid(body)}"


def _path(item: Item) -> str:
    number = serial(item.id)
    if _is_old(item):
        return f"{_old(item.body)}content/post_{number}.html"
    return f"{_site(item.body)}/gkmlpt/content/{number // 10**6}/{number // 1000}/post_{number}.html"


def _stored(item: Item) -> str:
    number = serial("attachment", item.id)
    return f"/attachment/0/{number // 10000}/{number}/{serial(item.id)}.{item.format}"


def _said(item: Item, file: File) -> str:
    return "附件下载" if file.host == "files" else f"{item.title}.{item.format}"


def _old_row(item: Item) -> str:
    link = f"{_path(item)}#{serial('fragment', item.body.id) % 1000}"
    return f'<li><a href="{link}">{escape(item.title)}</a> <span>{item.published:%Y-%m-%d}</span></li>'


def _page(title: str, content: str) -> str:
    return PAGE.substitute(title=escape(title), site=f"{COUNTY}人民政府", content=content)


def _html(text: str, status: int = 200) -> Answer:
    return Answer(text.encode(), "text/html; charset=UTF-8", status)

"""The county on TRS behind Fujian's avalon front end: ten static rows, the whole list by a search."""

import json
from collections.abc import Mapping
from datetime import date
from html import escape

from samples.county import COUNTY, DIVISION, Body
from samples.figures import dice
from samples.sites.files import File, Files
from samples.sites.items import Item, bodies, hexadecimal, items, listed, serial
from samples.sites.page import Answer, Host, Query, cut, template
from samples.sites.site import Column, Truth

EACH = 10
SHARED = ("government", "office")
HOME, BODIES = "/zwgk/zfxxgk/", "/zwgk/zfxxgk/dfbmptlj/"
ROBOTS = "User-agent: *\nDisallow: /was5/\n"

PAGE, LIST, ROW = template("fujian-page"), template("fujian-list"), template("fujian-row")
MENU, ARTICLE, DELETED = template("fujian-menu"), template("fujian-article"), template("fujian-deleted")


class Fujian:
    def __init__(self, bases: Mapping[Host, str]) -> None:
        self.bases = bases
        self.files = Files(bases, items(), _stored)
        traps = [trap for body in bodies() if _own(body) for trap in _traps(body)]
        self.pages = {_path(item): item for item in (*items(), *traps)}
        self.lists = {_column(body): _rows(body) for body in bodies() if _own(body)}
        self.lists[f"{HOME}zfxxgknb/"] = listed(*SHARED)
        self.channels = {_channel(column): column for column in self.lists}

    def columns(self) -> tuple[Column, ...]:
        www = self.bases["www"]
        own = (Column(www + _column(body), body.name) for body in bodies() if _own(body))
        return (Column(f"{www}{HOME}zfxxgknb/"), *own)

    def truth(self) -> Truth:
        return self.files.truth(self.pages)

    def answer(self, query: Query) -> Answer:
        if file := self.files.answer(query):
            return file
        if query.host == "files":
            return Answer(b"", None, 404)
        if query.path == "/robots.txt":
            return Answer(ROBOTS.encode(), "text/plain")
        if query.path == "/fjdzapp/search":
            return self._search(query)
        if query.path in self.pages:
            return self._article(self.pages[query.path])
        if query.path in self.lists:
            return self._list(query.path)
        return self._menu(query.path) or Answer(DELETED.substitute(to="../").encode(), "text/html")

    def _menu(self, path: str) -> Answer | None:
        """From the home page over 政务公开 to the county's column and the bodies, whose own menus are
        templates."""
        if path in ("/", "/index.html"):
            return _page(f"{COUNTY}人民政府", "<div class='banner'>山水砚澜欢迎您</div>")
        if path in ("/zwgk/", HOME):
            links = (("部门信息公开", BODIES), ("政府信息公开年报", f"{HOME}zfxxgknb/"))
            return _page("政府信息公开", _links(*links))
        if path == BODIES:
            return _page(
                "部门乡镇公开", _links(*((body.name, _home(body)) for body in bodies() if _own(body)))
            )
        named = {_home(body): body for body in bodies() if _own(body)}
        return _page(named[path].name, MENU.substitute(name=named[path].name)) if path in named else None

    def _list(self, path: str) -> Answer:
        """The oldest rows are only in the search's answer."""
        lines = "\n".join(_row(item, path) for item in self.lists[path][:EACH])
        text = LIST.substitute(rows=lines, channel=_channel(path), menu=MENU.substitute(name=""))
        return _page("政府信息公开年报", text, _channel(path))

    def _search(self, query: Query) -> Answer:
        column = self.channels.get(int(query.values["chnlid"]))
        if column is None or query.values.get("channelid") != "200210" or query.values.get("siteId") != "4":
            return Answer(b'{"result":"error"}', "application/json")
        rows, this, each = self.lists[column], int(query.values["page"]), int(query.values["prepage"])
        documents = [self._document(item) for item in rows[(this - 1) * each : this * each]]
        said = {"count": len(rows), "page": this, "docs": documents}
        return Answer(json.dumps(said, ensure_ascii=False).encode(), "text/html;charset=UTF-8")

    def _document(self, item: Item) -> dict[str, object]:
        url = self.bases["www"] + _path(item)
        return {
            "chnldocurl": url,
            "doctitle": item.title,
            "docreltime": f"{item.published:%Y-%m-%d} 00:00:00",
        }

    def _article(self, item: Item) -> Answer:
        """A PDF stands in a viewer above the text; other files are all that the page has."""
        file = self.files.of.get(item.id)
        content, facsimile = item.content(), ""
        if file and item.format == "pdf":
            facsimile = file.link
        elif file:
            content = f'<p><a href="{_link(file, item)}">{escape(_said(item))}</a></p>'
        source = dice(item.id, "source").choice((item.source, item.source, "", "1"))
        meta = f"{item.published:%Y-%m-%d} 00:00"
        text = ARTICLE.substitute(
            title=escape(item.title), source=source, day=meta, content=content, facsimile=facsimile,
            id=serial(item.id),
        )  # fmt: skip
        return _page(item.title, text, _channel(_path(item).rpartition("/")[0]))


def _rows(body: Body) -> tuple[Item, ...]:
    """The column's traps stand between its newest reports, and the row of a page that is deleted."""
    rows = list(listed(body.id))
    rows.insert(7, _deleted(body))
    for place, trap in enumerate(_traps(body)):
        rows.insert(2 + 3 * place, trap)
    return tuple(rows)


def _traps(body: Body) -> tuple[Item, ...]:
    titles = (
        (2019, f"{body.name}关于报送2019年政务公开工作要点落实情况的函"),
        (2017, f"{body.name}政府信息公开工作自查报告"),
    )
    says = ("现将有关情况报告如下，请审阅。",)
    return tuple(
        Item(f"trap-{body.id}-{year}", title, date(year, 9, 3), body, None, says) for year, title in titles
    )


def _deleted(body: Body) -> Item:
    return Item(f"deleted-{body.id}", f"{body.name}2007年政府信息公开工作年度报告", date(2008, 3, 28), body)


def _own(body: Body) -> bool:
    return body.id not in SHARED


def _home(body: Body) -> str:
    return f"{BODIES}{'ylxbm' if body.office else 'ylxxz'}/ylx{body.id}/"


def _column(body: Body) -> str:
    return f"{_home(body)}zfxxgknb/" if _own(body) else f"{HOME}zfxxgknb/"


def _channel(column: str) -> int:
    return serial("channel", column) % 10000


def _path(item: Item) -> str:
    day = item.published
    return f"{_column(item.body)}{day:%Y%m}/t{day:%Y%m%d}_{serial(item.id)}.htm"


def _stored(item: Item) -> str:
    folder = _path(item).rpartition("/")[0]
    return f"{folder}/attachments/{hexadecimal(item.id)}.{item.format}"


def _link(file: File, item: Item) -> str:
    folder = _path(item).rpartition("/")[0]
    return file.link.replace(folder, ".", 1) if file.link.startswith(folder) else file.link


def _said(item: Item) -> str:
    return dice(item.id, "said").choice(("点击下载", f"附件：{item.title}.{item.format}"))


def _row(item: Item, column: str) -> str:
    """Every third title has a blank in its year, and the whole of a long one only in its attribute."""
    title = item.title.replace("年", " 年", 1) if serial(item.id) % 3 == 0 else item.title
    link = "./" + _path(item).removeprefix(column)
    return ROW.substitute(
        link=link, title=escape(title), short=escape(cut(title, 20)), day=f"{item.published:%Y-%m-%d}"
    )


def _links(*links: tuple[str, str]) -> str:
    return "<ul>" + "".join(f'<li><a href="{to}">{escape(name)}</a></li>' for name, to in links) + "</ul>"


def _page(title: str, content: str, channel: int = 0) -> Answer:
    said = PAGE.substitute(title=escape(title), content=content, code=DIVISION, channel=channel)
    return Answer(said.encode(), "text/html; charset=utf-8")

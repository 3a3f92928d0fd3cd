"""A portal of Hanweb's other dialects: the module of annual reports, the script of 2014, ciphered columns."""

from collections.abc import Mapping
from html import escape
from math import ceil
from urllib.parse import quote

from samples.county import COUNTY, Body
from samples.sites.items import Item, bodies, hexadecimal, items, serial
from samples.sites.page import Answer, Host, Query, cut, template
from samples.sites.shelf import menu, shelf, text
from samples.sites.site import Column, Truth

SITE = f"{COUNTY}政府信息公开"
PAGE = template("jcms-page")
OLD = template("jcms-old")
CIPHERED = template("jcms-ciphered")
MODULE = "/module/xxgk/xxgkAnnualReport.jsp"
OLD_PROXY = "/module/jslib/jquery/jpage/dataproxy.jsp"
PROXY = "/module/jpage/dataproxy.jsp"
DOWNLOAD = "/module/download/downfile.jsp"
INDEX, EARLY, NEW = 30060, 30067, 30071
BY_SCRIPT = ("development", "education", "civil", "finance")
BY_CIPHER = ("market", "urban")
ROWS, GROUP = 7, 3


class Jcms:
    def __init__(self, bases: Mapping[Host, str]) -> None:
        self.bases = bases
        self.shelf = shelf(_page_of, _file_of)
        self.rows = {number: [item for item in items() if _column(item) == number] for number in (EARLY, NEW)}

    def columns(self) -> tuple[Column, ...]:
        return tuple(Column(f"{self.bases['www']}{_address(number)}") for number in (INDEX, EARLY, NEW))

    def truth(self) -> Truth:
        return self.shelf.truth(self.bases)

    def answer(self, query: Query) -> Answer:
        path, values = query.path, query.values
        if file := self.shelf.file(query):
            return file
        if path == MODULE:
            return self._module(values.get("area", ""), values.get("fbtime"))
        if path == DOWNLOAD:
            return Answer(b"", None, 302, location=f"/attach/0/{values.get('filename', '')}")
        if path == OLD_PROXY:
            start, end = int(values["startrecord"]), int(values["endrecord"])
            shown = self.rows[EARLY][start - 1 : min(end, start - 1 + GROUP * ROWS)]
            return Answer(_store(shown, len(self.rows[EARLY]), "").encode("gb18030"), "text/html")
        if path == PROXY:
            return self._ciphered(values)
        if item := self.shelf.pages.get(path):
            return _html(item.title, self._article(item))
        return self._page(path)

    def _page(self, path: str) -> Answer:
        if path == "/":
            return _html(SITE, menu(("政府信息公开", "/col/col30000/index.html"), ("政民互动", "/hd/")))
        if path == "/col/col30000/index.html":
            names = {INDEX: "政府信息公开年报", EARLY: "部门历年年报", NEW: "执法部门年报"}
            return _html("政府信息公开", menu(*((name, _address(number)) for number, name in names.items())))
        if path == _address(INDEX):
            links = ((body.name, f"{MODULE}?area={_area(body)}") for body in bodies() if _in_module(body))
            return _html("政府信息公开年报", menu(*links))
        if path == _address(EARLY):
            content = OLD.substitute(
                total=len(self.rows[EARLY]), rows=ROWS, group=GROUP, proxy=OLD_PROXY, number=EARLY, name=SITE
            )
            return _html("部门历年年报", content, encoding="gb18030")
        if path == _address(NEW):
            rows = self.rows[NEW]
            content = CIPHERED.substitute(total=len(rows), rows=ROWS, store=_store(rows[:ROWS], None, _on(2)))
            return _html("执法部门年报", content)
        return _html("提示信息", "<h3>您访问的页面不存在或已被删除</h3>")

    def _module(self, area: str, year: str | None) -> Answer:
        """Without a year it shows the newest."""
        own = {
            str(item.report.year): item
            for item in items()
            if item.report and _in_module(item.body) and _area(item.body) == area
        }
        item = own.get(year or max(own, default=""))
        if item is None:
            return _html("提示信息", "<h3>您访问的页面不存在或已被删除</h3>")
        years = menu(*((f"{year}年", _page_of(own[year])) for year in sorted(own, reverse=True)))
        return _html("政府信息公开年报", f"{years}{self._article(item)}")

    def _ciphered(self, values: Mapping[str, str]) -> Answer:
        """Beyond the last page, and for a name that it did not make, 54 bytes without a record."""
        page, rows = int(values["page"]), self.rows[NEW]
        if values["columnid"] != _cipher("column", page) or page > ceil(len(rows) / ROWS):
            empty = "<datastore><recordset></recordset></datastore>"
            return Answer(f"{empty:<54}".encode(), "text/html;charset=UTF-8")
        shown = rows[(page - 1) * ROWS : page * ROWS]
        on = _on(page + 1) if page * ROWS < len(rows) else ""
        return Answer(_store(shown, len(rows), on).encode(), "text/html;charset=UTF-8")

    def _article(self, item: Item) -> str:
        file = self.shelf.file_of(item)
        name = file[1].rpartition("/")[2] if file else ""
        link = f"{DOWNLOAD}?classid=-1&filename={quote(name)}"
        if file and file[0] == "files":
            link = self.bases["files"] + quote(file[1])
        head = (
            f"<tr><td>索引号:</td><td></td><td>公开形式:</td><td></td></tr><tr><td>文号:</td><td></td>"
            f"<td>公开时限:</td><td>长期公开</td></tr><tr><td>发布机构:</td><td>{escape(item.source)}</td>"
            f"<td>生成日期:</td><td>{item.published:%Y-%m-%d}</td></tr>"
        )
        shown = text(item, link if file else None)
        return f'<h1>{escape(item.title)}</h1><table>{head}</table><div id="zoom">{shown}</div>'


def _in_module(body: Body) -> bool:
    return body.id not in BY_SCRIPT and body.id not in BY_CIPHER


def _column(item: Item) -> int:
    """What is no report stands nowhere in the module."""
    if item.body.id in BY_CIPHER:
        return NEW
    return INDEX if item.report and _in_module(item.body) else EARLY


def _address(number: int) -> str:
    return f"/col/col{number}/index.html"


def _area(body: Body) -> str:
    """A code of 18 signs for the offices, the place in a tree for the townships."""
    number = serial("area", body.id)
    return f"11990121{number:09d}B" if body.office else f"00100800300{number % 1000:03d}"


def _page_of(item: Item) -> str:
    day = item.published
    if item.report and _in_module(item.body):
        return f"{MODULE}?area={_area(item.body)}&fbtime={item.report.year}"
    return f"/art/{day.year}/{day.month}/{day.day}/art_{_column(item)}_{serial('jcms', item.id)}.html"


def _file_of(item: Item) -> tuple[Host, str]:
    if _in_module(item.body):
        return "files", f"/年报/{item.title}.{item.format}"
    return "www", f"/attach/0/{hexadecimal(item.id)}.{item.format}"


def _cipher(word: str, page: int) -> str:
    """Another for each page, so that none can be made up."""
    return f"{hexadecimal(word, page)}+{hexadecimal(page, word)[:10]}=="


def _on(page: int) -> str:
    names = "&".join(f"{name}id={quote(_cipher(name, page))}" for name in ("column", "unit"))
    return f'<a href="{PROXY}?page={page}&appid=1&webid=8&path=/&{names}&permissiontype=0"></a>'


def _store(rows: list[Item], total: int | None, on: str) -> str:
    said = f"<totalrecord>{total}</totalrecord><totalpage>{ceil(total / ROWS)}</totalpage>" if total else ""
    group = f"<nextgroup><![CDATA[{on}]]></nextgroup>" if on else ""
    records = "".join(f"<record><![CDATA[{_record(item)}]]></record>" for item in rows)
    return f"<datastore>{said}{group}<recordset>{records}</recordset></datastore>"


def _record(item: Item) -> str:
    """Cells with a number that looks like a date, or lines with a stray tag."""
    number, day, title = serial("index", item.id), f"{item.published:%Y-%m-%d}", escape(item.title)
    if number % 2:
        index = f"{item.published.year}-02-{number % 100000:05d}"
        link = f"<a href='{_page_of(item)}' title='{title}'>{escape(cut(item.title, 20))}</a>"
        return f"<tr><td>{index}</td><td>{link}</td><td>{day}</td></tr>"
    link = f'<a href="{_page_of(item)}" title="{title}"><li style=<br/>{escape(cut(item.title, 20))}</a>'
    return f'<li>{link}<span class="time">\n  {day}\n </span></li>'


def _html(title: str, content: str, encoding: str = "utf-8") -> Answer:
    charset = "gb2312" if encoding == "gb18030" else encoding
    page = PAGE.substitute(title=escape(title), site=SITE, content=content, charset=charset)
    return Answer(page.encode(encoding), "text/html")

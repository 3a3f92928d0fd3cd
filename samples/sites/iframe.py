"""A portal of directories in frames, in GBK: links and rows written by script, a tree, an old search."""

from collections.abc import Mapping
from html import escape
from math import ceil

from samples.county import COUNTY, Body
from samples.figures import dice
from samples.sites.items import Item, bodies, hexadecimal, items, serial
from samples.sites.page import Answer, Host, Query, template
from samples.sites.shelf import menu, shelf, text
from samples.sites.site import Column, Truth

SITE = f"{COUNTY}政府信息公开"
PAGE = template("iframe-page")
DIRECTORY = template("iframe-directory")
ROW = template("iframe-row")
TREE = "/xzgk/tree.jsp"
SEARCH = "/gpi/Search.aspx"
SEARCHED = "政府信息公开年报"
# As a browser's `escape` writes it.
ESCAPED = "%u653F%u5E9C%u4FE1%u606F%u516C%u5F00%u5E74%u62A5"
ROWS = 6


class Iframe:
    def __init__(self, bases: Mapping[Host, str]) -> None:
        self.bases = bases
        self.shelf = shelf(_page_of, _file_of)
        self.lists = {_list_of(body): body for body in bodies()}

    def columns(self) -> tuple[Column, ...]:
        base = self.bases["www"]
        own = [Column(f"{base}/zfxxgk/{body.id}/", body.name) for body in bodies() if _framed(body)]
        return (*own, Column(base + TREE), Column(f"{base}{SEARCH}?columnName={ESCAPED}"))

    def truth(self) -> Truth:
        return self.shelf.truth(self.bases)

    def answer(self, query: Query) -> Answer:
        path = query.path
        if file := self.shelf.file(query, "gb18030"):
            return file
        if path == "/xzgk/down.jsp":
            return Answer(b"", None, 302, location=f"{self.bases['files']}/{query.values.get('f', '')}")
        address = f"{path}?id={query.values['id']}" if "id" in query.values else path
        if item := self.shelf.pages.get(address):
            return _html(item.title, self._article(item))
        if path == SEARCH and query.values.get("columnName") == ESCAPED:
            return _html(SEARCHED, _searched(int(query.values.get("page", "1"))))
        if path == "/xzgk/list.jsp":
            return _html("年报", self._of_tree(query.values.get("cid", "")))
        return self._page(path) or _html("错误", "<p>文件不存在</p>", 404)

    def _page(self, path: str) -> Answer | None:
        if path in ("/", "/index.shtml"):
            return _html(SITE, menu(("政府信息公开", "/zfxxgk/"), ("便民服务", "/bmfw/")))
        if path == "/zfxxgk/":
            return _html("政府信息公开", _departments())
        if path == TREE:
            return _html("乡镇信息公开", _tree())
        if path == "/gpi/":
            return _html("信息公开目录", _old())
        for body in bodies():
            if path == f"/zfxxgk/{body.id}/":
                return _html(body.name, DIRECTORY.substitute(name=body.name))
        stem, _, number = path.removesuffix(".shtml").partition("index_bm")
        of = self.lists.get(f"{stem}index_bm.shtml")
        page = int(number.lstrip("_") or 0)
        return _html("年报", _listed(of, page)) if of is not None and _framed(of) else None

    def _of_tree(self, cid: str) -> str:
        (body,) = [body for body in bodies() if str(serial(body.id)) == cid]
        lines = (
            f'<li><a href="{_page_of(item)}">{escape(item.title)}</a> ({item.published:%Y/%m/%d})</li>'
            for item in items()
            if item.body.id == body.id
        )
        return f"<ul>{''.join(lines)}</ul>"

    def _article(self, item: Item) -> str:
        host, path = self.shelf.file_of(item) or ("www", "")
        link = f"/xzgk/down.jsp?f={path.lstrip('/')}" if host == "files" else path.rpartition("/")[2]
        shown = text(item, link if path else None)
        return f'<h1>{escape(item.title)}</h1><div class="article_content">{shown}</div>'


def _framed(body: Body) -> bool:
    return body.office and body.id != "office"


def _page_of(item: Item) -> str:
    number, day = serial("iframe", item.id), item.published
    if item.body.id == "office":
        return f"/gpi/Detail.aspx?id={number}"
    if not item.body.office:
        return f"/xzgk/show.jsp?id={number}"
    if number % 5 == 0:
        return f"/ztzl/{day:%Y%m}/c{number}.shtml"
    return f"/zfxxgk/{item.body.id}/nb/{day:%Y%m}/t{day:%Y%m%d}_{number}.shtml"


def _file_of(item: Item) -> tuple[Host, str]:
    """Beside the page, with a Chinese name in the old system, on the other host for the townships."""
    if not item.body.office:
        return "files", f"/{hexadecimal(item.id)}.{item.format}"
    folder = _page_of(item).rpartition("/")[0]
    name = item.title if item.body.id == "office" else f"P0{item.published:%Y%m%d}{serial(item.id)}"
    return "www", f"{folder}/{name}.{item.format}"


def _list_of(body: Body) -> str:
    return f"/zfxxgk/{body.id}/nb/index_bm.shtml"


def _listed(body: Body, page: int) -> str:
    own = [item for item in items() if item.body.id == body.id]
    rows = "\n".join(_row(item, _list_of(body)) for item in own[page * ROWS : (page + 1) * ROWS])
    count = ceil(len(own) / ROWS)
    return (
        f"<script>var countPage = {count}//共多少页\nvar currentPage = {page};</script><table>{rows}</table>"
    )


def _row(item: Item, list: str) -> str:
    """Where the page stands elsewhere, strLink says where, and the link beside it leads nowhere."""
    path = _page_of(item)
    near = path.startswith(list.rpartition("/")[0])
    link = f"./{path.removeprefix(list.rpartition('/')[0] + '/')}" if near else "./0.shtml"
    colour = dice(item.id, "row").choice(("odd", "even"))
    return ROW.substitute(
        external="" if near else path,
        link=link,
        title=escape(item.title),
        day=f"{item.published:%Y-%m-%d}",
        colour=colour,
    )


def _searched(page: int) -> str:
    own = [item for item in items() if item.body.id == "office"]
    rows = "".join(
        f'<tr><td><a href="{_page_of(item).rpartition("/")[2]}">{escape(item.title)}</a></td>'
        f"<td>{item.published:%Y-%m-%d}</td></tr>"
        for item in own[(page - 1) * ROWS : page * ROWS]
    )
    last = page * ROWS >= len(own)
    on = "下一页" if last else f'<a href="Search.aspx?columnName={ESCAPED}&page={page + 1}">下一页</a>'
    return f"<table>{rows}</table><p>第{page}页 {on}</p>"


def _departments() -> str:
    links = [(body.name, f"/zfxxgk/{body.id}/") for body in bodies() if _framed(body)]
    return f'<div class="zdlyList">{menu(*links)}</div>' + menu(("乡镇", TREE), ("办公室旧目录", "/gpi/"))


def _tree() -> str:
    nodes = []
    for number, body in enumerate((body for body in bodies() if not body.office), 1):
        nodes.append(f'{{id:{number}, pId:0, name:"{body.name}", open:true}}')
        for digit, name, address in ((1, "政府信息公开指南", "zn"), (2, "政府信息公开年报", "list")):
            url = f"{address}.jsp?cid={serial(body.id)}"
            who = f'id:{number}{digit}, pId:{number}, name:"{name}"'
            nodes.append(f'{{{who}, url:"{url}", target:"listFrame"}}')
    made = ",\n".join(nodes)
    frame = '<ul id="tree" class="ztree"></ul><iframe name="listFrame" src="zn.jsp"></iframe>'
    return f"<script>\nvar zNodes=[\n{made}\n];\n$.fn.zTree.init($('#tree'), {{}}, zNodes);</script>{frame}"


def _old() -> str:
    names = ("政府信息公开指南", "命令", SEARCHED)
    lines = "".join(
        f"<li onclick=\"window.frames['r'].location='Search.aspx?columnName='+escape('{name}')\">{name}</li>"
        for name in names
    )
    return f'<ul>{lines}</ul><iframe name="r"></iframe>'


def _html(title: str, content: str, status: int = 200) -> Answer:
    page = PAGE.substitute(title=escape(title), site=SITE, content=content)
    return Answer(page.encode("gb18030"), "text/html", status)

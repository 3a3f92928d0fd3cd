"""A portal put together from columns of five makes, with nothing in common but that their rows are links."""

from collections.abc import Mapping
from html import escape
from math import ceil
from urllib.parse import quote, urlencode

from samples.county import COUNTY
from samples.sites.items import Item, bodies, hexadecimal, items, serial
from samples.sites.page import Answer, Host, Query, cut, template
from samples.sites.shelf import menu, shelf, text
from samples.sites.site import Column, Truth

SITE = f"{COUNTY}人民政府"
PAGE = template("generic-page")

# Each make of column: its address, its bodies, rows a page.
DOWN = ("/xxgk/zfxxgknb.htm", ("government", "office"), 5)
BY_YEAR = ("/gk/bmnb/", ("development", "education"), 99)
NUMBERED = ("/InfoPublic.aspx?cid=1019&pid=971", ("civil", "finance"), 6)
BY_BODY = ("/xznb/index.html", tuple(body.id for body in bodies() if not body.office), 4)
DATELESS = ("/bmxx/list_174.html", ("market", "urban"), 7)
MAKES = (DOWN, BY_YEAR, NUMBERED, BY_BODY, DATELESS)


class Generic:
    def __init__(self, bases: Mapping[Host, str]) -> None:
        self.bases = bases
        self.shelf = shelf(_page_of, _file_of)

    def columns(self) -> tuple[Column, ...]:
        return tuple(Column(self.bases["www"] + address) for address, _, _ in MAKES)

    def truth(self) -> Truth:
        return self.shelf.truth(self.bases)

    def answer(self, query: Query) -> Answer:
        if file := self.shelf.file(query, "gb18030"):
            return file
        if query.path == "/system/_content/download.jsp":
            return Answer(b"", None, 302, location=quote(f"/__local/{query.values.get('wbfileid', '')}"))
        page = query.values.pop("page", "1")
        address = f"{query.path}?{urlencode(query.values)}" if query.values else query.path
        if item := self.shelf.pages.get(address):
            return _html(item.title, self._article(item), item.body.id)
        if address == "/":
            return _html(SITE, menu(("政务公开", "/xxgk/"), ("营商环境", "/yshj/")))
        if address == "/xxgk/":
            return _html("政务公开", _tree())
        return _column(address, page) or _html("404", "<p>您访问的页面不存在</p>", status=404)

    def _article(self, item: Item) -> str:
        host, path = self.shelf.file_of(item) or ("www", "")
        link = self.bases["files"] + quote(path) if host == "files" else path
        if path.startswith("/__local/"):
            link = f"/system/_content/download.jsp?urltype=news&owner=7&wbfileid={path.rpartition('/')[2]}"
        shown = text(item, link if path else None)
        return f'<h1>{escape(item.title)}</h1><div id="vsb_content">{shown}</div>'


def _column(address: str, page: str) -> Answer | None:
    for make in (_down, _by_year, _numbered, _by_body, _dateless):
        content = make(address, page)
        if content is not None:
            return _html("政府信息公开年报", content, "market" if make is _dateless else "government")
    return None


def _down(address: str, _: str) -> str | None:
    """The first page has no number, the second the highest but one."""
    own, pages = _of(DOWN)
    stem = DOWN[0].removesuffix(".htm")
    numbers = [f"{stem}/{pages - place}.htm" for place in range(1, pages)]
    addresses = [DOWN[0], *numbers]
    if address not in addresses:
        return None
    at = addresses.index(address)
    lines = "".join(f"<li>{_link(item)}<span>{item.published:%Y-%m-%d}</span></li>" for item in own[at])
    on = "".join(f'<a href="{to}">{name}</a> ' for name, to in _around(addresses, at))
    return f"<ul>{lines}</ul><div>共{pages}页 {on}</div>"


def _around(addresses: list[str], at: int) -> list[tuple[str, str]]:
    last = len(addresses) - 1
    before = [("首页", addresses[0]), ("上页", addresses[at - 1])] if at else []
    return before + ([("下页", addresses[at + 1]), ("尾页", addresses[last])] if at < last else [])


def _by_year(address: str, _: str) -> str | None:
    """Links to the years, and in the newest a table without days."""
    own = [item for page in _of(BY_YEAR)[0] for item in page]
    years = sorted({_year(item) for item in own}, reverse=True)
    named = menu(*((f"{year}年", f"{BY_YEAR[0]}{year}/") for year in years))
    if address == BY_YEAR[0]:
        return named
    for year in years:
        if address == f"{BY_YEAR[0]}{year}/":
            cells = "".join(f"<tr><td>{_link(item)}</td></tr>" for item in own if _year(item) == year)
            return f"{named}<table>{cells}</table>"
    return None


def _numbered(address: str, page: str) -> str | None:
    """The pages are numbers, and none of them is called the next."""
    if address != NUMBERED[0]:
        return None
    own, pages = _of(NUMBERED)
    rows = "".join(f"<p>{_link(item)}[{item.published:%m-%d}]</p>" for item in own[int(page) - 1])
    numbers = (
        f"<b>{number}</b> " if number == int(page) else f'<a href="{NUMBERED[0]}&page={number}">{number}</a> '
        for number in range(1, pages + 1)
    )  # fmt: skip
    return f"{rows}<div>{''.join(numbers)}</div>"


def _by_body(address: str, _: str) -> str | None:
    """Lines and buttons that open their address by script."""
    if address == BY_BODY[0]:
        return menu(*((_short(id), f"{id}/") for id in BY_BODY[1]))
    for id in BY_BODY[1]:
        own = [item for item in items() if item.body.id == id]
        pages = ceil(len(own) / BY_BODY[2])
        names = [f"/xznb/{id}/", *(f"/xznb/{id}/index_{page}.html" for page in range(1, pages))]
        if address in names:
            at = names.index(address)
            lines = "".join(map(_opened, own[at * BY_BODY[2] : (at + 1) * BY_BODY[2]]))
            on = f"location.href='index_{at + 1}.html'"
            button = f'<span onclick="{on}">下一页</span>' if at + 1 < pages else "<span>下一页</span>"
            return f"<ul>{lines}</ul><div>{button}</div>"
    return None


def _dateless(address: str, _: str) -> str | None:
    """No days, and of the other pages only the last is linked."""
    own, pages = _of(DATELESS)
    names = [DATELESS[0], *(f"/bmxx/list_174_{page}.html" for page in range(2, pages + 1))]
    if address not in names:
        return None
    at = names.index(address)
    lines = "".join(f"<dl><dt>{_link(item)}</dt></dl>" for item in own[at])
    return f'{lines}<div>页次：{at + 1}/{pages}页 <a href="{names[-1]}">尾页</a></div>'


def _of(make: tuple[str, tuple[str, ...], int]) -> tuple[list[list[Item]], int]:
    """Its items page by page, and how many pages that are."""
    _, ids, each = make
    own = [item for item in items() if item.body.id in ids]
    pages = ceil(len(own) / each)
    return [own[page * each : (page + 1) * each] for page in range(pages)], pages


def _link(item: Item) -> str:
    return (
        f'<a href="{escape(_page_of(item))}" title="{escape(item.title)}">{escape(cut(item.title, 25))}</a>'
    )


def _opened(item: Item) -> str:
    name = f"{item.published:%Y%m}/{_page_of(item).rpartition('/')[2]}"
    title = escape(item.title)
    return f"<li onclick=\"jumpToDetail('./{name}')\"><b>{title}</b> <i>{item.published:%Y-%m-%d}</i></li>"


def _year(item: Item) -> int:
    return item.report.year if item.report else item.published.year


def _short(id: str) -> str:
    return next(body.name for body in bodies() if body.id == id).removeprefix(COUNTY)


def _page_of(item: Item) -> str:
    number, day = serial("generic", item.id), item.published
    if item.body.id in DOWN[1]:
        return f"/info/1025/{number}.htm"
    if item.body.id in BY_YEAR[1]:
        return f"{BY_YEAR[0]}{_year(item)}/175331168861{number}.html"
    if item.body.id in NUMBERED[1]:
        return f"/htqzfxxgk/zfxxgkndbg/{day:%Y%m%d}/{number}.html"
    if item.body.id in BY_BODY[1]:
        return f"/xznb/{item.body.id}/{day:%Y%m}/t{number}.html"
    return f"/e/action/ShowInfo.php?classid=174&id={number}&tempid=14"


def _file_of(item: Item) -> tuple[Host, str]:
    if item.body.id in DOWN[1]:
        return "www", f"/__local/{hexadecimal(item.id)}.{item.format}"
    if item.body.id in DATELESS[1]:
        return "files", f"/d/file/{item.published:%Y-%m-%d}/{item.title}.{item.format}"
    return "www", f"/upload/{item.published:%Y%m}/{hexadecimal(item.id)}.{item.format}"


def _tree() -> str:
    names = ("政府信息公开年报", "部门年报", "民政财政年报", "乡镇年报", "执法部门年报")
    links = zip(names, (escape(address) for address, _, _ in MAKES), strict=True)
    return menu(("政府信息公开指南", "/xxgk/zn.htm"), *links)


def _html(title: str, content: str, of: str = "government", status: int = 200) -> Answer:
    """Two of the makes are in GBK."""
    encoding = "gb18030" if of in (*DOWN[1], *DATELESS[1]) else "utf-8"
    charset = "gb2312" if encoding == "gb18030" else encoding
    page = PAGE.substitute(title=escape(title), site=SITE, content=content, charset=charset)
    return Answer(page.encode(encoding), "text/html", status)

"""Any column whose rows are links: for portals of software that no other adapter knows."""

import re
from collections.abc import Iterator
from urllib.parse import urlsplit

from parsel import Selector

from crawler.cms.attachments import attachments
from crawler.cms.dialects import dialect
from crawler.cms.family import Ask, Attachment, Lead, Listing, Row, link_title, printed_date
from crawler.cms.following import address_of, following
from crawler.links import judge
from crawler.page import Page, visible

_LINE = "(ancestor-or-self::*[self::li or self::tr or self::dl or self::dd or self::p])[last()]"
_YEAR = re.compile(r"(19|20)\d\d年?度?")
_GROUPS = re.compile(
    r"[县市区镇乡]?(政府|直|级|各)?(部门|单位|乡镇|镇街|街道|本级|历年|办事处)+(政府)?((政务)?信息公开)?(工作)?(年报|年度报告)?"
)
_NO_COLUMN = re.compile(r"\d+|[上下前后首尾末]一?[页頁].*|更多.*|返回.*|[>»›<«]*")
_INDEX = re.compile(r"(index|default)\.\w+$", re.IGNORECASE)
_ENDING = re.compile(r"\.(s?html?|jsp|aspx?|php)$", re.IGNORECASE)
_NAMED = re.compile(r"/[a-z][\w-]*\.s?html?$", re.IGNORECASE)
_SCRIPTED = re.compile(
    r"""createPageHTML\(\s*(?:['"][\w-]+['"]\s*,\s*)?([2-9]|\d\d+)\s*,|\.jpage\(\s*\{|\bunitUrl="""
)


class Generic:
    def recognised(self, page: Page) -> str | None:  # noqa: ARG002 - it is what is left
        return None

    def leads(self, page: Page) -> tuple[Lead, ...]:
        """Columns behind a script that opens their address."""
        found: dict[str, str] = {}
        for element in page.root.css("[onclick]"):
            address, title = address_of(element), link_title(element)
            if address and re.search(r"年报|年度报告", title) and not dialect(page.join(address)):
                found.setdefault(page.join(address), title)
        return tuple(Lead(url, title) for url, title in found.items())

    def listing(self, page: Page, column: str) -> Listing:
        sorted = list(_sorted(page, column))
        rows = tuple({item.url: item for item in sorted if isinstance(item, Row)}.values())
        columns = tuple({item.url: item for item in sorted if isinstance(item, Lead)}.values())
        url, signal = following(page, column)
        if url is None and signal is None and (script := _SCRIPTED.search(page.text)):
            signal = f"its list goes on by a script of another family ({script[0]})"
        signals = [] if rows or columns else ["no rows and no columns below where a list is due"]
        if url and columns and not rows:
            signals.append(f"goes on at {url} without rows of its own; only its columns below are read")
        asks = (Ask(url),) if url and rows else ()
        return Listing(rows, asks, None, (*signals, *filter(None, [signal])), columns)

    def article(self, page: Page) -> tuple[Attachment, ...]:
        return attachments(page)


def _sorted(page: Page, column: str) -> Iterator[Row | Lead]:
    for element in page.root.css("a[href], [onclick]"):
        address, title = address_of(element), link_title(element)
        if address is None or not title:
            continue
        url = page.join(address)
        if url not in (page.url, column) and (item := _item(element, url, title, column)):
            yield item


def _item(element: Selector, url: str, title: str, column: str) -> Row | Lead | None:
    """A row, a column one level below, or neither: menus, pagers and what is further away."""
    shaped, date = dialect(url), _date_beside(element)
    title = title.removesuffix(date or "").strip()
    bare = "".join(title.split())
    if _YEAR.fullmatch(bare) and shaped and not url.endswith(("/", "index.html")):
        return Row(url, title, date, sure=True)
    if _YEAR.fullmatch(bare) or _GROUPS.fullmatch(bare):
        return Lead(url, title) if _near(url, column) else None
    if _NO_COLUMN.fullmatch(bare):
        return None
    if date or shaped:
        return Row(url, title, date)
    path, link = _INDEX.sub("", urlsplit(url).path), judge(title, url)
    names_report = link.verdict in ("report", "doubtful") and link.year is not None
    if _below(url, column) and (path.endswith("/") or (_NAMED.search(path) and not names_report)):
        return Lead(url, title)
    return Row(url, title, None) if names_report else None


def _date_beside(element: Selector) -> str | None:
    """In its line, where it is the only link of it; a line may be the link itself."""
    lines = element.xpath(_LINE)
    if not lines or len(lines[0].xpath("descendant-or-self::*[@href or @onclick]")) != 1:
        return None
    text, own = visible(lines[0]), visible(element)
    return printed_date(text if text == own else text.replace(own, " ", 1))


def _own(column: str) -> str:
    """The folder of the column: of `/nb.htm` it is `/nb/`."""
    path = _ENDING.sub("/", _INDEX.sub("", urlsplit(column).path))
    return path if path.endswith("/") else f"{path}/"


def _below(url: str, column: str) -> bool:
    """In the column's folder; a column that is the portal's root has none."""
    here, there, own = urlsplit(column), urlsplit(url), _own(column)
    return there.netloc == here.netloc and own != "/" and there.path.startswith(own) and there.path != own


def _near(url: str, column: str) -> bool:
    """In the column's folder or beside it, or the same page asked for something else."""
    here, there = urlsplit(column), urlsplit(url)
    beside = _own(column).rstrip("/").rpartition("/")[0]
    return there.netloc == here.netloc and (
        there.path == here.path or (bool(beside) and there.path.startswith(f"{beside}/"))
        or _below(url, column)
    )  # fmt: skip

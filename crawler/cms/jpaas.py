"""Hanweb jpaas-publish-server: a list unit in the column page, which goes on as JSON with HTML in it."""

import json
import re
from urllib.parse import parse_qs, parse_qsl, urlencode, urljoin, urlsplit

from parsel import Selector

from crawler.cms.attachments import attachments
from crawler.cms.family import Ask, Attachment, Lead, Listing, Row
from crawler.cms.rows import article_rows
from crawler.page import Page
from crawler.page import page as page_of

_UNIT = "//*[@uniturl and @querydata and @count]"
_PARAMETER = re.compile(r"['\"]?(\w+)['\"]?\s*:\s*['\"]([^'\"]*)['\"]")
_ARTICLE = re.compile(r"/art/\d{4}/(\d+/\d+/art_\d+_\d+|art_[0-9a-f-]{32,36})\.html$", re.IGNORECASE)
# The publisher's own spelling.
_ALWAYS = {"parseType": "bulidstatic", "pageType": "column", "editType": "null"}


class Jpaas:
    def recognised(self, page: Page) -> str | None:
        units = page.root.xpath("//*[@uniturl and @querydata]/@uniturl").getall()
        return f"a list unit that goes on at {units[0]}" if units else None

    def leads(self, page: Page) -> tuple[Lead, ...]:  # noqa: ARG002 - its columns are ordinary links
        return ()

    def listing(self, page: Page, column: str) -> Listing:
        if not page.text.lstrip().startswith("{"):
            return _listing(page, column, page.url)
        try:
            html = json.loads(page.text)["data"]["html"]
        except (ValueError, KeyError, TypeError):
            return Listing((), signals=("no JSON with data.html where the list should go on",))
        fragment = page_of(column, (html or "").encode())
        return _listing(fragment, column, page.url)

    def article(self, page: Page) -> tuple[Attachment, ...]:
        return attachments(page)


def _listing(page: Page, column: str, url: str) -> Listing:
    """`url` is what was asked for, which names a page of the list or is the column page."""
    asked = _asked(url)
    rows = article_rows(page, _ARTICLE)
    units = page.root.xpath(_UNIT)
    total = sum(_number(unit, "count") or 0 for unit in units) or None
    if asked is not None and any(_number(unit, "pageno") not in (None, asked) for unit in units):
        says = f"page {asked} of the list was asked for, and the answer is another; the list was left here"
        return Listing(rows, (), total, (says,))
    if asked is not None and not units:
        return _bare(rows, asked, url)
    shown = asked if asked is not None else 1 if rows else 0
    next = tuple(_ask(unit, shown + 1, column) for unit in units if _goes_on(unit, shown))
    signals = () if rows or (asked is None and next) else ("no rows where a list is due",)
    return Listing(rows, next, total, signals)


def _bare(rows: tuple[Row, ...], asked: int, url: str) -> Listing:
    """An answer without its unit goes on while it is full; that the rest is there the column's count says."""
    values = dict(parse_qsl(urlsplit(url).query))
    each = values.get("rows", "")
    if not rows or not each.isdecimal() or len(rows) < int(each):
        return Listing(rows, signals=("no rows where a list is due",) if not rows and asked == 1 else ())
    values |= _numbered(asked + 1, int(each))
    return Listing(rows, (Ask(f"{url.partition('?')[0]}?{urlencode(values)}"),))


def _goes_on(unit: Selector, shown: int) -> bool:
    count, each = _number(unit, "count") or 0, _number(unit, "rows") or 0
    return count > shown * each


def _ask(unit: Selector, number: int, column: str) -> Ask:
    own = dict(_PARAMETER.findall(unit.attrib["querydata"]))
    values = _ALWAYS | own | _numbered(number, _number(unit, "rows") or 0)
    return Ask(f"{urljoin(column, unit.attrib['uniturl'])}?{urlencode(values)}")


def _numbered(number: int, each: int) -> dict[str, str]:
    """Servers differ in where they look for the number: plain, or in JSON."""
    as_json = f'{{"pageNo":{number},"pageSize":{each}}}'
    return {"rows": str(each), "pageNo": str(number), "paramJson": as_json}


def _asked(url: str) -> int | None:
    said = parse_qs(urlsplit(url).query).get("pageNo", [""])[0]
    return int(said) if said.isdecimal() else None


def _number(unit: Selector, name: str) -> int | None:
    said = unit.attrib.get(name, "")
    return int(said) if said.isdecimal() else None

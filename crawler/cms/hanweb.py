"""Hanweb jcms/jpaas: the list is a datastore in the column page, and goes on at dataproxy.jsp."""

import re
from html import unescape
from urllib.parse import parse_qsl, urlencode, urljoin, urlsplit

from parsel import Selector

from crawler.cms.attachments import attachments
from crawler.cms.family import MOST, Ask, Attachment, Lead, Listing, Row, is_link, link_title, printed_date
from crawler.page import Page, visible

_STORE = re.compile(r"<datastore>(.*?)</datastore>", re.DOTALL | re.IGNORECASE)
_RECORD = re.compile(r"<record>\s*(?:<!\[CDATA\[)?(.*?)(?:\]\]>)?\s*</record>", re.DOTALL | re.IGNORECASE)
_GOES_ON = re.compile(r"<nextgroup>.*?href=[\"']([^\"']+)[\"'].*?</nextgroup>", re.DOTALL | re.IGNORECASE)
_TOTAL = re.compile(r"<totalrecord>\s*(\d{1,9})", re.IGNORECASE)
_CALL = re.compile(r"\.jpage\(\s*\{(.*?)\}\s*\)", re.DOTALL)
_NUMBER = r"\b{}\s*:\s*['\"]?(\d{{1,9}})"
_PROXY = re.compile(r"\bproxyUrl\s*:\s*['\"]([^'\"]+)")
_PARAMETERS = re.compile(r"\bajaxParam\s*:\s*\{([^}]*)\}", re.DOTALL)
_PARAMETER = re.compile(r"(\w+)\s*:\s*(?:'([^']*)'|\"([^\"]*)\"|([^,'\"\s]+))")
_MODULE = re.compile(r"/xxgkAnnualReport\.jsp$", re.IGNORECASE)


class Hanweb:
    def recognised(self, page: Page) -> str | None:
        if _STORE.search(page.text):
            return "a <datastore> with the rows of a list"
        if call := _CALL.search(page.text):
            return f"the script call {call[0][:40]}"
        links = [link.attrib["href"].strip() for link, _ in _of_module(page)]
        return f"the module of annual reports at {links[0]}" if links else None

    def leads(self, page: Page) -> tuple[Lead, ...]:  # noqa: ARG002 - its columns are ordinary links
        return ()

    def listing(self, page: Page, column: str) -> Listing:
        calls = _CALL.findall(page.text)
        if not calls and (module := _of_module(page)):
            return _module(page, module)
        stores = _stores(page)
        rows = tuple(row for store in stores for row in _rows(store, column))
        asks = _next(page, stores, calls, len(rows)) if rows or calls else ()
        signals: tuple[str, ...] = ()
        if not rows and not asks:
            lacks = "records in the datastore where rows are" if stores else "datastore where a list is"
            signals = (f"no {lacks} due",)
        return Listing(rows, asks, _total(stores, calls), signals)

    def article(self, page: Page) -> tuple[Attachment, ...]:
        return attachments(page)


def _stores(page: Page) -> list[str]:
    """Older scripts keep the records in a string of their own, where slashes and quotes are escaped."""
    bare = re.sub(r"\\([/'\"])", r"\1", page.text)
    return _STORE.findall(page.text) or ([bare] if _RECORD.search(bare) else [])


def _of_module(page: Page) -> list[tuple[Selector, dict[str, str]]]:
    """Links to the module of annual reports, with what they ask of it."""
    links = [(link, urlsplit(page.join(link.attrib["href"]))) for link in page.root.css("a[href]")]
    return [(link, dict(parse_qsl(parts.query))) for link, parts in links if _MODULE.search(parts.path)]


def _module(page: Page, links: list[tuple[Selector, dict[str, str]]]) -> Listing:
    """A body and a year is a report; a body alone is a list of its years."""
    rows: dict[str, Row] = {}
    columns: dict[str, Lead] = {}
    for link, asked in links:
        url, title = page.join(link.attrib["href"]), link_title(link)
        if asked.get("fbtime"):
            rows.setdefault(url, Row(url, title or asked["fbtime"], None, sure=True))
        elif asked.get("area") and url != page.url:
            columns.setdefault(url, Lead(url, title))
    signals = () if rows or columns else ("a module of annual reports without bodies and years",)
    return Listing(tuple(rows.values()), signals=signals, columns=tuple(columns.values()))


def _rows(store: str, column: str) -> list[Row]:
    rows = (_row(record, column) for record in _RECORD.findall(store))
    return [row for row in rows if row is not None]


def _row(record: str, column: str) -> Row | None:
    """Records are put into the column page by its script, so their links are relative to that page."""
    root = Selector(text=record or " ", type="html")
    for link in root.css("a[href]"):
        href, title = link.attrib["href"], link_title(link)
        if is_link(href) and title:
            date = printed_date(visible(root).replace(visible(link), " ", 1)) or printed_date(visible(link))
            return Row(urljoin(column, href.strip()), title, date)
    return None


def _next(page: Page, stores: list[str], calls: list[str], had: int) -> tuple[Ask, ...]:
    """By record numbers where the page's script says how to ask, else where the datastore points."""
    if len(calls) == 1 and (asks := _by_number(page, calls[0], had)):
        return asks
    links = (unescape(link) for store in stores for link in _GOES_ON.findall(store))
    return tuple(Ask(urljoin(page.url, link)) for link in links)


def _by_number(page: Page, call: str, had: int) -> tuple[Ask, ...]:
    proxy, parameters = _PROXY.search(call), _PARAMETERS.search(call)
    total, each = _number("totalRecord", call), _number("perPage", call)
    if proxy is None or parameters is None or total is None or not each:
        return ()
    form = urlencode({name: a or b or c for name, a, b, c in _PARAMETER.findall(parameters[1])})
    step = each * (_number("groupSize", call) or 1)
    return tuple(
        Ask(_group(page, proxy[1], start, min(start + step - 1, total), each), form)
        for start in range(had + 1, total + 1, step)[:MOST]
    )


def _group(page: Page, proxy: str, start: int, end: int, each: int) -> str:
    query = urlencode({"startrecord": start, "endrecord": end, "perpage": each})
    return urljoin(page.url, f"{proxy}?{query}")


def _number(name: str, call: str) -> int | None:
    found = re.search(_NUMBER.format(name), call)
    return int(found[1]) if found else None


def _total(stores: list[str], calls: list[str]) -> int | None:
    said = [int(total) for store in stores for total in _TOTAL.findall(store)]
    said = said or [total for call in calls if (total := _number("totalRecord", call)) is not None]
    return sum(said) if said else None

"""UCAP (开普云): static lists whose second page is `_2.shtml`, or lists that a script asks for as JSON."""

import re
from urllib.parse import parse_qsl, urlencode, urljoin, urlsplit

from crawler.cms.attachments import attachments
from crawler.cms.calls import from_one
from crawler.cms.family import Ask, Attachment, Lead, Listing, Row, is_link, printed_date
from crawler.cms.jsons import answered, at, entries, number, words
from crawler.cms.rows import article_rows
from crawler.page import Page

_ARTICLE = re.compile(r"/\d{6}/([0-9a-f]{32}|c\d\d_\d+)\.shtml$")
_ELEMENT = re.compile(r"<ucap(title|content)\b", re.IGNORECASE)
_SEARCH = re.compile(r"/common/search/([0-9a-f]{32})\b")
_CHANNEL = re.compile(
    r"\bchannel_?id\b['\"]?\s*(?:[:=]|content=|value=)\s*['\"]([0-9a-f]{32})['\"]", re.IGNORECASE
)
_ASKED = {"page": "1", "_pageSize": "15", "_isAgg": "true", "_isJson": "true", "_template": "index"}


class Ucap:
    def recognised(self, page: Page) -> str | None:
        if element := _ELEMENT.search(page.text):
            return f"the element {element[0]}>"
        if "/common/search/" in page.text and "_isJson" in page.text:
            return "a script that asks /common/search/ with _isJson"
        pager = from_one(page.text)
        if pager and pager.place == "page_div":
            return f"the pager {pager.call}"
        links = [link for link in page.root.css("a::attr(href)").getall() if _ARTICLE.search(link)]
        return f"addresses such as {links[0]}" if len(links) >= 2 else None

    def leads(self, page: Page) -> tuple[Lead, ...]:  # noqa: ARG002 - its columns are ordinary links
        return ()

    def listing(self, page: Page, column: str) -> Listing:
        if "_isJson" in urlsplit(page.url).query:
            return _answer(page, column)
        rows, pager = article_rows(page, _ARTICLE), from_one(page.text)
        if not rows and (channel := _channel(page)):
            return Listing((), (_ask(page, channel),))
        signals = () if rows else ("no rows where a list is due",)
        return Listing(rows, pager.asks(column) if pager else (), pager.total if pager else None, signals)

    def article(self, page: Page) -> tuple[Attachment, ...]:
        return attachments(page)


def _channel(page: Page) -> str | None:
    """A list that its script fills names its channel in the address it asks, or in a variable."""
    named = _SEARCH.search(page.text) or _CHANNEL.search(page.text)
    return named[1] if named else None


def _ask(page: Page, channel: str) -> Ask:
    return Ask(urljoin(page.url, f"/common/search/{channel}?{urlencode(_ASKED)}"))


def _answer(page: Page, column: str) -> Listing:
    said = at(answered(page), "data")
    results, total = entries(said, "results"), number(said, "total")
    if results is None or total is None:
        return Listing((), signals=("no data.results and data.total in the JSON where a list is due",))
    rows = tuple(row for result in results if (row := _row(result, column)))
    signals = []
    if len(rows) < len(results):
        signals.append(f"{len(results) - len(rows)} of {len(results)} results have no title or no address")
    query = dict(parse_qsl(urlsplit(page.url).query))
    this, each = number(query, "page") or 1, number(said, "rows") or int(_ASKED["_pageSize"])
    if number(said, "page") not in (None, this):
        signals.append(f"answers page {number(said, 'page')} where page {this} was asked for")
    if not rows:
        signals.append(f"no rows on page {this} where a list of {total} is due")
    following = urljoin(page.url, f"?{urlencode(query | {'page': str(this + 1)})}")
    return Listing(rows, (Ask(following),) if rows and this * each < total else (), total, tuple(signals))


def _row(result: object, column: str) -> Row | None:
    url, title = words(result, "url"), words(result, "title")
    if not title or not is_link(url):
        return None
    return Row(urljoin(column, url), title, printed_date(words(result, "publishedTimeStr")))

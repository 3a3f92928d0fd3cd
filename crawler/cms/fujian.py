"""TRS behind the avalon front end of Fujian: ten rows in the page, all of them by a search as JSON."""

import re
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta, timezone
from typing import Any
from urllib.parse import parse_qsl, urlencode, urljoin, urlsplit

from crawler.cms.attachments import attachments
from crawler.cms.family import Ask, Attachment, Lead, Listing, Row, is_link, printed_date
from crawler.cms.jsons import answered, number, words
from crawler.cms.rows import article_rows
from crawler.page import Page, visible

EACH = 10
SEARCH = "/fjdzapp/search"
DEEPEST = 8
"""Objects one in the other, in which the documents are looked for."""

_ARTICLE = re.compile(r"/t(\d{8}|null)_\d+\.s?html?$", re.IGNORECASE)
_LIBRARY = re.compile(r"\bchannelid\b['\"]?\s*[:=]\s*['\"]?(\d+)", re.IGNORECASE)
_STEP = re.compile(r"\{\{\s*paths\[(\d+)\]\s*\}\}")
_FACSIMILE = re.compile(r"\bqzbFile\b['\"]?\s*[:=]\s*['\"]([^'\"{}]+)['\"]")
_CHINA = timezone(timedelta(hours=8))


def is_avalon(page: Page) -> bool:
    """Whether its elements carry the attributes of that front end, which other TRS sites have not."""
    return bool(page.root.xpath("//@*[starts-with(name(), 'ms-')]"))


class Fujian:
    def recognised(self, page: Page) -> str | None:
        if is_avalon(page) and (_meta(page, "ChnlId") or SEARCH in page.text):
            return "attributes ms-… of avalon on pages of TRS"
        return None

    def leads(self, page: Page) -> tuple[Lead, ...]:
        """Links that a template puts together from the page's own address: `{{paths[7]}}` is a step of it."""
        found = ((_filled(link.attrib["ms-attr-href"], page.url), visible(link)) for link in _templates(page))
        return tuple(Lead(page.join(address), title) for address, title in found if address and title)

    def listing(self, page: Page, column: str) -> Listing:
        if urlsplit(page.url).path == SEARCH:
            return _answer(page, column)
        rows, channel = article_rows(page, _ARTICLE), _meta(page, "ChnlId")
        if not channel or not is_avalon(page):
            return Listing(rows, signals=("no ChnlId on a page of avalon where a list is due",))
        # The second page is asked for here too: where the first has nothing new, no list can go on from it.
        return Listing(rows, tuple(_ask(page, _form(page, channel, this)) for this in (1, 2)))

    def article(self, page: Page) -> tuple[Attachment, ...]:
        """Beside the links, the facsimile (全真版) whose address a script puts into viewer and button."""
        files = {file.url: file for file in attachments(page)}
        for link in _FACSIMILE.findall(page.text):
            files.setdefault(page.join(link), Attachment(page.join(link), "全真版"))
        return tuple(files.values())


def _meta(page: Page, name: str) -> str:
    return page.root.css(f'meta[name="{name}" i]::attr(content)').get("").strip()


def _templates(page: Page) -> Iterator[Any]:
    return (link for link in page.root.css("a[ms-attr-href]") if "{{" in link.attrib["ms-attr-href"])


def _filled(template: str, url: str) -> str | None:
    steps = urlsplit(url)._replace(query="", fragment="").geturl().split("/")
    used = [int(step) for step in _STEP.findall(template)]
    if not used or max(used) >= len(steps) - 1:
        return None
    address = _STEP.sub(lambda step: steps[int(step[1])], template)
    return address if is_link(address) else None


def _form(page: Page, channel: str, this: int) -> dict[str, str]:
    library = _LIBRARY.search(page.text)
    where = {"channelid": library[1] if library else "200210", "siteId": _meta(page, "SiteId")}
    return where | {"chnlid": channel, "page": str(this), "prepage": str(EACH)}


def _ask(page: Page, form: dict[str, str]) -> Ask:
    """What is posted stands in the address too, so that an answer shows what it answers."""
    return Ask(urljoin(page.url, f"{SEARCH}?{urlencode(form)}"), urlencode(form))


def _answer(page: Page, column: str) -> Listing:
    said = answered(page)
    documents, total = _documents(said), _total(said)
    if documents is None or total is None:
        return Listing((), signals=("no documents and their count in the JSON where a list is due",))
    rows = tuple(row for document in documents if (row := _row(document, column)))
    asked = dict(parse_qsl(urlsplit(page.url).query))
    this = number(asked, "page") or 1
    signals = []
    if len(rows) < len(documents):
        signals.append(
            f"{len(documents) - len(rows)} of {len(documents)} documents have no title or no address"
        )
    if not rows and total > (this - 1) * EACH:
        signals.append(f"no rows on page {this} where a list of {total} is due")
    goes_on = this > 1 and len(rows) >= EACH and this * len(rows) < total
    next = (_ask(page, asked | {"page": str(this + 1)}),) if goes_on else ()
    return Listing(rows, next, total, tuple(signals))


def _documents(said: Any, below: int = DEEPEST) -> list[Any] | None:
    """The list of what has a `chnldocurl`, wherever the answer keeps it, or an empty list."""
    if isinstance(said, list):
        return said if all(isinstance(one, dict) and "chnldocurl" in one for one in said) else None
    inner = said.values() if isinstance(said, dict) and below else ()
    lists = (_documents(value, below - 1) for value in inner)
    return next((found for found in lists if found is not None), None)


def _total(said: Any) -> int | None:
    counts = (number(said, name) for name in ("count", "total", "totalCount", "recordCount"))
    return next((count for count in counts if count is not None), None)


def _row(document: Any, column: str) -> Row | None:
    url, title = words(document, "chnldocurl"), words(document, "doctitle")
    return (
        Row(urljoin(column, url), title, _date(words(document, "docreltime")))
        if is_link(url) and title
        else None
    )


def _date(said: str) -> str | None:
    """As printed, or from the milliseconds that the front end's filter makes a day of."""
    if said.isdecimal() and len(said) == 13:
        return f"{datetime.fromtimestamp(int(said) / 1000, UTC).astimezone(_CHINA):%Y-%m-%d}"
    return printed_date(said)

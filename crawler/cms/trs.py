"""TRS WCM, static pages: a column is a folder, page n of its list is `index_(n-1).html` or `index_n.html`."""

import re
from urllib.parse import urlsplit

from crawler.cms.attachments import attachments
from crawler.cms.calls import Pager, any_call, from_nought, from_one
from crawler.cms.counted import counted
from crawler.cms.family import Ask, Attachment, Lead, Listing, is_link
from crawler.cms.fujian import is_avalon
from crawler.cms.rows import article_rows
from crawler.page import Page, visible

_ARTICLE = re.compile(r"/t(\d{8}|null)_\d+\.s?html?$|/[PW]0\d+\.\w+$", re.IGNORECASE)
_YEAR = re.compile(r"((19|20)\d\d)年?度?(政府信息公开)?(工作)?(年度报告|年报)?")
_ANOTHER = "a pager of another dialect than is known: {}"
_REPEATED = "page {} of the list was asked for, and the answer is page {}; the list was left here"


class Trs:
    def recognised(self, page: Page) -> str | None:
        pager = _pager(page)
        if is_avalon(page) or (pager and pager.place == "page_div"):
            return None
        if pager:
            return f"the pager {pager.call}"
        links = [href for href in page.root.css("a::attr(href)").getall() if _ARTICLE.search(href)]
        return f"addresses such as {links[0]}" if len(links) >= 2 else None

    def leads(self, page: Page) -> tuple[Lead, ...]:  # noqa: ARG002 - its columns are ordinary links
        return ()

    def listing(self, page: Page, column: str) -> Listing:
        rows, years = article_rows(page, _ARTICLE), _years(page, column)
        pager, call = _pager(page), any_call(page.text)
        signals = [] if rows or years else ["no rows where a list is due"]
        if pager is None:
            url, unclear = counted(page) or (None, _ANOTHER.format(call) if call else None)
            signals += [unclear] if unclear else []
            return Listing(rows, (Ask(url),) if url else (), None, tuple(signals), years)
        asked = pager.asked(page.url)
        if asked == pager.this:
            return Listing(rows, pager.asks(column), pager.total, tuple(signals), years)
        # A page too many shows the last one again; the first one again is no paging at all.
        if asked != pager.this + 1 or pager.this == pager.first:
            signals.append(_REPEATED.format(asked, pager.this))
        return Listing(rows, (), pager.total, tuple(signals), years)

    def article(self, page: Page) -> tuple[Attachment, ...]:
        return attachments(page)


def _pager(page: Page) -> Pager | None:
    return from_nought(page.text) or from_one(page.text)


def _years(page: Page, column: str) -> tuple[Lead, ...]:
    """Columns below this one that are named for a year."""
    folder = column.rpartition("/")[0] + "/"
    found: dict[str, str] = {}
    for link in page.root.css("a[href]"):
        title, url = "".join(visible(link).split()), page.join(link.attrib["href"])
        below = url.startswith(folder) and url != column and not _ARTICLE.search(urlsplit(url).path)
        if below and is_link(link.attrib["href"]) and _YEAR.fullmatch(title):
            found.setdefault(url, title)
    return tuple(Lead(url, title) for url, title in found.items())

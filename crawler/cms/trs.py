"""TRS WCM, classic static pages: a column is a folder, page n of its list is `index_(n-1).html`."""

import re
from urllib.parse import urljoin

from crawler.cms.attachments import attachments
from crawler.cms.family import Ask, Attachment, Lead, Listing
from crawler.cms.fujian import is_avalon
from crawler.cms.rows import article_rows
from crawler.page import Page

# The call, not the function of that name that stands in the page too: pages, this one, name, ending.
_PAGER = re.compile(r"""createPageHTML\(\s*(\d+)\s*,\s*(\d+)\s*,\s*["']([\w-]+)["']\s*,\s*["'](\w+)["']""")
_OTHER_PAGER = re.compile(r"""createPageHTML\(\s*['"]|\bPager\(\s*\{""")
_ARTICLE = re.compile(r"/t(\d{8}|null)_\d+\.s?html?$|/[PW]0\d+\.\w+$", re.IGNORECASE)


class Trs:
    def recognised(self, page: Page) -> str | None:
        if is_avalon(page):
            return None
        if call := _PAGER.search(page.text):
            return f"the pager {call[0]})"
        links = [href for href in page.root.css("a::attr(href)").getall() if _ARTICLE.search(href)]
        return f"addresses such as {links[0]}" if len(links) >= 2 else None

    def leads(self, page: Page) -> tuple[Lead, ...]:  # noqa: ARG002 - its columns are ordinary links
        return ()

    def listing(self, page: Page, column: str) -> Listing:
        rows = article_rows(page, _ARTICLE)
        signals = [] if rows else ["no rows where a list is due"]
        pager = _PAGER.search(page.text)
        if pager is None and _OTHER_PAGER.search(page.text):
            signals.append("a pager of another dialect than createPageHTML(pages, this, name, ending)")
        return Listing(rows, _next(pager, column) if pager else (), None, tuple(signals))

    def article(self, page: Page) -> tuple[Attachment, ...]:
        return attachments(page)


def _next(pager: re.Match[str], column: str) -> tuple[Ask, ...]:
    pages, this = int(pager[1]), int(pager[2])
    if this + 1 >= pages:
        return ()
    return (Ask(urljoin(column, f"{pager[3]}_{this + 1}.{pager[4]}")),)

"""Shandong's portals of site_…/channel_…/doc_…: a site a body, in it a channel a column."""

import re
from urllib.parse import parse_qs, urlsplit

from crawler.cms.attachments import attachments
from crawler.cms.family import Ask, Attachment, Lead, Listing, is_link
from crawler.cms.following import following
from crawler.cms.rows import article_rows
from crawler.page import Page, visible

# A channel is named by one or two object ids, and may carry the second it was made at, with its fraction.
_CHANNEL = re.compile(r"/channel_[\w.]+/?(index\.html?)?$")
_DOCUMENT = re.compile(r"/channel_[\w.]+/doc_[0-9a-f]{24}(\.html)?$")
_BODY = re.compile(r"/site_\w+/channel_")
_REPORTS = re.compile(r"年报|年度报告|^20\d\d年?度?$")


class Shandong:
    def recognised(self, page: Page) -> str | None:
        for link in page.root.css("a::attr(href)").getall():
            path = urlsplit(page.join(link)).path
            if _DOCUMENT.search(path) or _CHANNEL.search(path):
                return f"addresses such as {link.strip()}"
        return None

    def leads(self, page: Page) -> tuple[Lead, ...]:  # noqa: ARG002 - its columns are ordinary links
        return ()

    def listing(self, page: Page, column: str) -> Listing:
        rows = article_rows(page, _DOCUMENT)
        columns = _below(page, column)
        url, signal = following(page, column)
        signals = [] if rows or columns else ["no rows and no channels of bodies where a list is due"]
        return Listing(rows, (Ask(url),) if url else (), None, (*signals, *filter(None, [signal])), columns)

    def article(self, page: Page) -> tuple[Attachment, ...]:
        return attachments(page)


def _below(page: Page, column: str) -> tuple[Lead, ...]:
    """The bodies' channels where the page opens the annual reports of all, else channels named so or by year
    that belong to the body of this one."""
    opened = "zfxxgknb" in parse_qs(urlsplit(page.url).query).get("open", ())
    own = re.match(r".*?/site_\w+/", column)
    found: dict[str, str] = {}
    for link in page.root.css("a[href]"):
        url, title = page.join(link.attrib["href"]), visible(link)
        if not is_link(link.attrib["href"]) or not _CHANNEL.search(urlsplit(url).path) or url == page.url:
            continue
        of_body = opened and _BODY.search(url)
        of_this = own is not None and url.startswith(own[0]) and _REPORTS.search(title)
        if of_body or of_this:
            found.setdefault(url, title)
    return tuple(Lead(url, title) for url, title in found.items())

"""The files an article hands out."""

import re
from urllib.parse import parse_qsl, unquote, urlsplit

from scrapy import Selector

from crawler.cms.family import Attachment, is_link, link_title
from crawler.page import Page

_FILE = re.compile(r"\.(pdf|docx?|wps|ofd|xlsx?|et|rtf|txt|zip|rar|7z)$", re.IGNORECASE)
_HANDED_OUT = re.compile(r"/(downfile|download)\w*\.(jsp|aspx|php|do)$|/download/\d+\.html$", re.IGNORECASE)

_BODIES = (
    "#zoom", "#zoomcon", ".TRS_Editor", ".trs_editor_view", "#UCAP-CONTENT", "ucapcontent",
    ".article_content", ".Custom_UnionStyle", "#vsb_content", ".v_news_content",
)  # fmt: skip


def attachments(page: Page) -> tuple[Attachment, ...]:
    """Files linked or framed in the article's body and beside it, once each, in order.

    Where no body is recognised the whole page is looked through."""
    found: dict[str, Attachment] = {}
    for area in _areas(page):
        for link in area.css("a[href]"):
            _take(found, page, link.attrib["href"], link_title(link))
        for frame in area.css("iframe[src], embed[src], object[data]"):
            _take(found, page, frame.attrib.get("src") or frame.attrib["data"], "")
    return tuple(found.values())


def article_body(page: Page) -> Selector | None:
    """The element that holds the article and nothing of the page around it, where one is recognised."""
    found = (bodies[0] for css in _BODIES if (bodies := page.root.css(css)))
    return next(found, None)


def _areas(page: Page) -> list[Selector]:
    """The body with what stands around it inside its nearest division: attachments often follow it."""
    body = article_body(page)
    if body is None:
        return [page.root]
    return list(body.xpath("(ancestor::div | ancestor::td)[last()]")) or [body]


def _take(found: dict[str, Attachment], page: Page, href: str, title: str) -> None:
    if not is_link(href):
        return
    url = page.join(_framed(href))
    if _is_file(url):
        found.setdefault(url, Attachment(url, title or unquote(urlsplit(url).path.rpartition("/")[2])))


def _framed(href: str) -> str:
    """A viewer in the page (`viewer.html?file=…`) shows the file in its query."""
    query = dict(parse_qsl(urlsplit(href).query))
    shown = query.get("file", "")
    return shown if _FILE.search(urlsplit(shown).path) else href


def _is_file(url: str) -> bool:
    parts = urlsplit(url)
    named = (parts.path, *(value for _, value in parse_qsl(parts.query)))
    return any(_FILE.search(name) for name in named) or bool(_HANDED_OUT.search(parts.path))

"""The files an article hands out."""

import re
from functools import lru_cache
from typing import Any
from urllib.parse import parse_qsl, unquote, urlsplit

from lxml import etree
from parsel import Selector

from crawler.cms.family import Attachment, is_link, link_title
from crawler.page import Page, finder

_FILE = re.compile(r"\.(pdf|docx?|wps|ofd|xlsx?|et|rtf|txt|zip|rar|7z)$", re.IGNORECASE)
_HANDED_OUT = re.compile(r"/(downfile|download)\w*\.(jsp|aspx|php|do)$|/download/\d+\.html$", re.IGNORECASE)

_BODIES = [(css.strip("#."), finder(css)) for css in (
    "#zoom", "#zoomcon", ".TRS_Editor", ".trs_editor_view", "#UCAP-CONTENT", "ucapcontent",
    ".article_content", ".Custom_UnionStyle", "#vsb_content", ".v_news_content",
)]  # fmt: skip
_LINKS, _FRAMES = finder("a[href]"), finder("iframe[src], embed[src], object[data]")
_BY_ID: Any = etree.XPath("id($name)[@id = $name]")
_AROUND: Any = etree.XPath("(ancestor::div | ancestor::td)[last()]")


def attachments(page: Page) -> tuple[Attachment, ...]:
    """Files linked or framed in the article's body and beside it, once each, in order.

    Where no body is recognised the whole page is looked through."""
    found: dict[str, Attachment] = {}
    for area in _areas(page):
        for link in _LINKS(area):
            _take(found, page, link.get("href"), link)
        for frame in _FRAMES(area):
            _take(found, page, frame.get("src") or frame.get("data"), None)
    return tuple(found.values())


def article_body(page: Page) -> Selector | None:
    """The element that holds the article and nothing of the page around it, where one is recognised."""
    return _article_body(page.root, page.text)


@lru_cache(maxsize=4)
def _article_body(root: Selector, text: str) -> Selector | None:
    """Who asks what an article says asks at once for its files. What its markup does not name is not looked
    for; the first of an id is had without a look at every element."""
    for name, find in _BODIES:
        if name in text or name == "ucapcontent":
            bodies = _BY_ID(root.root, name=name) or find(root.root)
            if bodies:
                return Selector(root=bodies[0], type="html")
    return None


def _areas(page: Page) -> list[Any]:
    """The body with what stands around it inside its nearest division: attachments often follow it."""
    body = article_body(page)
    if body is None:
        return [page.root.root]
    return _AROUND(body.root) or [body.root]


def _take(found: dict[str, Attachment], page: Page, href: str, link: Any) -> None:
    """`link` where the element has a title of its own."""
    if not is_link(href):
        return
    url = page.join(_framed(href))
    if _is_file(url):
        title = "" if link is None else link_title(Selector(root=link, type="html"))
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

"""A page as the adapters see it: characters from its bytes, never from what its header claims."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, cast
from urllib.parse import quote, urljoin, urlsplit, urlunsplit

from lxml import etree
from parsel import Selector, css2xpath

from parsers.text.charset import Decoded, decode

_NO_PAGE = (b"%PDF", b"PK\x03\x04", b"\xd0\xcf\x11\xe0", b"Rar!", b"\x89PNG", b"\xff\xd8\xff", b"7z\xbc\xaf")

_SESSION = re.compile(r";jsessionid=[^?#/]*", re.IGNORECASE)
_SESSION_QUERY = re.compile(
    r"(?:^|(?<=&))(?:PHPSESSID|JSESSIONID|ASPSESSIONID\w*|ASP\.NET_SessionId|session_?id|sid)"
    r"=[0-9A-Za-z!._-]{16,}(?:&|$)",
    re.IGNORECASE,
)

_FEW = 200
"""A page with more visible characters than this has something to say, even if a script in it can send
elsewhere."""

_REFRESH = re.compile(r"^\s*[\d.]*\s*[;,]?\s*url\s*=\s*['\"]?\s*([^'\"]+?)\s*['\"]?\s*$", re.IGNORECASE)
_LOCATION = re.compile(
    r"\blocation(?:\.href)?\s*=\s*(['\"])(?P<set>[^'\"]+)\1"
    r"|\blocation\.(?:replace|assign)\(\s*(['\"])(?P<called>[^'\"]+)\3"
)
_MOBILE = re.compile(r"(?<![a-z])(m|wap|mobile|phone)(?![a-z])", re.IGNORECASE)


_SEEN = etree.XPath(".//text()[not(parent::script or parent::style)]", smart_strings=False)
_BASE = etree.XPath("string(//base/@href)", smart_strings=False)

_LARGE = 1024**2
"""Bytes of a body that is not kept once it was looked at: few pages are as large, and 32 of them are much."""


def finder(css: str) -> Callable[[Any], Any]:
    """What a selector names below an element of lxml, compiled once: for what each page is asked."""
    return etree.XPath(css2xpath(css), smart_strings=False)


_TITLES = ("meta", "ucaptitle", "h1", "title")
"""Elements in which an article says what it is called: the first kind that says anything."""


@dataclass(frozen=True, slots=True)
class Page:
    """`base` is what its links are relative to."""

    url: str
    base: str
    text: str
    encoding: str
    root: Selector

    def join(self, link: str) -> str:
        """Where a link leads. Its query goes out in the page's own charset, as from a browser, and the
        mark of a session is left out: each visit has another, and every page would be new."""
        return without_session(_query_in(self.encoding, urljoin(self.base, link.strip())))


def without_session(url: str) -> str:
    parts = urlsplit(url)
    query = _SESSION_QUERY.sub("", parts.query)
    query = query.rstrip("&") if query != parts.query else query
    return urlunsplit(parts._replace(path=_SESSION.sub("", parts.path), query=query))


def _query_in(encoding: str, url: str) -> str:
    if url.isascii():
        return url
    parts = urlsplit(url)
    query = re.sub(
        r"[^\x00-\x7f]+", lambda found: quote(found[0], encoding=encoding, errors="replace"), parts.query
    )
    return urlunsplit(parts._replace(query=query))


def is_page(body: bytes) -> bool:
    """Whether these bytes can be a page: a file served as `text/html` cannot."""
    return not body.startswith(_NO_PAGE) and b"\x00" not in body[:512]


def page(url: str, body: bytes) -> Page:
    decoded, root, base = _kept(body) if len(body) < _LARGE else _read(body)
    return Page(url, urljoin(url, base), decoded.text, decoded.encoding, root)


def _read(body: bytes) -> tuple[Decoded, Selector, str]:
    decoded = decode(body)
    root = Selector(text=decoded.text or " ", type="html")
    return decoded, root, cast(str, _BASE(root.root)).strip()


_kept = lru_cache(maxsize=32)(_read)
"""Once for whoever looks at an answer while it is under way: whether it is a refusal, where it leads and
what it says. Nobody changes the tree."""


def own_title(page: Page) -> str | None:
    """What an article calls itself: a column may have cut its title short."""
    said: dict[str, str] = {}
    for element in page.root.root.iter(*_TITLES):
        if (tag := element.tag) not in said and (title := next(_titles(element), None)):
            said[tag] = title
    return next((said[tag] for tag in _TITLES if tag in said), None)


def _titles(element: Any) -> Iterator[str]:
    if element.tag == "meta":
        named = element.get("name", "").lower() == "articletitle"
        texts = [element.get("content", "")] if named else []
    else:
        texts = [element.text or "", *(child.tail or "" for child in element)]
    return (" ".join(text.split()) for text in texts if text.strip())


def forwards(page: Page) -> str | None:
    """Where a page sends that has nothing to say itself; None for any other."""
    if len(visible(page.root)) > _FEW or len(page.root.css("a[href]")) >= 10:
        return None
    targets = [*_refreshes(page), *_locations(page)]
    elsewhere = [url for target in targets if (url := page.join(target)) != page.url]
    desktop = [url for url in elsewhere if not _MOBILE.search(url)]
    return next(iter(desktop or elsewhere), None)


def _refreshes(page: Page) -> list[str]:
    said = page.root.xpath("//meta[translate(@http-equiv, 'REFSH', 'refsh') = 'refresh']/@content").getall()
    return [found[1] for content in said if (found := _REFRESH.match(content))]


def _locations(page: Page) -> list[str]:
    scripts = " ".join(page.root.xpath("//script/text() | //body/@onload").getall())
    return [found["set"] or found["called"] for found in _LOCATION.finditer(scripts)]


def visible(node: Selector) -> str:
    """The text of an element on one line."""
    root = node.root
    if next(root.iter("script", "style"), None) is not None:
        return " ".join("".join(cast(list[str], _SEEN(root))).split())
    # Without a list of all pieces: ten times as fast, and every page and every link of a list is asked.
    return " ".join(etree.tostring(root, method="text", encoding="unicode", with_tail=False).split())

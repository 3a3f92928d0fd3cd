"""A page as the adapters see it: characters from its bytes, never from what its header claims."""

from dataclasses import dataclass
from urllib.parse import urljoin

from scrapy import Selector

from parsers.text.charset import decode

_NO_PAGE = (b"%PDF", b"PK\x03\x04", b"\xd0\xcf\x11\xe0", b"Rar!", b"\x89PNG", b"\xff\xd8\xff", b"7z\xbc\xaf")


@dataclass(frozen=True, slots=True)
class Page:
    """`base` is what its links are relative to."""

    url: str
    base: str
    text: str
    encoding: str
    root: Selector

    def join(self, link: str) -> str:
        return urljoin(self.base, link.strip())


def is_page(body: bytes) -> bool:
    """Whether these bytes can be a page: a file served as `text/html` cannot."""
    return not body.startswith(_NO_PAGE) and b"\x00" not in body[:512]


def page(url: str, body: bytes) -> Page:
    decoded = decode(body)
    root = Selector(text=decoded.text or " ", type="html")
    base = root.xpath("string(//base/@href)").get("")
    return Page(url, urljoin(url, base.strip()), decoded.text, decoded.encoding, root)


def own_title(page: Page) -> str | None:
    """What an article calls itself: a column may have cut its title short."""
    for css in ('meta[name="ArticleTitle" i]::attr(content)', "ucaptitle::text", "h1::text", "title::text"):
        for title in page.root.css(css).getall():
            if title.strip():
                return " ".join(title.split())
    return None


def visible(node: Selector) -> str:
    """The text of an element on one line."""
    return " ".join("".join(node.xpath(".//text()[not(parent::script or parent::style)]").getall()).split())

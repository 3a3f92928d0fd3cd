"""What a page says, without its furniture: the same report on a redesigned page says the same."""

import hashlib
import re
from collections.abc import Iterator
from copy import deepcopy
from html import unescape
from typing import Any

from lxml import etree
from parsel import Selector

from crawler.cms.attachments import article_body
from crawler.page import Page
from parsers.text.fold import fold
from parsers.text.furniture import bare, without_furniture

_UNSEEN = frozenset(
    {"script", "style", "noscript", "template", "nav", "header", "footer"}
    | {"select", "button", "input", "textarea", "iframe"}
)
_INLINE = frozenset(
    {"a", "abbr", "b", "big", "em", "font", "i", "ins", "label", "mark", "o:p", "small", "span", "strong"}
    | {"sub", "sup", "u"}
)

_NO_EDGE = re.compile(rf"<!--.*?-->|<\?.*?>|</?({'|'.join(_INLINE)})(?=[\s/>])[^>]*>")
_SAID = re.compile(r">\s*([^<\s][^<]*)")
_BLANKS = re.compile(r"[^\S\n]+")


def wording(page: Page, title: str | None) -> str:
    """The sha256 of the article's own title and its visible text, folded, without blanks."""
    body = article_body(page)
    lines = list(_lines(body if body is not None else page.root))
    text = "\n".join((bare(title or ""), *lines))
    return hashlib.sha256(text.encode()).hexdigest()


def _lines(area: Selector) -> Iterator[str]:
    """What a reader sees, a line a block, without blanks. The markup is gone through as text: an object for
    each element would cost three times as much."""
    seen = area.root
    if next(seen.iter(*_UNSEEN), None) is not None:
        seen = deepcopy(seen)
        etree.strip_elements(seen, *_UNSEEN, with_tail=False)
    markup = _markup(seen)
    shown = "\n".join(_SAID.findall(">" + _NO_EDGE.sub("", markup.replace("\n", " "))))
    for line in _BLANKS.sub("", fold(unescape(shown))).split("\n"):
        if text := without_furniture(line):
            yield text


def _markup(element: Any) -> str:
    """As XML, in which no `<` or `>` stands but that of a tag or a comment."""
    return str(etree.tostring(element, encoding="unicode", with_tail=False))

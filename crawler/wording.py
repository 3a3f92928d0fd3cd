"""What a page says, without its furniture: the same report on a redesigned page says the same."""

import hashlib
from collections.abc import Iterator
from typing import Any

from scrapy import Selector

from crawler.cms.attachments import article_body
from crawler.page import Page, own_title
from parsers.text.furniture import bare, said

_UNSEEN = frozenset(
    {"script", "style", "noscript", "template", "nav", "header", "footer"}
    | {"select", "button", "input", "textarea", "iframe"}
)
_INLINE = frozenset(
    {"a", "abbr", "b", "big", "em", "font", "i", "ins", "label", "mark", "o:p", "small", "span", "strong"}
    | {"sub", "sup", "u"}
)


def wording(page: Page) -> str:
    """The sha256 of the title and the visible text of the article, folded, without blanks."""
    body = article_body(page)
    lines = list(_lines(body if body is not None else page.root))
    text = "\n".join((bare(own_title(page) or ""), *lines))
    return hashlib.sha256(text.encode()).hexdigest()


def _lines(area: Selector) -> Iterator[str]:
    shown: list[str] = []
    _gather(area.root, shown)
    for line in "".join(shown).split("\n"):
        if text := said(line):
            yield text


def _gather(element: Any, shown: list[str]) -> None:
    """The characters that a reader sees, a line a block."""
    if not isinstance(element.tag, str) or element.tag in _UNSEEN:
        return
    edge = "" if element.tag in _INLINE else "\n"
    shown += (edge, _one_line(element.text))
    for child in element:
        _gather(child, shown)
        shown.append(_one_line(child.tail))
    shown.append(edge)


def _one_line(text: str | None) -> str:
    return text.replace("\n", " ") if text else ""

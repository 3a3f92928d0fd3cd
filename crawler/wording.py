"""What a page says, without its furniture: the same report on a redesigned page says the same."""

import hashlib
import re
from collections.abc import Iterator
from typing import Any

from scrapy import Selector

from crawler.cms.attachments import article_body
from crawler.page import Page, own_title
from parsers.text.fold import fold

_UNSEEN = frozenset(
    {"script", "style", "noscript", "template", "nav", "header", "footer"}
    | {"select", "button", "input", "textarea", "iframe"}
)
_INLINE = frozenset(
    {"a", "abbr", "b", "big", "em", "font", "i", "ins", "label", "mark", "o:p", "small", "span", "strong"}
    | {"sub", "sup", "u"}
)

_SHORT = 120
"""A line longer than this is a sentence of the report, whatever words it has."""

_LABEL = (
    r"(发布|发文|成文|更新|编辑|打印|访问)(时间|日期)|来源|信息来源|作者|责任编辑|编辑|审核|索引号|发布机构"
)
_FURNITURE = re.compile(
    r"(浏览|访问|点击|阅读|查看)(次数|人次|量|数)?[:\[(]+\d*[\])]*(次|人次|人)?"
    r"|^(浏览|访问|点击|阅读|查看)(次数|人次|量|数)?\d*(次|人次|人)?$"
    r"|[\[(]*(字体|字号)(大小)?:?[\[(]*([特超]?[大中小号默认]+[|/]?)*[\])]*"
    rf"|({_LABEL}):[^:]*?(?=({_LABEL}|浏览|访问|点击|阅读|字体|字号|打印|关闭)|$)"
    r"|(今天是|现在是|当前时间|您?当前(的)?位置|您是第).*"
    r"|打印(本页|此页)?|关闭(窗口|本页)?|分享(到|至)?|收藏(本页)?|返回(顶部|首页|列表)?|微信|微博|扫一扫.*"
    r"|(上|下)一(篇|条):.*"
)


# Most lines are cells of tables: none of these characters, no furniture.
_HINT = re.compile("[浏访点阅查字发文成更编打来信作责审索今现当您关分收返微扫上下]")


def wording(page: Page) -> str:
    """The sha256 of the title and the visible text of the article, folded, without blanks."""
    body = article_body(page)
    lines = list(_lines(body if body is not None else page.root))
    said = "\n".join((_bare(own_title(page) or ""), *lines))
    return hashlib.sha256(said.encode()).hexdigest()


def _lines(area: Selector) -> Iterator[str]:
    shown: list[str] = []
    _gather(area.root, shown)
    for line in "".join(shown).split("\n"):
        bare = _bare(line)
        if len(bare) <= _SHORT and _HINT.search(bare):
            bare = _FURNITURE.sub("", bare)
        if bare:
            yield bare


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


def _bare(text: str) -> str:
    return "".join(fold(text).split())

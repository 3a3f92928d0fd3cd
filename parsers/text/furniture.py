"""What stands on a page beside its text: counters, dates of printing, buttons, the way to the next page."""

import re
from functools import lru_cache

from parsers.text.fold import fold

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


def said(line: str) -> str:
    """What a line says, folded and without blanks; empty where it is all furniture."""
    return without_furniture(bare(line))


@lru_cache(maxsize=4096)
def without_furniture(text: str) -> str:
    """Of a line that is folded and without blanks. Most are cells of tables, the same in many reports."""
    return _FURNITURE.sub("", text) if len(text) <= _SHORT and _HINT.search(text) else text


def bare(text: str) -> str:
    return "".join(fold(text).split())

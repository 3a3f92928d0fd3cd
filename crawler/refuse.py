"""Answers that are not what was asked for, whatever their status, type and name say."""

import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from crawler.page import Page, forwards, is_page, page, visible

_SHORT = 500
"""A page with more visible characters than this is an article, even one about missing pages."""

_LARGEST = 1024**2
"""Bytes: no page that refuses something is larger, and reading it would take long."""

_MISSING = re.compile(
    r"(?<![\d/-])404(?![\d/-])|(页面|网页|文件|内容|信息|文章|栏目)(已经?)?(不存在|被?删除|走丢|找不到|未找到|下线)"
    r"|找不到(该|您|你|相关|此)?|Not Found",
    re.IGNORECASE,
)
_LOGIN = re.compile(r"(请|用户|账号|统一|会员)(先|重新)?(登录|登陆)")
_UNFILLED = re.compile(
    r"\{\{[^{}]*\}\}|\$\{[^{}]*\}|<%=.*?%>|\[!--[\w.]+--\]|\{\$[\w.]+\}|\{(pboot|dede|eyou):.*?\}"
)
_ASKS = re.compile(
    r"<script[^>]+src|ajax|fetch\(|axios|XMLHttpRequest|\$\.(get|post)|<i?frame|<embed|<object", re.IGNORECASE
)
_FURNITURE = re.compile(
    r"发布(时间|日期)|(信息)?来源|作者|责任编辑|浏览次数|点击数?|阅读|字[体号]|[大中小]|打印|关闭|分享到?|首页|当前位置|返回|[\W\d_]"
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class _Marks:
    """What the pages of one kind say: `source` in their bytes, `text` to a reader; of any length, `start` at
    their beginning, `whole` anywhere."""

    source: re.Pattern[str] | None
    text: re.Pattern[str] | None
    start: re.Pattern[str] | None
    whole: re.Pattern[str] | None


def refusal(status: int, body: bytes) -> str | None:
    """`challenge`, `error`, `parked`, `hijacked`, `login`, `soft-404`, `empty` or `status`; None for an
    answer to take as it is."""
    if 300 <= status < 400:
        return None
    said = _said(body)
    if said is not None and not (said == "soft-404" and status >= 500):  # it is away now, not gone
        return said
    return None if status == 200 else "status"


def _said(body: bytes) -> str | None:
    if not body.strip():
        return "soft-404"
    if not is_page(body) or len(body) > _LARGEST:
        return None
    shown = page("", body)
    if "<datastore>" in shown.text:
        return None
    text = visible(shown.root)
    return _marked(shown, text) or (_empty_handed(shown, text) if len(text) <= _SHORT else None)


def _marked(shown: Page, text: str) -> str | None:
    short, report = len(text) <= _SHORT, _says_what_reports_say(text)
    for kind, marks in _marks().items():
        if (marks.start and marks.start.match(text)) or (marks.whole and marks.whole.search(text)):
            return kind
        if short and marks.source and marks.source.search(shown.text):
            return kind
        if short and not report and marks.text and marks.text.search(text):
            return kind
    return "hijacked" if not report and _advertises(text) else None


def _empty_handed(shown: Page, text: str) -> str | None:
    if shown.root.css("input[type=password]") and _LOGIN.search(text):
        return "login"
    if shown.text.lstrip().startswith(("{", "[")):
        return None  # the JSON of a list has 404 in a number at times; its adapter says what it lacks
    moved = shown.root.xpath("//meta[translate(@http-equiv, 'REFSH', 'refsh') = 'refresh']")
    if moved or forwards(shown) or _missing(shown.text, text):
        return "soft-404"
    return "empty" if _unfilled(shown, text) else None


def _missing(source: str, text: str) -> bool:
    """A page that is a list or a report links or says something else too; this one only apologises."""
    few_links = len(re.findall(r"<a\s", source, re.IGNORECASE)) < 10
    return bool(_MISSING.search(text)) and few_links and not _says_what_reports_say(text)


def _unfilled(shown: Page, text: str) -> bool:
    """A template with its gaps and nothing else, and nothing in it that could fill them later."""
    if not _UNFILLED.search(text) or _ASKS.search(shown.text):
        return False
    return not _FURNITURE.sub("", _UNFILLED.sub("", text))


def _advertises(text: str) -> bool:
    entry = _data()["hijacked"]
    return sum(word in text for word in entry["words"].split()) >= int(entry["enough"])


def _says_what_reports_say(text: str) -> bool:
    return bool(re.search(_data()["report"], text))


@cache
def _data() -> dict[str, Any]:
    loaded: dict[str, Any] = yaml.safe_load((Path(__file__).parent / "refusals.yaml").read_text("utf-8"))
    return loaded


@cache
def _marks() -> dict[str, _Marks]:
    return {kind: _marks_of(_data()[kind]) for kind in ("challenge", "parked", "error")}


def _marks_of(says: dict[str, list[str]]) -> _Marks:
    """`whole` is looked for in every report, which takes twice as long where its case does not count."""
    source, text, start = (_any(says.get(place), re.IGNORECASE) for place in ("source", "text", "start"))
    return _Marks(source, text, start, _any(says.get("whole"), re.NOFLAG))


def _any(patterns: list[str] | None, flags: re.RegexFlag) -> re.Pattern[str] | None:
    return re.compile("|".join(f"(?:{one})" for one in patterns), flags) if patterns else None

"""Pages that are not what was asked for, whatever their status says."""

import re

from crawler.page import is_page, page, visible

_SHORT = 500
"""A page with more visible characters than this is an article, even one about missing pages."""

_CHALLENGE_SCRIPT = re.compile(
    r"__jsl_clearance|acw_sc__v2|\$_ts\s*=\s*window|/cdn-cgi/challenge|_waf_|aliyun_waf|yunsuo_session|safeline"
)
_CHALLENGE_TEXT = re.compile(
    r"人机验证|安全验证|访问验证|滑动验证|请完成验证|验证您是否|请开启\s*JavaScript|"
    r"访问过于频繁|请求被拦截|访问被阻断|Just a moment"
)
_MISSING = re.compile(
    r"(?<![\d/-])404(?![\d/-])|(页面|网页|文件|内容|信息|文章|栏目)(已经?)?(不存在|被?删除|走丢|找不到|未找到|下线)"
    r"|找不到(该|您|你|相关|此)?|Not Found",
    re.IGNORECASE,
)
_LOGIN = re.compile(r"(请|用户|账号|统一|会员)(先|重新)?(登录|登陆)")


def refusal(status: int, body: bytes) -> str | None:
    """`challenge`, `soft-404`, `login` or `status`; None for an answer to take as it is."""
    if 300 <= status < 400:
        return None
    said = _said(body)
    if said is not None and not (said == "soft-404" and status >= 500):  # it is away now, not gone
        return said
    return None if status == 200 else "status"


def _said(body: bytes) -> str | None:
    if not body.strip():
        return "soft-404"
    if not is_page(body):
        return None
    shown = page("", body)
    if "<datastore>" in shown.text or len(text := visible(shown.root)) > _SHORT:
        return None
    if _CHALLENGE_SCRIPT.search(shown.text) or _CHALLENGE_TEXT.search(text):
        return "challenge"
    if shown.root.css("input[type=password]") and _LOGIN.search(text):
        return "login"
    if shown.text.lstrip().startswith(("{", "[")):
        return None  # the JSON of a list has 404 in a number at times; its adapter says what it lacks
    moved = shown.root.xpath("//meta[translate(@http-equiv, 'REFSH', 'refsh') = 'refresh']")
    return "soft-404" if moved or _missing(shown.text, text) else None


def _missing(source: str, text: str) -> bool:
    """A page that is a list or a report links or says something else too; this one only apologises."""
    return bool(_MISSING.search(text)) and len(re.findall(r"<a\s", source, re.IGNORECASE)) < 10

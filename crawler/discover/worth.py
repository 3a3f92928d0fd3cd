"""How much a link promises to lead to annual reports, by its words and its address."""

import re
from urllib.parse import urlsplit

from crawler.cms.family import Lead
from parsers.register.offices import type_by_name
from parsers.text.fold import fold
from parsers.text.titles import report_title

COLUMN, DISCLOSURE, DIRECTORY, BODY = 100, 60, 50, 40
"""A column of reports; a way to disclosure; a list of bodies or years there; one body."""

_REPORTS = re.compile(
    r"(信息|政务)公开.{0,4}(年度?报|年度工作报告)|^(工作)?年度?报告?$|历年年报|年报(公示|专栏|目录)?$"
)
_REPORTS_ADDRESS = re.compile(
    r"(zfxxgk|xxgk|gk|zw|zfxx)(gz)?(nb|ndbg|nian?bao)|/(nb|ndbg|nianbao|niandubaogao)(/|$)|AnnualReport|Xxgknb",
    re.IGNORECASE,
)
_DISCLOSURE = re.compile(r"(信息|政务|政府).{0,2}公开|公开(目录|专栏|平台|网)|^(公开|政务|信息)$")
_DISCLOSURE_ADDRESS = re.compile(r"/(zfxxgk|xxgk|zwgk|gongkai|openness|gkmlpt|public/column)\w*(/|$)")
_DIRECTORY = re.compile(
    r"部门|乡镇|镇街|街镇|街道|镇\(|乡\(|单位|[县区市旗]直|机构|目录|^各|(19|20)\d\d年?度?$"
)
_ELSEWHERE = re.compile(
    r"解读|指南|依申请|制度|规定|申请表|登录|注册|邮箱|统计年报|政府网站.{0,4}年|预算|决算|财报|企业|无障碍|English"
    r"|^[上下首尾末]一?页$"
)


def worth(lead: Lead, *, within: bool) -> int:
    """0 for nothing. `within`: the page that names it lies inside the disclosure of the portal, where a
    bare year or the name of a body is a step towards reports; on a home page it is not."""
    title, path = fold("".join(lead.title.split())), _path(lead.url)
    if _ELSEWHERE.search(title) or _is_report(title):
        return 0
    if _REPORTS.search(title):
        return COLUMN
    if _REPORTS_ADDRESS.search(path):
        return COLUMN - 5
    if within and _DIRECTORY.search(title):
        return DIRECTORY
    if _DISCLOSURE.search(title):
        return DISCLOSURE
    if within and len(title) < 30 and type_by_name(title) != "other":
        return BODY
    return DISCLOSURE - 30 if _DISCLOSURE_ADDRESS.search(path) else 0


def _is_report(title: str) -> bool:
    """A report itself, not a column of them: it names its body and its year."""
    said = report_title(title)
    return said is not None and bool(said.body and said.year)


def _path(url: str) -> str:
    parts = urlsplit(url)
    return f"{parts.path}?{parts.query}" if parts.query else parts.path

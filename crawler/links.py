"""Is this link of a column an annual report, and of which year."""

import re
from dataclasses import dataclass
from typing import Literal
from urllib.parse import parse_qs, urlsplit

from parsers.text.fold import fold
from parsers.text.titles import BEFORE_ANOTHER, report_title
from parsers.text.years import YEAR, year_of

_CUT = re.compile(r"(\.{2,}|…+|\. \. \.)$")
_MODULE = re.compile(r"/(xxgk|openness)?AnnualReport(\.jsp$|/show/)|/Xxgknb/show/", re.IGNORECASE)
_BARE = re.compile(rf"{YEAR}年?(年度|度)?(工作)?(年度)?(报告|年报)$|^(年度报告|年报)\(?{YEAR}")
_OTHER_REPORT = re.compile(
    r"法治|依法行政|政府网站|网站监管|预算|决算|统计|质量|环境|审计|绩效|整改|巡察|述职|社会责任"
    r"|法人|政府工作|民生|普法|平安|应急|信用"
)
_LOOKS_LIKE_ONE = re.compile(r"(信息|政务)公开.*(报告|总结|年报|年度)|年度报告|年报")


@dataclass(frozen=True, slots=True)
class Link:
    """`report`: take it. `doubtful`: its title is cut short, so the article's own title decides.
    `alike`: not taken, though its title has the words of one. `other`: something else.

    `year` is the year reported on, None where title and address do not say."""

    verdict: Literal["report", "doubtful", "alike", "other"]
    year: int | None = None


def judge(title: str, url: str) -> Link:
    bare = fold("".join(title.split()))
    stem = _CUT.sub("", bare)
    if BEFORE_ANOTHER.search(stem):
        return _not_taken(stem)
    if said := report_title(stem):
        return Link("report", said.year)
    if _MODULE.search(urlsplit(url).path):
        return Link("report", _year_of_module(url) or _year(stem))
    if _BARE.search(stem) and not _OTHER_REPORT.search(stem):
        return Link("report", _year(stem))
    if stem != bare:
        return Link("alike" if _OTHER_REPORT.search(stem) else "doubtful", _year(stem))
    return _not_taken(stem)


def is_other_file(title: str) -> bool:
    """Whether an attachment says that it is something else than the report, such as a form to fill in."""
    return bool(BEFORE_ANOTHER.search(fold(title))) or "流程图" in title


def _not_taken(stem: str) -> Link:
    return Link("alike" if _LOOKS_LIKE_ONE.search(stem) else "other", _year(stem))


def _year(text: str) -> int | None:
    found = re.search(YEAR, text)
    return year_of(found[0]) if found else None


def _year_of_module(url: str) -> int | None:
    said = parse_qs(urlsplit(url).query).get("fbtime", [""])[0]
    return int(said) if re.fullmatch(r"20\d\d", said) else None

"""What the title of a report says: whose it is and which year it is for."""

import re
from dataclasses import dataclass

from parsers.text.fold import fold
from parsers.text.simplified import simplified
from parsers.text.years import YEAR, year_of

REPORT = re.compile(
    rf"(?:政府|政务)?信息公开(?:工作)?(?:的)?(?:情况)?(?:的)?(?:{YEAR}年?度?)?(?:年度)?(?:工作)?(?:情况)?(?:的)?"
    r"(?:总结)?(?:年度报告|年报告|报告|年报)"
    rf"|政务公开(?:工作)?(?:{YEAR}年?度?)?(?:年度)?(?:工作)?(?:情况)?(?:的)?(?:年度报告|年报)"
)
BEFORE_ANOTHER = re.compile(r"解读|读懂|图解|自查|申请表|指南|通知|通报|印发|范文|模板|培训|评议")
AFTER_ANOTHER = re.compile(
    r"解读|图解|自查|申请表|指南|通知|通报|方案|要点|的函|范文|模板|样式|格式|目录|审计(?!局)|评估"
)
# Each side has its own words: a body may be called 审计局.
YEAR_PHRASE = re.compile(rf"(?:关于)?[(\[]?({YEAR})[)\]]?年(?:年度|度)?")
LINK = re.compile(r"^附件(?:下载)?\d*[:：]?|^(?:下载|标题|名称|文件名称|信息名称)[:：]|^(?:标题|名称)")
ABOUT = re.compile(r"^[【\[(（]?(?:文字|文稿|政策|图文|图片|视频|一图)*(?:解读|读懂|图解)[】\])）]?[:：]?")
REMARK = re.compile(r"\([^()]{11,}\)")
# Somebody's note behind a title is no part of it; （样式） is.
# What stands before a title where it names a file or stands in a head block.
EDGE = re.compile(r"^[\s《<\"·:,、\-—.。\d]+|[\s》>\"·:,、\-—.。]+$")


@dataclass(frozen=True, slots=True)
class Title:
    """`body` is as printed, and None where the title names nobody."""

    text: str
    body: str | None
    year: int | None


def report_title(text: str) -> Title | None:
    """The title of an annual report, or None for anything else, such as an interpretation of one."""
    if "公" not in text:  # most lines of a page; no radical and no other form of it is in use
        return None
    bare = LINK.sub("", "".join(text.split()))
    folded = simplified(fold(bare))
    named = list(REPORT.finditer(folded))
    if not named:
        return None
    start, stop = named[-1].span()
    if BEFORE_ANOTHER.search(folded[:start]) or AFTER_ANOTHER.search(REMARK.sub("", folded[stop:])):
        return None
    return _title(bare, folded, start, stop)


def report_in_title(text: str) -> Title | None:
    """The report that a title names, be it the report's own or that of a text about it."""
    bare = ABOUT.sub("", LINK.sub("", "".join(text.split())))
    folded = simplified(fold(bare))
    named = list(REPORT.finditer(folded))
    return _title(bare, folded, *named[0].span()) if named else None


def _title(bare: str, folded: str, start: int, stop: int) -> Title:
    year = _year(folded, start, stop)
    return Title(bare, _body(bare, folded, start), year)


def _year(folded: str, start: int, stop: int) -> int | None:
    before = YEAR_PHRASE.findall(folded[:start])
    within = re.findall(YEAR, folded[start:stop])
    # 2023-2025 behind a title is no one year.
    after = re.findall(rf"(?<![-—~至\d])({YEAR})(?![-—~至\d])年?度?", folded[stop:])
    said = [*reversed(before), *within, *after]
    return year_of(said[0]) if said else None


def _body(bare: str, folded: str, start: int) -> str | None:
    """What stands before the report's name, without the year; printed characters, not folded ones."""
    phrases = list(YEAR_PHRASE.finditer(folded[:start]))
    keep = [True] * start
    for phrase in phrases:
        keep[phrase.start() : phrase.end()] = [False] * (phrase.end() - phrase.start())
    body = "".join(character for character, kept in zip(bare, keep, strict=False) if kept)
    body = EDGE.sub("", body).removeprefix("关于").removesuffix("关于").removesuffix("本级")
    return EDGE.sub("", body) or None

"""Radicals in place of ordinary characters, as some PDF writers leave them in a text."""

from dataclasses import replace

from samples.report import Report, Section

RADICALS = str.maketrans(
    {
        "一": "⼀",
        "二": "⼆",
        "人": "⼈",
        "入": "⼊",
        "力": "⼒",
        "口": "⼝",
        "大": "⼤",
        "女": "⼥",
        "子": "⼦",
        "小": "⼩",
        "工": "⼯",
        "心": "⼼",
        "户": "⼾",
        "手": "⼿",
        "文": "⽂",
        "方": "⽅",
        "日": "⽇",
        "月": "⽉",
        "止": "⽌",
        "水": "⽔",
        "生": "⽣",
        "用": "⽤",
        "目": "⽬",
        "立": "⽴",
        "老": "⽼",
        "自": "⾃",
        "行": "⾏",
        "见": "⻅",
        "车": "⻋",
        "金": "⾦",
        "长": "⻓",
        "门": "⻔",
        "非": "⾮",
        "面": "⾯",
        "页": "⻚",
        "风": "⻛",
        "食": "⻝",
        "民": "⺠",
        "网": "⽹",
        "谷": "⾕",
        "色": "⾊",
        "西": "⻄",
    }
)


def with_radicals(report: Report) -> Report:
    """The same report with radicals in its words; `figures` and the title on the page stay."""
    return replace(report, sections=tuple(_section(section) for section in report.sections))


def _section(section: Section) -> Section:
    paragraphs = tuple(paragraph.translate(RADICALS) for paragraph in section.paragraphs)
    return Section(section.number, section.heading.translate(RADICALS), paragraphs)

"""What is wrong in the made-up county, and where: chosen, named, never random."""

from dataclasses import dataclass
from datetime import date

Key = tuple[str, int]


@dataclass(frozen=True, slots=True)
class Change:
    """Figures printed otherwise than the arithmetic wants, as code and text."""

    texts: tuple[tuple[str, str], ...] = ()
    add: tuple[tuple[str, int], ...] = ()


# The publisher's own errors of arithmetic.
BROKEN: dict[Key, Change] = {
    ("land", 2022): Change(
        texts=(
            ("disputes.review.upheld", "10"),
            ("disputes.review.corrected", "1"),
            ("disputes.review.other", "0"),
            ("disputes.review.pending", "0"),
            ("disputes.review.total", "0"),
        )
    ),
    ("housing", 2021): Change(add=(("requests.granted.total", 1),)),
    ("security", 2019): Change(add=(("requests.carried_out.person", 2),)),
    ("qiyun", 2023): Change(add=(("requests.processed.total", -1),)),
    ("yancheng", 2024): Change(add=(("requests.new.company", 3),)),
}

MISSING: dict[Key, str] = {
    ("statistics", 2022): "never published",
    ("donglu", 2023): "never published",
    ("shuangqiao", 2024): "never published",
    ("audit", 2020): "listed, but its page says that it does not exist",
}

PUBLISHED: dict[Key, date] = {
    ("government", 2020): date(2021, 4, 9),
    ("commerce", 2022): date(2023, 2, 21),
    ("education", 2023): date(2024, 2, 5),
    ("veterans", 2024): date(2025, 6, 12),
    ("urban", 2025): date(2026, 5, 18),
}
LATE = tuple(PUBLISHED)

# The first has the section five of the second.
COPIED: dict[Key, str] = {("weitang", 2021): "qiaohe", ("audit", 2023): "commerce"}

WRONG_FORM: tuple[Key, ...] = (("luting", 2021), ("market", 2021), ("fengbei", 2022))
RESTARTED: tuple[Key, ...] = (("office", 2022), ("finance", 2021), ("beizhan", 2023), ("justice", 2022))
RADICALS: tuple[Key, ...] = (("justice", 2021), ("transport", 2022), ("baiyan", 2021), ("health", 2021))
SINGLE_OTHER: tuple[Key, ...] = (("water", 2023), ("shuangzhan", 2022), ("development", 2021))

# Rows of table three, all zero, whose cells are left blank or carry a mark.
BLANK: tuple[Key, ...] = (("yancheng", 2022), ("education", 2020), ("emergency", 2023))
MARKED: dict[Key, str] = {("liudun", 2021): "—", ("shiqing", 2022): "/", ("civil", 2020): "——"}

MISTYPED: dict[Key, tuple[tuple[str, str], ...]] = {
    ("labour", 2022): (("4.保护第三方合法权益", "4.保护第三合法权益"),),
    ("farming", 2021): (
        ("2.其他法律行政法规禁止公开", "2.其他法律行政法规禁公开"),
        ("3.危及“三安全一稳定”", "3.危及“三安全-稳定”"),
    ),
    ("nanxie", 2019): (("本年新公开数量", "本年新公开数最"),),
}

# The title names another year than the text and the tables do.
TITLE_YEAR: dict[Key, int] = {("civil", 2022): 2021, ("insurance", 2021): 2020}

# An amount that carries a unit of its own.
OWN_UNIT: dict[Key, str] = {("finance", 2023): "1528300元"}

# The state of the portals in phase 2.
EDITED: dict[Key, Change] = {("health", 2023): Change(add=(("disclosure.penalties.decisions", 17),))}
ADDED_LATER: tuple[Key, ...] = (("urban", 2025),)
DELETED_LATER: tuple[Key, ...] = (("culture", 2018),)

# The same report at a second address, in the county's column.
MIRRORED: tuple[Key, ...] = (("land", 2021), ("luting", 2022))
# The same row twice in one column.
LISTED_TWICE: tuple[Key, ...] = (("health", 2022), ("education", 2021))

# Old reports moved to a new site: the address has the day of the move.
MOVED: dict[str, date] = {"transport": date(2017, 6, 12), "commerce": date(2018, 12, 3)}
MOVED_UP_TO = 2013


@dataclass(frozen=True, slots=True)
class Decoy:
    """A page in a report column that is no report."""

    body: str
    published: date
    title: str
    text: tuple[str, ...]


DECOYS = (
    Decoy(
        "government",
        date(2022, 3, 28),
        "《砚澜县人民政府2021年政府信息公开工作年度报告》解读",
        (
            "为方便群众了解砚澜县2021年政府信息公开工作年度报告，现就编制依据和主要内容解读如下。",
            "报告共六个部分，数据来自各单位登记台账，由县政府办公室核对。",
        ),
    ),
    Decoy(
        "education",
        date(2020, 6, 18),
        "砚澜县教育局关于政府信息公开工作的自查报告",
        ("按照县里通知，我局对公开栏目逐项自查，发现空白栏目两个，已补充内容。",),
    ),
    Decoy(
        "office",
        date(2019, 7, 2),
        "砚澜县政府信息公开申请表",
        ("申请人信息：姓名、证件名称、联系电话、通信地址。", "所需政府信息：名称、用途、提供方式。"),
    ),
    Decoy(
        "farming",
        date(2023, 8, 9),
        "砚澜县农业农村局政府信息公开指南",
        ("本指南说明公开范围、申请方式和受理机构，每年更新一次。",),
    ),
    Decoy(
        "yancheng",
        date(2021, 11, 4),
        "砚城街道办事处关于2021年政务公开工作要点落实情况的函",
        ("现将2021年政务公开工作要点落实情况函告如下：社区公开栏已更新，物业矛盾台账已公示。",),
    ),
    Decoy(
        "market",
        date(2022, 2, 25),
        "一图读懂：砚澜县市场监督管理局2021年政府信息公开年报",
        ("用一张图了解本局一年来的公开工作：公开数量稳中有升，申请均按时答复。",),
    ),
)
DEAD_ROW_DAY = date(2021, 1, 19)

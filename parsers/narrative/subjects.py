"""What a number in a sentence counts, told from the words right before it and right behind it.

A subject is a word; where its meaning is exactly a figure's, CODES gives the figure of each form.
"""

import re
from dataclasses import dataclass

REQUEST = (
    r"(?:政府信息公开的?申请|政府信息公开依申请|政务公开申请|信息公开申请|依申请公开(?:政府)?信息(?:公开)?(?:申请)?"
    r"|依申请公开的?(?:申请|事项|件)?|依申请信息公开(?:申请)?|公开申请|政府信息申请|申请公开(?:政府信息)?|申请)"
)
WHO = (
    r"(?:(?:公民|群众|社会公众|公众|居民|村民|市民|社会|各界|法人|个人|企业|单位|其他|社会组织|组织|申请人|任何|有关|关于|书面|要求"
    r"|[、或和及与])*(?:的|递交的?|提交的?|提出的?)?)"
)
SO_MANY = r"(?:事项|数量|件数|总数|总量)?(?:共计|共有|共|合计|总计|计|为|有|达到|达|了|:)*"
CASES = frozenset("件条份宗起个次例项") | {"人次"}
LAWSUITS = frozenset("件起宗例")
PIECES = frozenset("条篇期份件则") | {"篇次", "条次"}
HEADS = frozenset("人个户名") | {""}
LOOKS = frozenset("次人") | {"人次", ""}


@dataclass(frozen=True, slots=True)
class Pattern:
    """`lead` ends right before the number, `tail` begins right behind its unit; `about` has to be said
    somewhere in the paragraph or its heading, `never` anywhere in the clause before the number."""

    subject: str
    lead: re.Pattern[str]
    units: frozenset[str]
    tail: re.Pattern[str] | None = None
    about: re.Pattern[str] | None = None
    never: re.Pattern[str] | None = None


def subject_of(context: str, clause: str, unit: str, tail: str) -> str | None:
    """`context` is the paragraph and its heading, `clause` what stands before the number in its clause,
    `tail` what stands behind its unit."""
    for pattern in PATTERNS:
        if (
            unit in pattern.units
            and pattern.lead.search(clause)
            and (pattern.tail is None or pattern.tail.match(tail))
            and (pattern.about is None or pattern.about.search(context))
            and not (pattern.never and pattern.never.search(clause))
        ):
            return pattern.subject
    return None


def _lead(words: str) -> re.Pattern[str]:
    return re.compile(f"(?:{words}){SO_MANY}$")


DISCLOSURE = re.compile(r"信息公开|政务公开|依申请|公开工作|公开申请|申请公开")
APPLICATIONS = re.compile(r"信息公开申请|信息公开依申请|依申请|公开申请|申请公开")
SOME_APPLICANTS = r"^(?!.*(?:公民|群众|公众|社会)).*(?:法人|企业|组织|个人)"
"""申请 by firms alone, as against 公民、法人和其他组织."""
OTHER_BUSINESS = re.compile(r"提案|建议|信访|热线|工单|投诉举报|案件审理|(?:办理|审理|受理|审结|代理)行政")
BY_WHICH_WAY = re.compile(
    r"网络|网上|在线|信函|当面|现场|传真|邮件|邮寄|平台|系统|网站|邮箱|自然人|商业|科研|公益|律师|其中|主动|转办"
    rf"|{SOME_APPLICANTS}|按时|按期|延期|逾期|及时|当年|当期|不予|受理的|涉及|关于|部门|乡镇|撤回|撤销"
)
REFUSING = re.compile(r"不予|不同意|部分|主动|依法不")

PATTERNS = (
    Pattern("carried_in", _lead(rf"(?:上年度?|上一年度?|去年)结转(?:的|而来的?)?{REQUEST}?"), CASES),
    Pattern(
        "carried_out",
        _lead(
            rf"(?:结转|转入|转)(?:至|到|入)?(?:下|次)一?年度?(?:继续)?(?:办理|处理|答复)?(?:的)?{REQUEST}?"
        ),
        CASES,
    ),
    Pattern(
        "carried_out",
        re.compile(r"(?:另有|有|剩余|尚有|其余)$"),
        CASES,
        tail=re.compile(r"(?:结转|转入)(?:至|到|入)?(?:下|次)一?年"),
    ),
    Pattern(
        "received",
        _lead(rf"(?:收到|新收|接到|接收)了?{WHO}{REQUEST}"),
        CASES,
        about=DISCLOSURE,
        never=BY_WHICH_WAY,
    ),
    Pattern(
        "received",
        _lead(r"(?:收到|新收|接到)(?:了)?"),
        CASES,
        tail=re.compile(rf"(?:的)?{WHO}{REQUEST}(?![\u4e00-\u9fff])"),
        about=DISCLOSURE,
        never=BY_WHICH_WAY,
    ),
    Pattern("accepted", _lead(rf"受理了?{WHO}{REQUEST}"), CASES, about=DISCLOSURE),
    Pattern(
        "processed",
        _lead(rf"办结了?{WHO}{REQUEST}?"),
        CASES,
        about=APPLICATIONS,
        never=re.compile(f"{BY_WHICH_WAY.pattern}|{OTHER_BUSINESS.pattern}"),
    ),
    Pattern(
        "granted",
        _lead(r"(?<!不)予以公开(?:的)?"),
        CASES,
        about=re.compile(r"申请|办结|答复"),
        never=REFUSING,
    ),
    Pattern("partial", _lead(r"(?:予以)?部分公开(?:的)?"), CASES, about=APPLICATIONS),
    Pattern("refused", _lead(r"不予公开(?:的)?"), CASES, about=APPLICATIONS),
    Pattern("unavailable", _lead(r"无法提供(?:的)?"), CASES, about=APPLICATIONS),
    Pattern("declined", _lead(r"不予处理(?:的)?"), CASES, about=APPLICATIONS),
    Pattern("not_held", _lead(r"本机关不掌握相关政府信息(?:的)?"), CASES),
    Pattern("not_existing", _lead(r"(?:申请)?信息不存在(?:的)?"), CASES, about=APPLICATIONS),
    Pattern(
        "review",
        _lead(r"行政复议(?:案件|申请|案)?"),
        LAWSUITS,
        about=DISCLOSURE,
        never=re.compile(f"{OTHER_BUSINESS.pattern}|维持|纠正|纠错|审结"),
    ),
    Pattern(
        "litigation",
        _lead(r"行政诉讼(?:案件|案)?"),
        LAWSUITS,
        about=DISCLOSURE,
        never=re.compile(f"{OTHER_BUSINESS.pattern}|维持|纠正|纠错|审结|败诉|胜诉"),
    ),
    Pattern(
        "requests", _lead(rf"{REQUEST}"), CASES, about=DISCLOSURE, never=re.compile(r"申请表|撤回|撤销|低保")
    ),
    Pattern("normative.issued", _lead(r"(?:制发|制定|出台)了?(?:行政)?规范性文件"), CASES | {"部"}),
    Pattern("normative.repealed", _lead(r"废止了?(?:行政)?规范性文件"), CASES | {"部"}),
    Pattern("normative.in_force", _lead(r"现行有效的?(?:行政)?规范性文件"), CASES | {"部"}),
    Pattern(
        "disclosed",
        _lead(r"主动公开(?:各类)?(?:政府|政务)?信息"),
        frozenset("条"),
        never=re.compile(r"网站|微博|微信|公众号|平台|公报|媒体|其中|栏"),
    ),
    Pattern("followers", _lead(r"(?:关注|粉丝|订阅|用户)(?:人|用户|总|数量|数|量|者)*"), HEADS),
    Pattern("views", _lead(r"(?:阅读|浏览|点击|访问|播放|转发)(?:总|数量|次数|人次|数|量|人)*"), LOOKS),
    Pattern("accounts", _lead(r"(?:公众号|账号|账户|新媒体|微博|抖音号|视频号|网站)"), frozenset("个家")),
    Pattern(
        "accounts",
        _lead(r"(?:开设|设有|设立|运营|现有|开通|建有|运行|拥有)"),
        frozenset("个家"),
        tail=re.compile(r"(?:政务|政府|官方)?(?:微信|公众号|账号|新媒体|微博|抖音|网站|公开栏)"),
    ),
    Pattern(
        "published",
        re.compile(r"(?:发布|公开|更新|推送|编发|刊发|上传|发表|刊登|公示|推出|转载|发文)[^,;:]*$"),
        PIECES,
        never=re.compile(r"申请|复议|诉讼|提案|建议|予以公开|部分公开|不予"),
    ),
)

"""Sentences that say there was nothing: 未收到申请, 没有因政府信息公开引起的行政复议."""

import re
from collections.abc import Iterator

from parsers.narrative.sentences import Sentence
from parsers.narrative.subjects import DISCLOSURE, REQUEST, SOME_APPLICANTS, WHO

NOTHING = r"(?:未曾|未|没有|无)"
ANYTHING = re.compile(NOTHING)
STOP = r"(?:$|[,;。!、和及也且或])"
END = rf"(?=(?:的?(?:事项|情况|来信|信函|案件|件|书|案例))?(?:发生|出现|产生)?{STOP})"
SOME_KIND = re.compile(r"纠错|纠正|败诉|维持|结转|撤销|不服|超期|逾期|审结|未经复议")

NO_REQUEST = re.compile(
    rf"{NOTHING}(?:新)?(?:收到|接到|收|受理){WHO}{REQUEST}{END}"
    rf"|(?:无|没有)(?:新收)?(?:政府信息公开申请|依申请公开(?:的?申请|政府信息)?){END}"
)
NO_CARRIED_IN = re.compile(rf"{NOTHING}(?:上年度?|上一年度?)结转的?{REQUEST}?{END}")
NORMATIVE = "normative.issued"
DISPUTES = 4
"""The section on them need not say what they are about."""

NO_NORMATIVE = re.compile(rf"{NOTHING}(?:制发|制定|出台)(?:行政)?规范性文件{END}")
NO_DISPUTE = re.compile(
    rf"{NOTHING}(?:发生|收到|引起|引发|产生|出现|提起|因|涉及|有|被|(?=行政))(?P<why>[^,;。]*?)"
    r"(?P<review>行政复议)?(?:案件|申请|案)?[、和及与或]?(?:提起)?(?P<litigation>行政诉讼)?"
    rf"(?:案件|案)?(?<=[复议诉讼案件申请]){END}"
)


def denied(sentence: Sentence) -> Iterator[tuple[str, str, int]]:
    """Subjects of which the sentence says that there were none, with a unit and where it says so."""
    if not ANYTHING.search(sentence.bare):
        return
    for pattern, subject in (
        (NO_REQUEST, "received"),
        (NO_CARRIED_IN, "carried_in"),
        (NO_NORMATIVE, NORMATIVE),
    ):
        for said in pattern.finditer(sentence.bare):
            if not re.search(SOME_APPLICANTS, said[0]):
                yield subject, "件", said.start()
    if sentence.section != DISPUTES and not DISCLOSURE.search(sentence.context):
        return
    for said in NO_DISPUTE.finditer(sentence.bare):
        if SOME_KIND.search(said[0]):
            continue
        for subject in ("review", "litigation"):
            if said[subject]:
                yield subject, "件", said.start()

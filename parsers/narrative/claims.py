"""Claims: each quantity that a sentence states of a known subject, with its unit and its period."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from parsers.narrative.denials import denied
from parsers.narrative.meanings import code_of
from parsers.narrative.periods import period_of
from parsers.narrative.sentences import Sentence, sentences
from parsers.narrative.subjects import subject_of
from parsers.reading import Claim, Scope, Section
from parsers.text.fold import fold
from parsers.text.numerals import Quantity, quantities

UNIT = re.compile(r"人次|篇次|条次|万元|个百分点|[件条份宗起个次例项篇期则人户名家部元%]")
NO_UNIT = re.compile(r"一?(?:次性|条龙|个人|件事|份子|人一)")
CLAUSE = re.compile(r"[,;:。!?()]")
CHANGE = re.compile(r"(?:增长|增加|减少|下降|上升|提高|降低|增幅|降幅)(?:了|为|达|约)*$")
SHARE = re.compile(r"(?:占|占比)[^,;:。]{0,14}$")
RATE = re.compile(r"(?:办结|答复|回复|办理)率(?:为|达到|达|均为|均达)*$")
PART_OF_AREA = re.compile(r"本级|政府办|办公室|部门|街道|乡镇|各镇|直属|[县区市]直|[镇局委厅乡](?!级)")


@dataclass(frozen=True, slots=True)
class Report:
    """What has to be known of a report to understand its sentences."""

    form: str
    year: int | None
    scope: Scope
    body: str | None = None


@dataclass(frozen=True, slots=True)
class _Said:
    """A number in its sentence: the clause before it, the unit, what follows."""

    quantity: Quantity
    unit: str
    clause: str
    tail: str


def claims(sections: Sequence[Section], report: Report) -> tuple[Claim, ...]:
    return tuple(claim for sentence in sentences(sections) for claim in _claims(sentence, report))


def _claims(sentence: Sentence, report: Report) -> Iterator[Claim]:
    for denial, unit, at in denied(sentence):
        clause = _clause(sentence.bare[:at])
        yield _claim(sentence, report, denial, _Said(Quantity(0, False, at, at), unit, clause, ""))
    last: str | None = None
    for said in _quantified(sentence.bare):
        subject = _subject(sentence, said, last)
        if subject:
            yield _claim(sentence, report, subject, said)
        if said.unit and said.unit != "%" and not CHANGE.search(said.clause):
            last = subject


def _quantified(bare: str) -> Iterator[_Said]:
    before = 0
    for quantity in quantities(bare):
        unit = UNIT.match(bare, quantity.stop)
        if NO_UNIT.match(bare, quantity.start):
            continue
        stop = unit.end() if unit else quantity.stop
        clause = _clause(bare[before : quantity.start])
        yield _Said(quantity, unit[0] if unit else "", clause, bare[stop : stop + 30])
        if unit:
            before = stop


def _clause(text: str) -> str:
    return CLAUSE.split(text)[-1]


def _subject(sentence: Sentence, said: _Said, last: str | None) -> str | None:
    """A change or a share is of what was counted last in the sentence."""
    if CHANGE.search(said.clause):
        own = subject_of(sentence.context, CHANGE.sub("", said.clause), "件", "")
        counted = own or last
        return f"{counted}.change" if counted else None
    if said.unit == "%":
        if SHARE.search(said.clause):
            return f"{last}.share" if last else None
        return "answered.rate" if RATE.search(said.clause) else None
    return subject_of(sentence.context, said.clause, said.unit, said.tail)


def _claim(sentence: Sentence, report: Report, subject: str, said: _Said) -> Claim:
    code = None if _of_a_part(said.clause, report) else code_of(subject, report.form)
    return Claim(
        subject=code or subject,
        value=said.quantity.value,
        approximate=said.quantity.approximate,
        unit=said.unit,
        period=period_of(sentence.bare, said.clause, said.quantity.start, report.year),
        sentence=sentence.text,
        section=sentence.section,
    )


def _of_a_part(clause: str, report: Report) -> bool:
    """What an area's report says of one office in it is not what its tables count. A report of its own
    office alone speaks of that, whatever it calls it."""
    if report.scope == "own":
        return False
    return bool(PART_OF_AREA.search(clause.replace(fold(report.body or "") or "\n", "")))

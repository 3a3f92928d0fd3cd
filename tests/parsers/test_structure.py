"""What is wrong with a report as a whole: each rule broken once, and once not."""

from collections.abc import Callable, Mapping

import pytest

from parsers.document import Document, Grid, Line
from parsers.form import form
from parsers.identify import scope
from parsers.read import understood
from parsers.reading import Finding, Reading, as_json, from_json
from parsers.text.bodies import kind_of, same_body

Make = Callable[..., Document]
FEES = "2023年未收取政府信息公开信息处理费。"


def read(
    make_document: Make,
    *,
    id: str = "2021",
    title: str = "青禾县民政局2023年政府信息公开工作年度报告",
    lines: dict[int, list[str]] | None = None,
    left_out: int | None = None,
    texts: Mapping[str, str] | None = None,
) -> Reading:
    """A sound report of zeros with all six sections; `lines` are put into the section of that number."""
    statute = form(id)
    zeros = {**dict.fromkeys(statute.codes(), "0"), **(texts or {})}
    grids = [block for block in make_document(statute, zeros).blocks if isinstance(block, Grid)]
    blocks: list[Line | Grid] = [Line(title)]
    words = {6: [FEES]} | (lines or {})
    for number, heading in enumerate(statute.sections, 1):
        if number != left_out:
            blocks.append(Line(f"{'一二三四五六'[number - 1]}、{heading}"))
        blocks += [Line(text) for text in words.get(number, ["内容如下。"])]
        blocks += grids[number - 2 : number - 1] if 2 <= number <= 4 else []
    reading = understood(Document("text/html", tuple(blocks)), "0" * 64)
    assert isinstance(reading, Reading)
    return reading


def found(reading: Reading) -> list[str]:
    return [finding.rule for finding in reading.findings]


def one(reading: Reading, rule: str) -> Finding:
    (finding,) = [finding for finding in reading.findings if finding.rule == rule]
    return finding


def test_a_sound_report_has_no_finding(make_document: Make) -> None:
    assert found(read(make_document)) == []


def test_a_missing_section(make_document: Make) -> None:
    assert "存在的主要问题" in one(read(make_document, left_out=5), "sections.missing").says


def test_a_renumbered_section(make_document: Make) -> None:
    reading = read(make_document, left_out=5, lines={5: ["六、存在的主要问题及改进情况"], 6: [FEES]})
    assert "六、存在的主要问题" in one(reading, "sections.number").says


def test_an_extra_section(make_document: Make) -> None:
    reading = read(make_document, lines={6: [FEES, "七、附件目录", "无。"]})
    assert "七、附件目录" in one(reading, "sections.extra").says


def test_numbers_that_begin_again_in_section_one(make_document: Make) -> None:
    inner = ["一、主动公开情况", "内容。", "二、依申请公开情况", "内容。", "三、平台建设", "内容。"]
    reading = read(make_document, lines={1: inner, 6: [FEES]})
    assert found(reading) == ["sections.restarted"]
    assert "section 1" in reading.findings[0].says


def test_the_rows_of_a_table_in_running_text_are_no_headings(make_document: Make) -> None:
    rows = ["一、本年新收政府信息公开申请数量", "二、上年结转政府信息公开申请数量", "三、本年度办理"]
    assert "sections.restarted" not in found(read(make_document, lines={3: rows, 6: [FEES]}))


@pytest.mark.parametrize(
    ("id", "year", "wrong"), [("2019", 2023, True), ("2021", 2020, True), ("2019", 2020, False)]
)
def test_the_form_of_another_year(make_document: Make, id: str, year: int, wrong: bool) -> None:
    reading = read(make_document, id=id, title=f"青禾县民政局{year}年政府信息公开工作年度报告")
    assert ("form.year" in found(reading)) == wrong


@pytest.mark.parametrize(
    "sentence",
    [
        "现将青禾县教育局2023年政府信息公开情况报告如下。",
        "本报告由青禾县教育局编制。",
        "编制单位：青禾县教育局",
    ],
)
def test_the_name_of_another_body(make_document: Make, sentence: str) -> None:
    finding = one(read(make_document, lines={1: [sentence], 6: [FEES]}), "name.other")
    assert "教育局" in finding.says


@pytest.mark.parametrize(
    "sentence",
    [
        "现将县民政局2023年政府信息公开情况报告如下。",
        "根据《青禾县教育局2023年政府信息公开工作要点》，逐项落实。",
        "青禾县人民政府2023年政府信息公开工作年度报告已经公布。",
        "对各局2023年政府信息公开工作进行考核。",
    ],
)
def test_names_that_are_no_leftover(make_document: Make, sentence: str) -> None:
    assert "name.other" not in found(read(make_document, lines={1: [sentence], 6: [FEES]}))


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("青禾县住房和城乡建设局", "县住建局", True),
        ("青禾县发展和改革委员会", "县发改委", True),
        ("青禾县民政局", "民政局", True),
        ("青禾县民政局", "县教育局", False),
        ("湛北路街道办事处", "东新街道办事处", False),
    ],
)
def test_short_names_of_one_body(one: str, other: str, same: bool) -> None:
    assert same_body(one, other) == same
    assert kind_of(one) == kind_of(other) is not None


def test_a_unit_inside_a_cell(make_document: Make) -> None:
    reading = read(make_document, texts={"disclosure.fees.amount": "251000元"})
    assert one(reading, "cells.unit").codes == ("disclosure.fees.amount",)


def test_fees_are_not_stated(make_document: Make) -> None:
    assert "fees.unstated" in found(read(make_document, lines={6: ["无。"]}))
    old = read(
        make_document, id="2019", title="青禾县民政局2020年政府信息公开工作年度报告", lines={6: ["无。"]}
    )
    assert "fees.unstated" not in found(old)


def test_no_requests_beside_disputes(make_document: Make) -> None:
    disputes = {"disputes.review.upheld": "2", "disputes.review.total": "2"}
    finding = one(read(make_document, texts=disputes), "requests.none_with_disputes")
    assert (finding.left, finding.right) == (0, 2)
    rows, columns = ("new", "granted", "processed"), ("person", "total")
    received = {f"requests.{row}.{column}": "1" for row in rows for column in columns}
    assert found(read(make_document, texts=disputes | received)) == []


def test_the_scope_of_a_government(make_document: Make) -> None:
    title = "青禾县人民政府2023年政府信息公开工作年度报告"
    assert "scope.unstated" in found(read(make_document, title=title))
    said = "本报告汇总全县各有关单位上报情况形成。"
    reading = read(make_document, title=title, lines={1: [f"概述。{said}其余从略。"], 6: [FEES]})
    assert found(reading) == []
    assert (reading.scope, reading.scope_says) == ("aggregate", said)
    assert from_json(as_json("one.html", reading)) == reading


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("数据为全县汇总数。", "aggregate"),
        ("加强对典型案例的研究、梳理和汇总。", "unstated"),
        ("本报告数据仅为本机关的情况。", "own"),
    ],
)
def test_what_states_a_scope(text: str, said: str) -> None:
    assert scope(text) == (said, None if said == "unstated" else text)

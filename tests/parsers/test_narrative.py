"""Claims of the narrative, and where they contradict the tables. Nothing is claimed that is not certain."""

from collections.abc import Mapping

import pytest

from parsers.narrative import Report, claims, contradictions
from parsers.reading import Claim, Figure, Scope, Section

HERE = Report("2021", 2023, "own")


def said(text: str, report: Report = HERE, section: int = 1) -> list[Claim]:
    return list(claims((Section(section, "一、总体情况", text),), report))


def facts(text: str, report: Report = HERE) -> list[tuple[str, int | str]]:
    return [(claim.subject, claim.value) for claim in said(text, report)]


def figures(values: Mapping[str, int]) -> dict[str, Figure]:
    return {code: Figure(code, "read", value, str(value)) for code, value in values.items()}


def against(text: str, values: Mapping[str, int], report: Report = HERE) -> list[str]:
    found = contradictions(said(text, report), figures(values), report)
    assert all(f.rule == "narrative.contradiction" and f.severity == "warning" for f in found)
    return [finding.says for finding in found]


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("全年共收到政府信息公开申请81件。", ("requests.new.total", 81)),
        ("本年新收依申请公开申请 1,081 件。", ("requests.new.total", 1081)),
        ("我局收到81件公民、法人和其他组织的政府信息公开申请。", ("requests.new.total", 81)),
        ("收到依申请信息公开二十六件。", ("requests.new.total", 26)),
        ("2023年，我办未收到群众依申请公开申请。", ("requests.new.total", 0)),
        ("全年没有收到公开申请，无结转事项。", ("requests.new.total", 0)),
        ("也没有上年结转的申请。", ("requests.carried_in.total", 0)),
        ("上年结转政府信息公开申请3件。", ("requests.carried_in.total", 3)),
        ("对收到的申请，另有2件转入下一年度继续办理。", ("requests.carried_out.total", 2)),
        ("结转下年度继续办理2件。", ("requests.carried_out.total", 2)),
        ("公开申请均按规定办理，共办结81件。", ("requests.processed.total", 81)),
        ("对公开申请予以公开31件。", ("requests.granted.total", 31)),
        ("对公开申请部分公开5件。", ("requests.partial.total", 5)),
        ("对公开申请不予公开5件。", ("refused", 5)),
        ("因政府信息公开引起的行政复议3件。", ("disputes.review.total", 3)),
        ("因政府信息公开被提起行政诉讼3件。", ("litigation", 3)),
        ("本街道未制发行政规范性文件。", ("disclosure.normative.issued", 0)),
        ("发布信息近三十条。", ("published", 30)),
        ("公众号发布信息百余条。", ("published", 100)),
        ("公众号关注总用户数为7469人。", ("followers", 7469)),
        ("阅读总量43万次。", ("views", 430000)),
        ("街道设有微信公众号一个。", ("accounts", 1)),
    ],
)
def test_one_claim(text: str, wanted: tuple[str, int]) -> None:
    assert facts(text) == [wanted]


@pytest.mark.parametrize(
    "text",
    [
        "其中通过网络平台收到申请30件。",
        "收到信函申请5件。",
        "收到政府信息公开申请，其中法人申请5件。",
        "未收到法人和其他组织的政府信息公开申请。",
        "收到申请30件，已按规定发放补助。",
        "未收到低保申请。",
        "办理结果：予以公开信息120件。",
        "按时办结80件申请。",
        "主动予以公开信息500条，答复申请及时。",
        "办理行政复议案件120件。",
        "未发生被纠错的政府信息公开行政复议。",
        "未经复议直接起诉。",
        "围绕法律援助、行政复议两条主线安排全年公开工作。",
        "办结建议提案12件，回复申请人及时。",
    ],
)
def test_what_is_something_else_has_no_code(text: str) -> None:
    assert not [claim for claim in said(text) if claim.subject.startswith(("requests.", "disputes."))]


def test_nothing_of_one_is_said_of_the_other() -> None:
    text = "我办未收到群众依申请公开申请，未引起行政复议和行政诉讼。"
    assert facts(text) == [("requests.new.total", 0), ("disputes.review.total", 0), ("litigation", 0)]


def test_unit_period_sentence_and_place() -> None:
    (claim,) = said("概述如下。全年通过网站公开信息130余条。其余从略。")
    assert claim == Claim("published", 130, True, "条", "2023", "全年通过网站公开信息130余条。", 1)


@pytest.mark.parametrize(
    ("text", "period"),
    [
        ("2022年收到政府信息公开申请5件。", "2022"),
        ("去年收到政府信息公开申请5件。", "2022"),
        ("截至2023年底，累计收到政府信息公开申请5件。", "to date"),
        ("截至目前有公众号一个，全年发布消息5条。", "2023"),
        ("上半年收到政府信息公开申请5件。", "part of 2023"),
        ("收到政府信息公开申请5件。", "2023"),
    ],
)
def test_periods(text: str, period: str) -> None:
    assert said(text)[-1].period == period


def test_changes_and_shares_are_of_what_was_counted() -> None:
    text = "收到公开申请81件，同比增长12.5%；办结81件，其中予以公开31件，占38.27%。"
    assert facts(text) == [
        ("requests.new.total", 81),
        ("received.change", "12.5"),
        ("requests.processed.total", 81),
        ("requests.granted.total", 31),
        ("granted.share", "38.27"),
    ]


def test_the_table_of_2014_and_reports_without_one_have_its_codes() -> None:
    for form in ("2014", "free"):
        text = "全年主动公开政府信息310条。收到公开申请9件，办结9件。"
        wanted = [("indicators.disclosed", 310), ("indicators.received", 9), ("indicators.concluded", 9)]
        assert facts(text, Report(form, 2016, "own")) == wanted


def test_what_a_paragraph_is_about_is_said_once() -> None:
    text = "（二）依申请公开。收到申请9件，办结9件。"
    assert facts(text) == [("requests.new.total", 9), ("requests.processed.total", 9)]


def test_a_share_is_not_of_what_was_not_understood() -> None:
    text = "主动公开政府信息83条，其中动态类81条，占97.59%。"
    assert facts(text, Report("free", 2012, "own")) == [("indicators.disclosed", 83)]


@pytest.mark.parametrize("scope", ["aggregate", "unstated"])
def test_an_office_of_an_area_is_not_the_area(scope: Scope) -> None:
    area = Report("2021", 2023, scope, "青禾区人民政府")
    assert facts("区政府办收到政府信息公开申请17件。", area) == [("received", 17)]
    assert facts("全区收到政府信息公开申请81件。", area) == [("requests.new.total", 81)]
    street = Report("2021", 2023, scope, "青禾街道办事处")
    assert facts("青禾街道办事处收到政府信息公开申请81件。", street) == [("requests.new.total", 81)]


def test_a_contradiction_quotes_both() -> None:
    (says,) = against(
        "概述。收到政府信息公开申请81件。", {"requests.new.total": 80, "requests.carried_in.total": 0}
    )
    assert "81件" in says
    assert "requests.new.total" in says
    assert "“收到政府信息公开申请81件。”" in says


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("收到政府信息公开申请81件。", {"requests.new.total": 81, "requests.carried_in.total": 0}),
        ("收到政府信息公开申请81件。", {"requests.new.total": 80, "requests.carried_in.total": 1}),
        ("收到政府信息公开申请约80件。", {"requests.new.total": 81, "requests.carried_in.total": 0}),
        ("2022年收到政府信息公开申请5件。", {"requests.new.total": 81, "requests.carried_in.total": 0}),
        ("政府信息公开行政诉讼3件。", {"disputes.direct.total": 1, "disputes.after_review.total": 2}),
        ("收到政府信息公开申请81件。", {}),
    ],
)
def test_what_agrees_or_may_agree_is_no_contradiction(text: str, values: dict[str, int]) -> None:
    assert against(text, values) == []


def test_a_denial_is_held_against_the_table() -> None:
    (says,) = against("未收到政府信息公开申请。", {"requests.new.total": 2, "requests.carried_in.total": 0})
    assert "未收到" in says
    assert against("没有因政府信息公开引起的行政复议。", {"disputes.review.total": 1})
    assert not against("没有因政府信息公开引起的行政复议。", {"disputes.review.total": 0})


def test_an_unread_figure_contradicts_nothing() -> None:
    blank = {"disputes.review.total": Figure("disputes.review.total", "blank", None, "")}
    assert contradictions(said("因政府信息公开引起的行政复议3件。"), blank, HERE) == ()


def test_two_sentences_without_a_table() -> None:
    free = Report("free", 2011, "own")
    (says,) = against("收到政府信息公开申请5件。全年收到政府信息公开申请6件。", {}, free)
    assert "5件" in says
    assert "6件" in says
    assert against("收到政府信息公开申请5件。全年收到政府信息公开申请5件。", {}, free) == []


@pytest.mark.parametrize(
    ("share", "wrong"), [("38.27", False), ("38.2", False), ("38.3", False), ("39.27", True)]
)
def test_shares_are_worked_out(share: str, wrong: bool) -> None:
    text = f"收到公开申请81件，其中予以公开31件，占{share}%。"
    values = {"new": 81, "carried_in": 0, "processed": 81, "granted": 31}
    found = against(text, {f"requests.{row}.total": value for row, value in values.items()})
    assert bool(found) == wrong


def test_no_one_is_blamed_where_characters_may_be_wrong() -> None:
    told = said("因政府信息公开引起的行政复议3件。")
    (finding,) = contradictions(told, figures({"disputes.review.total": 8}), HERE, damaged=True)
    assert finding.attribution == "undecided"
    (finding,) = contradictions(told, figures({"disputes.review.total": 8}), HERE)
    assert (finding.attribution, finding.left, finding.right) == ("publisher", 3, 8)

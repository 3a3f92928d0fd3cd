import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawler.links import is_other_file, judge

ARTICLE = "http://www.example.cn/zwgk/202201/t20220120_1.htm"

TAKEN = [
    ("青禾县民政局2021年政府信息公开工作年度报告", 2021),
    ("2021年度青禾县柳溪镇人民政府政府信息公开工作年度报告", 2021),
    ("柳溪镇2008年政府信息公开年度报告", 2008),
    ("青禾县审计局2019年度政府信息公开工作报告", 2019),
    ("青禾县统计局2020年度政务公开工作年报", 2020),
    ("关于2016年政府信息公开工作情况的年度报告", 2016),
    ("二〇二一年青禾县政府信息公开工作年度报告", 2021),
    ("青禾县 2021 年政府 信息公开工作年度报告", 2021),
    ("２０２３年政府信息公开工作年度报告", 2023),
    ("政府信息公开工作年度报告", None),
    ("2022年年报", 2022),
    ("石桥街道办事处2022年度报告", 2022),
]
NOT_TAKEN = [
    ("一图读懂《青禾县2021年政府信息公开工作年度报告》解读", "alike"),
    ("青禾县财政局2021年政府信息公开自查报告", "alike"),
    ("青禾县政府信息公开指南", "other"),
    ("政府信息公开申请表", "other"),
    ("关于印发2021年政务公开工作要点的通知", "other"),
    ("青禾县2021年法治政府建设年度报告", "alike"),
    ("2021年政府网站工作年度报告", "alike"),
    ("关于做好2021年政府信息公开工作年度报告编制的通知", "alike"),
    ("2022年政府信息公开年度报告范文", "alike"),
    ("青禾县2022年预算", "other"),
]


@pytest.mark.parametrize(("title", "year"), TAKEN)
def test_a_report_is_taken_with_its_year(title: str, year: int | None) -> None:
    link = judge(title, ARTICLE)
    assert (link.verdict, link.year) == ("report", year)


@pytest.mark.parametrize(("title", "verdict"), NOT_TAKEN)
def test_what_is_no_report_is_not_taken(title: str, verdict: str) -> None:
    assert judge(title, ARTICLE).verdict == verdict


def test_the_report_module_tells_the_year_in_its_address() -> None:
    url = "http://www.example.cn/module/xxgk/xxgkAnnualReport.jsp?area=11370883004325769B&fbtime=2020"
    assert (judge("青禾县民政局", url).verdict, judge("青禾县民政局", url).year) == ("report", 2020)


def test_a_title_cut_before_its_words_is_left_to_the_article() -> None:
    assert judge("青禾县人力资源和社会保障局2023年政府信息...", ARTICLE).verdict == "doubtful"
    assert judge("青禾县民政局2023年政府信息公开工作年度报告…", ARTICLE).verdict == "report"


def test_a_cut_title_that_already_says_it_is_another_thing_is_not_taken() -> None:
    assert judge("图解青禾县2023年政府信息公开工作...", ARTICLE).verdict in ("alike", "other")
    assert judge("青禾县2023年法治政府建设年度...", ARTICLE).verdict == "alike"


def test_files_beside_a_report() -> None:
    assert is_other_file("附件2：政府信息公开申请表.doc")
    assert not is_other_file("青禾县民政局2021年政府信息公开工作年度报告.pdf")


@given(st.integers(2008, 2029), st.sampled_from(["民政局", "柳溪镇人民政府", "审计局", "统计局"]))
def test_any_year_of_any_body_is_read_from_its_title(year: int, body: str) -> None:
    link = judge(f"青禾县{body}{year}年政府信息公开工作年度报告", ARTICLE)
    assert (link.verdict, link.year) == ("report", year)


@given(st.text(max_size=60))
def test_any_title_has_a_verdict(title: str) -> None:
    assert judge(title, ARTICLE).verdict in ("report", "doubtful", "alike", "other")

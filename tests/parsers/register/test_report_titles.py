"""Titles as columns print them: of reports, and of texts about reports."""

import pytest

from parsers.register.mentions import body_named
from parsers.text.titles import report_in_title, report_title


@pytest.mark.parametrize(
    "text",
    [
        "瑞安市公安局2021年政府信息公開工作年度報告",
        "甲县政府2019年信息公开工作年度报告（页面里的数字样式已经丢失）",
        "2021年度政府信息公开工作年度报告（郑州市金水区审计局）",
    ],
)
def test_these_are_reports(text: str) -> None:
    assert report_title(text)


@pytest.mark.parametrize(
    "text",
    [
        "甲县2021年政府信息公开工作年度报告（样式）",
        "甲县2021年政府信息公开工作年度报告审计结果",
        "甲县2021年政府信息公開工作年度報告解讀",
    ],
)
def test_these_are_not(text: str) -> None:
    assert report_title(text) is None


@pytest.mark.parametrize(
    ("text", "body"),
    [
        ("《甲县民政局2023年政府信息公开工作年度报告》解读", "甲县民政局"),
        ("文字解读：关于甲县民政局2023年政府信息公开工作年度报告的解读", "甲县民政局"),
        ("【图解】2023年度甲县民政局政府信息公开工作年度报告", "甲县民政局"),
    ],
)
def test_a_text_about_a_report_names_it(text: str, body: str) -> None:
    about = report_in_title(text)
    assert about
    assert (about.body, about.year) == (body, 2023)


@pytest.mark.parametrize(
    ("text", "body"),
    [
        ("（湖里区财政局）2013年度信息公开年度报告", "湖里区财政局"),
        ("2009年度政府信息公开工作年度报告(沂源县经贸局)", "沂源县经贸局"),
        ("2009年度政府信息公开工作年度报告(公开版)", None),
        ("涧西区民政局2021年政府信息公开工作年度报告.PDF", "涧西区民政局"),
        ("涧西区民政局.doc", "涧西区民政局"),
        ("附件1", None),
    ],
)
def test_whom_a_title_or_a_file_names(text: str, body: str | None) -> None:
    assert body_named(text) == body

"""Traditional characters: compared as simplified ones, and only where one stands for them."""

import pytest

from parsers.register.evidence import Evidence
from parsers.register.resolve import resolve
from parsers.text.simplified import cut, simplified
from parsers.text.titles import report_title


@pytest.mark.parametrize(
    ("printed", "compared"), [("無極縣", "无极县"), ("開報", "开报"), ("乾縣", "乾县"), ("涧西区", "涧西区")]
)
def test_one_character_for_one(printed: str, compared: str) -> None:
    assert simplified(printed) == compared


def test_cut_keeps_what_names_one_other_character() -> None:
    lines = ["U+7E23\tkSimplifiedVariant\tU+53BF\n", "U+4E7E\tkSimplifiedVariant\tU+4E7E U+5E72\n"]
    lines += ["U+958B\tkSimplifiedVariant\tU+5F00 U+2B52D\n", "U+53BF\tkTraditionalVariant\tU+7E23\n"]
    assert cut(lines).splitlines()[-1] == "縣县 開开"


def test_a_name_in_traditional_characters_is_resolved_and_a_title_keeps_them() -> None:
    title = "無極縣人民政府2019年政府信息公開工作年度報告"
    told = report_title(title)
    assert told
    assert told.body == "無極縣人民政府"
    assert resolve(Evidence(title=title, year=2019)).body == "无极县人民政府"


def test_a_name_that_is_in_the_lists_with_such_a_character_is_not_changed() -> None:
    assert resolve(Evidence(heading="临安区於潜镇人民政府")).division == "330112104"

"""Labels, numbers, years and titles as publishers print them."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from parsers.text.labels import distance_at_end, key, slips
from parsers.text.marks import raised, struck
from parsers.text.numbers import looks_printed, plain, printed
from parsers.text.titles import report_title
from parsers.text.years import date_of, full_date, period_year, usual_year


@given(st.integers(min_value=0, max_value=10**9))
def test_a_count_is_read_as_itself(value: int) -> None:
    assert printed(str(value)).value == value
    assert printed(f"{value:,}").value == value
    assert printed(f" {value}\n").value == value


@given(st.text(alphabet="0123456789", min_size=2).filter(lambda text: text.startswith("0")))
def test_leading_zeros_are_never_a_count(text: str) -> None:
    """00 may be two cells glued together, 012 a damaged 12 or 0 1 2."""
    assert printed(text).kind == "unclear"


@given(st.decimals(min_value=0, max_value=10**6, places=6))
def test_an_amount_keeps_its_value(value: Decimal) -> None:
    said = printed(plain(value), amount=True).value
    assert isinstance(said, str)
    assert Decimal(said) == value
    assert "E" not in said


@pytest.mark.parametrize(
    ("text", "kind"),
    [("", "blank"), ("\u3000\xa0", "blank"), ("—", "mark"), ("——", "mark"), ("/", "mark"), ("无", "mark")]
    + [
        (text, "unclear")
        for text in ("C", "O", "00", "1 2a", "3.5", "-1", "十", "1,23", "251000元", "1 0", "12\n67")
    ],
)
def test_what_is_no_count(text: str, kind: str) -> None:
    assert printed(text).kind == kind
    assert printed(text).value is None


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("251000元", "25.1"),
        ("12.50万元", "12.5"),
        ("0.0000", "0"),
        ("5949.088667", "5949.088667"),
        ("7545", "7545"),
    ],
)
def test_amounts_are_in_ten_thousands(text: str, value: str) -> None:
    assert printed(text, amount=True).value == value


@pytest.mark.parametrize(
    ("text", "value"), [("-3", -3), ("+3", 3), ("－3", -3), ("减3", -3), ("增加12", 12), ("0", 0)]
)
def test_changes_have_signs(text: str, value: int) -> None:
    assert printed(text, signed=True).value == value


def test_full_width_digits_and_units() -> None:
    assert printed("２１").value == 21
    said = printed("5件")
    assert (said.value, said.unit) == (5, "件")


def test_words_do_not_look_printed() -> None:
    assert not looks_printed("规章")
    assert all(looks_printed(token) for token in ("0", "C", "—", "00", "801000081", "12.5", "-3"))


def test_a_key_forgets_spelling() -> None:
    assert key("３、危及“三安全⼀稳定”") == key("3.危及 三安全一稳定")


@given(
    st.text(alphabet="公开申请数量年度", max_size=12),
    st.text(alphabet="公开申请数量年度", min_size=1, max_size=8),
)
def test_distance_at_end_is_nothing_for_an_ending(text: str, label: str) -> None:
    assert distance_at_end(label, text + label) == 0
    assert 0 <= distance_at_end(label, text) <= len(label)


def test_slips_of_the_pen_are_forgiven_and_other_labels_are_not() -> None:
    assert slips(key("2.其他法律行政法规禁止公开"), key("2.其他法律行政止公开")) == 3
    assert slips(key("3.危及“三安全一稳定”"), key("3. 危及“安全-稳定”")) == 2
    assert slips(key("规章"), key("规定")) is None
    assert slips(key("5.属于三类内部事务信息"), key("8.属于行政查询事项")) is None


@pytest.mark.parametrize(
    ("text", "body", "year"),
    [
        ("云泽县财政局2023年政府信息公开工作年度报告", "云泽县财政局", 2023),
        ("云泽县财政局 2023 年度政府信息公开年报", "云泽县财政局", 2023),
        ("2021年青禾街道政府信息公开工作年度报告", "青禾街道", 2021),
        ("关于云泽县人民政府２０１９年政府信息公开工作年度报告", "云泽县人民政府", 2019),
        ("云泽县卫健委政府信息公开2020年度报告", "云泽县卫健委", 2020),
        ("云泽县二〇一二年政府信息公开工作年度报告", "云泽县", 2012),
        ("政府信息公开工作年度报告", None, None),
        ("⻘⽯镇2022年政府信息公开⼯作年度报告", "⻘⽯镇", 2022),
        ("云泽县审计局2008年度政府信息公开工作年度报告", "云泽县审计局", 2008),
        ("名称 柳桥市2017年政府信息公开年度报告", "柳桥市", 2017),
    ],
)
def test_titles(text: str, body: str | None, year: int | None) -> None:
    title = report_title(text)
    assert title is not None
    assert (title.body, title.year) == (body, year)


@pytest.mark.parametrize(
    "text",
    [
        "《云泽县2023年政府信息公开工作年度报告》解读",
        "图解：云泽县2023年政府信息公开工作年度报告",
        "关于做好2023年政府信息公开工作年度报告编制工作的通知",
        "云泽县政府信息公开指南",
        "2023年政府工作报告",
    ],
)
def test_titles_of_other_things(text: str) -> None:
    assert report_title(text) is None


def test_years_and_dates() -> None:
    assert period_year("统计期限自2023年1月1日起至2023年12月31日止") == 2023
    assert period_year("二〇二一年1月1日至12月31日") == 2021
    assert period_year("从2021年1月1日开始，到2021年12月31日结束") == 2021
    assert period_year("2022年1月1日至2023年12月31日") is None
    assert usual_year("2021年，我局……2021年共……与2020年相比") == 2021
    assert usual_year("2021年与2020年") is None
    assert date_of("发布时间：2024-1-9 10:00") == "2024-01-09"
    assert date_of("2024年13月1日") is None
    assert full_date("01-20", "http://x/202401/t20240120_8.htm") == "2024-01-20"
    assert full_date("01-21", "http://x/202401/t20240120_8.htm") is None, "the address dates from a move"
    assert full_date("2023-01-20", "http://x/202401/t20240120_8.htm") == "2023-01-20"
    assert date_of("2024年2月31日") is None


@pytest.mark.parametrize("text", ["49①", "49¹", "49 ⑫"])
def test_the_sign_of_a_note_is_no_digit(text: str) -> None:
    assert printed(text).value == 49
    assert printed(text[2:]).kind == "unclear", "a sign alone is no figure"


def test_struck_out_is_not_a_number() -> None:
    assert printed(f"{struck('9')}6").kind == "unclear"
    assert struck("9 6") == "9̶ 6̶"
    assert raised("2021版") == "²⁰²¹版"

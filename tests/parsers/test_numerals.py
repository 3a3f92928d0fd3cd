"""Numbers in running text, Chinese numerals among them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from parsers.text.numerals import numeral, quantities

PLACES = ("", "十", "百", "千")
DIGITS = "零一二三四五六七八九"


def written(number: int) -> str:
    """The standard way to write 1 to 9999."""
    text, gap = "", False
    for place in range(3, -1, -1):
        digit = number // 10**place % 10
        if digit == 0:
            gap = bool(text)
            continue
        text += ("零" if gap else "") + DIGITS[digit] + PLACES[place]
        gap = False
    return text


@given(st.integers(1, 9999))
def test_a_written_number_is_read_as_itself(number: int) -> None:
    assert numeral(written(number)) == number


@given(st.integers(1, 9999), st.integers(1000, 9999))
def test_myriads(head: int, tail: int) -> None:
    assert numeral(f"{written(head)}万{written(tail)}") == head * 10000 + tail


@pytest.mark.parametrize(
    ("text", "value"),
    [("十", 10), ("十二", 12), ("二十", 20), ("百", 100), ("两千三百", 2300), ("二〇二一", 2021), ("零", 0)],
)
def test_short_and_positional_numerals(text: str, value: int) -> None:
    assert numeral(text) == value


@pytest.mark.parametrize("text", ["", "二百五", "一万五", "三四", "十十", "三四十", "公开", "3"])
def test_what_says_two_things_or_none_is_no_number(text: str) -> None:
    assert numeral(text) is None


@pytest.mark.parametrize(
    ("text", "value", "approximate"),
    [
        ("81件", 81, False),
        ("1,234件", 1234, False),
        ("43万次", 430000, False),
        ("1.2万次", 12000, False),
        ("38.27%", "38.27", False),
        ("三万余人", 30000, True),
        ("近三十条", 30, True),
        ("百余条", 100, True),
        ("130余条", 130, True),
        ("3000多人", 3000, True),
        ("5万余人", 50000, True),
        ("超过20万", 200000, True),
    ],
)
def test_quantities(text: str, value: int | str, approximate: bool) -> None:
    (quantity,) = quantities(text)
    assert (quantity.value, quantity.approximate) == (value, approximate)

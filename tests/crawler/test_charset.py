from hypothesis import given
from hypothesis import strategies as st

from parsers.text.charset import Decoded, decode

CHINESE = st.text(st.characters(min_codepoint=0x4E00, max_codepoint=0x9FA5), min_size=1)


@given(CHINESE)
def test_utf8_is_read_as_it_was_written(text: str) -> None:
    assert decode(text.encode()) == Decoded(text, "utf-8", 0, as_is=True)


@given(st.lists(st.sampled_from(["政府信息公开", "工作年度报告", "青禾县", "民政局"]), min_size=2))
def test_gb18030_is_read_as_it_was_written(words: list[str]) -> None:
    text = "，".join(words)
    assert decode(text.encode("gb18030")) == Decoded(text, "gb18030", 0)


def test_a_mark_decides() -> None:
    assert decode(b"\xef\xbb\xbfab") == Decoded("ab", "utf-8", 0)
    assert decode("年报".encode("utf-16")) == Decoded("年报", "utf-16-le", 0)


def test_one_damaged_byte_leaves_the_rest_of_a_utf8_page_readable() -> None:
    data = ("政府信息公开工作年度报告" * 20).encode()
    decoded = decode(data[:30] + b"\xff" + data[30:])
    assert decoded.encoding == "utf-8"
    assert decoded.replaced == 1
    assert "年度报告" in decoded.text


def test_what_cannot_be_read_is_counted() -> None:
    decoded = decode("青禾县".encode("gb18030") + b"\xff\xff")
    assert (decoded.text[:3], decoded.encoding, decoded.replaced) == ("青禾县", "gb18030", 2)

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from parsers.text.fold import fold
from parsers.text.radicals import cut, radicals

EVERY_CHARACTER = "".join(chr(code) for code in range(0x110000) if not 0xD800 <= code < 0xE000)
UNICODE_DATA = Path("/usr/share/unicode/EquivalentUnifiedIdeograph.txt")


def test_one_character_becomes_one_character_which_folds_to_itself() -> None:
    once = fold(EVERY_CHARACTER)
    assert len(once) == len(EVERY_CHARACTER)
    assert fold(once) == once


@given(st.text(), st.text())
def test_folding_keeps_offsets(left: str, right: str) -> None:
    assert fold(left + right) == fold(left) + fold(right)
    assert len(fold(left)) == len(left)


@pytest.mark.parametrize(
    ("printed", "folded"),
    [
        ("⻔⼾⽹站", "门户网站"),
        ("⺠政", "民政"),
        ("⼈⺠政府⻓⻚⻛", "人民政府长页风"),
        ("⺕", "彐"),
        ("⻢⻋⻅⻉⻰", "马车见贝龙"),
        ("ＡＢｃ１２３％", "abc123%"),
        ("Ⅲ", "ⅲ"),
        ("（一）：；，！？", "(一):;,!?"),
        ("国办公开办函〔2021〕30号", "国办公开办函[2021]30号"),
        ("“三安全一稳定”", '"三安全一稳定"'),
        ("——", "--"),
        ("二○二一", "二〇二一"),
        ("a\u3000b\xa0c\td\n", "a b c d\n"),
        ("İ", "İ"),
        ("1.属于国家秘密、其他", "1.属于国家秘密、其他"),
    ],
)
def test_folding(printed: str, folded: str) -> None:
    assert fold(printed) == folded


def test_nothing_of_the_two_radical_blocks_is_left() -> None:
    blocks = {chr(code) for code in (*range(0x2E80, 0x2EF4), *range(0x2F00, 0x2FD6))}
    # U+2E9A is unassigned, and Unicode knows no ideograph for CJK RADICAL REPEAT.
    assert {one for one in blocks if fold(one) == one} == {"\u2e80", "\u2e9a"}
    assert not blocks & set(radicals().values())


def test_cut_leaves_strokes_and_comments_out() -> None:
    lines = ["# a comment", "2E8C..2E8D ; 5C0F # [2]", "2F00 ; 4E00 # ONE", "31D0 ; 4E00 # STROKE"]
    assert cut(lines).splitlines()[-1] == "⺌小 ⺍小 ⼀一"


@pytest.mark.skipif(not UNICODE_DATA.exists(), reason="Debian's unicode-data is not installed")
def test_the_map_is_what_the_command_makes() -> None:
    made = UNICODE_DATA.read_text("utf-8")
    kept = Path(__file__).parents[2] / "parsers" / "text" / "radicals.txt"
    assert cut(made.splitlines()) == kept.read_text("utf-8")

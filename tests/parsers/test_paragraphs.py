"""Lines broken by a layout become the paragraphs they were, and nothing else is joined."""

from hypothesis import given
from hypothesis import strategies as st

from parsers.document import Box, Line
from parsers.paragraphs import layout_of, paragraphs

WORDS = st.text("公开申请数量办理结果政府信息", min_size=1, max_size=200)


def broken(text: str, width: int) -> list[str]:
    return [text[start : start + width] for start in range(0, len(text), width)]


def on_page(texts: list[str], page: int = 1, left: float = 50.0) -> list[Line]:
    return [
        Line(text, page, Box(left, 100.0 + 20 * row, left + 12.0 * len(text), 112.0 + 20 * row))
        for row, text in enumerate(texts)
    ]


def joined(lines: list[Line], *, wrapped: bool = False) -> list[str]:
    return paragraphs(lines, layout_of(lines, wrapped=wrapped))


@given(st.lists(WORDS.map(lambda text: text + "。"), min_size=2, max_size=5))
def test_a_wrapped_text_file_is_its_paragraphs_again(texts: list[str]) -> None:
    texts = [*texts, "公" * 120 + "。"]
    lines = [Line(line) for text in texts for line in broken(text, 40)]
    assert joined(lines, wrapped=True) == texts


def test_a_full_line_on_a_page_goes_on_and_a_short_one_does_not() -> None:
    first, second = "政府信息公开" * 6, "办理结果。"
    lines = on_page([first, second, "申请数量如下", "公开数量如下"])
    assert joined(lines) == [first + second, "申请数量如下", "公开数量如下"]


def test_a_paragraph_goes_on_over_a_page_and_its_number() -> None:
    first = "政府信息公开" * 6
    lines = [*on_page([first, "- 1 -"]), *on_page(["办理结果。"], page=2)]
    assert joined(lines) == [first + "办理结果。"]


def test_an_indented_or_numbered_line_begins_a_paragraph() -> None:
    first = "政府信息公开" * 6
    lines = [*on_page([first]), Line("结果", 1, Box(90.0, 120.0, 114.0, 132.0))]
    assert joined(lines) == [first, "结果"]
    assert joined(on_page([first, "（一）结果"])) == [first, "（一）结果"]


def test_a_web_page_is_left_as_it_is() -> None:
    lines = [Line("公开" * 40), Line("申请" * 40)]
    assert joined(lines) == ["公开" * 40, "申请" * 40]


def test_a_broken_number_is_whole_and_latin_words_are_two() -> None:
    first = "政府信息公开" * 6
    assert joined(on_page([first + "纳入20", "24年清单。"])) == [first + "纳入2024年清单。"]
    assert joined(on_page([first + "open", "data。"])) == [first + "open data。"]

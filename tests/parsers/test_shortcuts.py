"""What is done to be quick gives what the long way gives."""

import re

from hypothesis import given
from hypothesis import strategies as st

from parsers.columns import Headers, by_text, printed_header
from parsers.document import Cell, Document, Grid
from parsers.form import form
from parsers.generation import _half
from parsers.match import _with_row
from parsers.read import understood
from parsers.reading import Refusal
from parsers.rows import LABEL_REACH, _Trail
from parsers.text import numerals
from parsers.text.charset import _damaged_utf8
from parsers.text.fold import fold
from parsers.text.labels import distance_at_end, key, slips
from parsers.text.numbers import _looks_printed, looks_printed
from parsers.text.numerals import BEFORE, QUANTITY, quantities

LABELS = st.text("一二三四五六七八九十其他", max_size=14)


@given(st.text(max_size=100))
def test_a_key_is_the_letters_and_digits_of_the_folded_text(text: str) -> None:
    assert key(text) == "".join(character for character in fold(text) if character.isalnum())


@given(LABELS.filter(bool), LABELS)
def test_no_slip_is_missed(label: str, text: str) -> None:
    reach = int(len(label) * 0.34)
    distance = distance_at_end(label, text[-len(label) - reach :])
    wanted = distance if distance <= reach and len(text) >= len(label) - reach else None
    assert slips(label, text) == (0 if text.endswith(label) else wanted if reach else None)


@given(st.lists(st.lists(st.sampled_from((0.0, 0.98, 2.0, 3.0, 3.5)), min_size=6, max_size=6), max_size=8))
def test_rows_are_added_to_the_alignment_as_one_by_one(scores: list[list[float]]) -> None:
    sums = best = [0.0] * 7
    for line in scores:
        above, best = best, [0.0]
        for j, score in enumerate(line):
            best.append(max(above[j + 1], best[j], above[j] + score if score else 0.0))
        sums = _with_row(sums, {j: score for j, score in enumerate(line) if score})
        assert sums == best


@given(st.lists(st.tuples(st.integers(0, 5), st.integers(0, 3), st.integers(0, 3)), max_size=20))
def test_the_header_is_the_one_nearest_above_each_row(printed: list[tuple[int, int, int]]) -> None:
    columns = form("2021").blocks[0].columns
    spellings = [columns[0].label, columns[-1].label, "总数", ""]
    grid = Grid(tuple(Cell(spellings[which], row, column) for row, column, which in printed))
    headers = Headers(grid)
    for row in (3, 0, 6, 5, 3):
        assert headers.above(row, columns) == printed_header(by_text(grid), row, columns)


def test_a_page_of_nothing_but_a_table_is_refused() -> None:
    outcome = understood(Document("text/html", (Grid((Cell("名称", 0, 0), Cell("日期", 0, 1))),)), "0" * 64)
    assert isinstance(outcome, Refusal)
    assert outcome.kind == "not-a-report"


@given(st.text("0123456789.,-—无一增加元件合同 ", max_size=150))
def test_long_texts_look_printed_as_short_ones_do(text: str) -> None:
    assert looks_printed(text) == _looks_printed.__wrapped__(text)


@given(st.lists(st.text("一二三、。 ab", max_size=400), max_size=4))
def test_of_a_paragraph_the_end_is_enough(texts: list[str]) -> None:
    trail = _Trail()
    for text in texts:
        trail.add(text)
    assert trail.text == key("".join(texts))[-LABEL_REACH:]


@given(st.lists(st.lists(st.sampled_from("abcdef"), min_size=1, max_size=3), min_size=1), st.text("abc"))
def test_half_of_the_rows_is_half_of_them(names: list[list[str]], text: str) -> None:
    printed = sum(any(name in text for name in spellings) for spellings in names)
    assert _half(names, text) == (printed * 2 >= len(names))


@given(st.binary(max_size=1500), st.integers(0, 3))
def test_damage_to_utf8_is_counted_as_decoding_counts_it(noise: bytes, most: int) -> None:
    for data in (noise, "公开".encode() * 200 + noise[:3] + "�".encode() + "工作".encode() * 100):
        replaced = data.decode("utf-8", "replace").count("\ufffd") - data.count("\ufffd".encode())
        assert _damaged_utf8(data, most) == (replaced <= most)


@given(st.text("约近超过逾上不少于至多达到大将接十一二3余多万,条", max_size=12))
def test_words_before_a_number_are_found_behind_it(text: str) -> None:
    whole = re.compile(f"(?P<about>{BEFORE})?{QUANTITY.pattern}")
    spans = [found.span() for found in whole.finditer(text) if numerals._value(found) is not None]
    assert [(quantity.start, quantity.stop) for quantity in quantities(text)] == spans

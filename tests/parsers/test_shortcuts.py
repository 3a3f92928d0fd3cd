"""What is done to be quick gives what the long way gives."""

from hypothesis import given
from hypothesis import strategies as st

from parsers.columns import Headers, by_text, printed_header
from parsers.document import Cell, Document, Grid
from parsers.form import form
from parsers.match import _with_row
from parsers.read import understood
from parsers.reading import Refusal
from parsers.text.fold import fold
from parsers.text.labels import distance_at_end, key, slips

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

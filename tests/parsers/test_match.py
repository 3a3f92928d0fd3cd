"""Matching, identities and proposals over documents made from the forms themselves."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from parsers.columns import Header, placed
from parsers.document import Cell, Document, Grid, Line
from parsers.form import form, forms
from parsers.read import understood
from parsers.reading import Figure, Finding, Place, Reading
from parsers.rows import Row, Slot
from parsers.text.numbers import plain
from samples.balanced import valid_texts

Make = Callable[..., Document]
FORMS = [form.id for form in forms() if form.sections]


def read_figures(document: Document) -> tuple[Reading, dict[str, Figure]]:
    reading = understood(document, "0" * 64)
    assert isinstance(reading, Reading)
    return reading, {figure.code: figure for figure in reading.figures}


def errors(reading: Reading) -> list[Finding]:
    return [finding for finding in reading.findings if finding.severity == "error"]


@pytest.mark.parametrize("id", FORMS)
@settings(max_examples=25, deadline=None)
@given(seed=st.integers(0, 10**6), split=st.none() | st.integers(1, 22), header=st.booleans())
def test_every_figure_is_read_wherever_the_table_is_split(
    make_document: Make, id: str, seed: int, split: int | None, header: bool
) -> None:
    texts = valid_texts(form(id), seed)
    reading, figures = read_figures(make_document(form(id), texts, split, header))
    assert reading.form == id
    assert {code: str(figure.value) for code, figure in figures.items()} == texts
    assert {figure.status for figure in figures.values()} == {"read"}
    assert not errors(reading)
    assert not reading.unchecked


@pytest.mark.parametrize("id", FORMS)
@settings(max_examples=40, deadline=None)
@given(seed=st.integers(0, 10**6), data=st.data())
def test_one_broken_figure_breaks_exactly_its_identities(
    make_document: Make, id: str, seed: int, data: st.DataObject
) -> None:
    texts = valid_texts(form(id), seed)
    code = data.draw(
        st.sampled_from([code for code in form(id).codes() if not code.startswith("disclosure.")])
    )
    texts[code] = str(int(texts[code]) + data.draw(st.integers(1, 99)))
    reading, figures = read_figures(make_document(form(id), texts))
    concerned = [e for e in form(id).equations() if code in (*e.left, *e.right)]
    assert [(f.rule, f.attribution) for f in errors(reading)] == [(e.rule, "publisher") for e in concerned]
    assert all(code in finding.codes and finding.left != finding.right for finding in errors(reading))
    assert str(figures[code].value) == texts[code], "what is printed stands"
    assert figures[code].proposal is None


@pytest.mark.parametrize("id", FORMS)
@settings(max_examples=40, deadline=None)
@given(seed=st.integers(0, 10**6), data=st.data())
def test_proposals_are_right_or_not_made(
    make_document: Make, id: str, seed: int, data: st.DataObject
) -> None:
    texts = valid_texts(form(id), seed)
    codes = [code for code in form(id).codes() if code.startswith("requests.")]
    lost = data.draw(st.lists(st.sampled_from(codes), min_size=1, max_size=60, unique=True))
    _, figures = read_figures(make_document(form(id), texts | dict.fromkeys(lost, "C")))
    assert {figures[code].status for code in lost} == {"unreadable"}
    for code in lost:
        proposal = figures[code].proposal
        assert proposal is None or str(proposal.value) == texts[code]
    if len(lost) <= 3:
        assert all(figures[code].proposal for code in lost), "the form's sums recover any three cells"


@settings(max_examples=60, deadline=None)
@given(seed=st.integers(0, 10**6), data=st.data())
def test_a_row_that_lost_cells_is_never_misread(make_document: Make, seed: int, data: st.DataObject) -> None:
    """Cells taken out of a ragged table, the rest moved left: what is still called read is right."""
    texts = valid_texts(form("2021"), seed)
    document = make_document(form("2021"), texts)
    grid = next(grid for grid in document.grids if grid.width == 10)
    row = data.draw(st.integers(2, grid.height - 1))
    lost = data.draw(st.sets(st.integers(3, 9), min_size=1, max_size=6))
    kept = [cell for cell in grid.cells if cell.row != row or cell.column not in lost]
    moved = [
        replace(cell, column=cell.column - sum(gone < cell.column for gone in lost))
        if cell.row == row
        else cell
        for cell in kept
    ]
    ragged = Grid(tuple(moved), ragged=True)
    blocks = tuple(ragged if block is grid else block for block in document.blocks)
    _, figures = read_figures(replace(document, blocks=blocks))
    wrong = [code for code, f in figures.items() if f.status == "read" and str(f.value) != texts[code]]
    assert not wrong
    proposals = {code: str(f.proposal.value) for code, f in figures.items() if f.proposal}
    assert proposals == {code: texts[code] for code in proposals}


@settings(max_examples=40, deadline=None)
@given(seed=st.integers(0, 10**6), data=st.data())
def test_glued_digits_are_never_read_and_never_proposed_wrong(
    make_document: Make, seed: int, data: st.DataObject
) -> None:
    """Neighbouring cells of a row run together into one, as under an engine that sees no gap."""
    texts = valid_texts(form("2021"), seed)
    document = make_document(form("2021"), texts)
    grid = next(grid for grid in document.grids if grid.width == 10)
    row = data.draw(st.integers(2, grid.height - 1))
    first = data.draw(st.integers(3, 8))
    last = data.draw(st.integers(first + 1, 9))
    ragged = Grid(tuple(glued(grid, row, first, last)), ragged=True)
    blocks = tuple(ragged if block is grid else block for block in document.blocks)
    reading, figures = read_figures(replace(document, blocks=blocks))
    assert len(reading.unplaced) == 7 - (last - first)
    wrong = [code for code, f in figures.items() if f.status == "read" and str(f.value) != texts[code]]
    assert not wrong
    proposals = {code: str(f.proposal.value) for code, f in figures.items() if f.proposal}
    assert proposals == {code: texts[code] for code in proposals}


def glued(grid: Grid, row: int, first: int, last: int) -> Iterator[Cell]:
    together = "".join(cell.text for cell in grid.cells if cell.row == row and first <= cell.column <= last)
    for cell in grid.cells:
        if cell.row != row or cell.column < first:
            yield cell
        elif cell.column == first:
            yield replace(cell, text=together)
        elif cell.column > last:
            yield replace(cell, column=cell.column - (last - first))


def test_a_row_glued_to_one_number_is_proposed_from_its_sums(make_document: Make) -> None:
    texts = dict.fromkeys(form("2021").codes(), "0")
    for row in ("new", "granted", "processed"):
        texts |= {
            f"requests.{row}.person": "80",
            f"requests.{row}.company": "1",
            f"requests.{row}.total": "81",
        }
    document = make_document(form("2021"), texts)
    grid = next(grid for grid in document.grids if grid.width == 10)
    line = next(cell.row for cell in grid.cells if cell.text == "（一）予以公开")
    ragged = Grid(tuple(glued(grid, line, 3, 9)), ragged=True)
    blocks = tuple(ragged if block is grid else block for block in document.blocks)
    reading, figures = read_figures(replace(document, blocks=blocks))
    assert [item.text for item in reading.unplaced] == ["801000081"]
    person = figures["requests.granted.person"]
    assert (person.status, person.text, person.value) == ("unreadable", None, None)
    assert person.proposal
    assert person.proposal.value == 80


def test_numbers_that_fit_no_table_prove_nothing(make_document: Make) -> None:
    """The sums say 0 and the row prints a 5: one of them is wrong, so there is no proposal at all."""
    texts = dict.fromkeys(form("2021").codes(), "0")
    document = make_document(form("2021"), texts)
    grid = next(grid for grid in document.grids if grid.width == 10)
    line = next(cell.row for cell in grid.cells if cell.text == "（一）予以公开")
    kept = [
        replace(cell, text="5") if cell.row == line and cell.column == 3 else cell
        for cell in glued(grid, line, 8, 9)
        if not (cell.row == line and cell.column == 8)
    ]
    ragged = Grid(tuple(kept), ragged=True)
    blocks = tuple(ragged if block is grid else block for block in document.blocks)
    _, figures = read_figures(replace(document, blocks=blocks))
    assert figures["requests.granted.person"].status == "unreadable"
    assert not any(figure.proposal for figure in figures.values())


def test_the_one_row_of_2019_in_a_form_of_2021(make_document: Make) -> None:
    texts = valid_texts(form("2021"), 7)
    three = [code for code in texts if code.startswith("requests.other.")]
    for column in ("person", "company", "research", "nonprofit", "legal", "other", "total"):
        parts = [code for code in three if code.endswith(f".{column}")]
        texts[f"requests.other_all.{column}"] = str(sum(int(texts[code]) for code in parts))
    for code in three:
        del texts[code]
    reading, figures = read_figures(make_document(form("2021"), texts))
    assert reading.form == "2021"
    assert {figures[code].status for code in three} == {"absent"}
    assert figures["requests.other_all.total"].status == "read"
    assert not errors(reading)


@pytest.mark.parametrize(
    ("printed", "status"),
    [("", "blank"), ("—", "mark"), ("/", "mark"), ("C", "unreadable"), ("00", "unreadable")],
)
def test_what_stands_in_a_cell_is_told_apart(make_document: Make, printed: str, status: str) -> None:
    texts = valid_texts(form("2021"), 3) | {"requests.granted.legal": printed}
    _, figures = read_figures(make_document(form("2021"), texts))
    figure = figures["requests.granted.legal"]
    assert (figure.status, figure.text, figure.value) == (status, printed, None)


def test_a_blank_in_a_sound_document_gets_no_proposal(make_document: Make) -> None:
    texts = valid_texts(form("2021"), 3) | {"requests.granted.legal": ""}
    reading, figures = read_figures(make_document(form("2021"), texts))
    assert figures["requests.granted.legal"].proposal is None
    assert "requests.total granted" in reading.unchecked


def test_a_mistyped_label_is_still_its_row(make_document: Make) -> None:
    texts = valid_texts(form("2019"), 5)
    document = make_document(form("2019"), texts)
    slips = {
        "2.其他法律行政法规禁止公开": "2.其他法律行政止公开",
        "3.危及“三安全一稳定”": "3. 危及“安全-稳定”",
    }
    blocks = tuple(
        Grid(tuple(replace(cell, text=slips.get(cell.text, cell.text)) for cell in block.cells))
        if isinstance(block, Grid)
        else block
        for block in document.blocks
    )
    _, figures = read_figures(replace(document, blocks=blocks))
    assert {code: str(figure.value) for code, figure in figures.items()} == texts


def test_a_row_of_no_form_is_a_finding(make_document: Make) -> None:
    texts = valid_texts(form("2021"), 5)
    document = make_document(form("2021"), texts)
    grid = next(grid for grid in document.grids if grid.width == 10)
    line = grid.height
    cells = [replace(cell, row=line) for cell in grid.cells if cell.row == line - 1]
    extra = [replace(cell, text="附、其他主动公开文件总数" if cell.column < 3 else "7") for cell in cells]
    blocks = tuple(Grid((*grid.cells, *extra)) if block is grid else block for block in document.blocks)
    reading, figures = read_figures(replace(document, blocks=blocks))
    (finding,) = [finding for finding in reading.findings if finding.rule == "rows.unknown"]
    assert "其他主动公开文件总数" in finding.says
    assert {code: str(figure.value) for code, figure in figures.items()} == texts


@pytest.mark.parametrize(("above", "statuses"), [(False, {"read"}), (True, {"unreadable", "absent"})])
def test_numbers_on_a_line_of_their_own_belong_to_no_label_for_certain(
    above: bool, statuses: set[str]
) -> None:
    """Below their labels they are read; where the first stand above the first label, none are."""
    (requests,) = form("2021").table("requests")
    texts = valid_texts(form("2021"), 11)
    lines = [Line("青禾镇2023年政府信息公开工作年度报告")]
    lines += [Line(" ".join(column.label for column in requests.columns))]
    for row in requests.rows:
        if not row.replaces:
            numbers = Line(" ".join(texts[requests.code(row, column)] for column in requests.columns))
            lines += [numbers, Line(row.label)] if above else [Line(row.label), numbers]
    _, figures = read_figures(Document("text/plain", tuple(lines)))
    printed = {code: figure for code, figure in figures.items() if code.startswith("requests.")}
    assert {figure.status for code, figure in printed.items() if "other_all" not in code} == statuses
    assert not any(figure.proposal for figure in figures.values())


def test_a_label_beside_two_rows_of_numbers_belongs_to_neither(make_document: Make) -> None:
    """The line between two labels was lost, as in a scan; the numbers below are not moved up a row."""
    texts = valid_texts(form("2021"), 7)
    document = make_document(form("2021"), texts)
    grid = next(grid for grid in document.grids if grid.width == 10)
    upper = next(cell for cell in grid.cells if cell.text == "7.属于行政执法案卷")
    lower = next(cell for cell in grid.cells if cell.text == "8.属于行政查询事项")
    both = replace(upper, text=f"{upper.text}\n{lower.text}", height=2)
    cells = tuple(both if cell is upper else cell for cell in grid.cells if cell is not lower)
    blocks = tuple(Grid(cells) if block is grid else block for block in document.blocks)
    _, figures = read_figures(replace(document, blocks=blocks))
    wrong = [code for code, f in figures.items() if f.status == "read" and str(f.value) != texts[code]]
    assert not wrong
    assert {figures[f"requests.refused.query.{end}"].status for end in ("person", "total")} == {"unreadable"}


def test_plain_decimals() -> None:
    assert [plain(Decimal(text)) for text in ("10", "1E+3", "0.50", "0.000")] == ["10", "1000", "0.5", "0"]


def test_no_row_is_placed_without_proof() -> None:
    slots = tuple(Slot(str(i), Place(), i, i + 1) for i in range(2))
    row = Row("规章", "规章", slots, grid=0, ragged=True, label_stop=0)
    header = Header(((0, 1), (1, 2), (2, 3)))
    assert placed(row, 3, None) is None
    assert placed(row, 2, None) is not None
    assert placed(row, 3, header) is None, "the lost cell may be any of the three"
    assert placed(replace(row, ragged=False), 3, header) is None, "what stood right of it has moved"


def test_table_two_of_another_generation_keeps_its_own_codes(make_document: Make) -> None:
    """规章 has three columns in both, and they mean other things."""
    texts, foreign = valid_texts(form("2021"), 3), valid_texts(form("2019"), 4)
    document, from_other = make_document(form("2021"), texts), make_document(form("2019"), foreign)
    blocks = tuple(from_other.grids[0] if block is document.grids[0] else block for block in document.blocks)
    reading, figures = read_figures(replace(document, blocks=blocks))
    assert reading.form == "2021"
    assert "form.mixed" in [finding.rule for finding in reading.findings]
    wanted = {code: text for code, text in foreign.items() if code.startswith("disclosure.")}
    assert {code: str(figures[code].value) for code in wanted} == wanted
    gone = {code for code in texts if code.startswith("disclosure.")} - set(wanted)
    assert {figures[code].status for code in gone} == {"absent"}
    kept = {code: text for code, text in texts.items() if not code.startswith("disclosure.")}
    assert {code: str(figures[code].value) for code in kept} == kept


def test_blanks_around_a_full_row_of_text_are_slots_of_spans() -> None:
    texts = ["", "1", "2", "3", "4", "5", "6", "7", ""]
    slots = tuple(Slot(text, Place(), i, i + 1) for i, text in enumerate(texts))
    row = Row("规章", "规章", slots, grid=0, ragged=True, label_stop=0)
    assert placed(row, 7, None) == dict(enumerate(slots[1:8]))
    assert placed(row, 6, None) is None
    wide = replace(row, slots=(slots[0], slots[1], slots[1]))
    assert placed(wide, 2, None) is None, "an empty cell, and one over two slots that is printed twice"
    assert placed(replace(row, ragged=False), 7, None) == dict(enumerate(slots[1:8]))
    header = Header(tuple((i + 2, i + 3) for i in range(7)))
    assert placed(replace(row, ragged=False), 7, header) is None, "a printed header says otherwise"


def test_a_count_of_requests_that_no_province_has_is_glued_together(make_document: Make) -> None:
    texts = valid_texts(form("2021"), 5) | {"requests.new.person": "87252113185"}
    _, figures = read_figures(make_document(form("2021"), texts))
    assert (figures["requests.new.person"].status, figures["requests.new.person"].text) == (
        "unreadable",
        "87252113185",
    )

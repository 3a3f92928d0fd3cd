"""The engine's other readings: the likeliest that fits the sums is proposed, unrivalled or not at all."""

from collections.abc import Callable, Mapping
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from parsers.document import Alternative, Cell, Document, Grid, Line
from parsers.form import form
from parsers.proposals import likeliest
from parsers.read import understood
from parsers.reading import Figure, Reading
from samples.balanced import valid_texts

Make = Callable[..., Document]
Spot = tuple[int, int]
LOOKS_LIKE = {
    "0": "86",
    "1": "74",
    "2": "7",
    "3": "85",
    "4": "19",
    "5": "36",
    "6": "80",
    "7": "12",
    "8": "30",
    "9": "47",
}
FORM = form("2021")


def read_figures(document: Document) -> dict[str, Figure]:
    reading = understood(document, "0" * 64)
    assert isinstance(reading, Reading)
    return {figure.code: figure for figure in reading.figures}


def seen(*pairs: tuple[str, float]) -> tuple[Alternative, ...]:
    return tuple(Alternative(text, chance) for text, chance in pairs)


def doubted(document: Document, doubts: Mapping[str, tuple[Alternative, ...]]) -> Document:
    """The cells of these codes as an engine saw them that is sure of none."""
    places = {code: figure.place for code, figure in read_figures(document).items()}
    spots = {(p.grid, p.row, p.column): doubts[code] for code, p in places.items() if code in doubts}
    assert len(spots) == len(doubts)
    blocks: list[Line | Grid] = []
    number = -1
    for block in document.blocks:
        if isinstance(block, Line):
            blocks.append(block)
            continue
        number += 1
        blocks.append(
            Grid(tuple(_unsure(cell, spots.get((number, cell.row, cell.column))) for cell in block.cells))
        )
    return replace(document, blocks=tuple(blocks))


def _unsure(cell: Cell, named: tuple[Alternative, ...] | None) -> Cell:
    if named is None:
        return replace(cell, confidence=0.99)
    return replace(cell, text=named[0].text if named else "\ufffd", confidence=0.5, alternatives=named)


@st.composite
def confusions(draw: st.DrawFn, text: str) -> tuple[Alternative, ...]:
    """What is printed, and likely confusions of it, each at a chance that says nothing of which is right:
    a digit taken for another, a digit dropped, or all of it lost."""
    if draw(st.integers(0, 9)) == 0:
        return ()
    others = {text}
    for _ in range(draw(st.integers(1, 3))):
        place = draw(st.integers(0, len(text) - 1))
        sign = draw(st.sampled_from(["", *LOOKS_LIKE[text[place]]]))
        others.add(text[:place] + sign + text[place + 1 :])
    named = [other for other in sorted(others) if other and other == str(int(other))]
    chances = [draw(st.floats(0.01, 0.99)) for _ in named]
    pairs = sorted(zip(named, chances, strict=True), key=lambda pair: -pair[1])
    return seen(*pairs)


SUMMED = [code for code in FORM.codes() if not code.startswith("disclosure.")]


def damaged(data: st.DataObject, make: Make, texts: Mapping[str, str], codes: list[str]) -> dict[str, Figure]:
    doubts = {code: data.draw(confusions(texts[code]), label=code) for code in codes}
    return read_figures(doubted(make(FORM, texts), doubts))


def check(figures: Mapping[str, Figure], texts: Mapping[str, str], codes: list[str]) -> int:
    """How many proposals there are, none of them wrong."""
    assert {figures[code].status for code in codes} == {"unreadable"}
    proposals = {code: str(f.proposal.value) for code, f in figures.items() if f.proposal}
    assert proposals == {code: texts[code] for code in proposals}
    return len(proposals)


@settings(max_examples=40, deadline=None)
@given(seed=st.integers(0, 10**6), data=st.data())
def test_no_proposal_is_wrong_whatever_is_doubted(
    make_document: Make, seed: int, data: st.DataObject
) -> None:
    codes = data.draw(st.lists(st.sampled_from(SUMMED), min_size=1, max_size=40, unique=True))
    texts = valid_texts(FORM, seed)
    check(damaged(data, make_document, texts, codes), texts, codes)


COLUMNS = ("person", "company", "research", "nonprofit", "legal", "other")
ROWS = ("granted", "partial", "refused.secret", "unavailable.not_held", "declined.repeat")


@settings(max_examples=40, deadline=None)
@given(seed=st.integers(0, 10**6), data=st.data())
def test_nor_where_the_sums_alone_leave_it_open(make_document: Make, seed: int, data: st.DataObject) -> None:
    """Rectangles of doubtful cells, whose errors can make up for each other in every sum."""
    columns = data.draw(st.lists(st.sampled_from(COLUMNS), min_size=2, max_size=3, unique=True))
    rows = data.draw(st.lists(st.sampled_from(ROWS), min_size=2, max_size=3, unique=True))
    codes = [f"requests.{row}.{column}" for row in rows for column in columns]
    texts = valid_texts(FORM, seed)
    check(damaged(data, make_document, texts, codes), texts, codes)


CORNERS = [f"requests.{row}.{column}" for row in ("granted", "partial") for column in ("person", "company")]


def corners(
    make: Make, *named: tuple[Alternative, ...], printed: tuple[str, ...] = ("3", "12", "41", "20")
) -> dict[str, Figure]:
    """Four cells at the corners of a rectangle, which the sums alone leave open; the rest is 0."""
    values = dict(zip(CORNERS, map(int, printed), strict=True))
    texts = dict.fromkeys(FORM.codes(), "0") | {code: str(value) for code, value in values.items()}
    person, company = (
        sum(v for code, v in values.items() if code.endswith(end)) for end in ("person", "company")
    )
    for row in ("new", "processed"):
        texts |= {f"requests.{row}.person": str(person), f"requests.{row}.company": str(company)}
        texts[f"requests.{row}.total"] = str(person + company)
    for row in ("granted", "partial"):
        texts[f"requests.{row}.total"] = str(sum(v for code, v in values.items() if f".{row}." in code))
    return read_figures(doubted(make(FORM, texts), dict(zip(CORNERS, named, strict=True))))


def proposals(figures: Mapping[str, Figure]) -> dict[str, int | str]:
    return {code: figure.proposal.value for code, figure in figures.items() if figure.proposal}


NAMED = (
    seen(("8", 0.6), ("3", 0.3)),
    seen(("12", 0.5), ("17", 0.4)),
    seen(("41", 0.8), ("47", 0.1)),
    seen(("20", 0.7), ("26", 0.2)),
)


def test_the_likeliest_reading_that_fits_is_proposed_with_its_proof(make_document: Make) -> None:
    figures = corners(make_document, *NAMED)
    assert proposals(figures) == dict(zip(CORNERS, (3, 12, 41, 20), strict=True))
    first = figures[CORNERS[0]]
    assert (first.status, first.text, first.value) == ("unreadable", "8", None), "what was read stands"
    assert first.proposal
    assert (
        first.proposal.basis == "of the engine's 8, 3 the one that fits the identities of requests together"
    )


def test_without_alternatives_the_same_cells_are_left_open(make_document: Make) -> None:
    assert not proposals(corners(make_document, (), (), (), ()))


def test_two_readings_that_fit_are_none(make_document: Make) -> None:
    """3, 12, 41, 20 and 8, 7, 36, 25 agree with every sum, and the engine is all but sure of one of them."""
    rival = zip(NAMED, ("8", "7", "36", "25"), strict=True)
    named = [
        seen((one[0].text, 0.99), ("3", 0.01)) if text == "8" else (*one, Alternative(text, 0.01))
        for one, text in rival
    ]
    named[0] = seen(("3", 0.99), ("8", 0.01))
    assert not proposals(corners(make_document, *named))


def test_one_number_that_the_engine_did_not_see_must_not_do_to_fit(make_document: Make) -> None:
    """Three of the rival's four numbers are named: then the fourth may be the engine's slip."""
    named = (
        seen(("3", 0.6), ("8", 0.4)),
        seen(("12", 0.6), ("7", 0.4)),
        seen(("41", 0.6), ("36", 0.4)),
        seen(("20", 1.0)),
    )
    assert not proposals(corners(make_document, *named))


def test_where_no_alternatives_fit_nothing_of_the_table_is_proposed(make_document: Make) -> None:
    named = (seen(("8", 0.9)), seen(("12", 0.9)), seen(("41", 0.9)), seen(("20", 0.9)))
    assert not proposals(corners(make_document, *named))


def test_what_the_sums_want_and_the_engine_does_not_see_is_the_publishers_or_the_engines(
    make_document: Make,
) -> None:
    """One doubtful cell in a table that was added up wrongly: the sum's value is not what is printed."""
    texts = valid_texts(FORM, 3)
    code = "requests.granted.legal"
    printed = str(int(texts[code]) + 5)
    lost = "requests.partial.other"
    known = {code: seen((printed, 0.6), ("1" + printed, 0.3)), lost: ()}
    assert not proposals(read_figures(doubted(make_document(FORM, texts | {code: printed}), known)))
    sound = {code: seen((texts[code], 0.6), (printed, 0.3)), lost: ()}
    assert len(proposals(read_figures(doubted(make_document(FORM, texts), sound)))) == 2


def test_a_broken_table_proposes_nothing_whatever_the_engine_names(make_document: Make) -> None:
    texts = valid_texts(FORM, 5)
    broken = texts | {"requests.new.total": str(int(texts["requests.new.total"]) + 1)}
    named = {code: seen((texts[code], 0.9)) for code in CORNERS}
    assert not proposals(read_figures(doubted(make_document(FORM, broken), named)))


def test_numbers_on_lines_of_a_scan_are_never_read() -> None:
    label = FORM.table("disclosure")[0].rows[0].label
    lines = [Line(text, 1, None, 0.5) for text in ("青禾镇2023年政府信息公开工作年度报告", f"{label} 1 2 3")]
    (requests,) = FORM.table("requests")
    lines += [Line(f"{row.label} 0 0 0 0 0 0 0", 1, None, 0.5) for row in requests.rows if not row.replaces]
    figures = read_figures(Document("image/png", tuple(lines)))
    assert {figure.status for figure in figures.values()} <= {"unreadable", "absent"}
    assert not proposals(figures)


@pytest.mark.parametrize("gate", ["UNNAMED", "RIVAL"])
def test_each_bound_on_rivals_is_felt(
    make_document: Make, monkeypatch: pytest.MonkeyPatch, gate: str
) -> None:
    """With the bound moved out of the way the slip of `one_number…` is proposed, which it must not be."""
    monkeypatch.setattr(likeliest, gate, {"UNNAMED": 1e-30, "RIVAL": 1e-9}[gate])
    named = (
        seen(("3", 0.6), ("8", 0.4)),
        seen(("12", 0.6), ("7", 0.4)),
        seen(("41", 0.6), ("36", 0.4)),
        seen(("20", 1.0)),
    )
    assert proposals(corners(make_document, *named))


def test_the_property_fails_where_rivals_among_alternatives_are_let_through(
    make_document: Make, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(likeliest.Likeliest, "_rivalled", lambda *_: False)
    named = (
        seen(("8", 0.9), ("3", 0.1)),
        seen(("7", 0.9), ("12", 0.1)),
        seen(("36", 0.9), ("41", 0.1)),
        seen(("25", 0.9), ("20", 0.1)),
    )
    texts = dict(zip(CORNERS, ("3", "12", "41", "20"), strict=True))
    with pytest.raises(AssertionError):
        check(corners(make_document, *named), texts, CORNERS)

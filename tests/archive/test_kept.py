"""What is kept of a reading is the reading; what was changed in the file is named."""

from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from archive.kept import Kept, kept, understood, written
from archive.readings import DamagedReading, Readings
from archive.sheet import sheet_of
from parsers.document import Box
from parsers.form import form
from parsers.reading import Claim, Figure, Finding, Place, Proposal, Publisher, Reading, Section, Unplaced

EDGES = st.one_of(
    st.integers(-9_999, 99_999).map(lambda edge: edge / 100), st.floats(-1e6, 1e6, allow_nan=False)
)
BOXES = st.builds(Box, EDGES, EDGES, EDGES, EDGES)
NUMBERS = st.one_of(st.none(), st.integers(0, 9))
PLACES = st.builds(
    Place, NUMBERS, st.one_of(st.none(), BOXES), *[NUMBERS] * 3, st.sampled_from((None, "ab" * 32))
)
PROPOSALS = st.one_of(st.none(), st.builds(Proposal, st.one_of(st.integers(), st.just("1.5")), st.text()))


@st.composite
def readings(draw: st.DrawFn) -> Reading:
    figures = tuple(
        Figure(
            code,
            draw(st.sampled_from(("read", "blank", "mark", "unreadable", "absent"))),
            draw(st.one_of(st.none(), st.integers(), st.just("5949.088667"))),
            draw(st.one_of(st.none(), st.text())),
            draw(PLACES),
            draw(PROPOSALS),
        )
        for code in form("2021").codes()[:: draw(st.integers(30, 300))]
    )
    return Reading(
        "ab" * 32, "text/html", "2021", 2023, Publisher("清源县民政局"), draw(st.text()), None,
        (Section(1, "一、总体情况", draw(st.text())), Section(0, "", "\u2028\n")), figures,
        (Unplaced("granted", 0, "00", draw(PLACES.filter(lambda place: not place.document))),), "own",
        (
            Finding("year.conflict", "warning", "publisher", "…", (), 2023, 2022),
            Finding("requests.total", "error", "publisher", "…", ("requests.new.total",), 1, "2.5"),
        ),
        ("a b",), "本机关",
        (Claim("views", 3, approximate=True, unit="条", period=None, sentence="…", section=1),),
    )  # fmt: skip


def cells_whole(reading: Reading) -> Reading:
    """A row or a column without a table says nothing: JSON of a piece outside of it keeps none."""
    pieces = (
        replace(u, place=u.place if u.place.grid is not None else replace(u.place, row=None, column=None))
        for u in reading.unplaced
    )
    return replace(reading, unplaced=tuple(pieces))


@settings(max_examples=40, deadline=None)
@given(readings().map(cells_whole))
def test_a_reading_comes_back_as_it_was(reading: Reading) -> None:
    found = understood((written(reading) + "\n").encode())
    assert isinstance(found, Kept)
    assert found.told().whole() == reading
    short = kept(reading)
    assert (found.first, found.read, found.sections) == (short.first, short.read, short.sections)
    assert short.read == sum(figure.status == "read" for figure in reading.figures)
    assert (short.sections, len(short.first.findings), short.first.figures) == (1, 1, ())


def test_a_figure_changed_in_the_file_is_not_taken(tmp_path: Path) -> None:
    figures = (Figure("requests.new.person", "read", 3, "3", Place(1, Box(1.5, 2.0, 3.0, 4.0))),)
    reading = Reading(
        "ab" * 32, "text/html", "2021", 2023, Publisher(None), None, None, (), figures, (), "own", ()
    )
    Readings(tmp_path, "v1").put(reading)
    assert Readings(tmp_path, "v1").get(reading.sha256) == reading
    (path,) = tmp_path.rglob("*.json")
    path.write_text(path.read_text().replace('"value":[3]', '"value":[4]'))
    with pytest.raises(DamagedReading, match=f"{path.name}: not a reading that this program wrote"):
        Readings(tmp_path, "v1").get(reading.sha256)


def test_columns_of_different_lengths_are_no_sheet() -> None:
    figure = Figure("requests.new.person", "read", 3, "3")
    sheet = sheet_of([figure, replace(figure, code="requests.new.total")])
    with pytest.raises(ValueError, match="1 entries of text and 2 codes"):
        replace(sheet, text=["3"])

"""Bodies and places by what they are called: the index finds what a look at every name does."""

import sqlite3
from contextlib import closing

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from archive.names import write_names
from archive.pages.searching import asked
from archive.pages.searching.named import named
from archive.schema import statements
from parsers.text.fold import fold

Body = tuple[str, str | None, list[str]]
"""Its name, its division and its former names."""
PLACES = [("410000", "河南省", None), ("410300", "洛阳市", "410000"), ("410305", "涧西区", "410300")]
NAMES = st.text(st.sampled_from("涧西区民政局农业洛阳⼾"), min_size=1, max_size=6)
BODIES = st.lists(
    st.tuples(NAMES, st.sampled_from([None, "410300", "410305"]), st.lists(NAMES, max_size=2, unique=True)),
    min_size=1,
    max_size=5,
)


def archive(bodies: list[Body], kind: str = "department") -> sqlite3.Connection:
    connection = sqlite3.connect(":memory:")
    connection.executescript(statements())
    connection.executemany("INSERT INTO divisions (code, name, parent) VALUES (?, ?, ?)", PLACES)
    for number, (name, division, former) in enumerate(bodies):
        connection.execute(
            "INSERT INTO bodies VALUES (?, ?, ?, ?, 2020, 2021)", (f"body-{number}", name, division, kind)
        )
        connection.executemany(
            "INSERT INTO body_names VALUES (?, ?, 'report', 2020, 2020)",
            [(f"body-{number}", one) for one in former],
        )
    write_names(connection)
    return connection


def holds(body: Body, words: list[str]) -> bool:
    name, division, former = body
    places = {None: [], "410300": ["洛阳市", "河南省"], "410305": ["涧西区", "洛阳市", "河南省"]}[division]
    return all(any(word in fold(one) for one in (name, *former, *places)) for word in words)


@settings(max_examples=60, deadline=None)
@given(BODIES, st.lists(NAMES, min_size=1, max_size=2))
def test_what_a_look_at_every_name_finds(bodies: list[Body], words: list[str]) -> None:
    with closing(archive(bodies)) as connection:
        found = {body.id for body in named(connection, asked({"q": " ".join(words)})).bodies}
    folded = [fold(word) for word in words]
    there = {f"body-{number}" for number, body in enumerate(bodies) if holds(body, folded)}
    assert found == (there if len("".join(words)) > 1 else set())


def test_the_body_of_that_name_comes_first_and_a_place_before_all() -> None:
    bodies: list[Body] = [
        ("涧西区民政局低保中心", "410305", []),
        ("民政局", "410300", ["涧西区民政局"]),
        ("涧西区民政局", "410305", []),
    ]
    with closing(archive(bodies)) as connection:
        found = named(connection, asked({"q": "涧西区民政局"}))
        assert [body.id for body in found.bodies] == ["body-1", "body-2", "body-0"]
        found = named(connection, asked({"q": "涧西"}))
        assert [place.division for place in found.places] == ["410305"]
        assert {body.id for body in found.bodies} == {"body-0", "body-1", "body-2"}


def test_a_government_stands_where_its_place_would() -> None:
    bodies: list[Body] = [("涧西区民政局", "410305", [])]
    with closing(archive(bodies)) as connection:
        connection.execute(
            "INSERT INTO bodies VALUES ('government', '涧西区人民政府', '410305', 'government', 2020, 2021)"
        )
        connection.executescript(
            "DELETE FROM names; INSERT INTO search_names (search_names) VALUES ('delete-all')"
        )
        write_names(connection)
        found = named(connection, asked({"q": "涧西区"}))
        assert [body.id for body in found.bodies] == ["government", "body-0"]


def test_of_more_than_are_shown_it_says_so() -> None:
    bodies: list[Body] = [(f"第{number}中学", "410305", []) for number in "一二三四五六七"]
    with closing(archive(bodies)) as connection:
        found = named(connection, asked({"q": "中学"}))
        assert (len(found.bodies), found.more) == (6, True)
        few = named(connection, asked({"q": "第一中学"}))
        assert (len(few.bodies), few.more) == (1, False)


@pytest.mark.parametrize("place", ["4103", "410305"])
def test_only_in_the_place_that_is_chosen(place: str) -> None:
    bodies: list[Body] = [("民政局", "410305", []), ("民政局", None, [])]
    with closing(archive(bodies)) as connection:
        found = named(connection, asked({"q": "民政局", "place": place}))
        assert [body.id for body in found.bodies] == ["body-0"]

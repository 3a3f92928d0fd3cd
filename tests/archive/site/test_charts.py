"""Charts: their scale, their gaps, and that what they are given stays text."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from archive.pages.charts import BOTTOM, HEIGHT, LEFT, RIGHT, TOP, WIDTH, Chart, Line, nice_ticks


@pytest.mark.parametrize(
    ("most", "ticks"),
    [
        (0, (0, 1)),
        (1, (0, 1)),
        (5, (0, 1, 2, 3, 4, 5)),
        (7, (0, 2, 4, 6, 8)),
        (11, (0, 5, 10, 15)),
        (375, (0, 100, 200, 300, 400)),
        (1001, (0, 500, 1000, 1500)),
    ],
)
def test_the_scale_is_in_round_steps(most: int, ticks: tuple[int, ...]) -> None:
    assert nice_ticks(most) == ticks


@given(st.integers(0, 10**9))
def test_the_scale_holds_every_value_and_is_not_crowded(most: int) -> None:
    ticks = nice_ticks(most)
    assert ticks[-1] >= most
    assert 2 <= len(ticks) <= 6
    assert str(ticks[1]).rstrip("0") in ("1", "2", "5")


values = st.lists(st.one_of(st.none(), st.integers(0, 10**6)), min_size=1, max_size=18)


@given(values)
def test_every_value_is_a_point_in_the_chart_and_a_gap_stays_one(given_values: list[int | None]) -> None:
    years = tuple(range(2008, 2008 + len(given_values)))
    drawn = Chart("<b>&", years, (Line("新收", tuple(given_values), frozenset({2008})),)).svg()
    tree: Any = etree.fromstring(str(drawn).encode())
    dots = tree.findall(".//circle")
    assert len(dots) == sum(value is not None for value in given_values)
    assert all(LEFT <= int(dot.get("cx")) <= WIDTH - RIGHT for dot in dots)
    assert all(TOP <= int(dot.get("cy")) <= HEIGHT - BOTTOM for dot in dots)
    runs = "".join(" " if value is None else "x" for value in given_values).split()
    assert tree.find(".//g/path").get("d").count("M") == len(runs)
    assert tree.get("aria-label") == "<b>&"
    assert len(tree.findall(".//g[@class='close']")) == (given_values[0] is not None)

"""The rows of the grid are made without a template, which would escape what they show."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import html

from archive.pages.addresses import body_address, report_address
from archive.pages.coverage import Coverage, Line, Outcome
from archive.pages.grid import SIGNS, grid_rows
from archive.pages.words import saying

WORDS = st.text(st.characters(exclude_categories=["C", "Z"]), min_size=1)


def rows(
    *outcomes: Outcome | None, body: str = "甲", name: str = "甲局", base: str = "/en"
) -> html.HtmlElement:
    years = tuple(range(2020, 2020 + len(outcomes)))
    coverage = Coverage(years, (Line(body, name, None, outcomes),))
    return html.fromstring(f"<table>{grid_rows(coverage, saying('en'), base)}</table>")


@given(body=WORDS, name=WORDS)
def test_a_name_is_shown_as_it_is_whatever_it_holds(body: str, name: str) -> None:
    table = rows(Outcome(2020, "published", body, 3), body=body, name=name)
    assert table.findtext(".//th/a") == name
    assert table.xpath(".//a/@href") == ["/en" + body_address(body), "/en" + report_address(body)]
    assert {one.tag for one in table.iterdescendants()} <= {"tbody", "tr", "th", "td", "a", "u"}


def test_what_is_missing_or_late_stands_out_and_nothing_else() -> None:
    late, early = Outcome(2020, "published", "甲-2020", 12), Outcome(2021, "published", "甲-2021", -3)
    others = (Outcome(2022, outcome, None, None) for outcome in SIGNS if outcome != "published")
    cells = rows(late, early, *others, None).findall(".//td")
    assert [cell.get("class") for cell in cells] == ["late", None, "not_found", None, None, None, None, None]
    assert cells[0].text_content() == "✓ +12 published, 12 days late"
    assert cells[1].text_content() == "✓ published"
    assert cells[-1].text_content() == saying("en")("outcome.none")


@pytest.mark.parametrize("outcome", SIGNS)
def test_each_outcome_has_a_sign_and_words(outcome: str) -> None:
    (cell,) = rows(Outcome(2020, outcome, None, None)).findall(".//td")
    assert cell.text_content() == f"{SIGNS[outcome]} {saying('en')('outcome.' + outcome)}"

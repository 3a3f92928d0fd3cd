from datetime import date

import pytest

from archive.bodies import Body, one_spelling
from parsers.register import deadlines
from parsers.register.deadlines import Deadline, due


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("清源县人民政府", "government"),
        ("清源县人民政府办公室", "government"),
        ("清源县政府办", "government"),
        ("清源县民政局", "department"),
        ("清源县发展和改革委员会", "department"),
        ("清源县外事办公室", "department"),
        ("柳林镇人民政府", "township"),
        ("柳林乡政府", "township"),
        ("湛北路街道办事处", "township"),
        ("清源县⻄街街道", "township"),
        ("清源县社区服务中心", "other"),
    ],
)
def test_the_kind_of_a_body(name: str, kind: str) -> None:
    assert Body(name, "990101", "county").kind == kind


def test_one_body_has_one_id_however_it_is_printed() -> None:
    assert (
        Body("清源县⺠政局 ", "990101", "a").id
        == Body("清源县民政局", "990101", "b").id
        == "990101-清源县民政局"
    )


def test_bodies_of_one_name_stay_apart() -> None:
    assert Body("民政局", "990101", "a").id != Body("民政局", "990102", "a").id
    assert Body("民政局", None, "a").id == "unresolved-a-民政局"


def test_a_name_without_its_place_is_the_body_that_is_printed_with_it() -> None:
    short, full = Body("民政局", "990101", "a"), Body("清源县民政局", "990101", "a")
    elsewhere, other = Body("民政局", "990102", "b"), Body("政局", "990101", "a")
    known = one_spelling([short, full, elsewhere, other])
    assert known == {short: full, full: full, elsewhere: elsewhere, other: other}


def test_a_name_that_fits_two_places_stays_by_itself() -> None:
    bodies = [Body(name, "990101", "a") for name in ("民政局", "清源县民政局", "城关区民政局")]
    assert one_spelling(bodies)[bodies[0]] == bodies[0]


def test_the_commonest_spelling_is_kept() -> None:
    printed, radicals = Body("清源县民政局", "990101", "a"), Body("清源县⺠政局", "990101", "a")
    known = one_spelling([radicals, printed, printed])
    assert set(known.values()) == {printed}


@pytest.mark.parametrize(
    ("kind", "year", "day"),
    [
        ("department", 2024, date(2025, 1, 31)),
        ("government", 2024, date(2025, 3, 31)),
        ("township", 2024, None),
        ("other", 2024, None),
        ("department", 2018, date(2019, 3, 31)),
        ("township", 2008, date(2009, 3, 31)),
        ("department", 2007, None),
    ],
)
def test_deadlines(kind: str, year: int, day: date | None) -> None:
    assert due(kind, year) == day


def test_two_rules_for_one_report_are_an_error(monkeypatch: pytest.MonkeyPatch) -> None:
    rule = Deadline(("other",), 2019, None, 1, 1, "a")
    monkeypatch.setattr(deadlines, "deadlines", lambda: (rule, rule))
    with pytest.raises(ValueError, match="2 rules for other 2024, expected at most one"):
        due("other", 2024)

"""What changed after the lists is in the register, and an entry that does not fit is refused."""

import pytest

from parsers.register.divisions import register
from parsers.register.evidence import Evidence
from parsers.register.later import Change, changes, with_later
from parsers.register.resolve import resolve

LINES = ["110101\t东城区\t1981\t\t\tdong cheng qu", "110102\t西城区\t1981\t\t\txi cheng qu"]


def test_each_entry_says_what_it_rests_on() -> None:
    assert changes()
    for change in changes():
        assert "20" in change.source, change
        assert "公告" in change.source, change


def test_a_district_that_ended_is_linked_to_what_there_is() -> None:
    ended = register().get("500105")
    assert ended
    assert (ended.last_year, [one.name for one in register().successors(ended)]) == (2025, ["两江新区"])
    new = register().get("500157")
    assert new
    assert (new.level, new.parent, new.stood(2024)) == ("county", "500000", False)
    assert {one.name for one in register().predecessors(new)} == {"江北区", "渝北区"}


@pytest.mark.parametrize(
    ("year", "division"), [(2022, "500112"), (2025, "500112"), (2026, None)], ids=["before", "last", "after"]
)
def test_it_publishes_no_longer_than_it_stood(year: int, division: str | None) -> None:
    found = resolve(Evidence(f"渝北区民政局{year}年政府信息公开工作年度报告", year=year))
    assert found.division == division
    assert bool(found.conflict) is (division is None)


def test_a_new_one_ends_and_begins_in_order_of_code() -> None:
    later = (
        Change("110101", "东城区", "x", last_year=2030, successors=("110120",)),
        Change("110120", "新城区", "x", first_year=2030, sound="xin cheng qu"),
    )
    assert with_later(LINES, later) == [
        "110101\t东城区\t1981\t2030\t110120\tdong cheng qu",
        "110102\t西城区\t1981\t\t\txi cheng qu",
        "110120\t新城区\t2030\t\t\txin cheng qu",
    ]


@pytest.mark.parametrize(
    ("change", "says"),
    [
        (Change("110199", "东城区", "x", last_year=2030), "in no list"),
        (Change("110101", "东城区", "x", first_year=2030), "already"),
        (Change("110101", "东城区", "x", last_year=2030, successors=("110199",)), "became 110199"),
    ],
)
def test_an_entry_that_does_not_fit_is_refused(change: Change, says: str) -> None:
    with pytest.raises(ValueError, match=says):
        with_later(LINES, [change])

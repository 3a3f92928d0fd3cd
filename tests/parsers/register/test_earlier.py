"""What earlier lists have and later ones have not: ended, renamed, or a slip of one list."""

import json
from pathlib import Path

from parsers.register.earlier import earlier_list, ended
from parsers.register.rows import Row

COUNTIES = [
    Row("110228", "密云县", 1981, 2015, ("110118",)),
    Row("110118", "密云区", 2015),
    Row("110119", "延庆区"),
]
KEPT = {("110118", "河南寨镇"): "110118103"}


def those(*lists: dict[tuple[str, str], str]) -> list[Row]:
    return list(ended(dict(enumerate(lists, 2015)), [Row("110118103", "河南寨镇")], COUNTIES))


def test_a_list_is_read_without_offices_and_in_one_spelling(tmp_path: Path) -> None:
    units = {
        "110118001": "鼓楼街道办事处",
        "110118103000": "河南寨镇",
        "110118403": "开发区",
        "110118404": "某农场镇",
    }
    file = tmp_path / "streets.json"
    file.write_text(json.dumps([{"code": code, "name": name} for code, name in units.items()]))
    assert earlier_list(file) == {("110118", "鼓楼街道"): "110118001", **KEPT}


def test_what_a_later_list_has_not_ended_between() -> None:
    gone = {("110119", "珍珠泉乡"): "110119206"}
    assert those(KEPT | gone, KEPT | gone, KEPT, KEPT) == [Row("110119206", "珍珠泉乡", None, 2017)]


def test_a_township_that_became_another_kind_is_followed() -> None:
    was, now = {("110119", "旧县乡"): "110119201"}, {("110119", "旧县镇"): "110119108"}
    assert those(was, was, KEPT | now) == [Row("110119201", "旧县乡", None, 2017, ("110119108",))]
    assert those(was | now, was | now, KEPT | now) == [Row("110119201", "旧县乡", None, 2017)]


def test_a_new_number_of_its_county_ends_no_township() -> None:
    assert those({("110228", "河南寨镇"): "110228103"}, KEPT, KEPT) == []


def test_a_name_that_one_list_alone_has_is_a_slip_but_in_the_first() -> None:
    slip = {("110119", "香水园道街道"): "110119002"}
    assert those(KEPT, KEPT | slip, KEPT) == []
    assert those(KEPT | slip, KEPT, KEPT) == [Row("110119002", "香水园道街道", None, 2016)]


def test_the_number_of_a_zone_is_no_county() -> None:
    zone = {("110171", "某某街道"): "110171001"}
    assert those(zone, zone, KEPT) == []

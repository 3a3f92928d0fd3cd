"""The register of divisions: codes, names, parents and history."""

import subprocess
import sys
import time

import pytest

from parsers.register import divisions
from parsers.register.divisions import Division, Register, register


def codes(found: tuple[Division, ...]) -> list[str]:
    return [division.code for division in found]


def test_a_county_has_its_prefecture_and_its_province() -> None:
    county = register().get("410305")
    assert county
    assert (county.name, county.level, county.parent) == ("涧西区", "county", "410300")
    assert (county.first_year, county.last_year, county.sound) == (1983, None, ("jian", "xi", "qu"))
    prefecture = register().get("410300")
    assert prefecture
    assert (prefecture.name, prefecture.level, prefecture.parent) == ("洛阳市", "prefecture", "410000")


@pytest.mark.parametrize(
    ("code", "level", "parent"),
    [
        ("110101", "county", "110000"),
        ("419001", "county", "410000"),
        ("620171", "zone", "620100"),
        ("410402008", "township", "410402"),
        ("411282402", "office", "411282"),
        ("441900003", "township", "441900"),
        ("410000", "province", None),
    ],
)
def test_levels_and_parents(code: str, level: str, parent: str | None) -> None:
    division = register().get(code)
    assert division
    assert (division.level, division.parent) == (level, parent)


def test_every_parent_is_there() -> None:
    known = register()
    for name in known.names():
        for division in known.named(name):
            assert division.parent is None or known.of_code(division.parent), division


def test_namesakes_and_years() -> None:
    assert codes(register().named("新华区", 2020)) == ["130105", "130902", "410402"]
    assert "410703" in codes(register().named("新华区", 2000))
    assert codes(register().named("密云县", 2012)) == ["110228"]
    assert register().named("密云县", 2020) == ()


def test_a_path_of_names() -> None:
    assert codes(register().path("河南省", "洛阳市", "涧西区")) == ["410305"]
    assert codes(register().path("灵宝市", "涧西区")) == ["411282402"]
    assert codes(register().path("平顶山市", "新华区", "湛河北路街道")) == ["410402008"]
    assert register().path("洛阳市", "新华区", year=2020) == ()


def test_history_leads_both_ways() -> None:
    before = register().get("110228")
    assert before
    assert (before.last_year, codes(register().successors(before))) == (2015, ["110118"])
    after = register().get("110118")
    assert after
    assert codes(register().predecessors(after)) == ["110228"]


def test_a_code_outlives_a_name() -> None:
    assert [division.name for division in register().of_code("210311")] == ["郊区", "旧堡区", "千山区"]
    named = register().get("210311", 1990)
    assert named
    assert named.name == "旧堡区"


def test_a_township_has_history() -> None:
    (before,) = register().named("南牛乡")
    assert (before.code, before.last_year) == ("130123200", 2023)
    assert codes(register().successors(before)) == ["130123106"]


def test_within_knows_what_a_place_came_from() -> None:
    assert register().within("410402008", "410400")
    assert register().within("110228", "110118")
    assert not register().within("410305", "410400")
    assert not register().within("410300", "410305")


def test_children_are_those_of_one_level() -> None:
    assert codes(register().children("410402"))[:2] == ["410402001", "410402002"]
    assert {len(code) for code in codes(register().children("410300"))} == {6}
    assert "110101" in codes(register().children("110000"))


def test_part_of_a_standing_division_is_no_successor() -> None:
    part, ended = "1\t甲\t1990\t\t2[2000]\t", "3\t乙\t1990\t2000\t2[1995];4[2000]\t"
    small = Register([line.replace("1\t", "100001\t", 1) for line in (part,)] + ["300003" + ended[1:]])
    standing = small.get("100001")
    assert standing
    assert standing.successors == ()
    gone = small.get("300003")
    assert gone
    assert gone.successors == ("2", "4")


def test_loading_and_looking_up_are_quick() -> None:
    # Processor time, the best of three: what else the machine does is not the register's doing.
    spent = [_spent() for _ in range(3)]
    assert min(loading for loading, _ in spent) < 0.3
    assert min(looking for _, looking in spent) < 0.2


def _spent() -> tuple[float, float]:
    begun = time.process_time()
    fresh = divisions.register.__wrapped__()
    fresh.named("涧西区")
    loaded = time.process_time()
    fresh.path("河南省", "洛阳市", "涧西区")
    return loaded - begun, time.process_time() - loaded


def test_the_program_starts_without_it() -> None:
    says = "import archive.cli, parsers.register.divisions as d; print(d.register.cache_info().misses)"
    done = subprocess.run([sys.executable, "-c", says], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "0"

"""Zones, numbers in addresses, paths and hosts: what they decide, and what they leave open."""

import pytest

from parsers.register import hosts, zones
from parsers.register.divisions import register
from parsers.register.evidence import Evidence
from parsers.register.names import named
from parsers.register.numbers import numbers
from parsers.register.resolve import resolve

ORGAN = "11370883004325769B"


def test_every_zone_has_a_source_and_a_sound_and_is_in_no_list() -> None:
    for zone in zones.zones():
        assert len(zone.source) > 10, zone
        assert all(not register().named(name) for name in zone.names), zone
        assert len(zone.sound) == len(zone.names[0]), zone


@pytest.mark.parametrize(
    "entry", [{"runs": ()}, {"runs": ("999999999",)}, {"runs": ("610404009",), "joined": "420113"}]
)
def test_a_zone_that_does_not_fit_the_register_is_refused(entry: dict[str, object]) -> None:
    with pytest.raises(ValueError, match=r"zones\.yaml: 某新区"):
        zones._zone(names=["某新区"], sound="mou xin qu", source="某", **entry)  # type: ignore[arg-type]


def test_a_zone_stands_only_before_what_it_runs() -> None:
    (inside,) = named("西咸新区底张街道办事处")
    assert [division.code for division in inside.divisions] == ["610404009"]
    assert all(not name.divisions for name in named("西咸新区雁塔区小寨路街道"))


@pytest.mark.parametrize(
    ("number", "told"),
    [
        (ORGAN, [("370883", True)]),
        (ORGAN.replace("5", "6"), []),
        ("2102000066", [("210200", False)]),
        ("210200006", []),
    ],
)
def test_numbers_begin_with_the_code_of_a_division(number: str, told: list[tuple[str, bool]]) -> None:
    assert list(numbers(f"http://a.example/x.jsp?area={number}&year=2020")) == told


def test_an_address_that_is_none_tells_no_number() -> None:
    assert list(numbers("http://[a?area=2102000066")) == []


def test_a_portals_own_count_needs_a_host_that_agrees() -> None:
    assert [one.code for one in hosts.numbered("https://js.dl.gov.cn/a?area=2102000066")] == ["210200"]
    assert hosts.numbered("https://js.sy.gov.cn/a?area=2102000066") == ()


@pytest.mark.parametrize(
    ("title", "year", "address", "body"),
    [
        ("郑河乡", 2015, None, "庄浪县郑河乡人民政府"),
        ("郑河乡", 2014, None, None),
        ("郑河乡", 2024, None, None),
        ("郑河乡", None, None, None),
        ("郑河乡", 2015, "http://www.zhuanglang.gov.cn/1.html", "庄浪县郑河乡人民政府"),
        ("郑河乡", 2015, "http://www.qianan.gov.cn/1.html", None),
        ("郑河乡", 2015, f"http://a.example/x?area={ORGAN}", None),
        ("湛北路街道", 2021, None, None),
        ("青年街道", 2022, None, None),  # there is a 青年路街道
        ("川主乡", 2018, None, None),  # another ended in 2017
        ("川主乡", 2019, None, "大竹县川主乡人民政府"),
        ("城北街道", 2021, "http://a.example/lqs/1.html", None),  # 廉江市 is ljs
        ("城北街道", 2021, "http://a.example/ljs/1.html", "廉江市城北街道办事处"),
        ("城北街道", 2021, "http://a.example/yzq/1.html", None),  # 玉州区, and 伊州区 that had one in 2022
        ("长安镇", 2021, "http://a.example/dgs/1.html", None),  # 东港市, and 东莞市 that has no counties
    ],
)
def test_a_township_alone_in_the_lists(
    title: str, year: int | None, address: str | None, body: str | None
) -> None:
    found = resolve(Evidence(heading=f"{title}政府信息公开工作年度报告", address=address, year=year))
    assert found.body == body

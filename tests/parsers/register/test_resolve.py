"""The resolver: names taken apart, offices, hosts, evidence that agrees and that does not."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from parsers.register import hosts
from parsers.register.aliases import aliases
from parsers.register.divisions import register
from parsers.register.evidence import Evidence
from parsers.register.names import named
from parsers.register.offices import department, office
from parsers.register.resolve import publisher_division, resolve

REPORT = "2022年政府信息公开工作年度报告"
PLACES = (
    "涧西区",
    "洛阳市",
    "新华区",
    "平顶山市",
    "洛阳镇",
    "湛北路街道",
    "某镇",
    "密云县",
    "西工区",
    "高新区",
)
OFFICES = (
    "",
    "人民政府",
    "政府办",
    "民政局",
    "办事处",
    "市场监督管理局",
    "解读",
    "(公开)",
    "分局",
    "区",
    "市",
)


@pytest.mark.parametrize(
    ("text", "level", "place", "name", "type"),
    [
        ("政府办", "county", "涧西区", "人民政府办公室", "government"),
        ("人民政府办公厅", "province", "河南省", "人民政府办公厅", "government"),
        ("", "county", "涧西区", "人民政府", "government"),
        ("卫健委", "county", "涧西区", "卫生健康委员会", "department"),
        ("人民政府国资委", "county", "涧西区", "国有资产监督管理委员会", "department"),
        ("社区服务中心", "county", "涧西区", "社区服务中心", "other"),
        ("街道办", "township", "甲街道", "办事处", "subdistrict"),
        ("党政办公室", "township", "甲镇", "人民政府", "township"),
        ("财政所", "township", "甲镇", "财政所", "other"),
        ("管委会", "zone", "甲新区", "管理委员会", "other"),
    ],
)
def test_offices(text: str, level: str, place: str, name: str, type: str) -> None:
    found = office(text, level, place)  # type: ignore[arg-type]
    assert found
    assert (found.name, found.type) == (name, type)


@pytest.mark.parametrize(
    "text", ["高新区民政局", "某镇人民政府", "甲乡政府", "公安局涧西分局", "网站", "局", "办公室"]
)
def test_what_may_be_another_place_is_no_department(text: str) -> None:
    assert department(text) is None


def test_a_department_says_what_it_is_for() -> None:
    found = department("市场监管局")
    assert found
    assert found.function == "市场监督管理"


@pytest.mark.parametrize(
    ("text", "codes", "office"),
    [
        ("河南省洛阳市涧西区民政局", ["410305"], "民政局"),
        ("沈阳和平区民政局", ["210102"], "民政局"),
        ("市场监督管理局", [], "市场监督管理局"),
        ("林业局", [], "林业局"),
        ("佳荣里街", ["120113005"], "办事处"),
        ("绍兴市上虞汤浦镇", ["330604103"], "人民政府"),
    ],
)
def test_names_taken_apart(text: str, codes: list[str], office: str) -> None:
    (name, *_) = named(text)
    assert name.office
    assert ([division.code for division in name.divisions], name.office.name) == (codes, office)


def test_what_lies_elsewhere_is_named() -> None:
    assert named("洛阳市新华区人民政府")[0].lost == "新华区人民政府"


@pytest.mark.parametrize(
    ("address", "code"),
    [
        ("http://www.jianxi.gov.cn/1.html", "410305"),
        ("http://lyjianxi.gov.cn/", "410305"),
        ("http://xxgk.lyjx.gov.cn/", "410305"),
        ("http://www.jianxi.com/", None),
        ("http://www.xigong.gov.cn/", None),
        ("http://jianxi.xigong.gov.cn/", "410305"),
        ("http://[", None),
        ("", None),
    ],
)
def test_a_host_named_after_a_place(address: str, code: str | None) -> None:
    among = [division for one in ("410305", "411282") if (division := register().get(one))]
    assert [division.code for division in hosts.sounding(address, among)] == ([code] if code else [])


def test_a_host_that_could_be_named_after_several_decides_nothing() -> None:
    assert resolve(Evidence(f"区民政局{REPORT}", address="http://www.gulou.gov.cn/")).body is None
    assert resolve(Evidence(f"鼓楼区民政局{REPORT}", address="http://www.gulou.gov.cn/")).body is None
    assert resolve(Evidence(f"鼓楼区民政局{REPORT}", address="http://www.fzgl.gov.cn/")).division == "350102"


def test_evidence_that_contradicts_is_told() -> None:
    found = resolve(
        Evidence(f"涧西区民政局{REPORT}", attachment=f"涧西区财政局{REPORT}.pdf", portal="410305")
    )
    assert found.body is None
    assert found.conflict == "the title says 涧西区民政局, the attachment says 涧西区财政局"
    assert {candidate.body for candidate in found.candidates} == {"涧西区民政局", "涧西区财政局"}


def test_evidence_that_agrees_is_joined() -> None:
    found = resolve(Evidence(f"新华区民政局{REPORT}", heading="平顶山市新华区民政局"))
    assert (found.body, found.division, found.type, found.function) == (
        "新华区民政局", "410402", "department", "民政"
    )  # fmt: skip
    assert found.known_from == ("the title names 新华区民政局", "the heading names 平顶山市新华区民政局")


def test_a_portal_of_no_known_division_proves_its_own_code() -> None:
    evidence = Evidence(f"砚澜县民政局{REPORT}", portal="990121")
    assert resolve(evidence).body is None
    assert publisher_division(evidence) == "990121"


def test_every_alias_has_a_source_and_is_no_listed_name() -> None:
    for alias in (alias for some in aliases().values() for alias in some):
        division = register().get(alias.division)
        assert division
        assert alias.source
        siblings = register().children(division.parent or "")
        assert alias.name not in {sibling.name for sibling in siblings}


@given(
    st.lists(st.sampled_from(PLACES + OFFICES) | st.text(max_size=4), max_size=5).map("".join),
    st.sampled_from([None, "410305", "410300", "410402", "110118", "990121", "411282"]),
    st.sampled_from([None, 2012, 2022]),
)
def test_all_is_certain_or_nothing(name: str, portal: str | None, year: int | None) -> None:
    found = resolve(Evidence(f"{name}{REPORT}", heading=name, portal=portal, year=year))
    certain = {found.body is None, found.id is None, found.division is None, found.type is None}
    assert len(certain) == 1
    assert (found.body is None) == (found.decides is not None)
    if found.division and portal:
        assert register().within(found.division, portal)

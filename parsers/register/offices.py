"""What stands behind the place in a body's name: 人民政府, 民政局, 办事处. The words are in offices.yaml."""

import re
from dataclasses import dataclass
from functools import cache
from typing import Any, Literal

from parsers.facts import facts
from parsers.register.divisions import Level, register

Type = Literal["government", "department", "township", "subdistrict", "other"]

_GOVERNMENT = re.compile(r"(?:人民)?政府")
_ITS_OFFICE = re.compile(r"(?:(?:人民)?政府|府)(?:办公室|办公厅|办)")
_PARTY = r"(?:党政(?:综合)?(?:办公室|办)|办公室|党工委)"
_TOWNSHIP = re.compile(rf"(?:(?:人民)?政府)?{_PARTY}?")
_SUBDISTRICT = re.compile(rf"(?:办事处|街道办事处|街道办|街办|办)?{_PARTY}?")
_COMMITTEE = re.compile(r"(?:(?:党工委)?(?:管理委员会|管委会)(?:办公室)?)?")
_BY_NAME: tuple[tuple[Type, re.Pattern[str]], ...] = (
    ("subdistrict", re.compile(r"街道(办|办事处)?((党政)?办公室|党政办)?$")),
    ("township", re.compile(r"([镇乡]|苏木)((人民)?政府)?((党政)?办公室|党政办)?$")),
    # Its office publishes the government's report, for which Article 49 gives it until 31 March.
    ("government", re.compile(r"(人民政府|[省市县区旗州盟]政府)(办公厅|办公室|办)?$")),
    ("department", re.compile(r"(局|委员会|委|厅|部|办公室|总队|支队|大队)$")),
)
_PLACE = re.compile(r"[省市县区旗州盟镇乡村街某苏]")
# 公安局涧西分局 is the city's in a district.
_BRANCH = re.compile(r"[局厅]|委员会")
_OF_LEVEL = re.compile(
    r"^(?:人民政府|政府(?!采购|投资|信息|法制|数据|网站|热线|债务|合作|研究|督查|政策))(?=.{3})"
)
# 政府采购中心 is the name of an office, 政府民政局 a department and whose it is.
_JOINED = re.compile("[和及、]")
_OF_PARTY = re.compile("委(?:办公室|农办|农工办|农村工作办公室|编办|网信办|台办|外办|史志办)")
# 县委农办: an office of the party that is a government's too, under another plate; its departments are none.
_IN_THE_HOUSE = re.compile("党政(?:综合)?(?:办公室|办)")
# Of townships and offices alone: a county has none.


@dataclass(frozen=True, slots=True)
class Office:
    """`name` follows the division's in the body's name. `function` is what a department is for."""

    name: str
    type: Type
    function: str | None = None


def type_by_name(name: str) -> Type:
    """As far as the end of a name tells it, for a place that the register does not know."""
    return next((type for type, pattern in _BY_NAME if pattern.search(name)), "other")


def office(text: str, level: Level, place: str) -> Office | None:
    """What `text` is behind a place of this level and name, None where it is not certain to be an office."""
    if level in ("township", "office"):
        return _of_township(text, place)
    if level == "zone" and _COMMITTEE.fullmatch(text):
        return Office("管理委员会", "other")
    if not text or _GOVERNMENT.fullmatch(text):
        return None if level == "zone" else Office("人民政府", "government")
    if _ITS_OFFICE.fullmatch(text):
        return Office(f"人民政府{'办公厅' if level == 'province' else '办公室'}", "government")
    if level != "zone" and _OF_PARTY.fullmatch(text):
        return Office(text, "other")
    return department(_OF_LEVEL.sub("", text))


def department(text: str) -> Office | None:
    """A department by its name without a place, short or in full."""
    words = _words()
    name = words.full(text)
    suffix = next((s for s in words.suffixes if name.endswith(s) and len(name) > len(s)), None)
    if suffix is None or name in ("人民政府办公室", "办公室", "街道办事处"):
        return None
    stem = name.removesuffix(suffix)
    if len(stem) < 2 or _BRANCH.search(stem) or _PLACE.search(words.sift(stem)):
        return None
    if _two_or_none(name) or _short_place(name, suffix):
        return None
    if suffix in words.departments:
        return Office(name, "department", stem)
    return Office(name, "other", stem)


def _short_place(name: str, suffix: str) -> bool:
    """涧西民政局 names some place in short, and it is not known which. 新太社区服务中心 may be called after a
    part of the place whose it is, if no county is called so."""
    words = _words()
    first = words.pattern.search(name)
    if first is None or first.start() < 2 or not is_department(name[first.start() :]):
        return False
    place = name[: first.start()]
    return suffix in words.departments or any(register().named(place + end) for end in "县区市旗州")


def _two_or_none(name: str) -> bool:
    """Of several bodies, 发改委和工信局; of a branch, 涧西分局; of a house and no county, 党政办."""
    if _IN_THE_HOUSE.fullmatch(name) or (name.endswith("分局") and _words().sift(name[:-2])):
        return True
    return any(department(name[: joint.start()]) for joint in _JOINED.finditer(name))


def is_department(text: str) -> bool:
    """Made of known words alone, so that its first character belongs to it: 市场监督管理局."""
    found = department(text)
    return bool(found and not _words().sift(found.function or ""))


def _of_township(text: str, place: str) -> Office | None:
    street = place.endswith("街道")
    if street and _SUBDISTRICT.fullmatch(text):
        return Office("办事处", "subdistrict")
    if place.endswith(("镇", "乡", "苏木")) and _TOWNSHIP.fullmatch(text):
        return Office("人民政府", "township")
    if not street and not place.endswith(("镇", "乡")) and _COMMITTEE.fullmatch(text):
        return Office("管理委员会" if text else "", "other")
    found = department(text)
    # A farm or a park has no 局 of its own; a place that has one is a county's namesake.
    if found is None or (found.type == "department" and place.endswith(("区", "场", "园", "处"))):
        return None
    return Office(found.name, "other", found.function)


@dataclass(frozen=True, slots=True)
class _Words:
    pattern: re.Pattern[str]
    suffixes: tuple[str, ...]
    departments: tuple[str, ...]
    short: dict[str, str]

    def full(self, text: str) -> str:
        """With one word for and: 自然资源与规划局 is 自然资源和规划局."""
        joined = text.replace("与", "和")
        return self.short.get(joined, joined)

    def sift(self, stem: str) -> str:
        """What is left without the known words, longest first."""
        return self.pattern.sub("", stem)


@cache
def _words() -> _Words:
    entry: dict[str, Any] = facts("parsers.register", "offices.yaml")
    words = sorted(set(entry["words"].split()), key=lambda word: (-len(word), word))
    suffixes = sorted(entry["suffixes"], key=lambda suffix: (-len(suffix), suffix))
    pattern = re.compile("|".join(words))
    return _Words(pattern, tuple(suffixes), tuple(entry["departments"]), entry["short"])

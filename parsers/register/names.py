"""A body's name taken apart: the divisions it names, one in the other, and the office behind them."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, lru_cache

from parsers.register.aliases import aliased
from parsers.register.divisions import Division, Register, register
from parsers.register.offices import Office, department, is_department, office
from parsers.register.zones import zone
from parsers.text.fold import fold
from parsers.text.simplified import simplified

LONGEST = 20
"""Characters of the longest name of a division."""

LEVEL_WORDS = "省市州盟县区旗镇乡"

_PEOPLES = re.compile(
    "蒙古|回|藏|维吾尔|苗|彝|壮|布依|朝鲜|满|侗|瑶|白|土家|哈尼|哈萨克|傣|黎|傈僳|佤|畲|高山|拉祜|水|东乡|纳西|景颇|"
    "柯尔克孜|土|达斡尔|仫佬|羌|布朗|撒拉|毛南|仡佬|锡伯|阿昌|普米|塔吉克|怒|乌孜别克|俄罗斯|鄂温克|德昂|保安|裕固|京|"
    "塔塔尔|独龙|鄂伦春|赫哲|门巴|珞巴|基诺|各"
)
_OF_PEOPLES = re.compile(
    rf"^(.{{2,}}?)((?:(?:{_PEOPLES.pattern})族|蒙古|哈萨克|柯尔克孜|锡伯|塔吉克)+)(自治区|自治州|自治县|自治旗|乡)$"
)
_ONE_PEOPLE = re.compile(rf"^({_PEOPLES.pattern})族?(自治州|自治县|自治旗)$")
_ENDS = re.compile(r"(?:自治区|特别行政区|地区|[省市县区旗盟州])$")
_FIRST_IN_BRACKETS = re.compile(r"\(([^()]+)\)(.+)")
_TWO_NAMES = re.compile(r"([^()]+)\(([^()]+)\)(.*)")
_TWO_PLATES = re.compile(rf"(.+)\([{LEVEL_WORDS}]?([^()]+)\)")


@dataclass(frozen=True, slots=True)
class Name:
    """`divisions` are all that the places named can be, none where the name has no place; `places` counts
    them. `loose`: the place is not printed as the register has it. `level` is a word such as 区 that stands
    for the place. `lost` is what looks like a place and is none, or none there."""

    text: str
    divisions: tuple[Division, ...] = ()
    places: int = 0
    office: Office | None = None
    loose: bool = False
    level: str = ""
    lost: str | None = None


def squeezed(text: str) -> str:
    """As ids have it: folded, without white space, so that one body has one id."""
    return "".join(fold(text).split())


@lru_cache(maxsize=65536)
def named(text: str) -> tuple[Name, ...]:
    """The ways to take a name apart that are equally good, exact ones first. One without an office cannot be
    taken apart with certainty."""
    bare = _one_name(squeezed(text))
    found = _named(bare)
    plain = simplified(bare)
    if plain == bare or _places_one(found):
        return found
    again = _named(plain)
    return again if _places_one(again) or not any(name.office for name in found) else found


def _places_one(names: tuple[Name, ...]) -> bool:
    return any(name.divisions and name.office for name in names)


def _named(bare: str) -> tuple[Name, ...]:
    # 林业局 is also the name of a forest in the list of townships.
    found = [] if is_department(bare) else list(_taken_apart(bare, register()))
    if found:
        # The more of a name is places that the register knows, the less is left to guess.
        least = min(len(name.text) for name in found)
        return tuple(sorted((n for n in found if len(n.text) == least), key=lambda name: name.loose))
    if placed := _reached(bare, register()):
        return (Name(bare, lost=placed),)
    return (_without_place(bare),)


def _one_name(text: str) -> str:
    """(永嘉县)民政局 as 永嘉县民政局; 文化局(体育局), two plates at one door, as 文化局; and
    武汉开发区(汉南区)民政局 by that name of the two that the register has."""
    if (first := _FIRST_IN_BRACKETS.fullmatch(text)) and register().named(first[1]):
        text = first[1] + first[2]
    if two := _TWO_NAMES.fullmatch(text):
        known = zone(two[1])
        if known and (one := known.joined) and two[2] in (one.name, brief(one.name)):
            above = register().get(one.parent or "")
            text = f"{above.name if above else ''}{one.name}{two[3]}"
    plates = _TWO_PLATES.fullmatch(text)
    other = department(plates[2]) if plates else None
    return plates[1] if plates and other and other.type == "department" else text


def brief(name: str) -> str:
    """涧西 of 涧西区, 镇宁 of 镇宁布依族苗族自治县."""
    of = _OF_PEOPLES.match(name)
    return of[1] if of else _ENDS.sub("", name)


@dataclass(frozen=True, slots=True)
class _Step:
    """`rest` is what stands behind the places. After a place in short another must come; after a zone one of
    the townships that it runs, which then are the divisions."""

    rest: str
    divisions: tuple[Division, ...] = ()
    places: int = 0
    loose: bool = False
    short: bool = False
    zone: bool = False


def _taken_apart(text: str, known: Register) -> Iterator[Name]:
    """Each way to read it as places and an office; the text of what is yielded is the office as printed."""
    for step in _steps(_Step(text), known):
        if step.short or not step.places:
            continue
        by_office: dict[Office, list[Division]] = {}
        for division in step.divisions:
            if its := office(step.rest, division.level, division.name):
                by_office.setdefault(its, []).append(division)
        for its, divisions in by_office.items():
            yield Name(step.rest, tuple(divisions), step.places, its, step.loose)


def _steps(step: _Step, known: Register) -> Iterator[_Step]:
    yield step
    for end in range(min(LONGEST, len(step.rest)), 1, -1):
        name, rest = step.rest[:end], step.rest[end:]
        for divisions, loose, short in _meanings(name, rest, known):
            inner = _inside(divisions, step, known)
            if inner and not (short and not rest):
                yield from _steps(_Step(rest, inner, step.places + 1, step.loose or loose, short), known)
        if (over := zone(name)) and (run := _inside(over.runs, step, known)):
            yield from _steps(_Step(rest, run, step.places + 1, step.loose, short=True, zone=True), known)


def _inside(divisions: tuple[Division, ...], step: _Step, known: Register) -> tuple[Division, ...]:
    if not step.places:
        return divisions
    outer = {division.code for division in step.divisions}
    if step.zone:
        return tuple(one for one in divisions if one.code in outer)
    return tuple(
        one for one in divisions if one.code not in outer and any(known.within(one.code, o) for o in outer)
    )


def _meanings(name: str, rest: str, known: Register) -> Iterator[tuple[tuple[Division, ...], bool, bool]]:
    """Divisions, whether the name is not quite theirs, and whether it is short."""
    for meant, loose, short in (
        (known.named(name), False, False),
        (_informal().get(name, ()), False, False),
        (aliased(name), False, False),
        (_loosely(name, rest, known), True, False),
        (_shorts().get(name, ()), False, True),
    ):
        if divisions := tuple(division for division in meant if division.published):
            yield divisions, loose, short


def _loosely(name: str, rest: str, known: Register) -> tuple[Division, ...]:
    """曙光街道 for 曙光街街道, 佳荣里街 for 佳荣里街道, 驼峰路办事处 for that of 驼峰路街道."""
    if name.endswith("街道"):
        return known.named(f"{name.removesuffix('街道')}街街道")
    if name.endswith("街") and not rest.startswith("道"):
        return known.named(f"{name}道")
    return known.named(f"{name}街道") if rest.startswith("办事处") else ()


def _reached(text: str, known: Register) -> str | None:
    """The place that stands behind known places and is not known to lie there."""
    rests = [step.rest for step in _steps(_Step(text), known) if step.places and not step.short]
    return min(rests, key=len) if rests else None


def _without_place(text: str) -> Name:
    level = text[0] if text and text[0] in LEVEL_WORDS and not is_department(text) else ""
    rest = text[1:] if level else text
    found = office(rest, "county", level) if level and rest else department(rest)
    if level in ("镇", "乡"):
        found = office(rest, "township", level) if rest else None
    return Name(text, office=found, level=level, lost=None if found else text)


@cache
def _informal() -> dict[str, tuple[Division, ...]]:
    """镇宁自治县 and 镇宁县 for 镇宁布依族苗族自治县, 杜林乡 for 杜林回族乡."""
    names: dict[str, list[Division]] = {}
    for name in register().names():
        if len(name) > 4 and name.endswith(("自治县", "自治州", "自治旗", "族乡")):
            for informal in _plain(name):
                names.setdefault(informal, []).extend(register().named(name))
    return {name: tuple(divisions) for name, divisions in names.items()}


def _plain(name: str) -> Iterator[str]:
    """东乡族自治县 is 东乡县, as another county was called."""
    if of := _OF_PEOPLES.match(name) or _ONE_PEOPLE.match(name):
        place, kind = of[1], of[len(of.groups())]
        yield f"{place}{kind[-1]}"
        if kind != "乡":
            yield f"{place}{kind}"


@cache
def _shorts() -> dict[str, tuple[Division, ...]]:
    """河南 for 河南省, 涧西 for 涧西区; only ever before another place."""
    names: dict[str, list[Division]] = {}
    for name in register().names(upper=True):
        short = brief(name)
        if len(short) >= 2 and short != name:
            names.setdefault(short, []).extend(register().named(name))
    return {name: tuple(d for d in divisions if len(d.code) == 6) for name, divisions in names.items()}

"""Which divisions a government host is named after, in pinyin: support, and no proof."""

import re
from collections.abc import Callable, Iterable, Iterator
from functools import cache
from urllib.parse import urlsplit

from parsers.register.divisions import Division, register
from parsers.register.names import brief
from parsers.register.numbers import numbers
from parsers.register.zones import Zone, zones_over

GENERAL = frozenset(
    [
        "www",
        "gov",
        "cn",
        "m",
        "wap",
        "xxgk",
        "zwgk",
        "info",
        "public",
        "gk",
        "zfxxgk",
        "zfgk",
        "jw",
        "zw",
        "open",
        "china",
    ]
)
"""Parts of a host that stand for its kind, as xxgk for 信息公开."""

_ZONE_ENDS = re.compile("(?:投资|高新技术产业开发|经济技术开发|新技术开发|开发|高新|新)区$")


def labels(address: str) -> tuple[str, ...]:
    """Those parts of the host that can name a place; none where it is not a government's."""
    host, _ = _host_and_path(address)
    if not host.endswith(".gov.cn"):
        return ()
    return tuple(part for part in re.split("[.-]", host) if part not in GENERAL)


def sounding(address: str, divisions: Iterable[Division]) -> tuple[Division, ...]:
    """Those of the divisions of whose parents the address has the number, or after which, or after whose
    parents, it is named, in full or by initials.

    Of a government's host the first telling part decides: hjq.huaihua is some 区 of 怀化, whose name stands
    in hjq. Where that says nothing, the city does. A host that copies others' pages keeps their paths."""
    divisions, told = tuple(divisions), labels(address)
    if number := numbered(address):
        return tuple(one for one in divisions if any(register().within(one.code, up.code) for up in number))
    if not told:
        return _on_path(address, divisions)
    for forms in (_in_full, _by_initials):
        found = tuple(one for one in divisions if _sounds(one, forms, told[:1]))
        if found:
            return found
    return _in_its_city(told, divisions)


def numbered(address: str) -> tuple[Division, ...]:
    """Those whose number is in the address. A number of ten digits is no code by itself: it counts where the
    host is called after the place too, be it by initials alone."""
    told = labels(address)
    found = []
    for code, proved in numbers(address):
        division = register().get(code)
        called = division and {_initials(_stem(division)), *_in_full(division)}
        if division and division.stands and (proved or (called and called.intersection(told))):
            found.append(division)
    return tuple(found)


def elsewhere(address: str, division: Division) -> bool:
    """Is a part of the host some other place's name in full, or the number in it that of another?"""
    places = [_all_in_full().get(part, ()) for part in labels(address)] + [numbered(address)]
    within = register().within
    return any(those and not any(within(division.code, one.code) for one in those) for those in places)


def _sounds(division: Division, forms: Callable[[Division], frozenset[str]], told: Iterable[str]) -> bool:
    over = zones_over(division.code)
    called = [*(forms(up) for up in upward(division)), *(_of_zone(one) for one in over)]
    return any(names.intersection(told) for names in called)


def _in_its_city(told: tuple[str, ...], divisions: tuple[Division, ...]) -> tuple[Division, ...]:
    """Townships in the city that a later part names, if the first part is no other county of it."""
    cities = [one for part in told[1:] for one in _all_in_full().get(part, ()) if one.level == "prefecture"]
    counties = _all_in_full().get(told[0], ())
    within = register().within
    if any(within(one.code, city.code) for one in counties for city in cities):
        return ()
    towns = (one for one in divisions if len(one.code) == 9)
    return tuple(one for one in towns if any(within(one.code, city.code) for city in cities))


def _on_path(address: str, divisions: tuple[Division, ...]) -> tuple[Division, ...]:
    """/hjs/c123149/ is a page of 洪江市: its county or city stands first on the path."""
    first = _host_and_path(address)[1].split("/")[1:2]
    return tuple(one for one in divisions if _sounds(one, _first_on_path, first))


def named_after(address: str) -> tuple[Division, ...]:
    """Of all that stand, those after which a host of one telling part is named."""
    told = labels(address)
    return _all_in_full().get(told[0], ()) if len(told) == 1 else ()


def upward(division: Division) -> Iterator[Division]:
    """The county and the prefecture, with itself if it is one; a province is too wide to tell anything."""
    code: str | None = division.code
    while code:
        one = register().get(code)
        if one is None:
            return
        if one.level in ("prefecture", "county", "zone") or len(division.code) == 6 == len(code):
            yield one
        code = one.parent if one.level != "prefecture" else None


@cache
def _in_full(division: Division) -> frozenset[str]:
    """jianxi, jianxiqu, lyjianxi, hnjianxi; one syllable alone names too many places."""
    stem, whole = _stem(division), "".join(division.sound)
    if not stem:
        return frozenset()
    forms = {whole, *(initials + "".join(stem) for initials in _outer(division))}
    return frozenset(forms | ({"".join(stem)} if len(stem) > 1 else set()))


@cache
def _by_initials(division: Division) -> frozenset[str]:
    """lyjx, hnjx, lyjxq; and jxq, for it is asked only of places of one name."""
    stem = _initials(_stem(division))
    end = _initials(division.sound[-1:])
    forms = {outer + inner for outer in _outer(division) for inner in (stem, stem + end)}
    return frozenset(form for form in (*forms, stem + end) if len(form) > 2)


@cache
def _first_on_path(division: Division) -> frozenset[str]:
    """jianxi, jianxiqu, jxq."""
    initials = _initials(division.sound)
    return _in_full(division) | ({initials} if len(initials) > 2 else frozenset())


@cache
def _of_zone(zone: Zone) -> frozenset[str]:
    """xixian, xixianxinqu; qzts, qztstzq; but zibo is the city's, not that of 淄博高新区."""
    name = _ZONE_ENDS.sub("", zone.names[0])
    stem = () if register().named(f"{name}市") else zone.sound[: len(name)]
    forms = {"".join(stem), "".join(zone.sound), _initials(stem), _initials(zone.sound)}
    return frozenset(form for form in forms if len(form) > 3)


@cache
def _all_in_full() -> dict[str, tuple[Division, ...]]:
    found: dict[str, list[Division]] = {}
    for name in register().names(upper=True):
        for division in register().named(name):
            if division.stands and division.level in ("prefecture", "county"):
                for form in _in_full(division):
                    found.setdefault(form, []).append(division)
    return {form: tuple(divisions) for form, divisions in found.items()}


def _host_and_path(address: str) -> tuple[str, str]:
    try:
        parts = urlsplit(address)
        return (parts.hostname or "").lower(), parts.path.lower()
    except ValueError:
        return "", ""


def _outer(division: Division) -> Iterator[str]:
    """Initials of the prefecture and of the province."""
    code = division.parent
    while code and (one := register().get(code)):
        yield _initials(_stem(one))
        code = one.parent


def _stem(division: Division) -> tuple[str, ...]:
    return division.sound[: len(brief(division.name))]


def _initials(syllables: Iterable[str]) -> str:
    return "".join(syllable[0] for syllable in syllables)

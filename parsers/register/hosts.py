"""Which divisions a government host is named after, in pinyin: support, and no proof."""

from collections.abc import Iterable, Iterator
from functools import cache
from urllib.parse import urlsplit

from parsers.register.divisions import Division, register
from parsers.register.names import brief

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
    ]
)
"""Parts of a host that stand for its kind, as xxgk for 信息公开."""


def labels(address: str) -> tuple[str, ...]:
    """Those parts of the host that can name a place; none where it is not a government's."""
    try:
        host = urlsplit(address).hostname or ""
    except ValueError:
        return ()
    parts = host.lower().split(".")
    return tuple(part for part in parts if part not in GENERAL) if parts[-2:] == ["gov", "cn"] else ()


def sounding(address: str, divisions: Iterable[Division]) -> tuple[Division, ...]:
    """Those of the divisions after which, or after whose parents, the host is named, in full or by initials.

    Its first telling part decides: hjq.huaihua is some 区 of 怀化, whose name stands in hjq."""
    divisions, told = tuple(divisions), labels(address)[:1]
    for forms in (_in_full, _by_initials):
        found = tuple(one for one in divisions for up in upward(one) if forms(up).intersection(told))
        if found:
            return tuple(dict.fromkeys(found))
    return ()


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
def _all_in_full() -> dict[str, tuple[Division, ...]]:
    found: dict[str, list[Division]] = {}
    for name in register().names(upper=True):
        for division in register().named(name):
            if division.stands and division.level in ("prefecture", "county"):
                for form in _in_full(division):
                    found.setdefault(form, []).append(division)
    return {form: tuple(divisions) for form, divisions in found.items()}


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

"""The one folding. Fold to compare, never to store.

One character becomes one character, so an offset in the folded text is the offset in the text.
"""

import re
from functools import lru_cache

from parsers.text.radicals import radicals

_PRINTED_OTHERWISE = {
    "⼾": "户",  # Unicode has 戶; the fonts that print ⼾ print 户
    "⺕": "彐",  # Unicode has an ideograph beyond the basic plane; the fonts print 彐
}

_SAME_MARK = {
    " ": "\t\v\f\x1f\xa0\u1680\u202f\u205f\u3000" + "".join(map(chr, range(0x2000, 0x200B))),
    '"': "“”„‟«»「」『』〝〞﹁﹂﹃﹄｢｣",
    "'": "‘’‚‛´",
    "-": "‐‑‒–—―−─━－﹣﹘",
    "·": "•・‧∙⋅･●",
    "(": "﹙︵",
    ")": "﹚︶",
    "[": "〔【〖﹝︹︻",
    "]": "〕】〗﹞︺︼",
    "<": "〈",
    ">": "〉",
    ":": "∶﹕︰",
    ";": "﹔",
    ",": "﹐",
    "、": "､﹑",
    "。": "｡",
    "~": "〜",
    "%": "﹪",
    "¥": "￥",
    "〇": "○◯",
}

# Latin, Greek, Cyrillic, letter-like signs and Roman numerals; İ, which is two letters in lower case, stays.
_CASED = range(0x3000)


def fold(text: str) -> str:
    """Radicals to ideographs, full width to half, capitals to small, one form of each mark."""
    return _FOLDED.sub(_other, text)


@lru_cache(maxsize=1)
def folded_whole(text: str) -> str:
    """`fold` of a document's whole text, which several rules in turn look through."""
    return fold(text)


@lru_cache(maxsize=1)
def bare_whole(text: str) -> str:
    """The same without white space."""
    return "".join(folded_whole(text).split())


def _other(found: re.Match[str]) -> str:
    return _TABLE[found[0]]


def unified(text: str) -> str:
    """Radicals to ideographs and nothing else: for names, which are shown."""
    return text.translate(_UNIFIED)


def _table() -> dict[str, str]:
    lower = {chr(code): chr(code).lower() for code in _CASED if len(chr(code).lower()) == 1}
    narrow = {chr(code): chr(code - 0xFEE0).lower() for code in range(0xFF01, 0xFF5F)}
    marks = {mark: one for one, others in _SAME_MARK.items() for mark in others}
    whole = {**lower, **narrow, **marks, **radicals(), **_PRINTED_OTHERWISE}
    return {one: other for one, other in whole.items() if one != other}


_TABLE = _table()
# Few characters of a report change: to look for them costs a quarter of what str.translate does.
_FOLDED = re.compile(f"[{re.escape(''.join(_TABLE))}]")
_UNIFIED = str.maketrans({**radicals(), **_PRINTED_OTHERWISE})

"""Numbers in running text: 81, 1,234, 43万, 1.2亿, 三十, 两百零五, 近三十, 百余, 130余, 上千."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from parsers.text.numbers import plain

DIGITS = {character: value for value, character in enumerate("零一二三四五六七八九")} | {"〇": 0, "两": 2}
TENS = {"十": 10, "百": 100, "千": 1000}
MYRIADS = {"万": 10**4, "亿": 10**8}
CHINESE = re.compile(r"[零〇一二两三四五六七八九十百千万亿]+")
SHORTENED = re.compile(r"[百千万亿][一二两三四五六七八九]$")
YEAR_LONG = 4

BEFORE = r"(?:约|近|超过|超|逾|上|不少于|至少|多达|达到?近|大约|将近|接近)"
AFTER = r"(?:余|多|几|来)"
ABOUT = re.compile(f"{BEFORE}$")
FARTHEST = 3
"""Characters of the longest of these words."""
QUANTITY = re.compile(
    r"(?:(?P<digits>\d{1,3}(?:,\d{3})+(?![\d,])|\d+)(?P<part>\.\d+)?|(?P<chinese>[零〇一二两三四五六七八九十百千万亿]+))"
    rf"(?P<more>{AFTER})?(?P<myriad>[万亿])?(?P<more_still>{AFTER})?"
)


@dataclass(frozen=True, slots=True)
class Quantity:
    """`value` is what is meant: an int, or a plain decimal string. `start` and `stop` say where."""

    value: int | str
    approximate: bool
    start: int
    stop: int
    decimals: int = 0


def numeral(text: str) -> int | None:
    """A whole Chinese numeral, by place words (二百零五) or digit by digit (二〇二一); None for
    anything else, and for what says two things: 二百五 (205 or 250), 三四 (three or four)."""
    if not text or not CHINESE.fullmatch(text) or SHORTENED.search(text):
        return None
    if all(character in DIGITS for character in text):
        number = "".join(str(DIGITS[character]) for character in text)
        return int(number) if len(number) == 1 or len(number) >= YEAR_LONG else None
    total = 0
    for word, size in sorted(MYRIADS.items(), key=lambda pair: -pair[1]):
        head, found, text = text.rpartition(word)
        if found:
            part = numeral(head)
            if part is None:
                return None
            total += part * size
    below = _below_myriad(text)
    return None if below is None else total + below


def _below_myriad(text: str) -> int | None:
    """Up to 9999. A digit needs a place word behind it but for the last; places must fall."""
    total, digit, limit = 0, None, 10**4
    for character in text:
        if character in DIGITS:
            if digit:
                return None
            digit = DIGITS[character]
        else:
            size = TENS[character]
            if size >= limit:
                return None
            total += (1 if digit is None else digit) * size
            digit, limit = None, size
    return total + (digit or 0)


def quantities(text: str) -> Iterator[Quantity]:
    """Every number in folded text without white space, left to right."""
    stop = 0
    for found in QUANTITY.finditer(text):
        start = found.start()
        about = ABOUT.search(text[max(stop, start - FARTHEST) : start])
        stop = found.end()
        value = _value(found)
        if value is not None:
            approximate = bool(about or found["more"] or found["more_still"])
            decimals = max(0, len(found["part"] or "") - 1)
            yield Quantity(value, approximate, start - len(about[0]) if about else start, stop, decimals)


def _value(found: re.Match[str]) -> int | str | None:
    size = MYRIADS.get(found["myriad"] or "", 1)
    if found["chinese"]:
        number = numeral(found["chinese"])
        return None if number is None else number * size
    digits = found["digits"].replace(",", "")
    if not found["part"]:
        return int(digits) * size
    said = plain(Decimal(digits + found["part"]) * size)
    return int(said) if "." not in said and size > 1 else said

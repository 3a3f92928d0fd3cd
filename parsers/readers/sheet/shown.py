"""A number as its cell shows it: what people read is the text, not what lies behind it."""

import re
from decimal import ROUND_HALF_UP, Decimal

_QUOTED = re.compile(r'"([^"]*)"|\\(.)|_.|\*.|\[[^\]]*\]')
_DIGITS = re.compile(r"[#0?][#0?,]*(?:\.[#0?]*)?|\.[#0?]+")
_DATE = re.compile(r"[ymdhs]|年|月", re.IGNORECASE)
_GENERAL = ("", "general", "@")


def shown(value: float, format: str) -> str:
    """Dates and what else is not plain digits are shown as plain numbers."""
    pattern, number = _section(Decimal(repr(value)), format)
    if pattern.strip().lower() in _GENERAL:
        return _plain(number)
    bare = _QUOTED.sub("", pattern)
    if _DATE.search(bare) or re.search(r"[eE][+-]", bare) or "/" in bare:
        return _plain(number)
    digits = _DIGITS.search(bare)
    if digits is None:
        return _literal(pattern)
    before, after = _around(pattern)
    if "%" in bare:
        number *= 100
    return f"{before}{_rounded(number, digits[0])}{after}".strip()


def _section(number: Decimal, format: str) -> tuple[str, Decimal]:
    """A format has up to four parts: for positive, negative, nought and text. The sign of a negative
    number is the business of its own part, where there is one."""
    parts = format.split(";")
    if number < 0 and len(parts) > 1 and parts[1]:
        return parts[1], -number
    if number == 0 and len(parts) > 2:
        return parts[2] or '""', number
    return parts[0], number


def _rounded(number: Decimal, digits: str) -> str:
    whole, _, decimals = digits.partition(".")
    rounded = number.quantize(Decimal(1).scaleb(-len(decimals)), ROUND_HALF_UP)
    comma = "," if "," in whole.rstrip(",") else ""
    text = f"{rounded:{comma}f}"
    optional = len(decimals) - len(decimals.rstrip("#?"))
    for _ in range(optional):
        text = text.removesuffix("0")
    text = text.removesuffix(".")
    return "" if rounded == 0 and "0" not in digits else text


def _plain(number: Decimal) -> str:
    """The fewest digits that say it."""
    text = f"{number:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def _literal(pattern: str) -> str:
    return _QUOTED.sub(lambda found: found[1] or found[2] or "", pattern).strip()


def _around(pattern: str) -> tuple[str, str]:
    literal = _literal(pattern)
    digits = _DIGITS.search(literal)
    return (literal[: digits.start()], literal[digits.end() :]) if digits else ("", "")

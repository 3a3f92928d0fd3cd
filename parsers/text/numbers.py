"""What a printed cell says: a number, nothing, a mark, or something no one can be sure of."""

import re
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache
from typing import Literal

from parsers.text.fold import fold
from parsers.text.labels import SHORT

Kind = Literal["number", "blank", "mark", "unclear"]

COUNT = re.compile(r"(?:0|[1-9]\d*|[1-9]\d{0,2}(?:,\d{3})+)(?:\.0+)?")
CHANGE = re.compile(r"([+\-−–增减]?)(?:加|少)?((?:0|[1-9]\d*|[1-9]\d{0,2}(?:,\d{3})+))")
AMOUNT = re.compile(r"([+\-−]?)((?:0|[1-9]\d*|[1-9]\d{0,2}(?:,\d{3})+)(?:\.\d+)?)")
UNIT = re.compile(r"(万元|元|件|条|个|宗|项|人|次|起)")
GAP = re.compile(r"[\d.,]\s+[\d.,]")
# Two numbers in one cell, or one number torn apart: which of them cannot be known.
NOTE = re.compile(r"(?<=[\d件条元])[⁰¹²³⁴⁵⁶⁷⁸⁹①-⑳]+$")
# The sign of a note below the table.
MARKS = frozenset("-–—―−─一/\\×*·.无")
# A dash is printed as one to four strokes; 一 stands here because dashes are typed so under an IME.
BEGINS = MARKS | frozenset("0123456789+增减")


@dataclass(frozen=True, slots=True)
class Printed:
    """`value` is set where kind is `number`: an int, or a plain decimal string for an amount in 万元.
    `unit` is what the cell itself says behind the number."""

    kind: Kind
    value: int | str | None = None
    unit: str | None = None


@lru_cache(maxsize=4096)
def printed(text: str, *, amount: bool = False, signed: bool = False) -> Printed:
    folded = fold(text).strip()
    if GAP.search(folded):
        return Printed("unclear")
    bare = NOTE.sub("", "".join(folded.split()))
    if not bare:
        return Printed("blank")
    if set(bare) <= MARKS and len(set(bare)) == 1:
        return Printed("mark")
    number, unit = _unit(bare)
    value = _amount(number, unit) if amount else _change(number) if signed else _count(number)
    if value is None or (unit in ("元", "万元") and not amount):
        return Printed("unclear")
    return Printed("number", value, unit)


def looks_printed(token: str) -> bool:
    """Could this token stand in a cell for numbers? Letters that scanners take a zero for may."""
    if len(token) <= SHORT:
        return _looks_printed(token)
    return fold(token.lstrip()[:1]) in BEGINS and _looks_printed.__wrapped__(token)


@lru_cache(maxsize=4096)
def _looks_printed(token: str) -> bool:
    bare = "".join(fold(token).split())
    return bool(bare) and (
        printed(token).kind != "unclear"
        or printed(token, amount=True).kind == "number"
        or printed(token, signed=True).kind == "number"
        or bare.isdecimal()
        or bare in ("c", "o", "q", "d", "oo")
    )


def plain(value: Decimal) -> str:
    """The shortest decimal string without an exponent."""
    text = format(value, "f")
    return (text.rstrip("0").rstrip(".") if "." in text else text) or "0"


def _unit(bare: str) -> tuple[str, str | None]:
    unit = UNIT.search(bare)
    if unit and unit.end() == len(bare) and unit.start() > 0:
        return bare[: unit.start()], unit[0]
    return bare, None


def _count(number: str) -> int | None:
    return int(number.split(".", maxsplit=1)[0].replace(",", "")) if COUNT.fullmatch(number) else None


def _change(number: str) -> int | None:
    match = CHANGE.fullmatch(number)
    if not match:
        return None
    value = int(match[2].replace(",", ""))
    return -value if match[1] and match[1] in "-−–减" else value


def _amount(number: str, unit: str | None) -> str | None:
    match = AMOUNT.fullmatch(number)
    if not match or unit not in (None, "元", "万元"):
        return None
    value = Decimal(match[2].replace(",", ""))
    if unit == "元":
        value /= 10000
    return plain(-value if match[1] in ("-", "−") and value else value)

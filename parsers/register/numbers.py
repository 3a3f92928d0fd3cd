"""Numbers in an address that begin with a division's code."""

import re
from collections.abc import Iterator
from urllib.parse import parse_qsl, urlsplit

_DIGITS = "0123456789ABCDEFGHJKLMNPQRTUWXY"
_ORGAN = re.compile(rf"11(\d{{6}})[{_DIGITS}]{{10}}")
_COUNTED = re.compile(r"(\d{6})\d{4}")


def numbers(address: str) -> Iterator[tuple[str, bool]]:
    """Codes, and whether a check digit proves the number: a 统一社会信用代码 of an organ of government, which
    has the division where that is registered. Ten digits after area= are a portal's own count."""
    try:
        pairs = parse_qsl(urlsplit(address).query)
    except ValueError:
        return
    for name, value in pairs:
        if (organ := _ORGAN.fullmatch(value)) and _checked(value):
            yield organ[1], True
        elif name == "area" and (counted := _COUNTED.fullmatch(value)):
            yield counted[1], False


def _checked(number: str) -> bool:
    """As GB 32100-2015 counts."""
    total = sum(_DIGITS.index(digit) * pow(3, place, 31) for place, digit in enumerate(number[:-1]))
    return _DIGITS[-total % 31] == number[-1]

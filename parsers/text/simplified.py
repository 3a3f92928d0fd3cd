"""Traditional characters and the simplified ones for them, cut from Unicode's Unihan. Only to compare.

Made anew from Debian's unicode-data by

    bzcat /usr/share/unicode/Unihan_Variants.txt.bz2 | python -m parsers.text.simplified
"""

import re
import sys
from collections.abc import Iterable, Iterator
from functools import cache
from importlib import resources

from parsers.text.radicals import LICENCE as _TERMS

LICENCE = """\
# Traditional characters and the simplified ones for them, two characters a word.
# Cut by `python -m parsers.text.simplified` from Unihan_Variants.txt of Unicode 15.0.0: of kSimplifiedVariant
# those entries of the basic plane that name one character of it, and not themselves.
# This file is a modified Data File.
""" + _TERMS[_TERMS.index("#\n# Copyright") :]

_ENTRY = re.compile(r"U\+([0-9A-F]{4})\tkSimplifiedVariant\t(.+)")
_BASIC = re.compile(r"U\+([0-9A-F]{4})\b")


def simplified(text: str) -> str:
    """One character for one. 乾, which is 干 in one word and itself in another, stays."""
    return text.translate(_table())


@cache
def _table() -> dict[int, str]:
    text = resources.files("parsers.text").joinpath("simplified.txt").read_text("utf-8")
    words = (word for line in text.splitlines() if not line.startswith("#") for word in line.split())
    return {ord(word[0]): word[1] for word in words}


def cut(lines: Iterable[str]) -> str:
    """The text of simplified.txt from the lines of Unicode's file."""
    words = list(_words(lines))
    rows = [" ".join(words[start : start + 20]) for start in range(0, len(words), 20)]
    return LICENCE + "\n".join(rows) + "\n"


def _words(lines: Iterable[str]) -> Iterator[str]:
    for line in lines:
        if entry := _ENTRY.fullmatch(line.rstrip()):
            others = _BASIC.findall(entry[2])
            if len(others) == 1 and others != [entry[1]]:
                yield chr(int(entry[1], 16)) + chr(int(others[0], 16))


if __name__ == "__main__":
    sys.stdout.write(cut(sys.stdin))

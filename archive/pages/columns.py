"""What tables and columns hold, in the language of the site: the file itself says it in English."""

import re
from collections.abc import Mapping
from functools import cache

from parsers.facts import facts

_FIGURE = re.compile(r"[a-z0-9_.]+: (?![a-z])")
"""How the column of a figure begins: with its code, before its labels."""
_AMOUNT = ("; in 分, a millionth of 万元", "；以分计，即万元的百万分之一")


def described(says: str, language: str) -> str:
    """Labels of the form are Chinese in either."""
    if language != "zh" or not re.search("[A-Za-z]", says):
        return says
    return says.replace(*_AMOUNT) if _FIGURE.match(says) else sentences().get(says, says)


@cache
def sentences() -> Mapping[str, str]:
    told = facts("archive.pages", "languages", "columns.zh.yaml")
    return {str(says): str(said) for says, said in told.items()}

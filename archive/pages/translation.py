"""What findings say, which the database holds in English, in the language of the site."""

import re
from collections.abc import Sequence
from functools import cache

from parsers.facts import facts

_PLACE = re.compile(r"\{\d\}")


def translated(says: str, language: str) -> str:
    """As it is where the language has no sentence for it."""
    for pattern, sentence in _sentences(language):
        if found := pattern.fullmatch(says):
            return sentence.format(*(translated(part, language) for part in found.groups()))
    return says


@cache
def _sentences(language: str) -> Sequence[tuple[re.Pattern[str], str]]:
    pairs = () if language == "en" else facts("archive.pages", "languages", f"findings.{language}.yaml")
    return tuple((_pattern(english), sentence) for english, sentence in pairs)


def _pattern(english: str) -> re.Pattern[str]:
    return re.compile("(.+?)".join(map(re.escape, _PLACE.split(english))), re.DOTALL)

"""The words of the interface. languages/ holds a file each; statutory labels are not among them."""

from collections.abc import Callable, Mapping
from functools import cache, partial

from parsers.facts import facts

PREFIXES = {"zh": "/", "en": "/en/"}
"""The languages, and where in the site each begins."""

TAGS = {"zh": "zh-Hans", "en": "en"}
"""What HTML calls them."""

Say = Callable[..., str]


def saying(language: str) -> Say:
    return partial(_say, language)


def language_at(prefix: str) -> str:
    """Of a site whose pages all begin so."""
    (language,) = (language for language, begins in PREFIXES.items() if begins == prefix)
    return language


@cache
def words(language: str) -> Mapping[str, str]:
    told = facts("archive.pages", "languages", f"{language}.yaml")
    return {str(key): str(said) for key, said in told.items()}


def _say(language: str, key: str, /, **parts: object) -> str:
    return words(language)[key].format(**parts)

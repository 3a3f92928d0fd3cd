"""The words of the interface. words.yaml holds them by language; statutory labels are not among them."""

from collections.abc import Mapping
from functools import cache
from importlib import resources

import yaml

LANGUAGE = "en"


def say(key: str, /, **parts: object) -> str:
    return words(LANGUAGE)[key].format(**parts)


@cache
def words(language: str) -> Mapping[str, str]:
    languages = yaml.safe_load(resources.files("archive.pages").joinpath("words.yaml").read_text("utf-8"))
    return {str(key): str(text) for key, text in languages[language].items()}

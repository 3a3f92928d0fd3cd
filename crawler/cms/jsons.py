"""JSON that a list's script asks for, as far as it has the shape that is due."""

import json
from collections.abc import Mapping
from typing import Any

from crawler.page import Page


def answered(page: Page) -> Any:
    """What the page says where all of it is JSON, else None."""
    try:
        return json.loads(page.text)
    except (ValueError, RecursionError):  # brackets without end are nested as deep as nobody reads
        return None


def at(said: Any, *keys: str) -> Any:
    """What stands under these keys, one in the other; None where any is missing."""
    for key in keys:
        said = said.get(key) if isinstance(said, Mapping) else None
    return said


def entries(said: Any, *keys: str) -> list[Any] | None:
    """The list under these keys, None where there is none."""
    found = at(said, *keys)
    return found if isinstance(found, list) else None


def words(said: Any, *keys: str) -> str:
    """The text or number under these keys on one line, empty where there is neither."""
    found = at(said, *keys)
    plain = isinstance(found, str | int) and not isinstance(found, bool)
    return " ".join(str(found).split()) if plain else ""


def number(said: Any, *keys: str) -> int | None:
    found = words(said, *keys)
    return int(found) if found.isdecimal() and len(found) < 19 else None

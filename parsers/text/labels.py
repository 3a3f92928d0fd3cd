"""Comparing labels: folded, without white space and punctuation, with room for a slip of the pen."""

import re
from functools import lru_cache

from parsers.text.fold import fold

NOT_IN_KEY = re.compile(r"[\W_]+")
SHORT = 64
"""Characters up to which a text is worth remembering: labels and cells are, paragraphs are not."""

SLIP = 0.34
"""A label may differ from the form's in at most this part of its characters.

The largest real slip seen is 其他法律行政止公开 for 其他法律行政法规禁止公开 (3 of 13)."""


def key(text: str) -> str:
    """What two spellings of one label have in common."""
    return _remembered_key(text) if len(text) <= SHORT else NOT_IN_KEY.sub("", fold(text))


@lru_cache(maxsize=16384)
def _remembered_key(text: str) -> str:
    return NOT_IN_KEY.sub("", fold(text))


def distance_at_end(label: str, text: str) -> int:
    """The least number of edits that turn some ending of `text` into `label`."""
    row = list(range(len(label) + 1))
    for character in text:
        above = row
        row = [0]
        for column, wanted in enumerate(label, 1):
            row.append(min(above[column] + 1, row[-1] + 1, above[column - 1] + (character != wanted)))
    return row[-1]


def slips(label: str, text: str) -> int | None:
    """How far the end of `text` is from `label`, both keys; None where it is another label."""
    if text.endswith(label):
        return 0
    reach = int(len(label) * SLIP)
    if not reach or len(text) < len(label) - reach:
        return None
    distance = _distance(label, text[-len(label) - reach :], reach)
    return distance if distance <= reach else None


@lru_cache(maxsize=16384)
def _distance(label: str, end: str, reach: int) -> int:
    """Each character that the text does not have is an edit at least."""
    missing = len(set(label).difference(end))
    return missing if missing > reach else distance_at_end(label, end)

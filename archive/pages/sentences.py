"""Sentences of findings with the codes in them made readable: the labels as the form prints them."""

import re
import sqlite3
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

_CODE = re.compile(r"([a-z0-9_]+(?:\.[a-z0-9_]+)+)")


@dataclass(frozen=True, slots=True)
class Part:
    """Words, or the label of the figure that `code` names."""

    text: str
    code: str | None = None


Sentence = tuple[Part, ...]


def labels(connection: sqlite3.Connection) -> Mapping[str, str]:
    return dict(connection.execute("SELECT code, row_label || ' · ' || column_label FROM codes").fetchall())


def sentence(says: str, labels: Mapping[str, str]) -> Sentence:
    return tuple(_parts(says, labels))


def _parts(says: str, labels: Mapping[str, str]) -> Iterator[Part]:
    for piece in filter(None, _CODE.split(says)):
        yield Part(labels[piece], piece) if piece in labels else Part(piece)

"""A printed character and its place, whoever saw it."""

from typing import NamedTuple

UNKNOWN = "\ufffd"


class Char(NamedTuple):
    """A tuple and no dataclass: a page makes a thousand of them, and time is spent here."""

    text: str
    left: float
    top: float
    right: float
    bottom: float

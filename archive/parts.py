"""What goes between the process that reads documents and the one that wants to know."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import NamedTuple

from parsers.reading import Reading, Refusal

Part = tuple[str, bytes | Refusal]
"""A name and its bytes, or why there are none."""


def whole(source: str, data: bytes) -> Iterable[Part]:
    yield source, data


@dataclass(frozen=True, slots=True)
class Reader:
    """Both importable by name. `parts` gives what is to be read by itself: the document or, in a bundle,
    each member of it under a name of its own."""

    read: Callable[[bytes], Reading | Refusal]
    parts: Callable[[str, bytes], Iterable[Part]] = whole


class Found(NamedTuple):
    """Where it stands (a member of a bundle: `bundle.zip!member`), what came of it, and how long it is."""

    source: str
    outcome: Reading | Refusal
    length: int = 0


class Begun(NamedTuple):
    """A part is being read: whatever happens now, it is the cause."""

    source: str
    sha256: str
    length: int

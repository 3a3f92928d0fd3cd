"""Some things at a time of many that come one by one."""

from collections.abc import Iterable, Iterator
from itertools import islice
from typing import TypeVar

Thing = TypeVar("Thing")


def batches(things: Iterable[Thing], size: int) -> Iterator[tuple[Thing, ...]]:
    waiting = iter(things)
    return iter(lambda: tuple(islice(waiting, size)), ())

"""Some documents read on whichever machine is asked to, into readings that all machines share."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import cache
from pathlib import Path

from archive.bundles import Bundle
from archive.parts import Reader
from archive.readings import Document, Readings, read_all
from crawler.captures import Capture, CaptureLost, Store
from parsers.read import parts, read
from parsers.reading import Refusal
from parsers.version import reader_version

READER = Reader(read, parts)


class Differs(Exception):
    """This machine reads otherwise than the one that builds."""


def read_batch(data: Path, captures: Sequence[Capture], reader: str) -> tuple[Refusal | Bundle, ...]:
    """Reads those of these documents that have no reading yet. What says nothing lasting of its document is
    kept in no file and comes back."""
    if reader != reader_version():
        raise Differs(f"reader {reader_version()} here, {reader} where it is built")
    readings, lost = Readings(data / "readings", reader), list[Refusal]()
    missing = set(readings.missing(capture.document for capture in captures))
    wanted = [capture for capture in captures if capture.document in missing]
    for outcome in read_all(documents(_store(data / "captures"), wanted, lost.append), READER, workers=1):
        readings.put(outcome)
    return *readings.passing(), *lost


def documents(
    store: Store, captures: Iterable[Capture], lost: Callable[[Refusal], None]
) -> Iterator[Document]:
    for capture in captures:
        try:
            yield capture.document, store.body(capture)
        except CaptureLost as cause:
            lost(Refusal(capture.document, capture.media_type, "lost", f"{cause}."))


@cache
def _store(folder: Path) -> Store:
    """To look through the folder takes longer than to read a document."""
    return Store(folder)

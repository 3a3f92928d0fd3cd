"""The readings: one JSON file for each document and reader version, so that nothing is read twice."""

import os
from collections.abc import Callable, Iterable, Iterator
from functools import partial
from pathlib import Path

from archive.workers import outcomes
from parsers.reading import Reading, Refusal, as_json, from_json
from parsers.version import reader_version

Outcome = Reading | Refusal
PASSING = ("reader-failed", "lost", "crashed", "timeout", "memory")
Read = Callable[[bytes], Outcome]
Document = tuple[str, bytes]
"""Its digest and its bytes."""


class Readings:
    def __init__(self, folder: Path, reader: str | None = None) -> None:
        self._folder = folder / (reader or reader_version())
        self._failed: dict[str, Refusal] = {}

    def get(self, sha256: str) -> Outcome | None:
        if sha256 in self._failed:
            return self._failed[sha256]
        path = self._path(sha256)
        return from_json(path.read_text("utf-8")) if path.exists() else None

    def put(self, outcome: Outcome) -> None:
        """Written aside and renamed, so that a file that is there is whole. What says nothing lasting of
        the document is kept in memory only: it is tried again by the next run."""
        if isinstance(outcome, Refusal) and outcome.kind in PASSING:
            self._failed[outcome.sha256] = outcome
            return
        path = self._path(outcome.sha256)
        path.parent.mkdir(parents=True, exist_ok=True)
        aside = path.with_suffix(f".{os.getpid()}")
        aside.write_text(as_json(outcome.sha256, outcome) + "\n", "utf-8")
        aside.replace(path)

    def missing(self, digests: Iterable[str]) -> list[str]:
        return [sha256 for sha256 in digests if not self._path(sha256).exists()]

    def _path(self, sha256: str) -> Path:
        return self._folder / sha256[:2] / f"{sha256}.json"


def read_all(documents: Iterable[Document], read: Read, workers: int | None = None) -> Iterator[Outcome]:
    """One outcome a document, in the order given, each read in a process that it cannot take along."""
    for _, outcome in outcomes(documents, partial(_alone, read), count=workers):
        yield outcome


def _alone(read: Read, sha256: str, data: bytes) -> Iterator[tuple[str, Outcome]]:
    yield sha256, read(data)

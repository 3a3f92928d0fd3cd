"""The readings: one JSON file for each document and reader version, so that nothing is read twice."""

import os
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import FIRST_COMPLETED, Future, ProcessPoolExecutor, wait
from concurrent.futures.process import BrokenProcessPool
from itertools import chain, islice
from multiprocessing import get_context
from pathlib import Path

from parsers.reading import Reading, Refusal, as_json, from_json
from parsers.version import reader_version

Outcome = Reading | Refusal
PASSING = ("reader-failed", "lost")
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
    """Outcomes in the order in which they are ready. Documents are taken as they are needed.

    A reader that fails is a bug, not a fact of the document: its refusal has the kind `reader-failed`.
    """
    workers = workers or os.cpu_count() or 1
    if workers == 1:
        for sha256, data in documents:
            yield _read(read, sha256, data)
    else:
        yield from _in_parallel(iter(documents), read, workers)


def _in_parallel(waiting: Iterator[Document], read: Read, workers: int) -> Iterator[Outcome]:
    killed: list[Document] = []
    with _pool(workers) as pool:
        # Few at a time: the documents of a portal together do not fit in memory.
        running = _submitted(pool, read, islice(waiting, workers * 4), killed)
        while running:
            done, _ = wait(running, return_when=FIRST_COMPLETED)
            for future in done:
                document = running.pop(future)
                if isinstance(future.exception(), BrokenProcessPool):
                    killed.append(document)
                else:
                    yield future.result()
            running |= _submitted(pool, read, islice(waiting, len(done)), killed)
    for document in chain(killed, waiting):
        yield _alone(read, *document)


def _submitted(
    pool: ProcessPoolExecutor, read: Read, waiting: Iterable[Document], killed: list[Document]
) -> dict[Future[Outcome], Document]:
    running = {}
    for document in waiting:
        try:
            running[pool.submit(_read, read, *document)] = document
        except BrokenProcessPool:
            killed.append(document)
    return running


def _alone(read: Read, sha256: str, data: bytes) -> Outcome:
    """One document in a process of its own: a library that dies takes only its own document along."""
    with _pool(1) as pool:
        try:
            return pool.submit(_read, read, sha256, data).result()
        except BrokenProcessPool:
            return _failed(sha256, "The process that read it died")


def _read(read: Read, sha256: str, data: bytes) -> Outcome:
    try:
        return read(data)
    except Exception as cause:  # noqa: BLE001 - one failed document must not stop the others
        return _failed(sha256, f"The reader failed with {type(cause).__name__}: {cause}")


def _failed(sha256: str, says: str) -> Refusal:
    return Refusal(sha256, None, "reader-failed", f"{says}; report this document as a bug.")


def _pool(workers: int) -> ProcessPoolExecutor:
    # Spawned, not forked: the same on every system, and safe beside threads.
    return ProcessPoolExecutor(workers, mp_context=get_context("spawn"))

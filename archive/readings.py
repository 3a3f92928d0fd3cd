"""The readings: one JSON file for each document and reader version, so that nothing is read twice."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from functools import partial
from itertools import groupby
from pathlib import Path
from typing import TypeVar
from uuid import uuid4

from archive.bundles import Bundle, Member, bundle_as_json, bundle_from_json, bundle_of, member_of
from archive.kept import Kept, understood, written
from archive.parts import Found, Reader
from archive.workers import outcomes
from parsers.reading import Reading, Refusal, as_json
from parsers.version import reader_version

Outcome = Reading | Refusal | Bundle
PASSING = ("reader-failed", "lost", "crashed", "timeout", "memory")
Document = tuple[str, bytes]
"""Its digest and its bytes."""


class DamagedReading(Exception):
    """A file of readings that this program cannot understand. The sentence says which."""


class Readings:
    def __init__(self, folder: Path, reader: str | None = None) -> None:
        self._folder = folder / (reader or reader_version())
        self._failed: dict[str, Refusal | Bundle] = {}

    def get(self, sha256: str) -> Outcome | None:
        found = self.kept(sha256)
        return found.told().whole() if isinstance(found, Kept) else found

    def kept(self, sha256: str) -> Kept | Refusal | Bundle | None:
        """As `get`, but what tells whose report it is before the rest."""
        if sha256 in self._failed:
            return self._failed[sha256]
        path = self._path(sha256)
        try:
            found = _understood(path, understood)
        except FileNotFoundError:
            return self._bundle(sha256)
        return replace(found, told=partial(_made, path, found.told)) if isinstance(found, Kept) else found

    def put(self, outcome: Outcome) -> None:
        """Written aside and renamed, so that a file that is there is whole. What says nothing lasting of
        the document is kept in memory only: it is tried again by the next run, a bundle with it."""
        if not isinstance(outcome, Reading) and self._passes(outcome):
            self._failed[outcome.sha256] = outcome
        elif isinstance(outcome, Bundle):
            _write(self._bundle_path(outcome.sha256), bundle_as_json(outcome))
        else:
            line = written(outcome) if isinstance(outcome, Reading) else as_json(outcome.sha256, outcome)
            _write(self._path(outcome.sha256), line)

    def passing(self) -> tuple[Refusal | Bundle, ...]:
        """What was put here and says nothing lasting."""
        return tuple(self._failed.values())

    def missing(self, digests: Iterable[str]) -> list[str]:
        """Those without a reading, and bundles of which a member has none."""
        return [sha256 for sha256 in digests if not self._path(sha256).exists() and not self._whole(sha256)]

    def _passes(self, outcome: Refusal | Bundle) -> bool:
        members = outcome.documents() if isinstance(outcome, Bundle) else ()
        kind = outcome.refusal if isinstance(outcome, Bundle) else outcome.kind
        return kind in PASSING or any(sha256 in self._failed for sha256 in members)

    def _whole(self, sha256: str) -> bool:
        bundle = self._bundle(sha256)
        return bundle is not None and all(self._path(member).exists() for member in bundle.documents())

    def _bundle(self, sha256: str) -> Bundle | None:
        path = self._bundle_path(sha256)
        return _understood(path, lambda data: bundle_from_json(data.decode())) if path.exists() else None

    def _path(self, sha256: str) -> Path:
        return self._folder / sha256[:2] / f"{sha256}.json"

    def _bundle_path(self, sha256: str) -> Path:
        return self._path(sha256).with_suffix(".bundle.json")


Made = TypeVar("Made")


def _understood(path: Path, form: Callable[[bytes], Made]) -> Made:
    return _made(path, partial(form, path.read_bytes()))


def _made(path: Path, make: Callable[[], Made]) -> Made:
    try:
        return make()
    except (ValueError, KeyError, TypeError) as cause:
        says = f"{path}: not a reading that this program wrote ({cause}); delete it, and it is made again"
        raise DamagedReading(says) from cause


def _write(path: Path, line: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    aside = path.with_suffix(f".{uuid4().hex}")
    try:
        aside.write_text(line + "\n", "utf-8")
        aside.replace(path)
    finally:
        aside.unlink(missing_ok=True)


def read_all(documents: Iterable[Document], reader: Reader, workers: int | None = None) -> Iterator[Outcome]:
    """One outcome a document, in the order given, each read in a process that it cannot take along; before
    that of a bundle those of its members."""
    found = outcomes(documents, reader, count=workers)
    for sha256, parts in groupby(found, key=lambda one: one.source.partition("!")[0]):
        yield from _of_document(sha256, parts)


def _of_document(sha256: str, parts: Iterator[Found]) -> Iterator[Outcome]:
    members: list[Member] = []
    own: Reading | Refusal | None = None
    for part in parts:
        if part.source == sha256:
            own = part.outcome
            continue
        members.append(member_of(part))
        if part.outcome.sha256:
            yield part.outcome
    if members:
        yield bundle_of(sha256, members, own)
    elif own:
        yield own

"""The store as its users see it."""

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from crawler.captures.capture import Capture, CaptureLost, Damage, PortalFacts, Run
from crawler.captures.index import Index
from crawler.captures.payload import decoded
from crawler.captures.recording import Recording, header
from crawler.captures.runs import read_run
from crawler.captures.warc import Headers, Stored, Unreadable, read_response


@dataclass(frozen=True, slots=True)
class Answer:
    """A stored answer as it was served: what a crawl without a network gets."""

    status: int
    headers: Headers
    payload: bytes


class Store:
    """The captures under one folder. What another program adds meanwhile is seen by a new Store."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        folder.mkdir(parents=True, exist_ok=True)
        self._index = Index(folder)
        self._index.refresh()

    def captures(self) -> Iterator[Capture]:
        """Every exchange whose bytes are here, oldest first, whatever its role, status or refusal."""
        yield from self._index.captures()

    def body(self, capture: Capture) -> bytes:
        """The content-decoded bytes of a capture; a revisit has those of the capture it repeats."""
        stored = self._stored(capture)
        body = decoded(stored.payload, header(stored.headers, "content-encoding"))
        if hashlib.sha256(body).hexdigest() != capture.document:
            raise CaptureLost(
                f"{capture.warc}: the bytes of {capture.url} are not those that were captured; "
                "restore the file or crawl again"
            )
        return body

    def runs(self) -> Iterator[Run]:
        """Oldest first."""
        for path in sorted((self._folder / "runs").glob("*.jsonl"), key=lambda path: path.stem):
            file = read_run(path)
            if file is not None:
                yield file.run

    def damage(self) -> list[Damage]:
        """What of the store cannot be read, for a person to be told."""
        return self._index.damage()

    def begin(self, portal: PortalFacts, agent: str) -> Recording:
        return Recording(self._folder, portal, agent, self._index.first)

    def answer(self, url: str, method: str, form: bytes) -> Answer | None:
        """The latest stored answer to this request."""
        capture = self._index.latest(url, method, form.decode("latin-1"))
        if capture is None:
            return None
        stored = self._stored(capture)
        return Answer(capture.status, stored.headers, stored.payload)

    def _stored(self, capture: Capture) -> Stored:
        place = self._index.held(capture.id)
        if place is None:
            raise CaptureLost(f"{capture.warc}: {capture.url} is no longer in the store; crawl again")
        try:
            return read_response(self._folder / place[0], place[1])
        except Unreadable as problem:
            raise CaptureLost(f"{problem}; restore the file or crawl again") from problem

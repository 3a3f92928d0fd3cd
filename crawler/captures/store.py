"""The store as its users see it."""

import hashlib
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path

from crawler.captures.capture import Capture, CaptureLost, Damage, PortalFacts, Run, Sweep, capture_id
from crawler.captures.cut import Cut, exchange_cuts
from crawler.captures.exchange import header
from crawler.captures.index import Begun, Index
from crawler.captures.lock import lock, patiently
from crawler.captures.manifest import manifest, write_manifest
from crawler.captures.mend import mend
from crawler.captures.payload import decoded
from crawler.captures.recording import Beginning, Recording
from crawler.captures.rest import Rest, unfinished
from crawler.captures.runs import Entered, read_run
from crawler.captures.sweeps import sweeps
from crawler.captures.warc import Headers, Stored, Unreadable, read_response


@dataclass(frozen=True, slots=True)
class Answer:
    """A stored answer as it was served: what a crawl without a network gets."""

    status: int
    headers: Headers
    payload: bytes

    @property
    def document(self) -> bytes:
        return decoded(self.payload, header(self.headers, "content-encoding"))


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

    def has(self, url: str, fetched: str, document: str) -> bool:
        """Whether this document was captured at this address at this moment."""
        return self._index.held(capture_id(url, fetched, document)) is not None

    def body(self, capture: Capture) -> bytes:
        """The content-decoded bytes of a capture; a revisit has those of the capture it repeats."""
        place = self._index.held(capture.id)
        if place is None:
            raise CaptureLost(f"{capture.warc}: {capture.url} is no longer in the store; crawl again")
        return self._answer(capture, place).document

    def records(self, capture: Capture) -> list[Cut]:
        """The exchange as it stands in its WARC file and, of what had not changed, the one that has the
        bytes. In the order of files and offsets, each once."""
        place = self._index.held(capture.id)
        if place is None:
            raise CaptureLost(f"{capture.warc}: {capture.url} is no longer in the store; crawl again")
        try:
            found = {
                cut
                for warc, offset in {place, (capture.warc, capture.offset)}
                for cut in exchange_cuts(self._folder, self._index.before, warc, offset)
            }
        except Unreadable as problem:
            raise CaptureLost(f"{problem}; restore the file or crawl again") from problem
        return sorted(found)

    def runs(self) -> Iterator[Run]:
        """Oldest first."""
        for path in sorted((self._folder / "runs").glob("*.jsonl"), key=lambda path: path.stem):
            run = read_run(path)
            if run is not None:
                yield run

    def run_ids(self) -> set[str]:
        return {path.stem for path in (self._folder / "runs").glob("*.jsonl")}

    def run(self, id: str) -> Run | None:
        path = self._folder / "runs" / f"{id}.jsonl"
        return read_run(path) if path.exists() else None

    def portals(self) -> list[str]:
        """The keys of all that were ever crawled or brought, in order."""
        return self._index.portals()

    def last_run(self, key: str) -> Run | None:
        """The latest run of a portal."""
        begun = self._index.runs(key)
        return read_run(self._folder / begun[-1].file) if begun else None

    def sweeps(self, key: str) -> list[Sweep]:
        """The sweeps of a portal, oldest first, the last of which may still be under way."""
        return self._sweeps(self._index.runs(key))

    def complete_sweeps(self, key: str, last: int) -> list[Sweep]:
        """The last so many complete sweeps of a portal, oldest first."""
        ends = {run.sweep: run for run in self._index.runs(key)}
        complete = [sweep for sweep, run in sorted(ends.items()) if run.finished and not run.stopped]
        wanted = complete[-last:]
        return self._sweeps([run for run in self._index.runs(key) if run.sweep in wanted])

    def unstamped(self, key: str) -> list[Path]:
        """The manifests of a portal's runs that no time stamp stands beside, oldest first."""
        paths = (manifest(self._folder, run.id) for run in self._index.runs(key))
        return [path for path in paths if path.exists() and not path.with_suffix(".tsr").exists()]

    def damage(self) -> list[Damage]:
        """What of the store cannot be read, for a person to be told."""
        return self._index.damage()

    def begin(self, portal: PortalFacts, agent: str) -> Recording:
        """A run that asks for what its portal's unfinished sweep lacks, or begins a new sweep.

        Raises Busy where another crawl of the portal is under way."""
        with ExitStack() as held:
            path, says = (
                self._folder / "runs" / f"{portal.key}.lock",
                "another crawl of this portal is running",
            )
            held.callback(patiently(lambda: lock(path, f"{portal.key}: {says}")).close)
            self._index.refresh()
            held.enter_context(self._index.kept_open())
            recording = self._begun(portal, agent)
            recording.held = held.pop_all()
            return recording

    def _begun(self, portal: PortalFacts, agent: str) -> Recording:
        mended = list(mend(self._folder, self._index, self._index.runs(portal.key)))
        self._index.refresh()
        runs = self._index.runs(portal.key)
        waiting = unfinished(self._folder, runs, portal, datetime.now(UTC))
        self._complete_manifests(runs)
        rest = Rest(self._folder, self._index, waiting, runs)
        beginning = Beginning(portal, agent, self._index.first, rest, tuple(mended))
        return Recording(self._folder, beginning)

    def answer(self, url: str, method: str, form: bytes) -> Answer | None:
        """The latest stored answer to this request."""
        entered = self._index.latest(url, method, form.decode("latin-1"))
        return self.served(entered) if entered else None

    def served(self, entered: Entered) -> Answer:
        """The answer of this exchange; what had not changed is answered as it first was."""
        capture = entered.capture
        place = self._index.held(entered.same_as) if entered.same_as else (capture.warc, capture.offset)
        if place is None:
            raise CaptureLost(f"{capture.warc}: what {capture.url} repeats is no longer there; crawl again")
        return self._answer(capture, place)

    def last_good(self, url: str) -> Entered | None:
        """What this address gave when it was last asked for plainly and gave what was asked for: the exchange
        that brought it, with what the server said of it last."""
        last = self._index.last_good(url)
        first = self._index.of(last.same_as) if last and last.same_as else None
        return replace(first, etag=last.etag, modified=last.modified) if last and first else last

    def original(self, url: str, fetched: str) -> Entered | None:
        """The capture of this address at this moment, whose bytes a later one may repeat."""
        return self._index.original(url, fetched)

    def _answer(self, capture: Capture, place: tuple[str, int]) -> Answer:
        stored = self._stored(place)
        status = stored.status if capture.status == 304 else capture.status
        answer = Answer(status, stored.headers, stored.payload)
        if hashlib.sha256(answer.document).hexdigest() != capture.document:
            raise CaptureLost(
                f"{place[0]}: the bytes of {capture.url} are not those that were captured; "
                "restore the file or crawl again"
            )
        return answer

    def _stored(self, place: tuple[str, int]) -> Stored:
        try:
            return read_response(self._folder / place[0], place[1])
        except Unreadable as problem:
            raise CaptureLost(f"{problem}; restore the file or crawl again") from problem

    def _sweeps(self, begun: list[Begun]) -> list[Sweep]:
        runs = (read_run(self._folder / run.file) for run in begun)
        return sweeps(run for run in runs if run is not None)

    def _complete_manifests(self, runs: list[Begun]) -> None:
        """A killed run could write none."""
        for run in runs:
            if not manifest(self._folder, run.id).exists():
                files = {run.file, *self._index.warcs(run.id), *self._index.warcs_spoken_of(run.file)}
                write_manifest(self._folder, run.id, files)

"""One run being written: a WARC file for each host, and the run's own file beside them."""

import hashlib
import os
import re
from collections import Counter
from collections.abc import Callable
from contextlib import ExitStack
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, BinaryIO
from urllib.parse import urldefrag, urlsplit

from crawler.captures.capture import (
    Capture,
    Damage,
    Note,
    NotTaken,
    PortalFacts,
    Signal,
    Summary,
    Taken,
    Unreached,
    capture_id,
)
from crawler.captures.disk import folder_to_disk, to_disk
from crawler.captures.exchange import Exchange
from crawler.captures.manifest import write_manifest
from crawler.captures.rest import Rest
from crawler.captures.runs import Entered, as_line, exchange_entry, summary_entry
from crawler.captures.warc import (
    Found,
    Original,
    Stored,
    payload_digest,
    write_exchange,
    write_info,
    write_resource,
)

Earlier = Callable[[str, str], Capture | None]
"""From an address and a payload digest, the capture that first had that payload there."""


@dataclass(frozen=True, slots=True)
class Beginning:
    """What a run begins with."""

    portal: PortalFacts
    agent: str
    earlier: Earlier
    rest: Rest
    mended: tuple[Damage, ...]


@dataclass(frozen=True, slots=True)
class Written:
    """An exchange that is in its WARC file, which is not on the disk yet, and in no run. `size`: of its
    payload."""

    stream: BinaryIO
    entered: Entered
    size: int


def now() -> str:
    return datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")


class Recording:
    """An exchange is written, then its file is on the disk, whatever befalls the machine, and only then is it
    entered in the run. Lines of the run are handed to the system: what a failing machine loses of them the
    next run takes from the WARC files, or meets again. OSError where the store cannot be written."""

    def __init__(self, folder: Path, beginning: Beginning) -> None:
        self._folder = folder
        self._begun = beginning
        self.rest = beginning.rest
        self.held = ExitStack()
        """Let go when the recording ends: the portal's lock."""
        self.id, self._lines = _new_run(folder / "runs", now(), beginning)
        self._warcs: dict[str, BinaryIO] = {}
        self._adopted: set[str] = set()
        self._requests = 0
        self._bytes = 0
        self._errors: Counter[str] = Counter()
        for damage in beginning.mended:
            self._enter("mended", asdict(damage))

    def exchange(self, exchange: Exchange, refusal: str | None, fetched: str | None = None) -> Capture:
        """What came over the network now or, where somebody else had it, at `fetched`: all three at once."""
        written = self.write(exchange, refusal, fetched)
        to_disk(written.stream)
        return self.enter(written)

    def write(self, exchange: Exchange, refusal: str | None, fetched: str | None = None) -> Written:
        digest = payload_digest(exchange.payload)
        same = self._begun.earlier(exchange.url, digest) if exchange.status else None
        stream, place = self._written(exchange, digest, same, fetched)
        body = exchange.document
        known = (hashlib.sha256(body).hexdigest(), len(body), exchange.media_type)
        capture = self._capture(exchange, refusal, place, known)
        entered = _entered(exchange, capture, digest, same.id if same else None)
        return Written(stream, entered, len(exchange.payload))

    def made(self, exchange: Exchange) -> Capture:
        """What was made of an answer that is recorded: its address is the answer's, with a fragment."""
        fetched, out = now(), self._warc(exchange.url)
        url, kind = urldefrag(exchange.url).url, exchange.media_type
        offset = write_resource(out, url, fetched, kind, exchange.payload, "conversion")
        to_disk(out)
        known = (hashlib.sha256(exchange.payload).hexdigest(), len(exchange.payload), kind)
        capture = self._capture(exchange, None, (fetched, Path(out.name).name, offset), known)
        entered = _entered(exchange, capture, payload_digest(exchange.payload), None)
        self._enter("exchange", exchange_entry(entered))
        return capture

    def write_unchanged(self, exchange: Exchange, earlier: Entered, refusal: str | None) -> Written:
        """The answer that what an earlier capture has is still so."""
        before = earlier.capture
        stream, place = self._written(exchange, earlier.payload, before)
        known = (before.document, before.length, before.media_type)
        capture = self._capture(exchange, refusal, place, known)
        entered = _entered(exchange, capture, earlier.payload, earlier.same_as or before.id, earlier)
        return Written(stream, entered, len(exchange.payload))

    def enter(self, written: Written) -> Capture:
        self._enter("exchange", exchange_entry(written.entered))
        capture = written.entered.capture
        if capture.status:  # else nobody was asked
            self._requests += 1
            self._bytes += written.size
        return capture

    def adopt(
        self, found: Found, exchange: Exchange, original: Entered | None, refusal: str | None
    ) -> Entered:
        """An exchange that is in a file of the store already: an earlier run wrote it and was killed before
        it could speak of it, or another crawler's file is kept. Where what it repeats is lost, so is it."""
        self._adopted.add(found.warc)
        place = (found.fetched, found.warc, found.offset)
        payload, same_as, body = "", None, exchange.document
        known = (hashlib.sha256(body).hexdigest(), len(body), exchange.media_type)
        if original is not None:
            before = original.capture
            known = (before.document, before.length, before.media_type)
            payload, same_as = original.payload, original.same_as or before.id
        elif found.original is not None:
            same_as = capture_id(found.original.url, found.original.fetched, "")
        else:
            payload = payload_digest(exchange.payload)
        capture = self._capture(exchange, refusal, place, known)
        entered = _entered(exchange, capture, payload, same_as, original)
        self._enter("exchange", exchange_entry(entered))
        return entered

    def unreached(self, unreached: Unreached) -> None:
        self._errors[unreached.kind] += 1
        self._enter("unreached", asdict(unreached))

    def signal(self, signal: Signal) -> None:
        self._errors["signal"] += 1
        self._enter("signal", asdict(signal))

    def note(self, note: Note) -> None:
        self._enter("note", asdict(note))

    def not_taken(self, not_taken: NotTaken) -> None:
        self._enter("not-taken", asdict(not_taken))

    def taken(self, taken: Taken) -> None:
        self._enter("taken", asdict(taken))

    def abandon(self) -> None:
        """Write nothing more, and leave the rest to the next run."""
        for stream in (*self._warcs.values(), self._lines):
            stream.close()
        self.held.close()

    def close(self, reports: int, stopped: str | None = None) -> Summary:
        errors = tuple(sorted(self._errors.items()))
        summary = Summary(now(), self._requests, self._bytes, reports, errors, stopped)
        self._enter("summary", summary_entry(summary))
        to_disk(self._lines)
        for stream in (*self._warcs.values(), self._lines):
            stream.close()
        names = self._adopted | {Path(stream.name).name for stream in self._warcs.values()}
        write_manifest(self._folder, self.id, [*names, f"runs/{self.id}.jsonl"])
        self.held.close()
        return summary

    def _enter(self, kind: str, entry: dict[str, Any]) -> None:
        self._lines.write(as_line(kind, entry).encode())
        self._lines.flush()

    def _written(
        self, exchange: Exchange, digest: str, same: Capture | None, fetched: str | None = None
    ) -> tuple[BinaryIO, tuple[str, str, int]]:
        """The file; when, in which WARC file, and at which offset."""
        fetched = fetched or now()
        out = self._warc(exchange.url)
        if not exchange.status:
            offset = write_resource(out, exchange.url, fetched, exchange.media_type, exchange.payload)
            return out, (fetched, Path(out.name).name, offset)
        offset = write_exchange(
            out,
            exchange.url,
            fetched,
            (exchange.method, exchange.sent, exchange.form),
            Stored(exchange.status, tuple(exchange.received), exchange.payload),
            digest,
            Original(same.url, same.fetched) if same else None,
        )
        return out, (fetched, Path(out.name).name, offset)

    def _capture(
        self,
        exchange: Exchange,
        refusal: str | None,
        place: tuple[str, str, int],
        known: tuple[str, int, str],
    ) -> Capture:
        (fetched, warc, offset), (document, length, media_type) = place, known
        return Capture(
            id=capture_id(exchange.url, fetched, document),
            url=exchange.url,
            fetched=fetched,
            status=exchange.status,
            media_type=media_type,
            role=exchange.role,
            portal=self._begun.portal.key,
            title=exchange.title,
            listed=exchange.listed,
            body_name=exchange.body_name,
            parent=exchange.parent,
            document=document,
            length=length,
            warc=warc,
            offset=offset,
            run=self.id,
            refusal=refusal,
        )

    def _warc(self, url: str) -> BinaryIO:
        host = urlsplit(url).netloc.rpartition("@")[2].replace(":", "-").replace("[", "").replace("]", "")
        if host not in self._warcs:
            path = self._folder / f"{self.id}@{host}.warc.gz"
            self._warcs[host] = stream = path.open("xb")
            write_info(stream, path.name, self._info())
            to_disk(stream)
            folder_to_disk(self._folder)
        return self._warcs[host]

    def _info(self) -> dict[str, str]:
        portal = self._begun.portal
        return {
            "software": "nianbao",
            "http-header-user-agent": self._begun.agent,
            "format": "WARC File Format 1.1",
            "conformsTo": "https://iipc.github.io/warc-specifications/specifications/warc-format/warc-1.1/",
            "isPartOf": self.id,
            "description": (
                f"{portal.name} ({portal.key}). Payloads are as served, before content decoding "
                "and after transfer decoding; headers are as the crawler's HTTP client handed them on: "
                "their order and spelling, connection headers and the reason phrase are not the server's."
            ),
        }


def _entered(
    exchange: Exchange, capture: Capture, payload: str, same_as: str | None, before: Entered | None = None
) -> Entered:
    form = exchange.form.decode("latin-1")
    etag = exchange.etag or (before.etag if before else None)
    modified = exchange.modified or (before.modified if before else None)
    return Entered(capture, exchange.method, form, payload, same_as, etag, modified)


def _new_run(runs: Path, started: str, beginning: Beginning) -> tuple[str, BinaryIO]:
    """The file of a run is there with its first line, or not at all: it is written beside and linked."""
    portal = beginning.portal
    # To the microsecond: schedulers of two groups start in the same second, and their captures merge.
    stamp = re.sub(r"[-:.]", "", started)
    written = runs / f"{portal.key}.part"
    for again in range(1, 100):
        id = f"{stamp}-{portal.key}" + (f"-{again}" if again > 1 else "")
        head = {"id": id, "sweep": beginning.rest.sweep or id, "started": started, "agent": beginning.agent}
        with written.open("wb") as stream:
            stream.write(as_line("run", {**head, "portal": asdict(portal)}).encode())
            to_disk(stream)
        try:
            os.link(written, runs / f"{id}.jsonl")
        except FileExistsError:
            continue
        written.unlink()
        folder_to_disk(runs)
        return id, (runs / f"{id}.jsonl").open("ab")
    raise FileExistsError(f"{runs}: more than 99 runs of {portal.key} began at one moment; wait a moment")

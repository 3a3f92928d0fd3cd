"""One run being written: a WARC file for each host, and the run's own file beside them."""

import hashlib
import os
from collections import Counter
from collections.abc import Callable
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, BinaryIO
from urllib.parse import urlsplit

from crawler.captures.capture import (
    Capture,
    Note,
    NotTaken,
    PortalFacts,
    Role,
    Signal,
    Summary,
    Taken,
    Unreached,
    capture_id,
)
from crawler.captures.payload import decoded
from crawler.captures.runs import Entered, as_line, exchange_entry, summary_entry
from crawler.captures.warc import Headers, Original, Stored, payload_digest, write_exchange, write_info

Earlier = Callable[[str, str], Capture | None]
"""From an address and a payload digest, the capture that first had that payload there."""


@dataclass(frozen=True, slots=True)
class Exchange:
    """What was asked and what came back, before content decoding, and what the crawl knows of it."""

    url: str
    method: str
    sent: Headers
    form: bytes
    status: int
    received: Headers
    payload: bytes
    role: Role
    title: str | None = None
    listed: str | None = None
    body_name: str | None = None
    parent: str | None = None

    @property
    def document(self) -> bytes:
        return decoded(self.payload, header(self.received, "content-encoding"))


def header(headers: Headers, name: str) -> str:
    return ",".join(value for key, value in headers if key.lower() == name)


def now() -> str:
    return datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")


class Recording:
    """Every method leaves its line on the disk, or raises OSError."""

    def __init__(self, folder: Path, portal: PortalFacts, agent: str, earlier: Earlier) -> None:
        self._folder = folder
        self._earlier = earlier
        self._portal = portal
        self._agent = agent
        started = now()
        self.id, self._lines = _new_run(folder / "runs", started, portal.key)
        self._warcs: dict[str, BinaryIO] = {}
        self._requests = 0
        self._bytes = 0
        self._errors: Counter[str] = Counter()
        facts = {
            "id": self.id,
            "sweep": self.id,
            "started": started,
            "agent": agent,
            "portal": asdict(portal),
        }
        self._enter("run", facts)

    def exchange(self, exchange: Exchange, refusal: str | None) -> Capture:
        entered = self._written(exchange, refusal)
        self._enter("exchange", exchange_entry(entered))
        self._requests += 1
        self._bytes += len(exchange.payload)
        return entered.capture

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

    def close(self, reports: int, stopped: str | None = None) -> Summary:
        errors = tuple(sorted(self._errors.items()))
        summary = Summary(now(), self._requests, self._bytes, reports, errors, stopped)
        self._enter("summary", summary_entry(summary))
        for stream in (*self._warcs.values(), self._lines):
            stream.close()
        return summary

    def _enter(self, kind: str, entry: dict[str, Any]) -> None:
        self._lines.write(as_line(kind, entry).encode())
        _to_disk(self._lines)

    def _written(self, exchange: Exchange, refusal: str | None) -> Entered:
        fetched = now()
        digest = payload_digest(exchange.payload)
        same = self._earlier(exchange.url, digest)
        out = self._warc(exchange.url)
        offset = out.tell()
        write_exchange(
            out,
            exchange.url,
            fetched,
            (exchange.method, exchange.sent, exchange.form),
            Stored(exchange.status, tuple(exchange.received), exchange.payload),
            digest,
            Original(same.url, same.fetched) if same else None,
        )
        _to_disk(out)
        capture = self._capture(exchange, refusal, fetched, Path(out.name).name, offset)
        form = exchange.form.decode("latin-1")
        return Entered(capture, exchange.method, form, digest, same.id if same else None)

    def _capture(
        self, exchange: Exchange, refusal: str | None, fetched: str, warc: str, offset: int
    ) -> Capture:
        body = exchange.document
        document = hashlib.sha256(body).hexdigest()
        return Capture(
            id=capture_id(exchange.url, fetched, document),
            url=exchange.url,
            fetched=fetched,
            status=exchange.status,
            media_type=header(exchange.received, "content-type").split(";")[0].strip().lower(),
            role=exchange.role,
            portal=self._portal.key,
            title=exchange.title,
            listed=exchange.listed,
            body_name=exchange.body_name,
            parent=exchange.parent,
            document=document,
            length=len(body),
            warc=warc,
            offset=offset,
            run=self.id,
            refusal=refusal,
        )

    def _warc(self, url: str) -> BinaryIO:
        host = urlsplit(url).netloc.replace(":", "-").replace("[", "").replace("]", "")
        if host not in self._warcs:
            path = self._folder / f"{self.id}-{host}.warc.gz"
            self._warcs[host] = stream = path.open("xb")
            write_info(stream, path.name, self._info())
            _to_disk(stream)
        return self._warcs[host]

    def _info(self) -> dict[str, str]:
        return {
            "software": "nianbao",
            "http-header-user-agent": self._agent,
            "format": "WARC File Format 1.1",
            "conformsTo": "https://iipc.github.io/warc-specifications/specifications/warc-format/warc-1.1/",
            "isPartOf": self.id,
            "description": (
                f"{self._portal.name} ({self._portal.key}). Payloads are as served, before content decoding "
                "and after transfer decoding; headers are as the crawler's HTTP client handed them on: "
                "their order and spelling, connection headers and the reason phrase are not the server's."
            ),
        }


def _new_run(runs: Path, started: str, key: str) -> tuple[str, BinaryIO]:
    runs.mkdir(parents=True, exist_ok=True)
    stamp = started.partition(".")[0].replace("-", "").replace(":", "") + "Z"
    for again in range(1, 100):
        name = f"{stamp}-{key}" + (f"-{again}" if again > 1 else "")
        try:
            return name, (runs / f"{name}.jsonl").open("xb")
        except FileExistsError:
            continue
    raise FileExistsError(f"{runs}: more than 99 runs of {key} began in one second; wait a second")


def _to_disk(stream: BinaryIO) -> None:
    stream.flush()
    os.fsync(stream.fileno())

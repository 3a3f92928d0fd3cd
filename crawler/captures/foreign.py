"""Reading the WARC and WACZ files of other crawlers."""

import re
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, BinaryIO, cast

from warcio.archiveiterator import ArchiveIterator
from warcio.exceptions import ArchiveLoadFailed

from crawler.captures.warc import Headers

_CHUNKED = re.compile(rb"([0-9A-Fa-f]+)[^\r\n]*\r\n")
_WARC_NAME = re.compile(r"\.warc(\.gz)?$", re.IGNORECASE)


class NotWarc(Exception):
    """No WARC file, or one that breaks off: how far it was read."""


@dataclass(frozen=True, slots=True)
class Record:
    """A response (`status` set) or a resource (None). `payload` is before content decoding and after
    transfer decoding."""

    url: str
    fetched: str
    status: int | None
    headers: Headers
    payload: bytes


def is_warc(path: Path) -> bool:
    with path.open("rb") as stream:
        head = stream.read(5)
    return head == b"WARC/" or (head[:2] == b"\x1f\x8b" and ".warc" in path.name.lower())


def is_wacz(path: Path) -> bool:
    if not zipfile.is_zipfile(path):
        return False
    with zipfile.ZipFile(path) as bundle:
        return any(_WARC_NAME.search(name) for name in bundle.namelist())


@contextmanager
def warcs(path: Path) -> Iterator[Iterator[tuple[str, BinaryIO]]]:
    """The WARC files in this file, by name: itself, or the members of a WACZ."""
    if not is_wacz(path):
        with path.open("rb") as stream:
            yield iter([(path.name, stream)])
        return
    with zipfile.ZipFile(path) as bundle:
        names = sorted(name for name in bundle.namelist() if _WARC_NAME.search(name))
        yield _members(path, bundle, names)


def _members(path: Path, bundle: zipfile.ZipFile, names: list[str]) -> Iterator[tuple[str, BinaryIO]]:
    for name in names:
        with bundle.open(name) as stream:
            yield f"{path.name}!{name}", cast(BinaryIO, stream)


def crawled_by(stream: BinaryIO) -> str | None:
    """Who made the file, as its warcinfo record says: operator, software, host."""
    try:
        for record in ArchiveIterator(stream):
            if record.rec_type == "warcinfo":
                return _info(record.content_stream().read())
            if record.rec_type in ("response", "resource"):
                return None
    except (ArchiveLoadFailed, EOFError, OSError):
        return None
    return None


def records(stream: BinaryIO) -> Iterator[Record]:
    """Its answers. Raises NotWarc after the last whole one where the file breaks off."""
    had = 0
    try:
        for record in ArchiveIterator(stream, no_record_parse=False):
            if record.rec_type == "response" and record.http_headers:
                yield _response(record)
            elif record.rec_type == "resource":
                kind = record.rec_headers.get_header("Content-Type") or ""
                headers = (("Content-Type", kind),)
                yield Record(*_about(record), None, headers, _whole(record))
            had += 1
    except (ArchiveLoadFailed, EOFError, OSError, ValueError) as problem:
        raise NotWarc(f"breaks off after {had} records ({problem})") from problem
    if not had:
        raise NotWarc("holds no record")


def _whole(record: Any) -> bytes:
    """warcio gives what there is of a record that the file's end cuts off."""
    payload: bytes = record.raw_stream.read()
    if getattr(record.raw_stream, "limit", 0):
        raise ValueError("the last record is cut off")
    return payload


def _response(record: Any) -> Record:
    head = record.http_headers
    payload = _whole(record)
    coded = (head.get_header("Transfer-Encoding") or "").lower()
    if "chunked" in coded:
        payload = unchunked(payload)
    headers = tuple((name, value) for name, value in head.headers if name.lower() != "transfer-encoding")
    return Record(*_about(record), int(head.get_statuscode()), headers, payload)


def _about(record: Any) -> tuple[str, str]:
    headers = record.rec_headers
    return str(headers.get_header("WARC-Target-URI")).strip("<>"), str(headers.get_header("WARC-Date"))


def unchunked(payload: bytes) -> bytes:
    """The body in a chunked payload; one that is not chunked as its header says stands for itself."""
    body: list[bytes] = []
    at = 0
    while found := _CHUNKED.match(payload, at):
        size, start = int(found[1], 16), found.end()
        if size == 0:
            return b"".join(body)
        if payload[start + size : start + size + 2] != b"\r\n":
            return payload
        body.append(payload[start : start + size])
        at = start + size + 2
    return payload


def _info(content: bytes) -> str | None:
    said = dict(
        line.split(": ", 1) for line in content.decode("utf-8", "replace").splitlines() if ": " in line
    )
    told = (said.get(word, "").strip() for word in ("operator", "software", "hostname"))
    return ", ".join(word for word in told if word) or None

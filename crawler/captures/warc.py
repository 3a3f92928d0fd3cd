"""Records of a WARC file: writing an exchange, reading one, finding the last whole record."""

import re
import zlib
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from http.client import responses
from io import BytesIO
from pathlib import Path
from typing import Any, BinaryIO, Literal
from urllib.parse import urlsplit

from warcio.archiveiterator import ArchiveIterator
from warcio.exceptions import ArchiveLoadFailed
from warcio.recordbuilder import RecordBuilder
from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

from crawler.captures.payload import is_chunked, unchunked

Headers = Sequence[tuple[str, str]]

_CHUNK = 1 << 14
"""Bytes read at once. What follows a record in them is handed on, so more would cost more than it saves."""
_NOT_MODIFIED = "http://netpreserve.org/warc/1.1/revisit/server-not-modified"


_BUILDER = RecordBuilder(warc_version="1.1")
_END_OF_HEAD = re.compile(rb"\r?\n\r?\n")
_LINE_END = re.compile(r"\r?\n")
_FOLDED = re.compile(rb"\r?\n[ \t]+")


class Unreadable(Exception):
    """There is no whole record where one should be."""


class _AsReceived(StatusAndHeaders):  # type: ignore[misc]
    """Servers send Chinese file names in headers as raw bytes; warcio would rewrite them."""

    def to_ascii_bytes(self, filter_func: Callable[[Any], Any] | None = None) -> bytes:
        written: bytes = self.to_bytes(filter_func, "latin-1")
        return written


@dataclass(frozen=True, slots=True)
class Stored:
    """A response record: status, headers, and the payload as served (empty in a revisit)."""

    status: int
    headers: tuple[tuple[str, str], ...]
    payload: bytes


@dataclass(frozen=True, slots=True)
class Original:
    """The earlier capture whose payload a revisit record points to."""

    url: str
    fetched: str


@dataclass(frozen=True, slots=True)
class Found:
    """An exchange as its WARC file alone tells it. `original` where its answer is a revisit record."""

    warc: str
    offset: int
    url: str
    fetched: str
    method: str
    sent: Headers
    form: bytes
    answer: Stored
    original: Original | None

    @property
    def of(self) -> str:
        """The run that wrote it."""
        return self.warc.partition("@")[0]


def write_info(out: BinaryIO, name: str, facts: dict[str, str]) -> None:
    _write(out, _BUILDER.create_warcinfo_record(name, facts))


def _write(out: BinaryIO, record: Any) -> None:
    """At once, as a gzip member of its own. At warcio's level 9 one of 14 KiB is 1% smaller and takes half as
    long again."""
    plain = BytesIO()
    WARCWriter(plain, gzip=False).write_record(record)
    packed = zlib.compressobj(6, zlib.DEFLATED, 16 + zlib.MAX_WBITS)
    out.write(packed.compress(plain.getbuffer()) + packed.flush())


def write_exchange(
    out: BinaryIO,
    url: str,
    fetched: str,
    request: tuple[str, Headers, bytes],
    response: Stored,
    digest: str,
    original: Original | None,
) -> int:
    """The request, then the response (or a revisit record in its place), whose offset is returned.

    In this order a whole answer is never without what asked for it, wherever the file is cut."""
    answer = _answer(url, fetched, response, digest, original)
    asked = _question(url, request)
    asked.rec_headers.replace_header("WARC-Date", fetched)
    asked.rec_headers.add_header("WARC-Concurrent-To", answer.rec_headers.get_header("WARC-Record-ID"))
    _write(out, asked)
    offset = out.tell()
    _write(out, answer)
    return offset


def payload_digest(payload: bytes) -> str:
    digester = RecordBuilder._create_digester()
    digester.update(payload)
    return str(digester)


def _answer(url: str, fetched: str, response: Stored, digest: str, original: Original | None) -> Any:
    reason = responses.get(response.status, "Unknown")
    head = _AsReceived(f"{response.status} {reason}", list(response.headers), protocol="HTTP/1.1")
    dated = {"WARC-Date": fetched}
    if original:
        record = _BUILDER.create_revisit_record(
            url, digest, original.url, original.fetched, http_headers=head, warc_headers_dict=dated
        )
        if response.status == 304:
            record.rec_headers.replace_header("WARC-Profile", _NOT_MODIFIED)
        return record
    body = BytesIO(response.payload)
    dated["WARC-Payload-Digest"] = digest
    return _BUILDER.create_warc_record(
        url, "response", body, len(response.payload), http_headers=head, warc_headers_dict=dated
    )


def _question(url: str, request: tuple[str, Headers, bytes]) -> Any:
    method, headers, body = request
    parts = urlsplit(url)
    path = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
    head = _AsReceived(f"{method} {path} HTTP/1.1", [("Host", parts.netloc), *headers])
    return _BUILDER.create_warc_record(url, "request", BytesIO(body), len(body), http_headers=head)


def write_resource(
    out: BinaryIO,
    url: str,
    fetched: str,
    media_type: str,
    payload: bytes,
    kind: Literal["resource", "conversion"] = "resource",
) -> int:
    """Bytes of which no HTTP answer is known, or what was made of those of one; the record's offset is
    returned."""
    offset, body, size = out.tell(), BytesIO(payload), len(payload)
    dated, type = {"WARC-Date": fetched}, media_type or "application/octet-stream"
    made = _BUILDER.create_warc_record
    _write(out, made(url, kind, body, size, warc_content_type=type, warc_headers_dict=dated))
    return offset


def read_response(path: Path, offset: int) -> Stored:
    """The response, revisit, resource or conversion record that begins at `offset`. Of the last two no HTTP
    answer is known: their status is 0."""
    record, content = _record(path, offset)
    if record.rec_type in ("resource", "conversion"):
        return Stored(0, (("Content-Type", record.rec_headers.get_header("Content-Type") or ""),), content)
    return _stored(content)


def _record(path: Path, offset: int) -> tuple[Any, bytes]:
    try:
        with path.open("rb") as stream:
            stream.seek(offset)
            record = next(iter(ArchiveIterator(stream, no_record_parse=True)))
            return record, record.raw_stream.read()
    except (OSError, StopIteration, ArchiveLoadFailed, zlib.error) as problem:
        raise Unreadable(f"{path.name} at byte {offset}: {problem or 'no record there'}") from problem


def _stored(content: bytes) -> Stored:
    """Other crawlers keep the chunks in which an answer was sent; ours never see them."""
    first, headers, payload = http(content)
    joined = unchunked(payload) if is_chunked(headers) else None
    status = first.split()[1] if len(first.split()) > 1 else ""
    return Stored(int(status) if status.isdigit() else 0, headers, payload if joined is None else joined)


def http(content: bytes) -> tuple[str, tuple[tuple[str, str], ...], bytes]:
    """First line, headers and body. warcio would take a header for UTF-8 where it can be read as such."""
    ends = _END_OF_HEAD.search(content)
    head, body = (content[: ends.start()], content[ends.end() :]) if ends else (content, b"")
    first, *lines = _LINE_END.split(_FOLDED.sub(b" ", head).decode("latin-1"))
    pairs = (line.partition(":") for line in lines)
    return first, tuple((name, value.strip()) for name, _, value in pairs), body


def kind_at(path: Path, offset: int) -> str:
    """What WARC calls the record there."""
    return str(_record(path, offset)[0].rec_type)


def exchange_at(path: Path, asked: int, answered: int) -> Found | None:
    """The exchange of two records that follow each other, where they are one."""
    (question, said), (answer, content) = _record(path, asked), _record(path, answered)
    concurrent = question.rec_headers.get_header("WARC-Concurrent-To")
    if question.rec_type != "request" or concurrent != answer.rec_headers.get_header("WARC-Record-ID"):
        return None
    first, headers, form = http(said)
    refers = [answer.rec_headers.get_header(f"WARC-Refers-To-{word}") for word in ("Target-URI", "Date")]
    return Found(
        warc=path.name,
        offset=answered,
        url=answer.rec_headers.get_header("WARC-Target-URI"),
        fetched=answer.rec_headers.get_header("WARC-Date"),
        method=first.split()[0],
        sent=tuple(pair for pair in headers if pair[0] != "Host"),
        form=form,
        answer=_stored(content),
        original=Original(refers[0], refers[1]) if all(refers) else None,
    )


def whole_records(path: Path) -> Iterator[tuple[int, int]]:
    """Start and end of each whole record; a record is a gzip member, whose checksum is checked.

    Ends quietly at the first that is not whole: what comes after the last end is damaged."""
    start, left = 0, b""
    inflater = zlib.decompressobj(16 + zlib.MAX_WBITS)
    with path.open("rb") as stream:
        while chunk := left or stream.read(_CHUNK):
            try:
                inflater.decompress(chunk)
            except zlib.error:
                return
            left = inflater.unused_data
            if inflater.eof:
                end = stream.tell() - len(left)
                yield start, end
                start, inflater = end, zlib.decompressobj(16 + zlib.MAX_WBITS)

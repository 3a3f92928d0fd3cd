"""The WARC file of another crawler, kept as whole records of which each is a gzip member of its own."""

import gzip
import re
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from typing import BinaryIO

MOST = 128 * 1024**2
"""A record longer than this holds no report. It stays where its file is kept whole, and is not read."""

VERSION = re.compile(rb"WARC/\d\.\d+\r?\n")
_STEP = 1 << 20
_MAGIC = b"\x1f\x8b\x08"
_LENGTH = re.compile(rb"^content-length:[ \t]*(\d+)", re.IGNORECASE | re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Broken:
    """What of a file is no whole record."""

    says: str


@dataclass(frozen=True, slots=True)
class Member:
    """A gzip member from `start` to `end`. `content` is None where it is longer than MOST."""

    start: int
    end: int
    content: bytes | None


def is_warc(path: Path) -> bool:
    """By its content, whatever its name."""
    with path.open("rb") as stream:
        return _begins(stream, 0) if stream.read(3) == _MAGIC else _starts(path)


def keep(source: Path, out: BinaryIO) -> Iterator[Broken]:
    """Writes the whole records of `source`: a member that is one record as it stands there, any other record
    packed anew with not a byte of it changed. A file of nothing but such members is copied byte for byte."""
    if not _a_record_a_member(source):
        yield from _packed(_plain(source), out)
        return
    with source.open("rb") as stream:
        for member in members(source):
            if isinstance(member, Broken):
                yield member
            elif member.content is None or _records_in(member.content) == 1:
                stream.seek(member.start)
                _copy(stream, out, member.end - member.start)
            else:
                yield from _packed(records(BytesIO(member.content)), out)


def members(path: Path) -> Iterator[Member | Broken]:
    """Goes on after what is damaged, with the next member that begins a record."""
    at, size = 0, path.stat().st_size
    with path.open("rb") as stream:
        while at < size:
            found = _member(stream, at)
            if found is None:
                after = _next(stream, at + 1, size)
                yield Broken(f"its {after - at} bytes from byte {at} are damaged or cut off")
                at = after
            else:
                yield found
                at = found.end


def records(stream: BinaryIO) -> Iterator[bytes | Broken]:
    """Whole records of an unpacked file, head and block and the line ends after it."""
    between = 0
    while line := stream.readline(_STEP):
        if not VERSION.match(line):
            between += len(line) if line.strip() else 0
            continue
        if between:
            yield Broken(f"{between} bytes between two records belong to none")
            between = 0
        record = _record(line, stream)
        if record is not None:
            yield record
    if between:
        yield Broken(f"{between} bytes at its end belong to no record")


def _record(line: bytes, stream: BinaryIO) -> bytes | Broken | None:
    head = [line]
    while (line := stream.readline(_STEP)).strip() and len(head) < 1000:
        head.append(line)
    said = _LENGTH.search(b"".join(head))
    length = int(said[1]) if said else 0
    if said is None or not line:
        return Broken("a record does not say how long it is")
    if length > MOST:
        while length and (skipped := stream.read(min(length, _STEP))):
            length -= len(skipped)
        return Broken("a record is too long to hold a report")
    block = stream.read(length)
    if len(block) < length:
        return Broken(f"the last record is cut off: {length - len(block)} bytes of it are missing")
    return b"".join(head) + line + block + b"\r\n\r\n"


def _plain(source: Path) -> Iterator[bytes | Broken]:
    opened = gzip.open if _magic(source) else Path.open
    try:
        with opened(source, "rb") as stream:
            yield from records(stream)  # type: ignore[arg-type]  # both are binary readers
    except (EOFError, zlib.error, gzip.BadGzipFile) as problem:
        yield Broken(f"it breaks off: {problem}")


def _packed(found: Iterator[bytes | Broken], out: BinaryIO) -> Iterator[Broken]:
    for record in found:
        if isinstance(record, Broken):
            yield record
        else:
            out.write(gzip.compress(record, 6, mtime=0))


def _a_record_a_member(source: Path) -> bool:
    if not _magic(source):
        return False
    with source.open("rb") as stream:
        first = _member(stream, 0)
        if first is None:
            return _next(stream, 1, source.stat().st_size) < source.stat().st_size
    return first.content is not None and _records_in(first.content) == 1


def _records_in(content: bytes) -> int:
    found = list(records(BytesIO(content)))
    return len(found) if not any(isinstance(record, Broken) for record in found) else 0


def _member(stream: BinaryIO, at: int) -> Member | None:
    """None where no whole member begins."""
    inflater, parts, length = zlib.decompressobj(16 + zlib.MAX_WBITS), [], 0
    stream.seek(at)
    while not inflater.eof:
        chunk = inflater.unconsumed_tail or stream.read(1 << 14)
        if not chunk:
            return None
        try:
            part = inflater.decompress(chunk, _STEP)
        except zlib.error:
            return None
        length += len(part)
        if length <= MOST:
            parts.append(part)
    end = stream.tell() - len(inflater.unused_data)
    return Member(at, end, b"".join(parts) if length <= MOST else None)


def _next(stream: BinaryIO, at: int, size: int) -> int:
    """Where the next member begins that has a record, or the end of the file."""
    while at < size:
        stream.seek(at)
        block = stream.read(_STEP)
        place = block.find(_MAGIC)
        while place >= 0:
            if _begins(stream, at + place):
                return at + place
            place = block.find(_MAGIC, place + 1)
        at += max(len(block) - len(_MAGIC) + 1, 1)
    return size


def _begins(stream: BinaryIO, at: int) -> bool:
    stream.seek(at)
    try:
        head = zlib.decompressobj(16 + zlib.MAX_WBITS).decompress(stream.read(4096), 5)
    except zlib.error:
        return False
    return head == b"WARC/"


def _magic(path: Path) -> bool:
    with path.open("rb") as stream:
        return stream.read(3) == _MAGIC


def _starts(path: Path) -> bool:
    with path.open("rb") as stream:
        return stream.read(5) == b"WARC/"


def _copy(stream: BinaryIO, out: BinaryIO, length: int) -> None:
    while length:
        part = stream.read(min(length, _STEP))
        out.write(part)
        length -= len(part)

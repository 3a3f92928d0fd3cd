"""Records cut out of their WARC files as they stand there: each is a gzip member, so a row of them is a
WARC file again."""

import zlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from crawler.captures.warc import Unreadable, exchange_at, kind_at

_CHUNK = 1 << 16

Before = Callable[[str, int], int | None]
"""Where the record before that at this offset of a file begins."""


@dataclass(frozen=True, slots=True, order=True)
class Cut:
    """`kind` is the type that WARC has for it: warcinfo, request, response, revisit, resource; `content`
    the record, byte for byte."""

    warc: str
    offset: int
    kind: str
    content: bytes

    @property
    def has_payload(self) -> bool:
        return self.kind in ("response", "resource")


def exchange_cuts(folder: Path, before: Before, warc: str, offset: int) -> Iterator[Cut]:
    """What its file says of itself, the request where there is one, and the answer at `offset`."""
    path = folder / warc
    asked = before(warc, offset)
    if offset and kind_at(path, 0) == "warcinfo":
        yield Cut(warc, 0, "warcinfo", _member(path, 0))
    if asked is not None and exchange_at(path, asked, offset) is not None:
        yield Cut(warc, asked, "request", _member(path, asked))
    yield Cut(warc, offset, kind_at(path, offset), _member(path, offset))


def _member(path: Path, offset: int) -> bytes:
    """Raises Unreadable."""
    inflater, taken = zlib.decompressobj(16 + zlib.MAX_WBITS), bytearray()
    try:
        with path.open("rb") as stream:
            stream.seek(offset)
            while not inflater.eof and (chunk := stream.read(_CHUNK)):
                inflater.decompress(chunk)
                taken += chunk
    except (OSError, zlib.error) as problem:
        raise Unreadable(f"{path.name} at byte {offset}: {problem}") from problem
    if not inflater.eof:
        raise Unreadable(f"{path.name} at byte {offset}: the record is cut off")
    return bytes(taken[: len(taken) - len(inflater.unused_data)])

"""A payload as served, and the document in it."""

import re
import zlib
from collections.abc import Sequence

LIMIT = 256 * 1024 * 1024
"""A document larger than this after decoding is no report; it stands as it was served."""

_WINDOWS = {
    "gzip": (16 + zlib.MAX_WBITS,),
    "x-gzip": (16 + zlib.MAX_WBITS,),
    "deflate": (zlib.MAX_WBITS, -zlib.MAX_WBITS),  # servers send both with and without the zlib head
}

_CHUNK = re.compile(rb"([0-9A-Fa-f]{1,8})[ \t]*(?:;[^\r\n]*)?\r?\n")


def is_chunked(headers: Sequence[tuple[str, str]]) -> bool:
    return any(name.lower() == "transfer-encoding" and "chunked" in value.lower() for name, value in headers)


def unchunked(payload: bytes) -> bytes | None:
    """The body in a chunked payload; None where it is no chain of chunks that comes to its end."""
    body: list[bytes] = []
    at = 0
    while found := _CHUNK.match(payload, at):
        start, size = found.end(), int(found[1], 16)
        if size == 0:
            return b"".join(body)
        ends = payload[start + size : start + size + 2]
        if not ends.startswith((b"\r\n", b"\n")):
            return None
        body.append(payload[start : start + size])
        at = start + size + (2 if ends == b"\r\n" else 1)
    return None


def decoded(payload: bytes, encodings: str) -> bytes:
    """The document in a payload. One that is not encoded as its header says stands for itself."""
    for encoding in reversed([word.strip().lower() for word in encodings.split(",") if word.strip()]):
        for window in _WINDOWS.get(encoding, ()):
            inflated = _inflated(payload, window)
            if inflated is not None:
                payload = inflated
                break
    return payload


def _inflated(payload: bytes, window: int) -> bytes | None:
    inflater = zlib.decompressobj(window)
    try:
        whole = inflater.decompress(payload, LIMIT)
    except zlib.error:
        return None
    return whole if inflater.eof else None

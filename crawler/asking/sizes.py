"""How large an answer is once it is unpacked."""

import zlib

_RATIO = 1032
"""Deflate packs no better than this, so most answers need not be unpacked to know."""

_WINDOWS = {
    "gzip": (16 + zlib.MAX_WBITS,),
    "x-gzip": (16 + zlib.MAX_WBITS,),
    "deflate": (zlib.MAX_WBITS, -zlib.MAX_WBITS),
}


def beyond(payload: bytes, encodings: str, limit: int) -> bool:
    """Whether an answer unpacks to more than `limit` bytes, or is packed several times over."""
    packed = [word for part in encodings.split(",") if (word := part.strip().lower()) in _WINDOWS]
    if len(packed) > 2:
        return True
    if not packed or len(payload) * _RATIO ** len(packed) <= limit:
        return False
    inner = payload
    for word in reversed(packed):
        unpacked = _unpacked(inner, _WINDOWS[word], limit)
        if unpacked is None:
            return False
        if len(unpacked) > limit:
            return True
        inner = unpacked
    return False


def _unpacked(payload: bytes, windows: tuple[int, ...], limit: int) -> bytes | None:
    """At most a byte more than `limit`; None for what is not packed as it says."""
    for window in windows:
        try:
            return zlib.decompressobj(window).decompress(payload, limit + 1)
        except zlib.error:
            continue
    return None

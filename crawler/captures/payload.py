"""A payload as served, and the document in it."""

import zlib

LIMIT = 256 * 1024 * 1024
"""A document larger than this after decoding is no report; it stands as it was served."""

_WINDOWS = {
    "gzip": (16 + zlib.MAX_WBITS,),
    "x-gzip": (16 + zlib.MAX_WBITS,),
    "deflate": (zlib.MAX_WBITS, -zlib.MAX_WBITS),  # servers send both with and without the zlib head
}


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

"""Time stamps by RFC 3161: an authority that signs that a manifest was there at a moment.

Whether the signature is worth anything is for `openssl ts -verify` and whoever trusts the authority; here
it is only seen to that the answer is about what was asked."""

import hashlib
import os
import secrets
from collections.abc import Iterator
from pathlib import Path
from urllib.error import URLError
from urllib.parse import urlsplit
from urllib.request import Request, urlopen

_INTEGER, _OCTETS, _SEQUENCE, _INSIDE = 0x02, 0x04, 0x30, 0xA0
_SHA256 = bytes.fromhex("300d06096086480165030402010500")
_TRUE = b"\x01\x01\xff"
_SECONDS = 30
_LARGEST = 1 << 20


class NotStamped(Exception):
    """The authority gave no stamp for what it was asked."""


def stamp(manifest: Path, authority: str) -> Path:
    """The stamp of this file, beside it as `.tsr`."""
    digest = hashlib.sha256(manifest.read_bytes()).digest()
    nonce = secrets.randbits(63)
    reply = _asked(authority, query(digest, nonce))
    check(reply, digest, nonce)
    path = manifest.with_suffix(".tsr")
    written = path.with_suffix(".part")
    with written.open("wb") as stream:
        stream.write(reply)
        stream.flush()
        os.fsync(stream.fileno())
    written.replace(path)
    return path


def query(digest: bytes, nonce: int) -> bytes:
    """A TimeStampReq for a sha256, which asks for the authority's certificate too."""
    imprint = _der(_SEQUENCE, _SHA256 + _der(_OCTETS, digest))
    return _der(_SEQUENCE, _integer(1) + imprint + _integer(nonce) + _TRUE)


def check(reply: bytes, digest: bytes, nonce: int) -> None:
    """Raises NotStamped unless this TimeStampResp grants a stamp of this digest to this question."""
    try:
        status, *token = _parts(_only(reply, _SEQUENCE))
        granted = int.from_bytes(next(_parts(status[1]))[1])
        if granted not in (0, 1) or not token:
            raise NotStamped(f"the authority refuses it (status {granted})")
        stamped = list(_parts(_only(_signed(token[0][1]), _SEQUENCE)))
        imprint = list(_parts(stamped[2][1]))
    except (IndexError, StopIteration, ValueError):
        raise NotStamped("the answer is no time stamp") from None
    if imprint[1] != (_OCTETS, digest) or (_INTEGER, _integer(nonce)[2:]) not in stamped[5:]:
        raise NotStamped("the answer is the stamp of something else")


def _signed(token: bytes) -> bytes:
    """What a ContentInfo of SignedData has signed."""
    signed = list(_parts(_only(_second(token, _INSIDE), _SEQUENCE)))
    return _only(_second(signed[2][1], _INSIDE), _OCTETS)


def _asked(authority: str, question: bytes) -> bytes:
    if urlsplit(authority).scheme not in ("http", "https"):
        raise NotStamped("is no http address")
    kind = {"Content-Type": "application/timestamp-query", "Accept": "application/timestamp-reply"}
    try:
        with urlopen(Request(authority, question, kind), timeout=_SECONDS) as answer:  # noqa: S310
            return bytes(answer.read(_LARGEST))
    except (URLError, OSError, ValueError) as problem:
        raise NotStamped(str(problem)) from problem


def _der(tag: int, content: bytes) -> bytes:
    size = len(content)
    if size < 0x80:
        return bytes((tag, size)) + content
    length = size.to_bytes((size.bit_length() + 7) // 8)
    return bytes((tag, 0x80 | len(length))) + length + content


def _integer(value: int) -> bytes:
    return _der(_INTEGER, value.to_bytes(value.bit_length() // 8 + 1))


def _parts(content: bytes) -> Iterator[tuple[int, bytes]]:
    """Tag and content of each element."""
    while content:
        tag, size, start = content[0], content[1], 2
        if size & 0x80:
            start += size & 0x7F
            size = int.from_bytes(content[2:start])
        if start + size > len(content) or start > 6:
            raise ValueError("longer than what holds it")
        yield tag, content[start : start + size]
        content = content[start + size :]


def _only(content: bytes, tag: int) -> bytes:
    ((found, inside),) = _parts(content)
    if found != tag:
        raise ValueError(f"tag {found} where {tag} is due")
    return inside


def _second(content: bytes, tag: int) -> bytes:
    (_, (found, inside), *_) = _parts(content)
    if found != tag:
        raise ValueError(f"tag {found} where {tag} is due")
    return inside

"""Signatures that minisign verifies: Ed25519 over the BLAKE2b digest of a file."""

import base64
import hashlib
import hmac
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

_LENGTHS = (2, 2, 2, 32, 8, 8)
"""Of a secret key's head: algorithm, key derivation, checksum, salt, two limits. Behind it stands what
a password encrypts: key id (8), key (64: secret and public), checksum (32)."""
_BODY = 104
_N_MOST = 1 << 20
_MEMORY = (1 << 31) - 1


class WrongKey(Exception):
    """This is no secret key of minisign, or the password is another."""


@dataclass(frozen=True, slots=True)
class Key:
    id: bytes
    secret: Ed25519PrivateKey

    def sign(self, file: Path) -> None:
        """Writes FILE.minisig beside it."""
        with file.open("rb") as stream:
            digest = hashlib.file_digest(stream, hashlib.blake2b).digest()
        signature = self.secret.sign(digest)
        trusted = f"file:{file.name}\tSHA256SUMS of a nianbao release\thashed"
        whole = self.secret.sign(signature + trusted.encode())
        text = (
            "untrusted comment: signature of a nianbao release\n"
            f"{_coded(b'ED' + self.id + signature)}\n"
            f"trusted comment: {trusted}\n{_coded(whole)}\n"
        )
        file.with_name(f"{file.name}.minisig").write_text(text, "utf-8")


def secret_key(path: Path, password: Callable[[], str]) -> Key:
    """`password` is asked only where the key has one. Raises WrongKey."""
    head, body = _read(path)
    algorithm, derived, checksum, salt, operations, memory = head
    if (algorithm, checksum) != (b"Ed", b"B2") or derived not in (b"Sc", b"\0\0"):
        raise WrongKey(f"{path}: is no secret key of minisign; make one with `minisign -G`")
    if derived == b"Sc":
        limits = int.from_bytes(operations, "little"), int.from_bytes(memory, "little")
        stream = _stream(password(), salt, *limits)
        body = bytes(one ^ other for one, other in zip(body, stream, strict=True))
    secret = Ed25519PrivateKey.from_private_bytes(body[8:40])
    # Behind the secret half stands the public one; a key without a password leaves out the checksum.
    if not hmac.compare_digest(secret.public_key().public_bytes_raw(), body[40:72]):
        raise WrongKey(f"{path}: the password is another, or the key is damaged")
    return Key(body[:8], secret)


def _read(path: Path) -> tuple[list[bytes], bytes]:
    lines = path.read_bytes().splitlines()
    try:
        content = base64.b64decode(lines[1], validate=True)
    except (IndexError, ValueError) as cause:
        raise WrongKey(f"{path}: is no secret key of minisign; make one with `minisign -G`") from cause
    if len(content) != sum(_LENGTHS) + _BODY:
        raise WrongKey(f"{path}: is no secret key of minisign; a public one cannot sign")
    head, at = [], 0
    for length in _LENGTHS:
        head.append(content[at : at + length])
        at += length
    return head, content[at:]


def _stream(password: str, salt: bytes, operations: int, memory: int) -> bytes:
    """scrypt with the parameters that libsodium makes of its two limits."""
    n, p = _cost(operations, memory)
    return hashlib.scrypt(password.encode(), salt=salt, n=n, r=8, p=p, maxmem=_MEMORY, dklen=_BODY)


def _cost(operations: int, memory: int) -> tuple[int, int]:
    operations = max(operations, 32768)
    most = operations // (8 * 4) if operations < memory // 32 else memory // (8 * 128)
    n = 2
    while n <= most // 2 and n < _N_MOST:
        n *= 2
    if operations < memory // 32:
        return n, 1
    return n, min(operations // 4 // n, 0x3FFFFFFF) // 8


def _coded(content: bytes) -> str:
    return base64.b64encode(content).decode()

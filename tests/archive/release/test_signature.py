"""Signatures: what minisign verifies, made with the keys that minisign makes."""

import base64
import hashlib
import shutil
import subprocess
from pathlib import Path

import pytest
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from archive.release.signature import WrongKey, secret_key

ID, SEED = b"nianbao!", bytes(range(32))
PUBLIC = Ed25519PrivateKey.from_private_bytes(SEED).public_key().public_bytes_raw()
SALT = b"s" * 32


def key(folder: Path, password: str = "", public: bytes = PUBLIC) -> Path:
    """A secret key file as minisign lays it out; with a password by the smallest limits it knows."""
    body = ID + SEED + public + bytes(32)
    limits = (32768).to_bytes(8, "little") + (1 << 24).to_bytes(8, "little")
    if password:
        # What libsodium makes of these limits: N = 1024, r = 8, p = 1.
        stream = hashlib.scrypt(password.encode(), salt=SALT, n=1024, r=8, p=1, dklen=104)
        body = bytes(a ^ b for a, b in zip(body, stream, strict=True))
    head = b"Ed" + (b"Sc" if password else b"\0\0") + b"B2" + SALT + limits
    path = folder / "minisign.key"
    path.write_text(f"untrusted comment: secret\n{base64.b64encode(head + body).decode()}\n")
    return path


def never() -> str:
    raise AssertionError("no password is needed")


def verified(file: Path) -> str:
    """The trusted comment, by the published format: the BLAKE2b digest of the file is signed, and that
    signature with its comment. Raises InvalidSignature."""
    _, first, comment, second = file.with_name(f"{file.name}.minisig").read_text("utf-8").splitlines()
    signed, trusted = base64.b64decode(first), comment.removeprefix("trusted comment: ")
    assert signed[:10] == b"ED" + ID
    public = Ed25519PublicKey.from_public_bytes(PUBLIC)
    public.verify(signed[10:], hashlib.blake2b(file.read_bytes()).digest())
    public.verify(base64.b64decode(second), signed[10:] + trusted.encode())
    return trusted


def test_a_signature_is_that_of_the_file_and_of_its_comment(tmp_path: Path) -> None:
    file = tmp_path / "SHA256SUMS"
    file.write_text("abc\n")
    secret_key(key(tmp_path), never).sign(file)
    assert verified(file).startswith("file:SHA256SUMS\t")
    file.write_text("abd\n")
    with pytest.raises(InvalidSignature):
        verified(file)


def test_a_key_with_a_password_needs_the_right_one(tmp_path: Path) -> None:
    file = tmp_path / "SHA256SUMS"
    file.write_text("abc\n")
    made = key(tmp_path, "geheim")
    secret_key(made, lambda: "geheim").sign(file)
    assert verified(file)
    with pytest.raises(WrongKey, match="the password is another, or the key is damaged"):
        secret_key(made, lambda: "other")


@pytest.mark.parametrize(
    "content", ["", "one line", "untrusted comment: x\nRWTu\n", "untrusted comment: x\n§§\n"]
)
def test_what_is_no_secret_key_is_said(tmp_path: Path, content: str) -> None:
    path = tmp_path / "a.key"
    path.write_text(content)
    with pytest.raises(WrongKey, match=r"a\.key: is no secret key of minisign"):
        secret_key(path, never)


def test_a_damaged_key_is_said(tmp_path: Path) -> None:
    with pytest.raises(WrongKey, match="damaged"):
        secret_key(key(tmp_path, public=bytes(32)), never)


def test_minisign_verifies_it(tmp_path: Path) -> None:
    if not shutil.which("minisign"):
        pytest.skip("needs the minisign program: apt-get install minisign")
    file = tmp_path / "SHA256SUMS"
    file.write_text("abc\n")
    keys = ["-p", str(tmp_path / "p"), "-s", str(tmp_path / "s")]
    subprocess.run(["minisign", "-G", "-W", *keys], check=True, capture_output=True)
    secret_key(tmp_path / "s", never).sign(file)
    words = ["minisign", "-V", "-m", str(file), "-p", str(tmp_path / "p")]
    assert b"comment signature verified" in subprocess.run(words, check=True, capture_output=True).stdout
    file.write_text("abd\n")
    assert subprocess.run(words, check=False, capture_output=True).returncode != 0

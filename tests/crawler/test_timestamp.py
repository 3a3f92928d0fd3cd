"""Time stamps of manifests, by an authority of OpenSSL's on loopback."""

import hashlib
import json
import subprocess
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from typing import Any

import pytest

from archive.cli.crawl import crawl
from crawler.timestamp import NotStamped, check, query, stamp
from tests.crawler.loopback import Site
from tests.crawler.reports import column, publish
from tests.crawler.test_crawl_verbs import _run

KEY = "990101-qinghe"
CONFIG = """
[tsa]
default_tsa = here
[here]
serial = {folder}/serial
default_policy = 1.2.3.4.1
digests = sha256
signer_digest = sha256
ess_cert_id_alg = sha256
[ext]
extendedKeyUsage = critical,timeStamping
"""


def _openssl(*words: object) -> str:
    done = subprocess.run(["openssl", *map(str, words)], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return done.stdout + done.stderr


@pytest.fixture(scope="module")
def authority(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the key and the certificate of an authority that everybody here trusts."""
    folder = tmp_path_factory.mktemp("authority")
    (folder / "tsa.cnf").write_text(CONFIG.format(folder=folder))
    (folder / "serial").write_text("01")
    plain = ("-newkey", "rsa:2048", "-nodes", "-x509", "-days", "2", "-subj", "/CN=Authority of the tests")
    _openssl(
        "req", *plain, "-keyout", folder / "key.pem", "-out", folder / "tsa.pem",
        "-addext", "extendedKeyUsage=critical,timeStamping",
    )  # fmt: skip
    return folder


def _reply(authority: Path, question: bytes) -> bytes:
    (authority / "asked.tsq").write_bytes(question)
    _openssl(
        "ts", "-reply", "-config", authority / "tsa.cnf", "-queryfile", authority / "asked.tsq",
        "-signer", authority / "tsa.pem", "-inkey", authority / "key.pem", "-out", authority / "reply.tsr",
    )  # fmt: skip
    return (authority / "reply.tsr").read_bytes()


@contextmanager
def _serving(authority: Path, status: int = 200) -> Iterator[str]:
    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            reply = _reply(authority, self.rfile.read(int(self.headers["Content-Length"])))
            self.send_response(status)
            self.send_header("Content-Type", "application/timestamp-reply")
            self.send_header("Content-Length", str(len(reply)))
            self.end_headers()
            self.wfile.write(reply)

        def log_message(self, format: str, *args: Any) -> None:
            """Nobody reads it."""

    with HTTPServer(("127.0.0.1", 0), Handler) as server:
        thread = threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True)
        thread.start()
        yield f"http://127.0.0.1:{server.server_address[1]}/"
        server.shutdown()
        thread.join()


def _verify(authority: Path, manifest: Path) -> str:
    return _openssl(
        "ts",
        "-verify",
        "-data",
        manifest,
        "-in",
        manifest.with_suffix(".tsr"),
        "-CAfile",
        authority / "tsa.pem",
    )


def test_openssl_understands_the_question(tmp_path: Path) -> None:
    digest = hashlib.sha256(b"manifest").digest()
    (tmp_path / "asked.tsq").write_bytes(query(digest, 2**63 - 1))
    said = _openssl("ts", "-query", "-in", tmp_path / "asked.tsq", "-text")
    assert "Hash Algorithm: sha256" in said
    assert "Certificate required: yes" in said
    assert "0x7FFFFFFFFFFFFFFF" in said


def test_a_manifest_is_stamped_and_openssl_verifies_it(tmp_path: Path, authority: Path) -> None:
    manifest = tmp_path / "run.manifest.json"
    manifest.write_text("{}")
    with _serving(authority) as address:
        assert stamp(manifest, address) == tmp_path / "run.manifest.tsr"
    assert "Verification: OK" in _verify(authority, manifest)
    manifest.write_text("{ }")
    with pytest.raises(AssertionError, match="mismatch"):
        _verify(authority, manifest)


def test_a_stamp_of_something_else_is_none(authority: Path) -> None:
    digest, other = (hashlib.sha256(text).digest() for text in (b"one", b"two"))
    reply = _reply(authority, query(digest, 7))
    check(reply, digest, 7)
    for wrong in ((reply, other, 7), (reply, digest, 8)):
        with pytest.raises(NotStamped, match="something else"):
            check(*wrong)
    for damaged in (b"", b"no stamp at all", reply[:200], reply[:-1]):
        with pytest.raises(NotStamped, match="no time stamp"):
            check(damaged, digest, 7)


def test_a_question_that_is_refused(authority: Path) -> None:
    question = query(b"too short for a sha256", 7)
    with pytest.raises(NotStamped, match="refuses"):
        check(_reply(authority, question), b"", 7)


def test_a_crawl_has_its_manifests_stamped_and_later_those_that_were_not(
    tmp_path: Path, site: Site, authority: Path
) -> None:
    publish(site, pages=1, each=2)
    site.portal_file(tmp_path, KEY, [column()])
    words = (KEY, "--data", tmp_path, "--local", "--json", "--tsa")
    failed = _run(crawl, *words, "http://127.0.0.1:9/")
    assert failed.return_value == 1
    (line,) = (line for line in failed.stderr.splitlines() if "stamp" in line)
    assert line.startswith(f"nianbao: {KEY}: http://127.0.0.1:9/ gave no time stamp")
    assert json.loads(failed.stdout)["reports"]
    runs = tmp_path / "captures" / "runs"
    assert (len(list(runs.glob("*.manifest.json"))), list(runs.glob("*.tsr"))) == (1, [])
    with _serving(authority) as address:
        assert _run(crawl, *words, address).return_value == 0
    manifests = sorted(runs.glob("*.manifest.json"))
    assert len(manifests) == 2
    for manifest in manifests:
        assert "Verification: OK" in _verify(authority, manifest)

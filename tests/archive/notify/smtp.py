"""An SMTP server on loopback that keeps what it is given; with STARTTLS and AUTH where a test wants them."""

import base64
import ipaddress
import socketserver
import ssl
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from email import message_from_bytes, policy
from email.message import EmailMessage
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

PASSWORD = "open sesame"  # noqa: S105


@dataclass
class Letterbox:
    port: int = 0
    letters: list[EmailMessage] = field(default_factory=list)
    recipients: list[str] = field(default_factory=list)
    logins: list[tuple[str, str]] = field(default_factory=list)
    secured: list[bool] = field(default_factory=list)
    refuses: set[str] = field(default_factory=set)


def certificate(folder: Path) -> Path:
    """One for 127.0.0.1 with its key, signed by itself."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "127.0.0.1")])
    address = x509.SubjectAlternativeName([x509.IPAddress(ipaddress.ip_address("127.0.0.1"))])
    now = datetime.now(UTC)
    made = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=1))
        .add_extension(address, critical=False)
        .sign(key, hashes.SHA256())
    )
    pem = serialization.Encoding.PEM
    secret = key.private_bytes(pem, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    path = folder / "certificate.pem"
    path.write_bytes(secret + made.public_bytes(pem))
    return path


@contextmanager
def letterbox(certificate: Path | None = None, port: int = 0) -> Iterator[Letterbox]:
    box = Letterbox()
    with _Server(("127.0.0.1", port), _handler(box, certificate)) as server:
        box.port = server.server_address[1]
        thread = threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True)
        thread.start()
        yield box
        server.shutdown()
        thread.join()


class _Server(socketserver.ThreadingTCPServer):
    allow_reuse_address = True
    daemon_threads = True


def _handler(box: Letterbox, certificate: Path | None) -> type[socketserver.BaseRequestHandler]:
    class Handler(socketserver.StreamRequestHandler):
        secured: ssl.SSLSocket | None = None

        def handle(self) -> None:
            self.say("220 letterbox")
            try:
                while line := self.rfile.readline().decode().strip():
                    word, _, rest = line.partition(" ")
                    if word.upper() == "QUIT":
                        self.say("221 bye")
                        return
                    self.answer(word.upper(), rest)
            except (ssl.SSLError, ConnectionError):  # a client that does not trust the certificate is gone
                return

        def finish(self) -> None:
            super().finish()
            if self.secured:
                self.secured.close()

        def answer(self, word: str, rest: str) -> None:
            if word == "EHLO":
                offers = ["STARTTLS"] if certificate and not self.secured else ["AUTH PLAIN"]
                self.say("250-letterbox", *(f"250-{offer}" for offer in offers), "250 8BITMIME")
            elif word == "STARTTLS" and certificate:
                self.say("220 go on")
                context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
                context.load_cert_chain(certificate)
                unshaken = context.wrap_socket(self.request, server_side=True, do_handshake_on_connect=False)
                self.secured = unshaken
                unshaken.do_handshake()
                self.rfile, self.wfile = unshaken.makefile("rb"), unshaken.makefile("wb", 0)  # type: ignore[assignment]
            elif word == "AUTH":
                _, user, password = base64.b64decode(rest.partition(" ")[2]).decode().split("\0")
                box.logins.append((user, password))
                self.say("235 in" if password == PASSWORD else "535 no")
            elif word == "RCPT":
                address = rest.partition("<")[2].rstrip(">")
                box.recipients.append(address)
                self.say("550 unknown" if address in box.refuses else "250 ok")
            elif word == "DATA":
                self.say("354 go on")
                self.keep()
                self.say("250 kept")
            else:
                self.say("250 ok")

        def keep(self) -> None:
            content = b""
            while (line := self.rfile.readline()) != b".\r\n":
                content += line.removeprefix(b".") if line.startswith(b"..") else line
            letter = message_from_bytes(content, policy=policy.default)
            assert isinstance(letter, EmailMessage)
            box.letters.append(letter)
            box.secured.append(self.secured is not None)

        def say(self, *lines: str) -> None:
            self.wfile.write("".join(f"{line}\r\n" for line in lines).encode())

    return Handler

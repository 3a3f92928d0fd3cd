"""Servers that answer with whatever bytes a test writes down, and keep a log of when."""

import socket
import ssl
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from itertools import pairwise


@dataclass(frozen=True, slots=True)
class Span:
    """From the moment a request was read to the moment its answer was out."""

    path: str
    began: float
    ended: float


Answer = Callable[[socket.socket, str], None]
"""Answers the request for this path (as asked, nothing decoded)."""


@dataclass(slots=True)
class Raw:
    base: str = ""
    log: list[Span] = field(default_factory=list)

    @property
    def asked(self) -> list[str]:
        return [span.path for span in self.log]

    def gaps(self) -> list[float]:
        """From the end of an answer to the next request; below 0 where two were under way at once."""
        spans = sorted(self.log, key=lambda span: span.began)
        return [after.began - before.ended for before, after in pairwise(spans)]


@contextmanager
def raw(answer: Answer, host: str = "127.0.0.1", tls: ssl.SSLContext | None = None) -> Iterator[Raw]:
    """One connection a thread; each is closed after its answer."""
    server = socket.create_server((host, 0))
    made = Raw(f"{'https' if tls else 'http'}://{host}:{server.getsockname()[1]}")
    over = threading.Event()

    def accept() -> None:
        while not over.is_set():
            try:
                connection, _ = server.accept()
            except OSError:
                return
            threading.Thread(target=serve, args=(connection,), daemon=True).start()

    def serve(connection: socket.socket) -> None:
        with suppress(OSError), connection:
            stream = tls.wrap_socket(connection, server_side=True) if tls else connection
            with stream:
                head = b""
                while b"\r\n\r\n" not in head:
                    part = stream.recv(65536)
                    if not part:
                        return
                    head += part
                began, path = time.monotonic(), head.split(b" ")[1].decode("latin-1")
                try:
                    answer(stream, path)
                finally:
                    made.log.append(Span(path, began, time.monotonic()))

    thread = threading.Thread(target=accept, daemon=True)
    thread.start()
    yield made
    over.set()
    with suppress(OSError):
        socket.create_connection(server.getsockname(), 1).close()
    server.close()
    thread.join()


def plain(body: bytes, status: str = "200 OK", *headers: str) -> bytes:
    """A whole answer, as a sound server writes it."""
    lines = [f"HTTP/1.1 {status}", "Connection: close", f"Content-Length: {len(body)}", *headers]
    return "\r\n".join(lines).encode("latin-1") + b"\r\n\r\n" + body

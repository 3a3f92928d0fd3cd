"""The county's two portals on loopback. `python -m samples.server` serves them until interrupted."""

import argparse
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import cache
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qsl, quote, unquote, urlsplit

from samples.county import Family
from samples.moods import Mood, Moody
from samples.sites.hanweb import Hanweb
from samples.sites.page import Answer, Host, Query
from samples.sites.trs import Trs
from samples.validators import Validators


@dataclass(frozen=True, slots=True)
class Access:
    time: datetime
    portal: Family
    method: str
    path: str
    status: int
    values: tuple[tuple[str, str], ...] = ()
    """Of the address and of a posted form."""


@dataclass(slots=True)
class Portals:
    """Two running portals. Set `phase` to 2 for their later state; `log` has every request answered, and
    `sent` counts the bytes of all answers, heads included. `mood` is what befell them."""

    bases: dict[Family, str] = field(default_factory=dict)
    phase: int = 1
    mood: Mood = "well"
    log: list[Access] = field(default_factory=list)
    sent: int = 0

    def wrote(self, count: int) -> None:
        with _COUNTING:
            self.sent += count


_COUNTING = threading.Lock()


@cache
def site(portal: Family, phase: int) -> Trs | Hanweb:
    return Trs(phase) if portal == "trs" else Hanweb(phase)


@cache
def moody(portal: Family, phase: int, mood: Mood) -> Moody:
    return Moody(site(portal, phase), mood)


@contextmanager
def serve(host: str = "127.0.0.1", port: int = 0, phase: int = 1) -> Iterator[Portals]:
    """TRS on `port` and Hanweb on the next one; 0 takes two that are free."""
    portals = Portals(phase=phase)
    servers = []
    families: tuple[Family, ...] = ("trs", "hanweb")
    for offset, portal in enumerate(families):
        server = ThreadingHTTPServer((host, port + offset if port else 0), _of_county(portals, portal))
        portals.bases[portal] = f"http://{host}:{server.server_address[1]}"
        servers.append(server)
    threads = [threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True) for server in servers]
    for thread in threads:
        thread.start()
    try:
        yield portals
    finally:
        for server in servers:
            server.shutdown()
            server.server_close()


def _of_county(portals: Portals, portal: Family) -> type[BaseHTTPRequestHandler]:
    def answer(query: Query, method: str, path: str) -> Answer:
        answered = moody(portal, portals.phase, portals.mood).answer(query)
        values = tuple(sorted(query.values.items()))
        portals.log.append(Access(datetime.now(UTC), portal, method, path, answered.status, values))
        return answered

    return handler(answer, wrote=portals.wrote)


class _Counted:
    """A stream to a client, whose bytes are counted."""

    def __init__(self, out: Any, wrote: Callable[[int], None]) -> None:
        self._out = out
        self._wrote = wrote

    def write(self, content: bytes) -> int:
        self._wrote(len(content))
        return int(self._out.write(content))

    def __getattr__(self, name: str) -> Any:
        return getattr(self._out, name)


def handler(
    answer: Callable[[Query, str, str], Answer],
    host: Host = "www",
    wrote: Callable[[int], None] = lambda _count: None,
) -> type[BaseHTTPRequestHandler]:
    """One that answers with what `answer` makes of a query, its method and its path as sent."""
    validators = Validators()

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"
        server_version = "Apache"
        sys_version = ""

        def setup(self) -> None:
            super().setup()
            self.wfile = _Counted(self.wfile, wrote)  # type: ignore[assignment]

        def do_GET(self) -> None:
            self._answer({})

        def do_HEAD(self) -> None:
            self._answer({})

        def do_POST(self) -> None:
            length = int(self.headers.get("Content-Length") or 0)
            self._answer(dict(parse_qsl(self.rfile.read(length).decode("utf-8", "replace"))))

        def log_message(self, format: str, *args: Any) -> None:
            """Whoever answers keeps the log."""

        def _answer(self, form: dict[str, str]) -> None:
            parts = urlsplit(self.path)
            query = Query(unquote(parts.path), dict(parse_qsl(parts.query)) | form, host)
            self._send(answer(query, self.command, self.path))

        def _send(self, given: Answer) -> None:
            if not given.status:
                self.close_connection = True
                return
            plain = self.command != "POST" and given.status == 200
            validator = validators.of(self.path, given.body) if plain else None
            if validator and validator.is_had(self.headers):
                given = Answer(b"", None, 304)
            self.send_response(given.status)
            for name, value in validator.headers if validator else ():
                self.send_header(name, value)
            if given.type:
                self.send_header("Content-Type", given.type)
            if given.location:
                self.send_header("Location", given.location)
            if given.filename:
                name = quote(given.filename)
                self.send_header("Content-Disposition", f"attachment; filename*=UTF-8''{name}")
            if given.status != 304:
                self.send_header("Content-Length", str(len(given.body)))
            self.send_header("Connection", "close")
            self.end_headers()
            if self.command != "HEAD":
                self.wfile.write(given.body)

    return Handler


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m samples.server", description=__doc__)
    parser.add_argument("--host", default="127.0.0.1")
    parser.add_argument(
        "--port", type=int, default=8021, help="of the first portal; the second takes the next"
    )
    parser.add_argument("--phase", type=int, choices=(1, 2), default=1)
    options = parser.parse_args()
    with serve(options.host, options.port, options.phase) as portals:
        for portal, base in portals.bases.items():
            sys.stdout.write(f"{portal}: {base}/\n")
        sys.stdout.flush()
        try:
            threading.Event().wait()
        except KeyboardInterrupt:
            return


if __name__ == "__main__":
    main()

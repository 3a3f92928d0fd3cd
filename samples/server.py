"""The county's two portals on loopback. `python -m samples.server` serves them until interrupted."""

import argparse
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import cache
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qsl, quote, unquote, urlsplit

from samples.county import Family
from samples.sites.hanweb import Hanweb
from samples.sites.page import Answer, Query
from samples.sites.trs import Trs


@dataclass(frozen=True, slots=True)
class Access:
    time: datetime
    portal: Family
    method: str
    path: str
    status: int


@dataclass(slots=True)
class Portals:
    """Two running portals. Set `phase` to 2 for their later state; `log` has every request answered."""

    bases: dict[Family, str] = field(default_factory=dict)
    phase: int = 1
    log: list[Access] = field(default_factory=list)


@cache
def site(portal: Family, phase: int) -> Trs | Hanweb:
    return Trs(phase) if portal == "trs" else Hanweb(phase)


@contextmanager
def serve(host: str = "127.0.0.1", port: int = 0, phase: int = 1) -> Iterator[Portals]:
    """TRS on `port` and Hanweb on the next one; 0 takes two that are free."""
    portals = Portals(phase=phase)
    servers = []
    families: tuple[Family, ...] = ("trs", "hanweb")
    for offset, portal in enumerate(families):
        server = ThreadingHTTPServer((host, port + offset if port else 0), _handler(portals, portal))
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


def _handler(portals: Portals, portal: Family) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"
        server_version = "Apache"
        sys_version = ""

        def do_GET(self) -> None:
            self._answer({})

        def do_HEAD(self) -> None:
            self._answer({})

        def do_POST(self) -> None:
            length = int(self.headers.get("Content-Length") or 0)
            self._answer(dict(parse_qsl(self.rfile.read(length).decode("utf-8", "replace"))))

        def log_message(self, format: str, *args: Any) -> None:
            """The access log is kept in `Portals.log`."""

        def _answer(self, form: dict[str, str]) -> None:
            parts = urlsplit(self.path)
            query = Query(unquote(parts.path), dict(parse_qsl(parts.query)) | form)
            answer = site(portal, portals.phase).answer(query)
            now = datetime.now(UTC)
            portals.log.append(Access(now, portal, self.command, self.path, answer.status))
            self._send(answer)

        def _send(self, answer: Answer) -> None:
            self.send_response(answer.status)
            if answer.type:
                self.send_header("Content-Type", answer.type)
            if answer.location:
                self.send_header("Location", answer.location)
            if answer.filename:
                name = quote(answer.filename)
                self.send_header("Content-Disposition", f"attachment; filename*=UTF-8''{name}")
            self.send_header("Content-Length", str(len(answer.body)))
            self.send_header("Connection", "close")
            self.end_headers()
            if self.command != "HEAD":
                self.wfile.write(answer.body)

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

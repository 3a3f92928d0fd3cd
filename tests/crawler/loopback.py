"""A portal on loopback that answers what a test writes down."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any
from urllib.parse import unquote

import yaml

MISSING = b"<html><body>404</body></html>"


@dataclass(frozen=True, slots=True)
class Reply:
    body: bytes
    type: str | None = "text/html"
    status: int = 200
    headers: tuple[tuple[str, str], ...] = ()


@dataclass(slots=True)
class Site:
    """Replies by path and query, percent-decoded; what is not there is a 404. `asked` has all requests,
    `conditions` those that asked whether something changed. A reply with an ETag answers that."""

    base: str = ""
    replies: dict[str, Reply] = field(default_factory=dict)
    asked: list[str] = field(default_factory=list)
    forms: dict[str, bytes] = field(default_factory=dict)
    agents: set[str] = field(default_factory=set)
    conditions: dict[str, str] = field(default_factory=dict)

    def html(self, path: str, text: str, encoding: str = "utf-8") -> None:
        self.replies[path] = Reply(text.encode(encoding))

    def portal_file(self, data: Path, key: str, columns: list[str], **more: Any) -> None:
        """The portal's file under the data folder; `more` wins."""
        entry: dict[str, Any] = {
            "division": "990101",
            "name": "青禾县人民政府",
            "home": self.base + "/",
            "cms": "trs",
            "columns": [{"url": self.base + column} for column in columns],
            "pace": {"delay": 0, "timeout": 10},
            "tried": "never",
            **more,
        }
        folder = data / "portals"
        folder.mkdir(parents=True, exist_ok=True)
        (folder / f"{key}.yaml").write_text(yaml.safe_dump(entry, allow_unicode=True), encoding="utf-8")


@contextmanager
def serving(host: str = "127.0.0.1") -> Iterator[Site]:
    site = Site()
    server = ThreadingHTTPServer((host, 0), _handler(site))
    site.base = f"http://{host}:{server.server_address[1]}"
    thread = threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True)
    thread.start()
    yield site
    server.shutdown()
    server.server_close()
    thread.join()


def _handler(site: Site) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            path = unquote(self.path)
            site.asked.append(path)
            site.agents.add(self.headers["User-Agent"])
            reply = site.replies.get(path, Reply(MISSING, status=404))
            condition = self.headers.get("If-None-Match") or self.headers.get("If-Modified-Since")
            if condition is not None:
                site.conditions[path] = condition
                if condition in dict(reply.headers).values():
                    reply = Reply(b"", None, 304, reply.headers)
            self.send_response(reply.status)
            if reply.type:
                self.send_header("Content-Type", reply.type)
            for name, value in reply.headers:
                self.send_header(name, value)
            self.send_header("Content-Length", str(len(reply.body)))
            self.end_headers()
            self.wfile.write(reply.body)

        def do_POST(self) -> None:
            form = self.rfile.read(int(self.headers["Content-Length"]))
            site.forms[unquote(self.path)] = form
            self.do_GET()

        def log_message(self, format: str, *args: Any) -> None:
            """Requests are kept in `Site.asked`."""

    return Handler

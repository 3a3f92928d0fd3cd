"""The site over one archive.db: Datasette with the configuration in site/, and a server for it."""

import asyncio
import json
import socket
import sqlite3
import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, suppress
from functools import partial
from pathlib import Path
from typing import Any
from urllib.parse import quote

import uvicorn
from datasette.app import Datasette
from httpx import ASGITransport, AsyncClient
from uvicorn.supervisors import Multiprocess

from archive.access import read_only
from archive.asgi import Asgi, Message, Receive, Send
from archive.pages.words import PREFIXES, language_at, saying
from archive.schema import SCHEMA
from archive.streams import for_so_long, is_stream
from archive.swap import Swapping

SITE = Path(__file__).parent / "site"
HOST, PORT = "127.0.0.1", 8001

_PATIENCE = 60.0
"""Seconds a server may take to answer: Datasette counts all rows of an immutable file first."""
_SERVING: dict[str, Any] = {
    "log_level": "warning",
    "lifespan": "on",
    "timeout_worker_healthcheck": int(_PATIENCE),
    # A server that is stopped does not wait for whoever takes a large file slowly.
    "timeout_graceful_shutdown": 10,
}


class NotArchive(ValueError):
    """This file cannot be served; the message says why and what to do."""


def check(database: Path) -> None:
    """Raises NotArchive unless the file is there and is an archive.db of this schema."""
    remedy = f"make it with `nianbao build --data {database.parent}`"
    if not database.is_file():
        raise NotArchive(f"{database}: there is no database; {remedy}")
    connection = read_only(database)
    try:
        (version,) = connection.execute("PRAGMA user_version").fetchone()
    except sqlite3.DatabaseError as cause:
        raise NotArchive(f"{database}: {cause}; {remedy}") from None
    finally:
        connection.close()
    if version != SCHEMA:
        raise NotArchive(f"{database}: has schema {version}, this program shows schema {SCHEMA}; {remedy}")


def site(database: Path, language: str) -> Datasette:
    """In one language. The file must be called archive.db; it is opened read-only and taken to stay as
    it is."""
    settings = json.loads((SITE / "settings.json").read_text("utf-8"))
    settings["base_url"] = PREFIXES[language]
    return Datasette(immutables=[str(database)], config_dir=SITE, settings=settings)


def application(database: Path) -> Asgi:
    """The site in every language, each below its own prefix."""
    applications = {prefix: site(database, language).app() for language, prefix in PREFIXES.items()}
    longest_first = sorted(applications, key=len, reverse=True)

    async def answering(scope: Message, receive: Receive, send: Send) -> None:
        path = scope.get("path", "/")
        prefix = next(prefix for prefix in longest_first if f"{path}/".startswith(prefix))
        # Datasette puts its prefix before the links that it makes of an address, and wants one without.
        raw = scope.get("raw_path") or quote(path).encode()
        rest = {"path": f"/{path[len(prefix) :]}", "raw_path": b"/" + raw[len(prefix) :]}
        below: Send = partial(_below, prefix, send)
        if is_stream(scope):
            below = for_so_long(below, saying(language_at(prefix))("error.csv"))
        await applications[prefix]({**scope, **rest}, receive, below)

    return answering


async def _below(prefix: str, send: Send, message: Message) -> None:
    """Where Datasette leads on from a slash at the end or a percent sign, it forgets the prefix."""
    begins = prefix.encode()
    headers = [
        (name, begins + value[1:] if _forgets(name, value, begins) else value)
        for name, value in message.get("headers", [])
    ]
    await send({**message, "headers": headers} if headers else message)


def _forgets(name: bytes, value: bytes, begins: bytes) -> bool:
    return name.lower() == b"location" and value.startswith(b"/") and not value.startswith(begins)


@contextmanager
def bound(host: str, port: int) -> Iterator[socket.socket]:
    """OSError where the port is taken or the host is not ours; port 0 takes a free one."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family, socket.SOCK_STREAM) as listening:
        listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listening.bind((host, port))
        yield listening


def serve_until_stopped(database: Path, listening: socket.socket, processes: int = 1) -> None:
    """Ctrl-C is how it ends. Of several processes each takes the next request that comes; one that dies is
    started anew."""
    if processes > 1:
        config = uvicorn.Config(partial(_swapping, database), factory=True, workers=processes, **_SERVING)
        Multiprocess(config, [listening]).run()
        return
    with suppress(KeyboardInterrupt):
        _server(database).run(sockets=[listening])


@contextmanager
def served(database: Path, host: str = HOST, port: int = 0) -> Iterator[str]:
    """The address of a server that runs while the context lasts; port 0 takes a free one."""
    with bound(host, port) as listening:
        server = _server(database)
        thread = threading.Thread(target=server.run, kwargs={"sockets": [listening]}, daemon=True)
        thread.start()
        try:
            _wait(server, thread)
            yield f"http://{host}:{listening.getsockname()[1]}/"
        finally:
            server.should_exit = True
            thread.join()


def _server(database: Path) -> uvicorn.Server:
    return uvicorn.Server(uvicorn.Config(_swapping(database), **_SERVING))


def _swapping(database: Path) -> Swapping:
    return Swapping(database, check, _ready)


def _ready(database: Path) -> Asgi:
    """Datasette counts the rows of an immutable file when it is first asked: that is done here."""
    made = application(database)
    # A loop may run here already: that of a process that has just started.
    with ThreadPoolExecutor(1) as apart:
        apart.submit(lambda: asyncio.run(_warm(made))).result()
    return made


async def _warm(made: Asgi) -> None:
    async with AsyncClient(transport=ASGITransport(made), base_url="http://warm") as client:
        for prefix in PREFIXES.values():
            await client.get(prefix)


def _wait(server: uvicorn.Server, thread: threading.Thread) -> None:
    end = time.monotonic() + _PATIENCE
    while not server.started:
        if not thread.is_alive() or time.monotonic() > end:
            raise RuntimeError("the site did not start; its own message is above")
        time.sleep(0.02)

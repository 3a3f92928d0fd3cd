"""Captures kept elsewhere: under any address that fsspec knows, an S3-compatible store above all."""

import hashlib
from collections.abc import Iterator
from contextlib import contextmanager
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from typing import Any

_BUCKETS = frozenset({"s3", "s3a", "gs", "gcs", "abfs", "az"})
"""Stores that know no folders, and would make a bucket of a mistyped one."""

_CHUNK = 1 << 20


class NoRemote(Exception):
    """It cannot be reached, read or written. Says what, where and what to do."""


class Remote:
    """Names are those of the files under a captures folder."""

    def __init__(self, url: str) -> None:
        if find_spec("fsspec") is None:
            raise NoRemote(f"{url}: needs fsspec; install nianbao with its extra `store`")
        self._url = url
        with self._told():
            self._fs, self._root = import_module("fsspec").core.url_to_fs(url)

    def names(self) -> dict[str, int]:
        """The files that are there, with their sizes."""
        with self._told():
            self._fs.invalidate_cache()
            root = self._fs._strip_protocol(self._root).rstrip("/")
            try:
                found = self._fs.find(root, detail=True)
            except FileNotFoundError:
                return {}
            return {name[len(root) :].lstrip("/"): int(facts["size"]) for name, facts in found.items()}

    def read(self, name: str) -> bytes:
        with self._told():
            return bytes(self._fs.cat_file(self._at(name)))

    def digest(self, name: str) -> str:
        digester = hashlib.sha256()
        with self._told(), self._fs.open(self._at(name), "rb") as stream:
            while part := stream.read(_CHUNK):
                digester.update(part)
        return digester.hexdigest()

    def put(self, source: Path, name: str) -> None:
        with self._told():
            if not _BUCKETS & {self._fs.protocol, *self._fs.protocol}:
                self._fs.makedirs(self._at(name).rpartition("/")[0], exist_ok=True)
            self._fs.put_file(str(source), self._at(name))
            size = self._fs.size(self._at(name))
        if size != source.stat().st_size:
            raise NoRemote(f"{self._url}: has {size} bytes of {name} after all were sent; send again")

    def get(self, name: str, target: Path) -> None:
        with self._told():
            self._fs.get_file(self._at(name), str(target))

    def _at(self, name: str) -> str:
        return f"{self._root.rstrip('/')}/{name}"

    @contextmanager
    def _told(self) -> Iterator[None]:
        try:
            yield
        except _failures() as problem:
            says = " ".join(str(problem).split()) or type(problem).__name__
            advice = "look at the address, its credentials and the network, then give the command again"
            raise NoRemote(f"{self._url}: {says}; {advice}") from problem


def _failures() -> tuple[type[Exception], ...]:
    """What fsspec raises: an unknown scheme is a ValueError, a scheme whose library is not there an
    ImportError, and botocore has errors of its own."""
    library: Any = import_module("botocore.exceptions") if find_spec("botocore") else None
    own = (library.BotoCoreError, library.ClientError) if library else ()
    return OSError, ValueError, ImportError, *own

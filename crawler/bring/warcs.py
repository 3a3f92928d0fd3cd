"""WARC and WACZ files of other crawlers, their records kept as they are."""

import hashlib
import os
import re
import shutil
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from crawler.bring.item import Item, Unusable
from crawler.bring.wayback import ADDED, kept
from crawler.captures.disk import folder_to_disk
from crawler.captures.foreign import Reader, Record, reader
from crawler.captures.split import Broken, keep

_WARC_NAME = re.compile(r"\.warc(\.gz)?$", re.IGNORECASE)


class NoWacz(Exception):
    """A bundle that cannot be unpacked."""


@dataclass(slots=True)
class Kept:
    """The records of a file, aside in the store until one of them is taken. `whole`: it is the file itself,
    byte for byte. `name` is that of its bytes, so that it is the same file wherever it was imported."""

    file: str
    whole: bool
    broken: tuple[Broken, ...]
    name: str
    _part: Path
    _reader: Reader

    def items(self) -> Iterator[Item | Unusable]:
        for record in self._reader.records():
            if isinstance(record, Broken):
                yield Unusable(f"{self.file}: {record.says}")
            else:
                yield _item(record)

    def elsewhere(self) -> Iterator[tuple[tuple[str, ...], tuple[str, str]]]:
        """The names of the records that were kept of other files, with address and moment."""
        for path in sorted(self._part.parent.glob("import-*.warc.gz")):
            if path.name != self.name:
                for record in reader(path).records():
                    if isinstance(record, Record):
                        item = _item(record)
                        yield item.names, (item.url, item.fetched)

    def settle(self) -> None:
        """Into the store, for good."""
        target = self._part.with_name(self.name)
        if not target.exists():
            os.link(self._part, target)
            folder_to_disk(target.parent)

    def drop(self) -> None:
        self._part.unlink(missing_ok=True)


def kept_warc(name: str, source: Path, folder: Path) -> Kept:
    part = folder / "import.part"
    with part.open("wb") as out:
        broken = tuple(keep(source, out))
        out.flush()
        os.fsync(out.fileno())
    digest = _digest(part)
    stored = f"import-{digest[:32]}.warc.gz"
    return Kept(name, digest == _digest(source), broken, stored, part, reader(part))


def is_wacz(path: Path) -> bool:
    if not zipfile.is_zipfile(path):
        return False
    try:
        with zipfile.ZipFile(path) as bundle:
            return any(_WARC_NAME.search(name) for name in bundle.namelist())
    except zipfile.BadZipFile:
        return False


def unpacked(path: Path, folder: Path) -> Iterator[tuple[str, Path]]:
    """The WARC files in this file, with their names: itself, or the members of a WACZ."""
    if not is_wacz(path):
        yield path.name, path
        return
    member = folder / "import.member.part"
    try:
        with zipfile.ZipFile(path) as bundle:
            for name in sorted(name for name in bundle.namelist() if _WARC_NAME.search(name)):
                with bundle.open(name) as stream, member.open("wb") as out:
                    shutil.copyfileobj(stream, out, 1 << 20)
                yield f"{path.name}!{name}", member
    except (zipfile.BadZipFile, zlib.error, EOFError, RuntimeError, NotImplementedError) as problem:
        raise NoWacz(f"cannot be unpacked to its end ({problem})") from problem
    finally:
        member.unlink(missing_ok=True)


def _item(record: Record) -> Item:
    known = kept(record.url)
    return Item(
        known.url if known else record.url,
        known.fetched if known else record.fetched,
        record.status,
        record.headers,
        record.payload,
        method=record.method,
        form=record.form,
        by=record.by,
        via=known.service if known else None,
        says=ADDED if known and not known.plain else None,
        offset=record.offset,
        names=record.names,
        refers=record.refers,
    )


def _digest(path: Path) -> str:
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()

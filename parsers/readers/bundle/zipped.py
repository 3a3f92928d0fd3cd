"""Members of a zip archive; names without the mark of UTF-8 are in the writer's own encoding."""

import zipfile
import zlib
from collections.abc import Iterator
from io import BytesIO

from parsers.document import Unreadable
from parsers.readers.bundle.limits import MOST_BYTES, Member, damaged, encrypted
from parsers.text.charset import decode

_UTF_8, _LOCKED = 0x800, 0x1
_DAMAGES = (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError, OSError, ValueError)


def members(data: bytes) -> Iterator[Member]:
    try:
        archive = zipfile.ZipFile(BytesIO(data))
    except _DAMAGES as error:
        raise damaged(error) from error
    for entry in archive.infolist():
        if not entry.is_dir():
            yield Member(_name(entry), _content(archive, entry))


def _name(entry: zipfile.ZipInfo) -> str:
    if entry.flag_bits & _UTF_8:
        return entry.filename
    return decode(entry.filename.encode("cp437", "replace")).text


def _content(archive: zipfile.ZipFile, entry: zipfile.ZipInfo) -> bytes | Unreadable:
    if entry.flag_bits & _LOCKED:
        return encrypted()
    try:
        with archive.open(entry) as stream:
            return stream.read(MOST_BYTES + 1)
    except _DAMAGES as error:
        return damaged(error)

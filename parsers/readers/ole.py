"""OLE files: the small file system inside old Office and WPS binaries."""

from collections.abc import Collection
from io import BytesIO

import olefile  # type: ignore[import-untyped]

from parsers.document import Unreadable

MAGIC = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_DAMAGES = (OSError, ValueError, TypeError, IndexError, MemoryError)
"""What olefile raises over a file that is cut or lies about its sectors."""


class Container:
    """Opens the file and its streams; whatever is wrong with them is `Unreadable`."""

    def __init__(self, data: bytes) -> None:
        self._size = len(data)
        try:
            self._file = olefile.OleFileIO(BytesIO(data))
        except _DAMAGES as error:
            raise _damaged(error) from error

    def names(self) -> Collection[str]:
        """Of the streams and storages at its root."""
        return {path[0] for path in self._file.listdir(streams=True, storages=True)}

    def stream(self, name: str) -> bytes:
        try:
            content: bytes = self._file.openstream(name).read()
        except _DAMAGES as error:
            raise _damaged(error) from error
        return content


def _damaged(error: Exception) -> Unreadable:
    return Unreadable("damaged", f"The Office binary cannot be opened ({error}); get it again.")

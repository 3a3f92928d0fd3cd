"""zstd, which Python has by itself from 3.14 on."""

import sys
from pathlib import Path

if sys.version_info >= (3, 14):
    from compression import zstd
else:
    from backports import zstd

__all__ = ["LEVEL", "write_zst", "zstd"]

LEVEL = 9
_CHUNK = 1 << 20


def write_zst(file: Path, packed: Path) -> None:
    with file.open("rb") as source, zstd.open(packed, "wb", level=LEVEL) as out:
        while chunk := source.read(_CHUNK):
            out.write(chunk)

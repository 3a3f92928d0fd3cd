"""Reports in a zip archive, its Chinese names in UTF-8 or as old Windows programs write them."""

import struct
import zlib
from collections.abc import Mapping

_LOCAL, _CENTRAL, _END = 0x04034B50, 0x02014B50, 0x06054B50
_DAY = 0x0021
"""The first of January 1980."""
_UTF_8 = 0x800


def zipped(files: Mapping[str, bytes], encoding: str = "utf-8", *, locked: bool = False) -> bytes:
    """The standard library marks every Chinese name as UTF-8, so the records are written here."""
    body, central = b"", b""
    flags = (_UTF_8 if encoding == "utf-8" else 0) | int(locked)
    for name, data in files.items():
        packer = zlib.compressobj(wbits=-15)
        packed = packer.compress(data) + packer.flush()
        spelt = name.encode(encoding)
        facts = struct.pack(
            "<HHHHHIIIHH",
            20, flags, 8, 0, _DAY, zlib.crc32(data), len(packed), len(data), len(spelt), 0,
        )  # fmt: skip
        central += struct.pack("<IH", _CENTRAL, 20) + facts
        central += struct.pack("<HHHII", 0, 0, 0, 0, len(body)) + spelt
        body += struct.pack("<I", _LOCAL) + facts + spelt + packed
    end = struct.pack("<IHHHHIIH", _END, 0, 0, len(files), len(files), len(central), len(body), 0)
    return body + central + end

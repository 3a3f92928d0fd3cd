"""The delta between two archive.db: the new file compressed with the old one as its dictionary."""

import hashlib
import json
import os
import zipfile
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from pathlib import Path

from archive.release.packed import LEVEL, zstd

PIECE = 128 << 20
"""Bytes of the new file that are compressed at once."""
MARGIN = 96 << 20
"""Bytes of the old file around a piece's place that it may quote: rows stay near their place."""
_WINDOW = 30
"""The power of two that holds the largest piece and what it quotes; a reader must allow for as much."""
_SMALLEST_WINDOW = 20
_EPOCH = (1980, 1, 1, 0, 0, 0)


class NotApplied(Exception):
    """The delta does not make the new file of this one; nothing was written."""


@dataclass(frozen=True, slots=True)
class Piece:
    """`name` in the delta, and the part of the old file that it quotes."""

    name: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Plan:
    """SHA-256 of both files; the pieces in order make the new one."""

    old: str
    new: str
    pieces: tuple[Piece, ...]


def write_delta(old: Path, new: Path, delta: Path) -> None:
    pieces = tuple(_pieces(old.stat().st_size, new.stat().st_size))
    plan = Plan(sha256_of(old), sha256_of(new), pieces)
    with zipfile.ZipFile(delta, "w") as archive, new.open("rb") as file:
        _put(archive, "plan.json", json.dumps(asdict(plan), indent=1).encode())
        for piece in pieces:
            _put(archive, piece.name, _compressed(file.read(PIECE), _part(old, piece)))


def apply(old: Path, delta: Path, new: Path) -> None:
    """Writes `new` aside and renames it once its digest is the right one. Raises NotApplied."""
    aside = new.with_name(f".{new.name}.{os.getpid()}")
    try:
        with zipfile.ZipFile(delta) as archive:
            plan = _plan(archive)
            if sha256_of(old) != plan.old:
                raise NotApplied(
                    f"{old}: is not the file that {delta} begins from (SHA-256 {plan.old}); "
                    "take the release whose name the delta has"
                )
            with aside.open("wb") as out:
                for piece in plan.pieces:
                    out.write(_expanded(archive.read(piece.name), _part(old, piece)))
                out.flush()
                os.fsync(out.fileno())
        if sha256_of(aside) != plan.new:
            raise NotApplied(f"{delta}: what it makes is not the new file; fetch the delta again")
        aside.replace(new)
    except (zipfile.BadZipFile, zstd.ZstdError, KeyError, ValueError, TypeError) as cause:
        raise NotApplied(f"{delta}: is no whole delta ({cause}); fetch it again") from cause
    finally:
        aside.unlink(missing_ok=True)


def sha256_of(file: Path) -> str:
    with file.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


def _pieces(old: int, new: int) -> Iterator[Piece]:
    """The file is always made anew, its tables growing side by side: what stood at one third still does."""
    for number, at in enumerate(range(0, new, PIECE), 1):
        start, end = at * old // new, min(at + PIECE, new) * old // new
        yield Piece(f"{number}.zst", max(start - MARGIN, 0), min(end + MARGIN, old))


def _plan(archive: zipfile.ZipFile) -> Plan:
    entry = json.loads(archive.read("plan.json"))
    return Plan(entry["old"], entry["new"], tuple(Piece(**piece) for piece in entry["pieces"]))


def _part(old: Path, piece: Piece) -> bytes:
    with old.open("rb") as file:
        file.seek(piece.start)
        return file.read(piece.end - piece.start)


def _compressed(data: bytes, quoted: bytes) -> bytes:
    options: dict[int, int] = {
        zstd.CompressionParameter.compression_level: LEVEL,
        zstd.CompressionParameter.window_log: max(_SMALLEST_WINDOW, (len(data) + len(quoted)).bit_length()),
        zstd.CompressionParameter.enable_long_distance_matching: 1,
    }
    return zstd.compress(data, options=options, zstd_dict=zstd.ZstdDict(quoted, is_raw=True).as_prefix)


def _expanded(data: bytes, quoted: bytes) -> bytes:
    options: dict[int, int] = {zstd.DecompressionParameter.window_log_max: _WINDOW}
    return zstd.decompress(data, zstd_dict=zstd.ZstdDict(quoted, is_raw=True).as_prefix, options=options)


def _put(archive: zipfile.ZipFile, name: str, data: bytes) -> None:
    archive.writestr(zipfile.ZipInfo(name, _EPOCH), data)

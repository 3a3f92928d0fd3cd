"""The manifest of a run: the files it left, with their digests, so that one stamp covers them all."""

import hashlib
import json
import os
import re
from collections.abc import Iterable
from pathlib import Path

_FILE = re.compile(r"[^/\\]+\.warc\.gz|runs/[^/\\]+\.jsonl")


def manifest(folder: Path, run: str) -> Path:
    return folder / "runs" / f"{run}.manifest.json"


def write_manifest(folder: Path, run: str, files: Iterable[str]) -> None:
    """Replaces what is there, at once or not at all."""
    listed = [_entry(folder, name) for name in sorted(files)]
    path = manifest(folder, run)
    written = path.with_suffix(".part")
    with written.open("w", encoding="utf-8") as stream:
        json.dump({"run": run, "files": listed}, stream, ensure_ascii=False, indent=1)
        stream.write("\n")
        stream.flush()
        os.fsync(stream.fileno())
    written.replace(path)


def listed(manifest: bytes) -> dict[str, str] | None:
    """From the files of a run to their sha256; None for what lists no files of a store, or files outside."""
    try:
        files = json.loads(manifest)["files"]
        digests = {str(item["file"]): str(item["sha256"]) for item in files}
    except (ValueError, KeyError, TypeError):
        return None
    return digests if all(map(_FILE.fullmatch, digests)) else None


def digest_of(path: Path) -> str:
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


def _entry(folder: Path, name: str) -> dict[str, str | int]:
    with (folder / name).open("rb") as stream:
        digest = hashlib.file_digest(stream, "sha256").hexdigest()
        return {"file": name, "sha256": digest, "size": stream.tell()}

"""What one command has to do, so that the same command, given again after a kill, does only the rest."""

import hashlib
import os
from collections.abc import Iterable, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Self

from crawler.captures import LASTS, Run, Store, now
from crawler.portal import own_file, portal_files


class Job:
    """These portals, since the command was first given. Its file is there until that came to its end."""

    def __init__(self, path: Path, since: str) -> None:
        self._path = path
        self.since = since

    @property
    def lease(self) -> Path:
        """Whoever does the work of this command holds it."""
        return self._path.with_suffix(".lock")

    @classmethod
    def of(cls, captures: Path, keys: Sequence[str], folders: Iterable[Path]) -> Self:
        """The same portals with the same files are the same work."""
        files = portal_files(folders)
        asked = b"".join(_digests(files[key]) for key in sorted(keys))
        name = hashlib.sha256(asked + "\n".join(sorted(keys)).encode()).hexdigest()[:16]
        path = captures / "runs" / f"{name}.job"
        path.parent.mkdir(parents=True, exist_ok=True)
        since = _begun(path)
        if since is None:
            since = now()
            written = path.with_suffix(f".{os.getpid()}")
            written.write_text(since, encoding="ascii")
            written.replace(path)
        return cls(path, since)

    def done(self, store: Store, keys: Sequence[str]) -> dict[str, Run]:
        """The portals that were through before the command was cut off, and the run that ended each."""
        last = {key: run for key in keys if (run := store.last_run(key))}
        return {key: run for key, run in last.items() if run.complete and _finished(run) >= self.since}

    def end(self) -> None:
        self._path.unlink(missing_ok=True)


def _digests(file: Path) -> bytes:
    parts = (part for part in (file, own_file(file)) if part.exists())
    return b"".join(hashlib.sha256(part.read_bytes()).digest() for part in parts)


def _finished(run: Run) -> str:
    return run.summary.finished if run.summary else ""


def _begun(path: Path) -> str | None:
    try:
        since = path.read_text(encoding="ascii")
        young = datetime.now(UTC) - datetime.fromisoformat(since) < LASTS
    except (FileNotFoundError, ValueError):
        return None
    return since if young else None

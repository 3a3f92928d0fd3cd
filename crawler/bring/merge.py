"""Another captures folder, merged into this one: whole runs with their files, each once."""

import os
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from crawler.captures.disk import folder_to_disk
from crawler.captures.manifest import digest_of, listed


@dataclass(frozen=True, slots=True)
class Merged:
    """A run of the other folder. `new` where it was not here before; `says` where it was not taken."""

    run: str
    new: bool = False
    says: str | None = None


def is_store(folder: Path) -> bool:
    return any((folder / "runs").glob("*.jsonl"))


def merge(other: Path, folder: Path) -> Iterator[Merged]:
    """Run by run. A run is taken when its manifest says that it is whole; its own file comes last, so that a
    merge that is cut off is completed by the next."""
    (folder / "runs").mkdir(parents=True, exist_ok=True)
    for path in sorted((other / "runs").glob("*.jsonl"), key=lambda path: path.stem):
        yield _merged(other, folder, path.stem)


def _merged(other: Path, folder: Path, run: str) -> Merged:
    manifest = other / "runs" / f"{run}.manifest.json"
    if not manifest.exists():
        says = "is not ended: it is being written, or was cut off; crawl its portal there, then import again"
        return Merged(run, says=says)
    digests = listed(manifest.read_bytes())
    if digests is None:
        return Merged(run, says=f"{manifest.name} is no manifest of ours; get a sound copy of it")
    for name, digest in digests.items():
        if not (other / name).is_file() or digest_of(other / name) != digest:
            return Merged(run, says=f"{name} is not what its manifest says; get a sound copy of it")
    beside = [f"runs/{path.name}" for path in sorted((other / "runs").glob(f"{run}.manifest.*"))]
    own = f"runs/{run}.jsonl"
    names = [*sorted(set(digests) - {own}), *beside, own]
    for name in names:
        if (folder / name).exists() and not _same(other / name, folder / name):
            return Merged(run, says=f"another {name} is here; neither was touched; look which is right")
    missing = [name for name in names if not (folder / name).exists()]
    for name in missing:
        _copy(other / name, folder / name)
    return Merged(run, new=bool(missing))


def _same(one: Path, other: Path) -> bool:
    return one.stat().st_size == other.stat().st_size and digest_of(one) == digest_of(other)


def _copy(source: Path, target: Path) -> None:
    """There whole or not at all."""
    part = target.with_name(f"{target.name}.part")
    with source.open("rb") as taken, part.open("wb") as written:
        shutil.copyfileobj(taken, written, 1 << 20)
        written.flush()
        os.fsync(written.fileno())
    part.replace(target)
    folder_to_disk(target.parent)

"""Whole runs carried to a store elsewhere and from there: each once, and nothing ever written over.

A run is there when its manifest is: that goes last. Here its own file comes last, as in a merge.
"""

import hashlib
from collections.abc import Iterator, Mapping
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from crawler.captures.disk import folder_to_disk, to_disk
from crawler.captures.lock import lock
from crawler.captures.manifest import digest_of, listed, manifest
from crawler.captures.remote import Remote

_MANIFEST = ".manifest.json"


@dataclass(frozen=True, slots=True)
class Carried:
    """`new` where it was not there before, in whole; `says` where it was not carried."""

    run: str
    new: bool = False
    says: str | None = None


def push(folder: Path, remote: Remote) -> Iterator[Carried]:
    there = remote.names()
    for path in sorted((folder / "runs").glob("*.jsonl"), key=lambda path: path.stem):
        yield _pushed(folder, remote, there, path.stem)


def _pushed(folder: Path, remote: Remote, there: Mapping[str, int], run: str) -> Carried:
    path = manifest(folder, run)
    if not path.exists():
        return Carried(
            run, says="is not ended: it is being written, or was cut off and its portal not crawled since"
        )
    own, digests = f"runs/{path.name}", listed(path.read_bytes())
    if digests is None:
        return Carried(run, says=f"{path.name} is no manifest of ours; get a sound copy of it")
    stamps = [f"runs/{stamp.name}" for stamp in (folder / "runs").glob(f"{run}.manifest.*") if stamp != path]
    complete = there.get(own) == path.stat().st_size
    names = [*([] if complete else sorted(digests)), *sorted(stamps), own]
    for name in names:
        if name in digests and (not (folder / name).is_file() or digest_of(folder / name) != digests[name]):
            return Carried(run, says=f"{name} is not what its manifest says; get a sound copy of it")
        if name in there and not _begins_so(folder / name, remote, name, there[name]):
            return Carried(run, says=f"another {name} is there; neither was touched; look which is right")
    for name in names:
        if there.get(name) != (folder / name).stat().st_size:
            remote.put(folder / name, name)
    return Carried(run, new=not complete)


def _begins_so(path: Path, remote: Remote, name: str, size: int) -> bool:
    """Whether what is there is what is here, or the beginning of it that a push left that was cut off."""
    digester = hashlib.sha256()
    with path.open("rb") as stream:
        while part := stream.read(min(size, 1 << 20)):
            digester.update(part)
            size -= len(part)
    return size == 0 and digester.hexdigest() == remote.digest(name)


def pull(remote: Remote, folder: Path) -> Iterator[Carried]:
    """Raises Busy where an import is under way."""
    (folder / "runs").mkdir(parents=True, exist_ok=True)
    with closing(lock(folder / "runs" / "import.lock", "another import is under way")):
        there = remote.names()
        for name in sorted(there):
            if name.startswith("runs/") and name.endswith(_MANIFEST):
                yield _pulled(remote, folder, there, name.removeprefix("runs/").removesuffix(_MANIFEST))


def _pulled(remote: Remote, folder: Path, there: Mapping[str, int], run: str) -> Carried:
    path, own = manifest(folder, run), f"runs/{run}.jsonl"
    said = remote.read(f"runs/{path.name}")
    digests = listed(said)
    if digests is None or own not in digests:
        return Carried(run, says=f"its manifest is none of ours; get a sound copy of it to {path.name}")
    if path.exists() and path.read_bytes() != said:
        return Carried(run, says=f"another {path.name} is here; neither was touched; look which is right")
    for name, digest in digests.items():
        if (folder / name).exists() and digest_of(folder / name) != digest:
            return Carried(run, says=f"another {name} is here; neither was touched; look which is right")
    missing = [name for name in (*sorted(set(digests) - {own}), own) if not (folder / name).exists()]
    beside = [
        name for name in there if name.startswith(f"runs/{run}.manifest.") and not (folder / name).exists()
    ]
    for name in (*missing[:-1], *sorted(beside), *missing[-1:]):
        if not _fetched(remote, folder, name, digests.get(name)):
            return Carried(run, says=f"{name} there is not what its manifest says; get a sound copy of it")
    return Carried(run, new=bool(missing))


def _fetched(remote: Remote, folder: Path, name: str, digest: str | None) -> bool:
    """There whole or not at all."""
    target = folder / name
    part = target.with_name(f"{target.name}.part")
    remote.get(name, part)
    if digest is not None and digest_of(part) != digest:
        part.unlink()
        return False
    with part.open("rb+") as stream:
        to_disk(stream)
    part.replace(target)
    folder_to_disk(target.parent)
    return True

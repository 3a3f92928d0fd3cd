"""What others saved, into the store: whose it is, what each answer was for, and each but once."""

import hashlib
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path

from crawler.bring.item import Item, Unusable
from crawler.bring.merge import is_store, merge
from crawler.bring.saved import LISTED, from_csv, from_folder
from crawler.bring.warcs import Kept, NoWacz, is_wacz, kept_warc, unpacked
from crawler.bring.writing import Came, Writing
from crawler.captures import Store
from crawler.captures.lock import lock
from crawler.captures.split import is_warc
from crawler.portal import Portal

Items = Callable[[], Iterator[Item | Unusable]]


@dataclass(frozen=True, slots=True)
class Brought:
    """What came of one path: captures or, of another store, runs that are new here, and those that were here
    already. `other` are answers of hosts that no portal file names and that no report is at. `says` has a
    line for everything that a person must look at."""

    path: str
    new: int
    had: int
    other: int
    says: tuple[str, ...]


@dataclass(slots=True)
class Bringer:
    """`by` is who captured, as the person who imports says; `only` the portal where hosts do not decide."""

    folder: Path
    portals: Mapping[str, Portal]
    by: str | None = None
    only: str | None = None
    _counts: Counter[Came] = field(default_factory=Counter)
    _says: list[str] = field(default_factory=list)

    def bring(self, path: Path) -> Brought:
        """Raises Busy where another import is under way, and OSError where nothing can be kept."""
        self._counts, self._says = Counter(), []
        self.folder.mkdir(parents=True, exist_ok=True)
        with closing(lock(self.folder / "runs" / "import.lock", "another import is under way")):
            self._bring(path)
        counts = self._counts
        return Brought(str(path), counts["new"], counts["had"], counts["other"], tuple(self._says))

    def _bring(self, path: Path) -> None:
        if path.is_dir():
            self._folder(path)
        elif path.suffix.lower() == ".csv":
            self._items(path, lambda: from_csv(path), _digest(path))
        elif is_warc(path) or is_wacz(path):
            self._warcs(path)
        else:
            self._says.append(f"{path}: is no WARC, WACZ, CSV of files or captures folder; list it in a CSV")

    def _folder(self, path: Path) -> None:
        store = path / "captures" if is_store(path / "captures") else path
        if is_store(store):
            self._merge(store)
        elif (path / LISTED).exists():
            self._items(path / LISTED, lambda: from_csv(path / LISTED), _digest(path / LISTED))
        else:
            files = sorted(
                file for file in path.rglob("*") if file.is_file() and not file.name.startswith(".")
            )
            archives = [file for file in files if is_warc(file) or is_wacz(file)]
            for file in archives:
                self._warcs(file)
            rest = [file for file in files if file not in archives]
            if rest or not files:
                self._items(path, lambda: from_folder(path, rest), None)

    def _merge(self, other: Path) -> None:
        for merged in merge(other, self.folder):
            if merged.says:
                self._says.append(f"{other}: run {merged.run}: {merged.says}")
            else:
                self._counts["new" if merged.new else "had"] += 1

    def _warcs(self, path: Path) -> None:
        digest = _digest(path)
        try:
            for name, member in unpacked(path, self.folder):
                kept = kept_warc(name, member, self.folder)
                self._says += [f"{name}: {broken.says}; get a sound copy of it" for broken in kept.broken]
                self._items(path, kept.items, digest, kept)
                kept.drop()
        except NoWacz as problem:
            self._says.append(f"{path}: {problem}; get a sound copy of it")

    def _items(self, path: Path, items: Items, digest: str | None, kept: Kept | None = None) -> None:
        """Twice over: what an answer is shows only when all have been looked at."""
        source = f"{path.name}, sha256 {digest}" if digest else path.name
        writing = Writing(Store(self.folder), self.portals, self.by, self.only, source, kept)
        try:
            writing.look(items())
            for item in items():
                if isinstance(item, Unusable):
                    self._says.append(str(item))
                else:
                    writing.write(item)
            writing.close()
        finally:
            writing.abandon()
        self._counts.update(writing.counts)
        self._says += [f"{path}: {says}" for says in writing.says()]


def _digest(path: Path) -> str:
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()

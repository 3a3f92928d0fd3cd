"""The index of the store: made from the WARC files and the runs, and made again when deleted."""

import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Any

from crawler.captures.capture import IMPORT, Capture, Damage
from crawler.captures.learn import forget, learn
from crawler.captures.runs import Entered

_COLUMNS = tuple(field.name for field in fields(Capture))
_SHOWN = ", ".join(_COLUMNS)
_ENTERED = f"{_SHOWN}, method, form, payload, same_as, etag, modified"

_SCHEMA = """
CREATE TABLE IF NOT EXISTS files (name TEXT PRIMARY KEY, size INTEGER NOT NULL, changed INTEGER NOT NULL);
CREATE TABLE IF NOT EXISTS records (warc TEXT NOT NULL, offset INTEGER NOT NULL, PRIMARY KEY (warc, offset))
  WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS damage (file TEXT PRIMARY KEY, whole INTEGER NOT NULL, says TEXT NOT NULL);
CREATE TABLE IF NOT EXISTS runs
  (file TEXT PRIMARY KEY, id TEXT, sweep TEXT, portal TEXT, started TEXT, finished TEXT, stopped TEXT);
CREATE INDEX IF NOT EXISTS runs_portal ON runs (portal, sweep);
CREATE TABLE IF NOT EXISTS exchanges
  (file TEXT NOT NULL, method TEXT, form TEXT, payload TEXT, same_as TEXT, etag TEXT, modified TEXT,
   {columns});
CREATE INDEX IF NOT EXISTS exchanges_file ON exchanges (file);
CREATE INDEX IF NOT EXISTS exchanges_place ON exchanges (warc, offset);
CREATE INDEX IF NOT EXISTS exchanges_id ON exchanges (id);
CREATE INDEX IF NOT EXISTS exchanges_payload ON exchanges (url, payload);
CREATE INDEX IF NOT EXISTS exchanges_url ON exchanges (url, fetched);
CREATE INDEX IF NOT EXISTS exchanges_time ON exchanges (fetched, id);
CREATE VIEW IF NOT EXISTS held AS
  SELECT exchanges.*, coalesce(first.warc, exchanges.warc) AS held_in,
         coalesce(first.offset, exchanges.offset) AS held_at
  FROM exchanges LEFT JOIN exchanges AS first ON first.id = exchanges.same_as
  WHERE EXISTS (SELECT 1 FROM records r WHERE r.warc = exchanges.warc AND r.offset = exchanges.offset)
    AND (exchanges.same_as IS NULL OR
         EXISTS (SELECT 1 FROM records r WHERE r.warc = first.warc AND r.offset = first.offset));
PRAGMA user_version = {version};
"""
_VERSION = 2
_BATCH = 1000
_OURS = f"portal NOT LIKE '{IMPORT}-%'"
"""What others captured is no answer that our crawls had, and none is asked whether that is still so."""


@dataclass(frozen=True, slots=True)
class Begun:
    """What the index knows of a run. `finished` is None where it was cut off."""

    file: str
    id: str
    sweep: str
    started: str
    finished: str | None
    stopped: str | None


@dataclass(frozen=True, slots=True)
class Torn:
    """A file that is whole only up to the byte `whole`."""

    file: str
    whole: int


class Index:
    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._path = folder / "index.db"
        self._kept: sqlite3.Connection | None = None

    def captures(self) -> Iterator[Capture]:
        """In the order they were fetched; a batch at a time, so that nobody waits for the reader. What two
        groups imported of one file stands in two runs once the groups' captures are merged: it is one
        capture, of the first run."""
        last = ("", "")
        where = "(fetched, id) > (?, ?) ORDER BY fetched, id, file LIMIT ?"
        while batch := self._rows(f"SELECT {_SHOWN} FROM held WHERE {where}", (*last, _BATCH)):  # noqa: S608
            for row in batch:
                if row[0] != last[1]:
                    last = (row[_COLUMNS.index("fetched")], row[0])
                    yield Capture(*row)

    def held(self, id: str) -> tuple[str, int] | None:
        """The WARC file and the offset where the payload of a capture is."""
        rows = self._rows("SELECT held_in, held_at FROM held WHERE id = ?", (id,))
        return (rows[0][0], rows[0][1]) if rows else None

    def before(self, warc: str, offset: int) -> int | None:
        """Where the record before that at this offset begins."""
        where = "SELECT max(offset) FROM records WHERE warc = ? AND offset < ?"
        found = self._rows(where, (warc, offset))[0][0]
        return None if found is None else int(found)

    def first(self, url: str, payload: str) -> Capture | None:
        """The capture that first had this payload at this address."""
        where = f"url = ? AND payload = ? AND same_as IS NULL AND {_OURS} ORDER BY fetched"
        found = self._entered(where, (url, payload))
        return found.capture if found else None

    def original(self, url: str, fetched: str) -> Entered | None:
        """The capture that a revisit record refers to, which may be a revisit of another crawler's."""
        return self._entered("url = ? AND fetched = ?", (url, fetched))

    def of(self, id: str) -> Entered | None:
        return self._entered("id = ?", (id,))

    def latest(self, url: str, method: str, form: str) -> Entered | None:
        return self._entered(
            f"url = ? AND method = ? AND form = ? AND {_OURS} ORDER BY fetched DESC", (url, method, form)
        )

    def latest_of(self, runs: Sequence[str], url: str, method: str, form: str) -> Entered | None:
        """The latest answer to this request that these runs had."""
        among = ", ".join("?" * len(runs))
        where = f"url = ? AND method = ? AND form = ? AND run IN ({among}) ORDER BY fetched DESC"
        return self._entered(where, (url, method, form, *runs))

    def last_good(self, url: str) -> Entered | None:
        """The latest answer to a plain request for this address that was what was asked for."""
        where = "url = ? AND method = 'GET' AND form = '' AND status IN (200, 304) AND refusal IS NULL"
        where = f"{where} AND {_OURS}"
        return self._entered(f"{where} ORDER BY fetched DESC", (url,))

    def runs(self, portal: str) -> list[Begun]:
        """The runs of a portal, oldest first."""
        columns = "file, id, sweep, started, finished, stopped"
        ordered = f"SELECT {columns} FROM runs WHERE portal = ? ORDER BY started, id"  # noqa: S608
        return [Begun(*row) for row in self._rows(ordered, (portal,))]

    def portals(self) -> list[str]:
        named = "SELECT DISTINCT portal FROM runs WHERE portal IS NOT NULL ORDER BY portal"
        return [key for (key,) in self._rows(named, ())]

    def warcs(self, run: str) -> list[str]:
        """The WARC files that a run wrote."""
        named = "SELECT name FROM files WHERE name >= ? AND name < ? ORDER BY name"
        return [row[0] for row in self._rows(named, (f"{run}@", f"{run}A"))]

    def warcs_spoken_of(self, file: str) -> list[str]:
        """The WARC files that hold the captures of the run in this file."""
        select = "SELECT DISTINCT warc FROM exchanges WHERE file = ? ORDER BY warc"
        return [row[0] for row in self._rows(select, (file,))]

    def torn(self, names: Sequence[str]) -> list[Torn]:
        """Those of these files that are damaged."""
        among = ", ".join("?" * len(names))
        select = f"SELECT file, whole FROM damage WHERE file IN ({among}) ORDER BY file"  # noqa: S608
        return [Torn(*row) for row in self._rows(select, names)]

    def entered_to(self, warc: str) -> int:
        """The offset of the last exchange in this file that a run speaks of, -1 where there is none."""
        rows = self._rows("SELECT max(offset) FROM exchanges WHERE warc = ?", (warc,))
        return -1 if rows[0][0] is None else int(rows[0][0])

    def unspoken(self, warc: str) -> list[tuple[int, int]]:
        """The offsets of neighbours among the records of this file, of neither of which any run speaks: of a
        request and its answer, where both are of one exchange."""
        place = "SELECT 1 FROM exchanges e WHERE e.warc = r.warc AND e.offset"
        before = "(SELECT max(b.offset) FROM records b WHERE b.warc = r.warc AND b.offset < r.offset)"
        lone = f"NOT EXISTS ({place} = r.offset) AND NOT EXISTS ({place} = {before})"
        select = f"SELECT {before}, r.offset FROM records r WHERE r.warc = ? AND {lone} ORDER BY r.offset"  # noqa: S608
        return [(asked, answered) for asked, answered in self._rows(select, (warc,)) if asked is not None]

    def damage(self) -> list[Damage]:
        damaged = [Damage(*row) for row in self._rows("SELECT file, says FROM damage ORDER BY file", ())]
        lost = "SELECT file, count(*) FROM exchanges WHERE id NOT IN (SELECT id FROM held) GROUP BY file"
        says = "{} captures of this run are no longer in their WARC files and are left out; crawl again"
        return damaged + [Damage(file, says.format(count)) for file, count in self._rows(lost, ())]

    def _entered(self, where: str, values: Sequence[str]) -> Entered | None:
        rows = self._rows(f"SELECT {_ENTERED} FROM held WHERE {where} LIMIT 1", values)  # noqa: S608
        return Entered(Capture(*rows[0][: len(_COLUMNS)]), *rows[0][len(_COLUMNS) :]) if rows else None

    def _rows(self, select: str, values: Sequence[Any]) -> list[tuple[Any, ...]]:
        with self._open() as base:
            return base.execute(select, values).fetchall()

    @contextmanager
    def kept_open(self) -> Iterator[None]:
        """Many lookups by one thread, as a crawl has them, share one connection."""
        with self._open() as base:
            self._kept = base
            try:
                yield
            finally:
                self._kept = None

    @contextmanager
    def _open(self) -> Iterator[sqlite3.Connection]:
        if self._kept is not None:
            yield self._kept
            return
        base = sqlite3.connect(self._path, timeout=60, isolation_level=None)
        try:
            yield base
        finally:
            base.close()

    def refresh(self) -> None:
        """Take in what changed on the disk since the index was last made."""
        if not self._usable():
            self._path.unlink(missing_ok=True)
        with self._open() as base:
            base.executescript(_SCHEMA.format(version=_VERSION, columns=_SHOWN))
            base.execute("BEGIN IMMEDIATE")
            on_disk = dict(_files(self._folder))
            known = {name: (size, changed) for name, size, changed in base.execute("SELECT * FROM files")}
            for name in sorted(known.keys() | on_disk.keys()):
                if known.get(name) != on_disk.get(name):
                    if name in known:
                        forget(base, name)
                    if name in on_disk:
                        learn(base, self._folder, name, on_disk[name])
            base.execute("COMMIT")

    def _usable(self) -> bool:
        try:
            with self._open() as base:
                return bool(base.execute("PRAGMA user_version").fetchone()[0] in (0, _VERSION))
        except sqlite3.DatabaseError:
            return False


def _files(folder: Path) -> Iterator[tuple[str, tuple[int, int]]]:
    for path in (*folder.glob("*.warc.gz"), *folder.glob("runs/*.jsonl")):
        facts = path.stat()
        yield path.relative_to(folder).as_posix(), (facts.st_size, facts.st_mtime_ns)

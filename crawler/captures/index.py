"""The index of the store: made from the WARC files and the runs, and made again when deleted."""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import fields
from pathlib import Path

from crawler.captures.capture import Capture, Damage
from crawler.captures.runs import Entered, read_run
from crawler.captures.warc import whole_records

_COLUMNS = tuple(field.name for field in fields(Capture))

_SCHEMA = """
CREATE TABLE IF NOT EXISTS files (name TEXT PRIMARY KEY, size INTEGER NOT NULL, changed INTEGER NOT NULL);
CREATE TABLE IF NOT EXISTS records (warc TEXT NOT NULL, offset INTEGER NOT NULL, PRIMARY KEY (warc, offset));
CREATE TABLE IF NOT EXISTS damage (file TEXT NOT NULL, says TEXT NOT NULL);
CREATE TABLE IF NOT EXISTS exchanges
  (file TEXT NOT NULL, method TEXT, form TEXT, payload TEXT, same_as TEXT, {columns});
CREATE INDEX IF NOT EXISTS exchanges_id ON exchanges (id);
CREATE INDEX IF NOT EXISTS exchanges_url ON exchanges (url, payload);
CREATE VIEW IF NOT EXISTS held AS
  SELECT exchanges.*, coalesce(first.warc, exchanges.warc) AS held_in,
         coalesce(first.offset, exchanges.offset) AS held_at
  FROM exchanges LEFT JOIN exchanges AS first ON first.id = exchanges.same_as
  WHERE EXISTS (SELECT 1 FROM records r WHERE r.warc = exchanges.warc AND r.offset = exchanges.offset)
    AND (exchanges.same_as IS NULL OR
         EXISTS (SELECT 1 FROM records r WHERE r.warc = first.warc AND r.offset = first.offset));
PRAGMA user_version = {version};
"""
_VERSION = 1


class Index:
    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._path = folder / "index.db"

    def captures(self) -> list[Capture]:
        with self._open() as base:
            rows = base.execute(f"SELECT {', '.join(_COLUMNS)} FROM held ORDER BY fetched, id")  # noqa: S608
            return [Capture(*row) for row in rows]

    def held(self, id: str) -> tuple[str, int] | None:
        """The WARC file and the offset where the payload of a capture is."""
        with self._open() as base:
            row = base.execute("SELECT held_in, held_at FROM held WHERE id = ?", (id,)).fetchone()
            return (row[0], row[1]) if row else None

    def first(self, url: str, payload: str) -> Capture | None:
        where = "url = ? AND payload = ? AND same_as IS NULL ORDER BY fetched LIMIT 1"
        return self._one(where, (url, payload))

    def latest(self, url: str, method: str, form: str) -> Capture | None:
        where = "url = ? AND method = ? AND form = ? ORDER BY fetched DESC LIMIT 1"
        return self._one(where, (url, method, form))

    def damage(self) -> list[Damage]:
        with self._open() as base:
            damaged = [Damage(*row) for row in base.execute("SELECT file, says FROM damage ORDER BY file")]
            lost = base.execute(
                "SELECT file, count(*) FROM exchanges WHERE id NOT IN (SELECT id FROM held) GROUP BY file"
            )
            says = "{} captures of this run are no longer in their WARC files and are left out; crawl again"
            return damaged + [Damage(file, says.format(count)) for file, count in lost]

    def _one(self, where: str, values: tuple[str, ...]) -> Capture | None:
        with self._open() as base:
            row = base.execute(f"SELECT {', '.join(_COLUMNS)} FROM held WHERE {where}", values).fetchone()  # noqa: S608
            return Capture(*row) if row else None

    @contextmanager
    def _open(self) -> Iterator[sqlite3.Connection]:
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
            base.executescript(_SCHEMA.format(version=_VERSION, columns=", ".join(_COLUMNS)))
            base.execute("BEGIN IMMEDIATE")
            on_disk = dict(_files(self._folder))
            known = {name: (size, changed) for name, size, changed in base.execute("SELECT * FROM files")}
            for name in sorted(known.keys() | on_disk.keys()):
                if known.get(name) != on_disk.get(name):
                    _forget(base, name)
                    if name in on_disk:
                        _learn(base, self._folder, name, on_disk[name])
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


def _forget(base: sqlite3.Connection, name: str) -> None:
    base.execute("DELETE FROM files WHERE name = ?", (name,))
    base.execute("DELETE FROM records WHERE warc = ?", (name,))
    base.execute("DELETE FROM damage WHERE file = ?", (name,))
    base.execute("DELETE FROM exchanges WHERE file = ?", (name,))


def _learn(base: sqlite3.Connection, folder: Path, name: str, facts: tuple[int, int]) -> None:
    base.execute("INSERT INTO files VALUES (?, ?, ?)", (name, *facts))
    damage = _learn_run(base, folder, name) if name.endswith(".jsonl") else _learn_warc(base, folder, name)
    if damage:
        base.execute("INSERT INTO damage VALUES (?, ?)", (name, damage))


def _learn_warc(base: sqlite3.Connection, folder: Path, name: str) -> str | None:
    end, size = 0, (folder / name).stat().st_size
    for start, end in whole_records(folder / name):  # noqa: B007 - the last end is what is asked for
        base.execute("INSERT INTO records VALUES (?, ?)", (name, start))
    if end == size:
        return None
    return f"damaged after byte {end} of {size}; only the records before it are read; crawl again"


def _learn_run(base: sqlite3.Connection, folder: Path, name: str) -> str | None:
    file = read_run(folder / name)
    if file is None:
        return "says of no run what it was; it is ignored; crawl again"
    for entered in file.exchanges:
        _insert(base, name, entered)
    return (
        "a line is cut off or damaged; only the lines before it are read; crawl again" if file.torn else None
    )


def _insert(base: sqlite3.Connection, name: str, entered: Entered) -> None:
    lookup = (name, entered.method, entered.form, entered.payload, entered.same_as)
    values = (*lookup, *(getattr(entered.capture, column) for column in _COLUMNS))
    base.execute(f"INSERT INTO exchanges VALUES ({', '.join('?' * len(values))})", values)  # noqa: S608

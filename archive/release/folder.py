"""A release: archive.db and all its other forms in one folder, complete or not there at all."""

import fcntl
import os
import re
import shutil
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path

from archive.access import read_only
from archive.inspection import inspect
from archive.release import manifest, provinces
from archive.release.delta import sha256_of, write_delta
from archive.release.lines import lines_file
from archive.release.news import write_news
from archive.release.package import write_package
from archive.release.packed import write_zst
from archive.release.papers import write_papers
from archive.release.parquet import duckdb, write_parquet
from archive.release.provinces import write_provinces
from archive.release.sheets import csv_file
from archive.release.tables import Table, tables

_NAME = re.compile(r"(\d{4}-\d{2}-\d{2})(?:\.(\d+))?")
SUMS = "SHA256SUMS"

Extra = Callable[[Path], None]
"""What else is done to a folder, or to the file of sums in it."""


class NoRelease(Exception):
    """There is nothing that may be released; the message says why and what to do."""


@dataclass(frozen=True, slots=True)
class Release:
    """`new` is false where the last release holds this very archive.db already."""

    folder: Path
    new: bool


@dataclass(frozen=True, slots=True)
class Wanted:
    """`evidence` packs what the release stands on into the folder, `sign` signs its SHA256SUMS,
    `by_province` adds the archive in parts."""

    evidence: Extra | None = None
    sign: Extra | None = None
    by_province: bool = False


def release(database: Path, out: Path, wanted: Wanted, say: Callable[[str], None]) -> Release:
    """Raises NoRelease, or Missing where a library is; `out` is then as it was."""
    _fit(database)
    duckdb()
    with _alone(out):
        for left in out.glob(".making-*"):  # by whom a kill ended
            shutil.rmtree(left)
        last = latest(out)
        if last and _holds(last, database, wanted):
            return Release(last, new=False)
        aside = out / f".making-{os.getpid()}"
        try:
            aside.mkdir()
            folder = out / _filled(aside, database, last, wanted, say)
            _to_disk(aside)
            aside.rename(folder)
            _synced(out)
        finally:
            shutil.rmtree(aside, ignore_errors=True)
        return Release(folder, new=True)


def latest(out: Path) -> Path | None:
    """None where there is none, or no such folder."""
    return max(releases(out), key=_order, default=None) if out.is_dir() else None


def releases(out: Path) -> list[Path]:
    return [folder for folder in out.iterdir() if _NAME.fullmatch(folder.name) and (folder / SUMS).is_file()]


def _fit(database: Path) -> None:
    remedy = f"make it with `nianbao build --data {database.parent}`"
    if not database.is_file():
        raise NoRelease(f"{database}: there is no archive; {remedy}")
    try:
        damage = inspect(database).damage
    except sqlite3.DatabaseError as cause:
        raise NoRelease(f"{database}: {cause}; {remedy}") from cause
    if damage:
        raise NoRelease(f"{database}: {damage[0]}; {remedy}")


def _filled(
    folder: Path, database: Path, last: Path | None, wanted: Wanted, say: Callable[[str], None]
) -> str:
    file = folder / "archive.db"
    shutil.copyfile(database, file)
    previous = manifest.previous_of(last) if last else None
    with closing(read_only(file)) as connection:
        captures = manifest.captures_of(connection)
        if not captures.number:
            raise NoRelease(f"{database}: holds no capture; crawl a portal first")
        name = _name(captures.last[:10], last)
        found = tables(connection)
        _exports(folder, connection, found, say)
        parts = write_provinces(file, folder / provinces.FOLDER, say) if wanted.by_province else []
        facts = manifest.Manifest(
            name,
            manifest.archive_of(file),
            captures,
            manifest.inputs_of(connection),
            manifest.made_with(file),
            manifest.rows_of(connection, found),
            previous,
            wanted.evidence is not None,
            parts,
        )
    say("archive.db.zst, what is new")
    facts.write(folder / "manifest.json")
    write_package(folder, name, captures.last, found)
    write_papers(
        folder, name, captures.last, facts.rows["reports"], facts.rows["bodies"], facts.archive.sha256
    )
    write_zst(file, folder / "archive.db.zst")
    write_news(folder / "CHANGES.md", name, file, (last.name, last / "archive.db") if last else None)
    if last:
        write_delta(last / "archive.db", file, folder / f"delta-from-{last.name}.zip")
    if wanted.evidence:
        wanted.evidence(folder)
    _sums(folder)
    if wanted.sign:
        wanted.sign(folder / SUMS)
    return name


def _exports(
    folder: Path, connection: sqlite3.Connection, found: list[Table], say: Callable[[str], None]
) -> None:
    for kind in ("csv", "jsonl", "parquet"):
        (folder / kind).mkdir()
    for table in found:
        say(table.name)
        sheet, lines = folder / "csv" / f"{table.name}.csv", folder / "jsonl" / f"{table.name}.jsonl.gz"
        with csv_file(sheet, table) as add_cells, lines_file(lines, table) as add_line:
            for row in table.rows(connection):
                add_cells(row)
                add_line(row)
    say("parquet")
    write_parquet(folder / "parquet", found, folder / "jsonl")


def _name(until: str, last: Path | None) -> str:
    """The day up to which was captured; a later release of the same or an earlier day counts on."""
    if last is None or _order(last)[0] < until:
        return until
    day, number = _order(last)
    return f"{day}.{number + 1}"


def _order(folder: Path) -> tuple[str, int]:
    name = _NAME.fullmatch(folder.name)
    return (name[1], int(name[2] or 1)) if name else ("", 0)


def _holds(last: Path, database: Path, wanted: Wanted) -> bool:
    """Whether the last release is what is asked for. Each is whole, so what it lacks needs a new one."""
    evidence = wanted.evidence is None or (last / "evidence").is_dir()
    signed = wanted.sign is None or (last / f"{SUMS}.minisig").is_file()
    parted = not wanted.by_province or (last / provinces.FOLDER).is_dir()
    return evidence and signed and parted and manifest.previous_of(last).sha256 == sha256_of(database)


def _sums(folder: Path) -> None:
    files = sorted(path for path in folder.rglob("*") if path.is_file())
    lines = (f"{sha256_of(path)}  {path.relative_to(folder).as_posix()}\n" for path in files)
    (folder / SUMS).write_text("".join(lines), "utf-8")


@contextmanager
def _alone(out: Path) -> Iterator[None]:
    out.mkdir(parents=True, exist_ok=True)
    with (out / ".lock").open("a") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise NoRelease(f"{out}: another release is being made there; wait for it to end") from None
        yield


def _to_disk(folder: Path) -> None:
    for path in folder.rglob("*"):
        _synced(path)
    _synced(folder)


def _synced(path: Path) -> None:
    number = os.open(path, os.O_RDONLY)
    try:
        os.fsync(number)
    finally:
        os.close(number)

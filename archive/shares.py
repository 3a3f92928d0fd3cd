"""The reports in shares, consecutive ones each: the build writes the first, and for each of the others a
process of its own a file beside it, whose rows then join the build's.

Which rows there are does not depend on how many shares there are; where they lie does, until `VACUUM INTO`
lays them anew.
"""

import os
import sqlite3
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, closing, contextmanager
from dataclasses import dataclass
from functools import partial
from itertools import pairwise
from pathlib import Path

from archive.aside import room
from archive.forked import Forked
from archive.material import Material
from archive.rows import writer
from archive.schema import create

LEAST = 500
"""Reports of a share: fewer are soon written by one process."""
MOST = 8
"""Processes: to join a row takes a tenth of what it takes to write it, and one process joins them all."""
_TABLES = """
SELECT name FROM pragma_table_list WHERE schema = 'share' AND type = 'table' AND name <> 'descriptions'
AND name NOT LIKE 'sqlite~_%' ESCAPE '~' ORDER BY name
"""
_COLUMNS = "SELECT name FROM pragma_table_info(?, 'share') ORDER BY cid"


class Broken(Exception):
    """The database that was built is not fit to be kept."""


@dataclass(frozen=True, slots=True)
class Share:
    """From the report of number `start`, from 0, to the one before `end`; `version` is the key of the first
    of its versions."""

    start: int
    end: int
    version: int


Reports = Callable[[sqlite3.Connection], None]
"""Writes them all into the database of the build, in which no transaction is open."""


def at_work(processes: int | None) -> int:
    """How many processes a build has: as many as are wanted, of itself one a processor."""
    return min(processes or os.cpu_count() or 1, MOST)


def shares(versions: Sequence[int], processes: int) -> list[Share]:
    """Of reports of so many versions: one share for each process that has enough to do."""
    number = max(1, min(processes, len(versions) // LEAST))
    cuts = [len(versions) * n // number for n in range(number + 1)]
    found, version = [], 1
    for start, end in pairwise(cuts):
        found.append(Share(start, end, version))
        version += sum(versions[start:end])
    return found


@contextmanager
def reports_in_shares(material: Material, shares: Sequence[Share], aside: Path) -> Iterator[Reports]:
    """The helpers are at work from now on. In the end no process and no file of them is left."""
    first, *others = shares
    with ExitStack() as stack:
        helpers = [stack.enter_context(_helped(material, share, aside)) for share in others]

        def write(connection: sqlite3.Connection) -> None:
            connection.execute("BEGIN")
            for _ in _written(connection, material, first):
                pass
            connection.execute("COMMIT")
            for helper, file in helpers:
                helper.hear()
                # What it had in memory goes now, not with the build.
                helper.close()
                _join(connection, file)
                file.unlink()

        yield write


@contextmanager
def _helped(material: Material, share: Share, aside: Path) -> Iterator[tuple[Forked, Path]]:
    # By its name the next build knows it for left behind.
    file = aside.with_name(f"{aside.stem}.from-{share.start + 1}{aside.suffix}")
    work = partial(_fill, material, share, file, os.getpid())
    try:
        with closing(Forked(f"wrote reports {share.start + 1} to {share.end}", lambda _: work())) as helper:
            yield helper, file
    finally:
        file.unlink(missing_ok=True)


def _fill(material: Material, share: Share, file: Path, parent: int) -> None:
    with room(file.parent), closing(create(file)) as connection:
        connection.execute("PRAGMA foreign_keys = OFF")
        connection.execute("BEGIN")
        for _ in _written(connection, material, share):
            # It was killed without a word to anybody: this file will not be taken.
            if os.getppid() != parent:
                break
        connection.execute("COMMIT")


def _written(connection: sqlite3.Connection, material: Material, share: Share) -> Iterator[str]:
    rows = writer(connection, material, share.version)
    its = material.reports(share.start, share.end)
    for key, (id, versions) in enumerate(its, share.start + 1):
        try:
            rows.report(key, id, versions)
        except sqlite3.IntegrityError as cause:
            raise Broken(f"{id}: what was read of it cannot be ({cause}); report this as a bug") from cause
        yield id


def _join(connection: sqlite3.Connection, file: Path) -> None:
    connection.execute("ATTACH ? AS share", (str(file),))
    # They held when the rows were written.
    connection.execute("PRAGMA ignore_check_constraints = ON")
    connection.execute("BEGIN")
    for (table,) in connection.execute(_TABLES).fetchall():
        names = [name for (name,) in connection.execute(_COLUMNS, (table,))]
        # Findings are numbered as they come, whatever share they come from.
        columns = ", ".join("NULL" if (table, n) == ("findings", "key") else f'"{n}"' for n in names)
        order = "ORDER BY key" if table == "findings" else ""
        connection.execute(f"INSERT INTO main.{table} SELECT {columns} FROM share.{table} {order}")  # noqa: S608 - names of ours
    connection.execute("COMMIT")
    connection.execute("PRAGMA ignore_check_constraints = OFF")
    connection.execute("DETACH share")

"""The build: captures and readings to archive.db, always anew. Same inputs, same bytes."""

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass, replace
from pathlib import Path

from archive.aside import written_aside
from archive.claims import Outcome, looked_up
from archive.corrections import Decisions, Seal, seal, write_decisions
from archive.crosswalk import crosswalk
from archive.figures import codes
from archive.inserted import insert_all, insert_objects
from archive.material import Captures, Material, gather
from archive.names import write_names
from archive.rows import writer
from archive.schema import create
from archive.search import found_and_there, write_passages
from archive.shares import Broken, Reports, at_work, reports_in_shares, shares
from archive.sources import write_sources
from parsers.reading import Finding, Reading
from parsers.version import reader_version

ALWAYS_THERE, OFTEN_THERE = ("公开", "申请"), ("复议",)
"""Every report speaks of the first. The form of 2019 and later speak of the last in a heading, a free
report may not: what search finds of it must be all that is there."""

READY = 2
"""Processes that make texts ready for search: to index a text takes this one about as long as one of them."""

NO_DECISIONS = Decisions()

UNDATED = """
UPDATE reports SET days_late = NULL WHERE days_late > 0 AND EXISTS (
  SELECT 1 FROM reports AS other
  WHERE other.body = reports.body AND other.published = reports.published AND other.id <> reports.id
);
UPDATE expected SET days_late = NULL
WHERE days_late > 0 AND (SELECT days_late FROM reports WHERE id = expected.report) IS NULL;
"""
"""A day that reports of several years share is the one on which a portal moved: it proves nobody late."""


@dataclass(frozen=True, slots=True)
class BuildResult:
    file: Path
    bodies: int
    reports: int
    versions: int
    documents: int
    refused: int
    findings: int


def build(
    captures: Captures,
    get: Callable[[str], Reading | Outcome | None],
    out: Path,
    decided: Decisions = NO_DECISIONS,
    processes: int | None = None,
) -> BuildResult:
    """Raises NothingToBuild or Broken, and Lost where one of its processes was killed; `out` is then as it
    was. Of itself it takes every processor."""
    processes = at_work(processes)
    with written_aside(out) as aside, _beside(aside, "gathered") as file:
        # This process writes what they read: it takes less of a processor than one of them.
        material = gather(captures, looked_up(get), file, processes if processes > 1 else 0)
        public = _public(material, seal(decided.takedowns))
        parted = shares(public.gathered.versions(), processes)
        with (
            reports_in_shares(public, parted, aside) as reports,
            _beside(aside, "loose") as loose,
            closing(create(loose)) as connection,
        ):
            _fill(connection, public, decided, reports)
            write_decisions(connection, decided, material.get)
            _index(connection, min(len(parted) - 1, READY))
            _settle(connection)
            # Rows of all tables went in in turn: so each lies by itself and its pages are full.
            connection.execute("VACUUM INTO ?", (str(aside),))
            return _result(connection, out)


@contextmanager
def _beside(aside: Path, name: str) -> Iterator[Path]:
    """A file beside it, gone in the end; by its name the next build knows it for left behind."""
    file = aside.with_name(f"{aside.stem}.{name}{aside.suffix}")
    file.unlink(missing_ok=True)
    try:
        yield file
    finally:
        file.unlink(missing_ok=True)


def _fill(connection: sqlite3.Connection, material: Material, decided: Decisions, reports: Reports) -> None:
    # Checked for all rows at once at the end, and not a second time for each.
    connection.execute("PRAGMA foreign_keys = OFF")
    connection.execute("BEGIN")
    _inputs(connection, decided)
    insert_objects(connection, "codes", codes().values())
    insert_objects(connection, "crosswalk", crosswalk())
    write_sources(connection, material)
    _expected(connection, material)
    connection.execute("COMMIT")
    reports(connection)
    connection.execute("BEGIN")
    _unclaimed(connection, material)
    for statement in UNDATED.strip().split(";\n"):
        connection.execute(statement)
    connection.execute("COMMIT")


def _settle(connection: sqlite3.Connection) -> None:
    connection.execute("ANALYZE")
    if broken := connection.execute("PRAGMA foreign_key_check").fetchone():
        raise Broken(
            f"a row of {broken[0]} points at a row of {broken[2]} that is not there; report this bug"
        )


def _public(material: Material, sealed: Seal) -> Material:
    """Whose each report is follows from all that was read; what was taken down is not written."""
    return replace(
        material,
        shown=sealed.capture,
        get=sealed.outcome(material.get),
        public=sealed.reading,
        withheld=frozenset(sealed.takedowns),
    )


def _inputs(connection: sqlite3.Connection, decided: Decisions) -> None:
    rows = {"decisions": decided.digest, "reader": reader_version()}
    insert_all(connection, "inputs", ({"name": name, "value": value} for name, value in rows.items()))


def _unclaimed(connection: sqlite3.Connection, material: Material) -> None:
    rows = writer(connection, material)
    for one in material.gathered.unclaimed():
        says = f"The {one.lacks} of this report is neither printed nor known from where it was found."
        rows.finding(None, one.document, [Finding(f"report.{one.lacks}", "error", "reading", says)])


def _expected(connection: sqlite3.Connection, material: Material) -> None:
    insert_all(
        connection,
        "expected",
        (
            {
                "body": entry.body.id,
                "year": entry.year,
                "outcome": entry.outcome,
                "report": f"{entry.body.id}-{entry.year}" if entry.outcome == "published" else None,
                "portal": entry.portal,
                "due": entry.due.isoformat() if entry.due else None,
                "days_late": entry.days_late,
                "searched": entry.searched.isoformat() if entry.searched else None,
                "says": entry.says,
            }
            for entry in material.expected()
        ),
    )


def _index(connection: sqlite3.Connection, helpers: int) -> None:
    """The texts for search, and whether it finds them."""
    connection.execute("BEGIN")
    write_passages(connection, helpers)
    write_names(connection)
    connection.execute("COMMIT")
    connection.execute("INSERT INTO search (search) VALUES ('optimize')")
    if not connection.execute("SELECT 1 FROM passages LIMIT 1").fetchone():
        return
    for word in (*ALWAYS_THERE, *OFTEN_THERE):
        found, there = found_and_there(connection, word)
        if found != there or (word in ALWAYS_THERE and not found):
            raise Broken(
                f"search finds {word} in {found} of {there} passages that hold it; report this as a bug"
            )


def _result(connection: sqlite3.Connection, out: Path) -> BuildResult:
    def number(table: str, where: str = "1") -> int:
        row = connection.execute(f"SELECT count(*) FROM {table} WHERE {where}").fetchone()  # noqa: S608
        return int(row[0])

    return BuildResult(
        file=out,
        bodies=number("bodies"),
        reports=number("reports"),
        versions=number("versions"),
        documents=number("documents", "outcome <> 'not_read'"),
        refused=number("documents", "outcome = 'refused'"),
        findings=number("findings", "outcome = 'broken'"),
    )

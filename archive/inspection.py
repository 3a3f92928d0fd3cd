"""Is a database whole, and what in it must a person look at?"""

from dataclasses import dataclass
from pathlib import Path

from sqlite_utils import Database

from archive.access import read_only
from archive.schema import SCHEMA

_LOOK = """
SELECT 'finding ' || rule, count(*) FROM findings
WHERE outcome = 'broken' AND attribution = 'reading' GROUP BY rule
UNION ALL
SELECT 'refused document: ' || refusal, count(*) FROM documents
WHERE outcome IN ('refused', 'bundle') AND refusal <> 'not-a-report' GROUP BY refusal
UNION ALL
SELECT 'file in an archive: ' || refusal, count(*) FROM members WHERE refusal IS NOT NULL GROUP BY refusal
UNION ALL
SELECT 'outdated correction ' || id || ': ' || says, 1 FROM corrections WHERE outcome = 'outdated'
UNION ALL
SELECT 'outdated takedown ' || id || ': ' || says, 1 FROM takedowns WHERE outcome = 'outdated'
ORDER BY 1
"""
_FINDINGS = "SELECT attribution, count(*) FROM findings WHERE outcome = 'broken' GROUP BY 1 ORDER BY 1"


@dataclass(frozen=True, slots=True)
class Soundness:
    """`damage` is what SQLite or the schema says is wrong; `look` counts what a person must look at, by
    what it is; `findings` counts the broken rules by whose doing it is."""

    damage: tuple[str, ...]
    reports: int
    findings: tuple[tuple[str, int], ...]
    look: tuple[tuple[str, int], ...]

    @property
    def must_look(self) -> bool:
        return bool(self.damage or self.look)


def inspect(file: Path) -> Soundness:
    """Raises sqlite3.DatabaseError where the file is no database."""
    connection = read_only(file)
    try:
        database = Database(connection, execute_plugins=False)
        damage = tuple(_damage(database))
        if any(entry.startswith("schema") for entry in damage):
            return Soundness(damage, 0, (), ())
        return Soundness(
            damage,
            database.table("reports").count,
            tuple(connection.execute(_FINDINGS).fetchall()),
            tuple(connection.execute(_LOOK).fetchall()),
        )
    finally:
        connection.close()


def _damage(database: Database) -> list[str]:
    version = database.execute("PRAGMA user_version").fetchone()[0]
    if version != SCHEMA:
        return [f"schema {version}, this program knows {SCHEMA}; build it again"]
    whole = [row[0] for row in database.execute("PRAGMA integrity_check") if row[0] != "ok"]
    orphans = database.execute('SELECT DISTINCT "table", parent FROM pragma_foreign_key_check')
    return whole + [
        f"a row of {table} points at a row of {parent} that is not there" for table, parent in orphans
    ]

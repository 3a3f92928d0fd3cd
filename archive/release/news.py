"""CHANGES.md: what is different since the release before, in words."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from archive.access import read_only

LISTED = 40
"""Of one kind; the rest is counted, and stands in the database."""

_NEW = """
SELECT id, coalesce(title, '') FROM reports WHERE id NOT IN (SELECT id FROM old.reports) ORDER BY id
"""
_GONE = "SELECT id, coalesce(title, '') FROM old.reports WHERE id NOT IN (SELECT id FROM reports) ORDER BY id"
_EDITED = """
SELECT versions.report, group_concat(what || ' ' || part, ', ') FROM versions
JOIN (SELECT DISTINCT version, what, part FROM changes ORDER BY 1, 2, 3) AS changes
  ON changes.version = versions.id
WHERE versions.id NOT IN (SELECT id FROM old.versions) AND versions.report IN (SELECT id FROM old.reports)
GROUP BY versions.id ORDER BY versions.id
"""
_REREAD = """
SELECT versions.report, count(*) || ' figures'
FROM versions JOIN old.versions AS before ON before.id = versions.id
JOIN version_figures AS now ON now.version = versions.key
JOIN codes ON codes.key = now.code
JOIN old.codes AS old_codes ON old_codes.code = codes.code
JOIN old.version_figures AS was ON was.version = before.key AND was.code = old_codes.key
WHERE (was.status, was.value, was.text) IS NOT (now.status, now.value, now.text)
GROUP BY versions.id ORDER BY versions.id
"""
_OUTCOMES = """
SELECT expected.body || ' ' || expected.year, was.outcome || ' → ' || expected.outcome
FROM expected JOIN old.expected AS was USING (body, year)
WHERE was.outcome <> expected.outcome AND expected.outcome <> 'published' ORDER BY 1
"""


@dataclass(frozen=True, slots=True)
class Kind:
    """One sort of news: its headings, and the query for its lines."""

    english: str
    chinese: str
    query: str


def write_news(path: Path, name: str, new: Path, old: tuple[str, Path] | None) -> None:
    path.write_text("\n".join(_news(name, new, old)) + "\n", "utf-8")


def _news(name: str, new: Path, old: tuple[str, Path] | None) -> Iterator[str]:
    with closing(read_only(new)) as connection:
        if old is None:
            (number,) = connection.execute("SELECT count(*) FROM reports").fetchone()
            yield f"# {name}\n\nThe first release: {number} reports. 首次发布：{number} 份报告。"
            return
        yield f"# {name}\n\nSince {old[0]}. 自 {old[0]} 以来。"
        connection.execute("ATTACH ? AS old", (f"{old[1].absolute().as_uri()}?mode=ro",))
        yield from _since(connection)


def _since(connection: sqlite3.Connection) -> Iterator[str]:
    now, was = (connection.execute(f"PRAGMA {base}.user_version").fetchone()[0] for base in ("main", "old"))
    told = False
    if now != was:
        told = True
        yield f"\n## The schema is {now} and was {was}. 数据库结构由 {was} 版改为 {now} 版。"
    for kind in KINDS if now == was else KINDS[:2]:
        rows = connection.execute(kind.query).fetchall()
        if rows:
            told = True
            yield from _listed(kind, rows)
    if not told:
        yield "\nNo report is new or other than it was. 没有报告新增或变动。"
    yield from _counts(connection)


def _listed(kind: Kind, rows: list[tuple[str, str]]) -> Iterator[str]:
    yield f"\n## {kind.english}: {len(rows)} {kind.chinese}\n"
    yield from (f"- {what}: {says}" if says else f"- {what}" for what, says in rows[:LISTED])
    if len(rows) > LISTED:
        yield f"- and {len(rows) - LISTED} more. 另有 {len(rows) - LISTED} 项。"


def _counts(connection: sqlite3.Connection) -> Iterator[str]:
    yield "\n## Rows 行数\n\n| | before 之前 | now 现在 |\n|---|---|---|"
    for table in sorted((_tables(connection, "main") & _tables(connection, "old")) - {"search"}):
        was, now = (
            connection.execute(f"SELECT count(*) FROM {base}.{table}").fetchone()[0]  # noqa: S608
            for base in ("old", "main")
        )
        if was != now:
            yield f"| {table} | {was} | {now} |"


def _tables(connection: sqlite3.Connection, base: str) -> set[str]:
    names = f"SELECT table_name FROM {base}.descriptions WHERE column_name = ''"  # noqa: S608
    return {name for (name,) in connection.execute(names)}


KINDS = (
    Kind("New reports", "新增的报告", _NEW),
    Kind("Reports no longer there", "不再收录的报告", _GONE),
    Kind("Reports published anew with other text or figures", "重新发布、内容有变的报告", _EDITED),
    Kind("Reports read otherwise than before", "读数与之前不同的报告", _REREAD),
    Kind("Expected reports with another outcome", "状况有变的应发布报告", _OUTCOMES),
)

"""What is new in the archive, for feeds: reports, changes and findings, of a place, a body or a word."""

import sqlite3
from collections.abc import Callable, Iterator, Mapping
from uuid import NAMESPACE_URL, uuid5

from archive.atom import Entry
from archive.pages.addresses import portal_address, report_address, versions_address
from archive.pages.sentences import labels, sentence
from archive.pages.translation import translated
from archive.pages.words import saying
from archive.search import match_expression
from parsers.text.fold import fold

LIMIT = 100

_REPORTS = """
SELECT reports.version, versions.first_seen, bodies.name, reports.year, reports.id, reports.title,
  reports.published
FROM reports JOIN versions ON versions.id = reports.version JOIN bodies ON bodies.id = reports.body
WHERE {filters} ORDER BY versions.first_seen DESC, reports.key LIMIT :limit
"""
_CHANGES = """
SELECT changes.version, versions.first_seen, bodies.name, reports.year, reports.id, count(*)
FROM changes JOIN versions ON versions.id = changes.version
JOIN reports ON reports.id = changes.report JOIN bodies ON bodies.id = reports.body
WHERE {filters} GROUP BY changes.version ORDER BY versions.first_seen DESC, versions.key LIMIT :limit
"""
_FINDINGS = """
SELECT reports.version || ' ' || findings.rule || ' ' || findings.codes, versions.first_seen, bodies.name,
  reports.year, reports.id, findings.rule, findings.says
FROM findings JOIN reports ON reports.id = findings.report
JOIN versions ON versions.id = reports.version JOIN bodies ON bodies.id = reports.body
WHERE findings.outcome = 'broken' AND findings.severity <> 'note' AND {filters}
ORDER BY versions.first_seen DESC, findings.key LIMIT :limit
"""
_PORTALS = """
WITH told AS (
  SELECT *, iif(state IN ('ok', 'nothing new'), 'well', state) AS how FROM portal_runs WHERE conclusive = 1
), turned AS (
  SELECT *, lag(how) OVER (PARTITION BY portal ORDER BY started, run) AS before FROM told
)
SELECT turned.run || ' ' || turned.portal, turned.started, portals.name, turned.portal, turned.state
FROM turned JOIN portals ON portals.key = turned.portal
WHERE turned.how IS NOT turned.before AND {filters} ORDER BY turned.started DESC, turned.portal LIMIT :limit
"""
_FILTERS = {
    "place": "substr({division}, 1, length(:place)) = :place",
    "body": "bodies.id = :body",
    "q": """reports.id IN (SELECT passages.report FROM search JOIN passages ON passages.key = search.rowid
      WHERE search MATCH :expression AND instr(passages.folded, :folded) > 0)""",
}

Absolute = Callable[[str], str]
"""From an address in the site to one that a feed reader can open."""


def entries(
    connection: sqlite3.Connection, kind: str, chosen: Mapping[str, str], language: str, absolute: Absolute
) -> tuple[Entry, ...]:
    """The newest of a kind, newest first. Of `chosen` place, body and q count, for portals the place
    alone; it is a division's code or its first digits."""
    known = ("place",) if kind == "portals" else tuple(_FILTERS)
    wanted = {name: value for name, value in chosen.items() if name in known and value}
    division = "portals.division" if kind == "portals" else "bodies.division"
    filters = " AND ".join(["1", *(_FILTERS[name].format(division=division) for name in wanted)])
    values: dict[str, str | int] = {"limit": LIMIT, **wanted}
    if "q" in wanted:
        values |= {"folded": fold(wanted["q"]), "expression": match_expression(wanted["q"])}
        if not values["expression"]:
            return ()
    return tuple(KINDS[kind](connection, filters, values, language, absolute))


def _reports(
    connection: sqlite3.Connection,
    filters: str,
    values: Mapping[str, str | int],
    language: str,
    absolute: Absolute,
) -> Iterator[Entry]:
    say = saying(language)
    for id, seen, name, year, report, title, published in connection.execute(
        _REPORTS.format(filters=filters), values
    ):
        content = f"{title or report} ({say('report.published')}: {published or say('no_date')})"
        yield _entry("reports", id, seen, f"{name} {year}", content, absolute(report_address(report)))


def _changes(
    connection: sqlite3.Connection,
    filters: str,
    values: Mapping[str, str | int],
    language: str,
    absolute: Absolute,
) -> Iterator[Entry]:
    say = saying(language)
    for id, seen, name, year, report, number in connection.execute(_CHANGES.format(filters=filters), values):
        content, address = say("feed.changed", n=number), absolute(versions_address(report))
        yield _entry("changes", id, seen, f"{name} {year}", content, address)


def _findings(
    connection: sqlite3.Connection,
    filters: str,
    values: Mapping[str, str | int],
    language: str,
    absolute: Absolute,
) -> Iterator[Entry]:
    say, known = saying(language), labels(connection)
    for id, seen, name, year, report, rule, says in connection.execute(
        _FINDINGS.format(filters=filters), values
    ):
        parts = sentence(translated(says, language), known)
        content = f"{say(f'rule.{rule}')}: {''.join(part.text for part in parts)}"
        address = absolute(f"{report_address(report)}#findings")
        yield _entry("findings", id, seen, f"{name} {year}", content, address)


def _portals(
    connection: sqlite3.Connection,
    filters: str,
    values: Mapping[str, str | int],
    language: str,
    absolute: Absolute,
) -> Iterator[Entry]:
    """Where one of them began to be another way than before."""
    say = saying(language)
    for id, seen, name, portal, state in connection.execute(_PORTALS.format(filters=filters), values):
        content = say(f"state.{state.replace(' ', '_')}")
        yield _entry("portals", id, seen, name, content, absolute(portal_address(portal)))


def _entry(kind: str, id: str, seen: str, title: str, content: str, address: str) -> Entry:
    return Entry(uuid5(NAMESPACE_URL, f"nianbao {kind} {id}").urn, title, seen, content, kind, address)


KINDS = {"reports": _reports, "changes": _changes, "findings": _findings, "portals": _portals}

"""What is new in the archive, for feeds: reports, changes and findings, of a place, a body or a word."""

import sqlite3
from collections.abc import Callable, Mapping, Sequence
from typing import Any
from uuid import NAMESPACE_URL, uuid5

from archive.atom import Entry
from archive.pages.addresses import portal_address, report_address, versions_address
from archive.pages.searching.asked import Asked, asked
from archive.pages.searching.matches import matches, stem
from archive.pages.sentences import labels, sentence
from archive.pages.translation import translated
from archive.pages.words import Say, saying

LIMIT = 100

_REPORTS = """
SELECT reports.version, versions.first_seen, bodies.name, reports.year, reports.id, reports.title,
  reports.published
FROM versions CROSS JOIN reports ON reports.version = versions.id JOIN bodies ON bodies.id = reports.body
WHERE {filters} ORDER BY versions.first_seen DESC, versions.key DESC LIMIT :limit
"""
"""Newest versions first, as their index has them: sorting all of the country's would take seconds."""
_ANSWERING = """
SELECT reports.version, versions.first_seen, bodies.name, reports.year, reports.id, reports.title,
  reports.published
FROM (SELECT DISTINCT reports.id AS id {source}) AS found JOIN reports ON reports.id = found.id
JOIN versions ON versions.id = reports.version JOIN bodies ON bodies.id = reports.body
ORDER BY versions.first_seen DESC, reports.key LIMIT :limit
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
FROM versions CROSS JOIN reports ON reports.version = versions.id
CROSS JOIN findings ON findings.report = reports.id JOIN bodies ON bodies.id = reports.body
WHERE findings.outcome = 'broken' AND findings.severity <> 'note' AND {filters}
ORDER BY versions.first_seen DESC, versions.key DESC, findings.key LIMIT :limit
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
    "place": "iif(:place = '', {division} IS NULL, substr({division}, 1, length(:place)) = :place)",
    "body": "bodies.id = :body",
    "q": "reports.id IN (SELECT reports.id {source})",
}

Absolute = Callable[[str], str]
"""From an address in the site to one that a feed reader can open."""


def entries(
    connection: sqlite3.Connection, kind: str, chosen: Mapping[str, str], language: str, absolute: Absolute
) -> tuple[Entry, ...]:
    """The newest of a kind, newest first. Of `chosen` place, body and q count, for portals the place alone: a
    division's code, its first digits, or `unresolved`. The reports of a word are those that search finds."""
    known = ("place",) if kind == "portals" else tuple(_FILTERS)
    given = {name: value.strip() for name, value in chosen.items()}
    wanted = {name: given[name] for name in known if given.get(name)}
    parts = {"division": "portals.division" if kind == "portals" else "bodies.division"}
    values: dict[str, str | int] = {**wanted, "limit": LIMIT}
    if "q" in wanted:
        question = asked({"q": wanted["q"], "place": wanted.get("place", "")})
        if not question.terms:
            return ()
        found = matches(connection, question)
        parts["source"] = found.source
        values |= found.values
    if "place" in wanted:
        values["place"] = stem(wanted["place"])
    filters = " AND ".join(["1", *(_FILTERS[name].format(**parts) for name in wanted)])
    sql, _ = _KINDS[kind]
    rows = connection.execute(sql.format(filters=filters), values).fetchall()
    return _entries(connection, rows, kind, language, absolute)


def search_entries(
    connection: sqlite3.Connection, question: Asked, language: str, absolute: Absolute
) -> tuple[Entry, ...]:
    """The reports that answer, those first that were found last."""
    if not question.searchable:
        return ()
    found = matches(connection, question)
    rows = connection.execute(_ANSWERING.format(source=found.source), {**found.values, "limit": LIMIT})
    return _entries(connection, rows.fetchall(), "reports", language, absolute)


def _entries(
    connection: sqlite3.Connection,
    rows: Sequence[Sequence[Any]],
    kind: str,
    language: str,
    absolute: Absolute,
) -> tuple[Entry, ...]:
    say, named, (_, told) = saying(language), labels(connection), _KINDS[kind]

    def sentences(says: str) -> str:
        return "".join(part.text for part in sentence(translated(says, language), named))

    return tuple(
        Entry(uuid5(NAMESPACE_URL, f"nianbao {kind} {id}").urn, title, seen, content, kind, absolute(address))
        for id, seen, *rest in rows
        for title, content, address in (told(rest, say, sentences),)
    )


Told = tuple[str, str, str]
"""Title, content and the address in the site."""

Sentences = Callable[[str], str]
"""From what a finding says to the same in the language of the feed, with labels for codes."""


def _report(row: Sequence[Any], say: Say, _: Sentences) -> Told:
    name, year, report, title, published = row
    content = f"{title or report} ({say('report.published')}: {published or say('no_date')})"
    return f"{name} {year}", content, report_address(report)


def _change(row: Sequence[Any], say: Say, _: Sentences) -> Told:
    name, year, report, number = row
    return f"{name} {year}", say("feed.changed", n=number), versions_address(report)


def _finding(row: Sequence[Any], say: Say, sentences: Sentences) -> Told:
    name, year, report, rule, says = row
    return f"{name} {year}", f"{say(f'rule.{rule}')}: {sentences(says)}", f"{report_address(report)}#findings"


def _portal(row: Sequence[Any], say: Say, _: Sentences) -> Told:
    """Where one of them began to be another way than before."""
    name, portal, state = row
    return name, say(f"state.{state.replace(' ', '_')}"), portal_address(portal)


_KINDS: Mapping[str, tuple[str, Callable[[Sequence[Any], Say, Sentences], Told]]] = {
    "reports": (_REPORTS, _report),
    "changes": (_CHANGES, _change),
    "findings": (_FINDINGS, _finding),
    "portals": (_PORTALS, _portal),
}
KINDS = tuple(_KINDS)

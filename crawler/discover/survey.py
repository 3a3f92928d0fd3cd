"""What a walk through a portal found, and the portal file that says it."""

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

import yaml

from crawler.discover.columns import GENERIC, distinct
from crawler.discover.scout import Column, Scout
from crawler.hosts import host_of
from crawler.links import judge
from parsers.register.divisions import register
from parsers.register.evidence import Evidence
from parsers.register.hosts import named_after
from parsers.register.offices import type_by_name
from parsers.register.resolve import resolve
from parsers.text.titles import report_title


@dataclass(frozen=True, slots=True)
class Title:
    """A row of a column, as it is printed."""

    title: str
    url: str


@dataclass(frozen=True, slots=True)
class ColumnFound:
    """`body` is set where the whole column is one body's and its titles do not always say so."""

    url: str
    label: str
    family: str
    knows: str | None
    body: str | None
    bodies: tuple[str, ...]
    years: tuple[int, ...]
    reports: tuple[Title, ...]
    stated: int | None
    signals: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Survey:
    """`cms` is None where no column was found. `says` has a line for each thing that a person must decide."""

    home: str
    division: str | None
    name: str | None
    cms: str | None
    families: tuple[tuple[str, str], ...]
    columns: tuple[ColumnFound, ...]
    hosts: tuple[str, ...]
    pages: int
    not_taken: tuple[Title, ...]
    says: tuple[str, ...]
    browser: bool = False

    @property
    def reports(self) -> int:
        return len({report.url for column in self.columns for report in column.reports})


def survey(scout: Scout, division: str | None) -> Survey:
    held = (column for column in scout.columns.values() if column.reports)
    kept = distinct((column.url, frozenset(column.reports)) for column in held)
    columns = [scout.columns[url] for url in kept]
    cms = _family(columns)
    home = scout.portal.home
    known = division or _division(scout.titles, home)
    taken = tuple(_column(column, known) for column in columns if _is_of(column, cms))
    own = {host_of(home), *(host_of(column.url) for column in taken)}
    alike = {row.url: row.title for column in columns for row in column.alike.values()}
    return Survey(
        home,
        known,
        _name(scout.titles),
        cms,
        tuple(sorted(scout.families.items())),
        tuple(sorted(taken, key=lambda column: column.url)),
        tuple(sorted(set(scout.hosts) - own)),
        scout.asked,
        tuple(Title(title, url) for url, title in sorted(alike.items())),
        tuple(_open_questions(scout, columns, cms, known)),
        scout.portal.browser,
    )


def from_entry(entry: dict[str, Any]) -> Survey:
    """What `dataclasses.asdict` made of a survey, after its way through JSON."""
    columns = tuple(_from_lists(one) for one in entry["columns"])
    return Survey(
        **{
            **entry,
            "families": tuple((family, knows) for family, knows in entry["families"]),
            "columns": columns,
            "hosts": tuple(entry["hosts"]),
            "not_taken": tuple(Title(**one) for one in entry["not_taken"]),
            "says": tuple(entry["says"]),
        }
    )


def _from_lists(entry: dict[str, Any]) -> ColumnFound:
    lists: dict[str, Any] = {name: tuple(it) for name, it in entry.items() if isinstance(it, list)}
    lists["reports"] = tuple(Title(**one) for one in entry["reports"])
    return ColumnFound(**{**entry, **lists})


def key(division: str, home: str) -> str:
    """The name of a portal's file: the division's code and its name in pinyin, or else its host's."""
    if place := next((one for one in register().of_code(division) if one.stands), None):
        sound = place.sound[:-1] if len(place.sound) > 2 else place.sound
        return f"{division}-{''.join(sound)}"
    return f"{division}-{re.sub(r'[^a-z0-9]+', '-', host_of(home)).strip('-')}"


def portal_text(found: Survey) -> str:
    """The portal file. Its columns and hosts are what was seen, nothing is made up."""
    columns = [
        {"url": column.url, **({"body": column.body} if column.body else {})} for column in found.columns
    ]
    entry: dict[str, Any] = {
        "division": found.division,
        "name": found.name or host_of(found.home),
        "home": found.home,
        "cms": found.cms,
        **({"browser": True} if found.browser else {}),
        "columns": columns,
        **({"hosts": list(found.hosts)} if found.hosts else {}),
        "tried": "never",
    }
    return yaml.safe_dump(entry, allow_unicode=True, sort_keys=False, width=110)


def _family(columns: Sequence[Column]) -> str | None:
    """The family with most reports among the columns that a family knows as its own; else the one that
    can read most, and of those that read the same the generic one last."""
    counts: Counter[str] = Counter()
    sure = [column for column in columns if column.knows is not None]
    for column in sure or columns:
        for family in {column.family} if sure else {column.family, *column.readable}:
            counts[family] += len(column.reports)
    return max(counts, key=lambda family: (counts[family], family != GENERIC, family), default=None)


def _is_of(column: Column, cms: str | None) -> bool:
    return column.family == cms or cms in column.readable


def _column(column: Column, division: str | None) -> ColumnFound:
    named = [_body(row.title, row.url, division) for row in column.reports.values()]
    bodies = tuple(sorted({name for name in named if name}))
    years = {judge(row.title, row.url).year for row in column.reports.values()}
    return ColumnFound(
        column.url,
        " › ".join(word for word in column.label if word),
        column.family,
        column.knows,
        _owner(column, named, division),
        bodies,
        tuple(sorted(year for year in years if year)),
        tuple(Title(row.title, row.url) for row in column.reports.values()),
        column.total,
        tuple(column.signals),
    )


def _body(title: str, url: str, division: str | None) -> str | None:
    """Whom a title names: the register's name where it is certain, else the printed one."""
    certain = resolve(Evidence(title=title, portal=division, address=url)).body
    said = report_title(title)
    return certain or (said.body if said else None)


def _owner(column: Column, named: Iterable[str | None], division: str | None) -> str | None:
    """The one body of a column some of whose titles name nobody: the one that the others name, or the one
    that the links to the column name, where its reports are not more than one a year. A government's column
    may hold those of its departments too."""
    names = set(named)
    if None not in names or len(names) > 2:
        return None
    years = {judge(row.title, row.url).year for row in column.reports.values()}
    if len(names) == 1 and len(column.reports) > len(years) + 1:
        return None
    for word in [*filter(None, names), *reversed(column.label)]:
        certain = resolve(Evidence(column=word, portal=division)).body
        body = certain or _body(word, column.url, division) or word
        if type_by_name(body) in ("department", "township", "subdistrict"):
            return body
    return None


def _division(titles: Iterable[str], home: str) -> str | None:
    """The one division that the front page's title proves; its host alone proves nothing."""
    for title in titles:
        certain = resolve(Evidence(title=f"{title}政府信息公开年度报告", address=home)).division
        if certain:
            return certain
        break
    found = named_after(home)
    first = next(iter(titles), "")
    return found[0].code if len(found) == 1 and found[0].name in first else None


def _name(titles: Sequence[str]) -> str | None:
    return titles[0][:40] if titles else None


def _open_questions(
    scout: Scout, columns: Sequence[Column], cms: str | None, division: str | None
) -> Iterable[str]:
    blank = () if scout.portal.browser else tuple(scout.blank)
    if cms is None and not scout.portal.columns:
        yield (
            f"no column of annual reports was found in {scout.asked} pages of {scout.portal.home}; open the "
            f"portal, and give its column's address: nianbao add {scout.portal.home} --column ADDRESS"
        )
    elif cms is None and not blank:
        named = ", ".join(column.url for column in scout.portal.columns)
        yield f"no family reads a report on {named}; write the file by hand, with cms: own (docs/portals.md)"
    if blank:
        yield (
            f"{len(blank)} pages show nothing before their scripts have run, as {blank[0]}; add --browser to "
            "open them in one"
        )
    if division is None:
        yield "which division it is stands nowhere with certainty; add --division CODE"
    others = [column for column in columns if not _is_of(column, cms)]
    for other in sorted({column.family for column in others}):
        of = [column.url for column in others if column.family == other]
        yield f"{len(of)} columns are written by {other}, as {of[0]}: they need a portal file of their own"
    for lead in scout.passed[:5]:
        yield f"{lead.url} ({lead.title}) is on another host; if it is the portal's, add it as --column"
    for column in columns:
        for says in column.signals:
            yield f"{column.url}: {says}"
    for item in scout.lost:
        yield f"{item.url}: {item.says}"

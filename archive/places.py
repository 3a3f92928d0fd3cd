"""Divisions as the register knows them, and the names of bodies over time: rows of the archive."""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from heapq import merge
from itertools import groupby
from operator import itemgetter

from archive.material import Material
from parsers.register.divisions import Level, register
from parsers.register.names import squeezed


@dataclass(frozen=True, slots=True)
class Row:
    """A division by its code, which outlives a name; all but the code is None where the register has none."""

    code: str
    name: str | None = None
    level: Level | None = None
    parent: str | None = None
    first_year: int | None = None
    last_year: int | None = None


def division_rows(codes: Iterable[str]) -> list[Row]:
    """In order, with all they lie in and all they became."""
    wanted: set[str] = set()
    ahead = list(codes)
    while ahead:
        code = ahead.pop()
        if code not in wanted:
            wanted.add(code)
            last = register().get(code)
            ahead += [code for code in (last.parent, *last.successors) if code] if last else []
    return [_row(code) for code in sorted(wanted)]


def successor_rows(rows: Iterable[Row]) -> Iterator[dict[str, str]]:
    for row in rows:
        last = register().get(row.code)
        for code in sorted({*last.successors} - {row.code}) if last else ():
            yield {"division": row.code, "successor": code}


def body_names(material: Material) -> Iterator[dict[str, str | int]]:
    columns = "body, named, printed, min(first_year), max(last_year)"
    told = material.gathered.evidence(columns, "body, named, printed")
    for body, its in groupby(told, key=itemgetter(0)):
        years: dict[tuple[str, str], list[int]] = {}
        for _, named, printed, first, last in its:
            source = "report" if printed else "portal"
            years.setdefault((squeezed(named), source), []).extend((first, last))
        for (name, source), found in sorted(years.items()):
            yield {
                "body": body,
                "name": name,
                "source": source,
                "first_year": min(found),
                "last_year": max(found),
            }


def body_evidence(material: Material) -> Iterator[dict[str, str | int | None]]:
    """In key order, one row a name, a portal and a way to know."""
    columns = "body, named, portal, known_from, min(decides), sum(documents)"
    of_reports = material.gathered.evidence(columns, "body, named, portal, known_from")
    of_columns = ((one.body.id, one.name, one.portal, one.known_from, None, 0) for one in material.listed)
    for body, its in groupby(merge(of_reports, of_columns, key=itemgetter(0)), key=itemgetter(0)):
        counts: Counter[tuple[str, str, str]] = Counter()
        decides: dict[tuple[str, str, str], str] = {}
        for _, named, portal, known_from, decision, documents in its:
            key = (squeezed(named), portal, known_from)
            counts[key] += documents
            if decision:
                decides[key] = min(decision, decides.get(key, decision))
        for key, documents in sorted(counts.items()):
            name, portal, known_from = key
            yield {
                "body": body,
                "name": name,
                "portal": portal,
                "known_from": known_from,
                "decides": decides.get(key),
                "documents": documents,
            }


def _row(code: str) -> Row:
    found = register().of_code(code)
    if not found:
        return Row(code)
    last = found[-1]
    return Row(code, last.name, last.level, last.parent, found[0].first_year, last.last_year)

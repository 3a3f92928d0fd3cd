"""Makes divisions.tsv.gz from the files that SOURCES.txt names:

    python -m parsers.register.make divisions.csv streets.csv areas.csv township-changes.xlsx \\
        YEAR=streets.json ...

with a list of townships for each earlier year, as it was in that year's second half.

Needs pypinyin, which the program itself does not.
"""

import csv
import gzip
import sys
from collections.abc import Iterable, Iterator
from dataclasses import replace
from pathlib import Path

from parsers.register.changes import Change, changes
from parsers.register.earlier import earlier_list, ended
from parsers.register.rows import Row

LISTED = 2023
"""The year of the list of townships: what changed later is not in it."""


def counties(path: Path) -> list[Row]:
    """County level and above. A name that stood twice under one code, as its city was renamed, is one row."""
    rows: dict[tuple[str, str], Row] = {}
    with path.open(encoding="utf-8-sig", newline="") as file:
        for entry in csv.DictReader(file):
            row = _county(entry)
            before = rows.get((row.code, row.name))
            rows[row.code, row.name] = _joined(before, row) if before else row
    return list(rows.values())


def _county(entry: dict[str, str]) -> Row:
    last = int(entry["变更/弃用时间"]) if entry["变更/弃用时间"] else None
    codes = tuple(code for code in entry["新代码"].split(";") if code and code != entry["代码"])
    return Row(entry["代码"], entry["名称"], int(entry["启用时间"]), last, codes)


def _joined(one: Row, other: Row) -> Row:
    first = min(row.first or 0 for row in (one, other))
    last = None if None in (one.last, other.last) else max(one.last or 0, other.last or 0)
    successors = tuple(dict.fromkeys((*one.successors, *other.successors)))
    return Row(one.code, one.name, first, last, successors)


def listed(path: Path, known: Iterable[str] = ()) -> Iterator[Row]:
    with path.open(encoding="utf-8", newline="") as file:
        skip = set(known)
        yield from (Row(e["code"], e["name"]) for e in csv.DictReader(file) if e["code"] not in skip)


def with_history(townships: Iterable[Row], history: Iterable[Change]) -> list[Row]:
    """The list, and what the yearly notices say was there before it or came after.

    A notice and the list may give one township two codes; within a county its name tells that it is one.
    """
    standing = {(row.code[:6], row.name): row for row in townships}
    past: dict[tuple[str, str], Row] = {}
    for change in sorted(history, key=lambda change: change.year):
        _begin(standing, change)
        _end(standing, past, change)
    return [*standing.values(), *(row for row in past.values() if (row.code[:6], row.name) not in standing)]


def _begin(standing: dict[tuple[str, str], Row], change: Change) -> None:
    for code, name in change.new:
        if (code, name) in change.old:
            continue
        row = standing.get((code[:6], name), Row(code, name))
        standing[code[:6], name] = replace(row, first=change.year)


def _end(standing: dict[tuple[str, str], Row], past: dict[tuple[str, str], Row], change: Change) -> None:
    for code, name in change.old:
        if any((code[:6], name) == (other[:6], renamed) for other, renamed in change.new):
            continue
        key = code[:6], name
        row = standing.get(key)
        if row and row.first is None and change.year < LISTED:
            continue  # The list is later than the notice and still has it.
        successors = tuple(_code(standing, *new) for new in change.new)
        first = row.first if row else None
        past[key] = Row(row.code if row else code, name, first, change.year, successors)
        standing.pop(key, None)


def _code(standing: dict[tuple[str, str], Row], code: str, name: str) -> str:
    row = standing.get((code[:6], name))
    return row.code if row else code


def _ended(rows: list[Row], counties: Iterable[Row]) -> Iterator[Row]:
    """A township that no notice ended went with its county into the counties after it."""
    counties = list(counties)
    standing = {row.code for row in counties if not row.last}
    over = {row.code: row for row in counties if row.code not in standing}
    by_place = {(row.code[:6], row.name): row.code for row in rows}
    for row in rows:
        county = over.get(row.code[:6])
        if county is None or row.last:
            yield row
            continue
        places = ((code[:6], row.name) for code in county.successors)
        yield replace(row, last=county.last, successors=tuple(by_place[p] for p in places if p in by_place))


def main(divisions: str, streets: str, areas: str, notices: str, *earlier: str) -> None:
    upper = counties(Path(divisions))
    zones = list(listed(Path(areas), {row.code for row in upper}))
    townships = list(_ended(with_history(listed(Path(streets)), changes(Path(notices))), upper))
    # A county without townships is listed as the one in itself.
    townships = [row for row in townships if row.code[6:] != "000"]
    lists = {int(year): earlier_list(Path(path)) for year, _, path in (one.partition("=") for one in earlier)}
    lists[LISTED] = {(row.code[:6], row.name): row.code for row in townships if not row.last}
    townships += list(ended(lists, townships, upper))
    rows = sorted([*upper, *zones, *townships], key=lambda row: (row.code, row.last or 9999, row.name))
    text = "".join(f"{row.line()}\n" for row in rows)
    target = Path(__file__).with_name("divisions.tsv.gz")
    target.write_bytes(gzip.compress(text.encode(), 9, mtime=0))
    sys.stdout.write(f"{len(upper)} {len(zones)} {len(townships)} {target.stat().st_size} bytes\n")


if __name__ == "__main__":
    main(*sys.argv[1:])

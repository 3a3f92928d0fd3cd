"""Files that somebody saved, with their addresses in a small CSV or in the names of their folders."""

import csv
import mimetypes
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from pathlib import Path

from crawler.bring.item import Item, Unusable
from crawler.bring.wayback import ADDED, kept, of_path
from crawler.captures.split import MOST

COLUMNS = ("file", "address", "captured", "by", "title")
LISTED = "addresses.csv"


def from_csv(path: Path) -> Iterator[Item | Unusable]:
    """The files of a CSV whose first line names the columns file, address, captured and, if known, by and
    title; paths are from the CSV's own folder. In a folder of its own it has to name every file."""
    named = {path.resolve()}
    try:
        yield from _lines(path, named)
    except (OSError, UnicodeDecodeError, csv.Error) as problem:
        yield Unusable(f"{path}: cannot be read as CSV in UTF-8 ({problem}); save it as CSV in UTF-8")
        return
    if path.name == LISTED:
        for file in sorted(file for file in path.parent.rglob("*") if file.is_file()):
            if file.resolve() not in named and not file.name.startswith("."):
                yield Unusable(
                    f"{path}: no line names {file.relative_to(path.parent)}; add one or take it away"
                )


def _lines(path: Path, named: set[Path]) -> Iterator[Item | Unusable]:
    with path.open(encoding="utf-8-sig", newline="") as stream:
        lines = csv.DictReader(stream)
        missing = [name for name in COLUMNS[:3] if name not in (lines.fieldnames or ())]
        if missing:
            yield Unusable(f"{path}, line 1: names no column {', '.join(missing)}; write {','.join(COLUMNS)}")
            return
        for line in lines:
            said = {name: (line.get(name) or "").strip() for name in COLUMNS}
            named.add((path.parent / said["file"]).resolve())
            try:
                yield _saved(path, lines.line_num, said)
            except Unusable as problem:
                yield problem


def from_folder(folder: Path, files: Iterable[Path]) -> Iterator[Item | Unusable]:
    """Those of these files that are named TIMESTAMP/HOST/PATH; others are said."""
    for path in files:
        found = of_path(path.relative_to(folder))
        if found is None:
            says = f"no address; name it in {LISTED} with the columns {','.join(COLUMNS)}"
            yield Unusable(f"{path}: {says}")
        elif path.stat().st_size > MOST:
            yield Unusable(f"{path}: is too long to hold a report; take it away")
        else:
            says = "saved by a program from a web archive, with what that may have added"
            yield Item(*found, 0, _type(path), path.read_bytes(), via="a web archive", says=says)


def _saved(path: Path, number: int, line: dict[str, str]) -> Item:
    where = f"{path}, line {number}"
    file = _file(where, path.parent, line["file"])
    known = kept(line["address"])
    url = known.url if known else line["address"]
    if not url.lower().startswith(("http://", "https://")):
        raise Unusable(f"{where}, column address: {url or 'nothing'} is no http address; mend the line")
    fetched = known.fetched if known else _moment(line["captured"])
    if fetched is None or (line["captured"] and _moment(line["captured"]) is None):
        says = f"{line['captured'] or 'nothing'} is no day or moment; write 2024-01-31 or 2024-01-31T08:00Z"
        raise Unusable(f"{where}, column captured: {says}")
    return Item(
        url,
        fetched,
        0,
        _type(file),
        file.read_bytes(),
        title=line["title"] or None,
        by=line["by"] or None,
        via=known.service if known else None,
        says=ADDED if known and not known.plain else None,
        listed=True,
    )


def _file(where: str, folder: Path, name: str) -> Path:
    """A list of somebody else's must not reach for files beside it."""
    file = folder / name
    if not name or not file.is_file():
        raise Unusable(f"{where}, column file: {name or 'nothing'} is not there; mend the line")
    if not file.resolve().is_relative_to(folder.resolve()):
        raise Unusable(f"{where}, column file: {name} is outside the folder of the list; put it there")
    if file.stat().st_size > MOST:
        raise Unusable(f"{where}, column file: {name} is too long to hold a report; take the line away")
    return file


def _moment(text: str) -> str | None:
    """A moment without a zone is taken for UTC, a day for its beginning."""
    try:
        said = datetime.fromisoformat(text)
    except ValueError:
        return None
    moment = said.astimezone(UTC) if said.tzinfo else said.replace(tzinfo=UTC)
    return moment.strftime("%Y-%m-%dT%H:%M:%SZ")


def _type(path: Path) -> tuple[tuple[str, str], ...]:
    kind = mimetypes.guess_type(path.name)[0]
    return (("Content-Type", kind),) if kind else ()

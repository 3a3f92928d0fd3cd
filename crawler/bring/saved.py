"""Files that somebody saved, with their addresses in a small CSV or in the names of their folders."""

import csv
import mimetypes
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

from crawler.bring.item import Item, Unusable
from crawler.bring.wayback import ADDED, kept, of_path

COLUMNS = ("file", "address", "captured", "by", "title")
LISTED = "addresses.csv"


def from_csv(path: Path) -> Iterator[Item | Unusable]:
    """The files of a CSV whose first line names the columns file, address, captured and, if known, by and
    title; paths are from the CSV's own folder."""
    try:
        text = path.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as problem:
        yield Unusable(f"{path}: cannot be read as UTF-8 ({problem}); save it as CSV in UTF-8")
        return
    lines = csv.DictReader(text.splitlines())
    missing = [name for name in COLUMNS[:3] if name not in (lines.fieldnames or ())]
    if missing:
        yield Unusable(f"{path}, line 1: names no column {', '.join(missing)}; write {','.join(COLUMNS)}")
        return
    for line in lines:
        try:
            yield _saved(path, lines.line_num, {name: (line.get(name) or "").strip() for name in COLUMNS})
        except Unusable as problem:
            yield problem


def from_folder(folder: Path) -> Iterator[Item | Unusable]:
    """The files below a folder that are named TIMESTAMP/HOST/PATH; others are said."""
    for path in sorted(path for path in folder.rglob("*") if path.is_file()):
        found = of_path(path.relative_to(folder))
        if found is None:
            says = f"no address; name it in a CSV with the columns {','.join(COLUMNS)}"
            yield Unusable(f"{path}: {says}")
            continue
        says = "saved by a program from a web archive, with what that may have added"
        yield Item(*found, None, _type(path), path.read_bytes(), via="a web archive", says=says)


def _saved(path: Path, number: int, line: dict[str, str]) -> Item:
    where = f"{path}, line {number}"
    file = path.parent / line["file"]
    if not line["file"] or not file.is_file():
        raise Unusable(f"{where}, column file: {line['file'] or 'nothing'} is not there; mend the line")
    known = kept(line["address"])
    url = known.url if known else line["address"]
    if not url.lower().startswith(("http://", "https://")):
        raise Unusable(f"{where}, column address: {url or 'nothing'} is no http address; mend the line")
    fetched = _moment(line["captured"]) or (known.fetched if known and not line["captured"] else None)
    if fetched is None:
        says = f"{line['captured'] or 'nothing'} is no day or moment; write 2024-01-31 or 2024-01-31T08:00Z"
        raise Unusable(f"{where}, column captured: {says}")
    return Item(
        url,
        fetched,
        None,
        _type(file),
        file.read_bytes(),
        title=line["title"] or None,
        by=line["by"] or None,
        via=known.service if known else None,
        says=ADDED if known and not known.plain else None,
    )


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

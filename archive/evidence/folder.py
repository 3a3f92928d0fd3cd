"""The evidence of one figure as a folder: page, document, records, explanation."""

import os
import shutil
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from archive.access import read_only
from archive.evidence.figure import Facts, figure, refuse_sealed
from archive.evidence.originals import original, suffix
from archive.evidence.paper import explanation
from archive.evidence.picture import framed_page
from archive.evidence.table import marked_drawing, marked_table
from crawler.captures import Store
from parsers.readers import read_document


@dataclass(frozen=True, slots=True)
class Evidence:
    """`shown` is the file in which the cell is marked, None where the report has none."""

    folder: Path
    facts: Facts
    shown: Path | None


def evidence(data: Path, report: str, code: str, out: Path | None) -> Evidence:
    """Raises NotFound, Sealed or CaptureLost; `out` is then as it was."""
    facts = _facts(data, report, code)
    store = Store(data / "captures")
    captured = store.body(facts.capture)
    cuts = store.records(facts.capture)
    document = _document(captured, facts)
    cell, content = _marked(document, facts)
    name = f"document{suffix(facts.media_type)}"
    files = {
        name: document,
        "record.warc.gz": b"".join(cut.content for cut in cuts),
        "README.html": explanation(facts, cuts, cell, name).encode(),
    }
    if cell:
        files[cell] = content
    folder = out or data / "evidence" / f"{facts.version} {code}"
    _write(folder, files)
    return Evidence(folder, facts, folder / cell if cell else None)


def shown(data: Path, report: str, code: str) -> tuple[str, bytes] | None:
    """What shows the cell: the name of the file that it would be, and its content. None where nothing can.
    Raises NotFound, Sealed or CaptureLost."""
    facts = _facts(data, report, code)
    document = _document(Store(data / "captures").body(facts.capture), facts)
    name, content = _marked(document, facts)
    return (name, content) if name else None


def _facts(data: Path, report: str, code: str) -> Facts:
    with closing(read_only(data / "archive.db")) as base:
        facts = figure(base, report, code)
        refuse_sealed(base, facts)
    return facts


def _document(captured: bytes, facts: Facts) -> bytes:
    said = f"{facts.capture.warc}: {facts.capture.url}"
    return original(captured, facts.document, facts.member, said)


def _marked(document: bytes, facts: Facts) -> tuple[str | None, bytes]:
    """The name of the file that shows the cell, and what is in it."""
    place, title = facts.place, f"{facts.body} {facts.year}: {facts.code}"
    if facts.status == "absent":
        return None, b""
    if place.page is not None and (picture := framed_page(document, place.page, place.box)):
        return "page.png", picture
    read = read_document(document)
    if place.page is not None and place.box:
        return "page.html", marked_drawing(read, place.page, place.box, title).encode()
    table = marked_table(read, place, title)
    return ("table.html", table.encode()) if table else (None, b"")


def _write(folder: Path, files: dict[str, bytes]) -> None:
    """Written aside and renamed; what an earlier call left there is replaced."""
    folder.parent.mkdir(parents=True, exist_ok=True)
    aside = folder.with_name(f".{folder.name}.{os.getpid()}")
    shutil.rmtree(aside, ignore_errors=True)
    aside.mkdir()
    try:
        for name, content in files.items():
            (aside / name).write_bytes(content)
        if folder.exists():
            shutil.rmtree(folder)
        aside.rename(folder)
    finally:
        shutil.rmtree(aside, ignore_errors=True)

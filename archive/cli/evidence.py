"""`nianbao evidence`: where a figure is printed, and the bytes it was printed in."""

import json
import sqlite3
from pathlib import Path

import click

from archive.cli.codes import DONE, LOOK
from archive.evidence import Evidence, NotFound, Sealed
from archive.evidence import evidence as gather
from archive.evidence.paper import where
from archive.publish import NotArchive, check
from crawler.captures import CaptureLost
from parsers.document import Unreadable

_folder = click.Path(file_okay=False, path_type=Path)


@click.command()
@click.argument("report")
@click.argument("code")
@click.option(
    "--data", type=_folder, default=Path("data"), show_default=True, help="Captures and archive.db."
)
@click.option("--out", type=_folder, help="Where to write, instead of DATA/evidence; replaced if there.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")
def evidence(report: str, code: str, data: Path, out: Path | None, as_json: bool) -> int:
    """Write where a figure is printed: the page with its cell framed, the document, the WARC records.

    REPORT is the id of a report or of a version, CODE that of the figure (docs/codes.md). README.html in the
    folder explains all of it. Exit 1: the report has no such cell, so nothing could be framed.
    """
    try:
        check(data / "archive.db")
        found = gather(data, report, code, out)
    except (NotArchive, NotFound, Sealed, CaptureLost) as cause:
        raise click.ClickException(str(cause)) from None
    except (Unreadable, sqlite3.DatabaseError) as cause:
        raise click.ClickException(f"{data / 'archive.db'}: {cause}; build it again") from None
    except OSError as cause:
        raise click.ClickException(f"{cause.filename}: {cause.strerror}; nothing was written") from None
    click.echo(_as_json(found) if as_json else _told(found))
    return DONE if found.shown else LOOK


def _told(found: Evidence) -> str:
    facts = found.facts
    printed = f"“{facts.text}”" if facts.text else facts.status
    return f"{found.folder}: {facts.code} of {facts.report} is {printed}, {where(facts)}"


def _as_json(found: Evidence) -> str:
    facts = found.facts
    entry = {
        "folder": str(found.folder),
        "shown": found.shown.name if found.shown else None,
        "version": facts.version,
        "code": facts.code,
        "status": facts.status,
        "value": facts.value,
        "text": facts.text,
        "page": facts.place.page,
        "document": facts.document,
        "capture": facts.capture.id,
        "warc": facts.capture.warc,
        "offset": facts.capture.offset,
        "url": facts.capture.url,
        "fetched": facts.capture.fetched,
    }
    return json.dumps(entry, ensure_ascii=False)

"""`nianbao read`: what files say, as one JSON object a report or as a few lines for people."""

import os
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import click

from archive.cli.codes import COULD_NOT, DONE, LOOK
from archive.cli.context import address_division, portal_division
from archive.limits import LIMITS, too_large
from archive.parts import Reader
from archive.workers import outcomes
from parsers.identify import in_context
from parsers.read import parts
from parsers.read import read as read_bytes
from parsers.reading import Reading, Refusal, as_json


@click.command()
@click.argument("files", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option("--json", "as_lines", is_flag=True, help="One JSON object a line and a report.")
@click.option("--portal", metavar="KEY", help="The portal the files come from; it proves the place.")
@click.option("--url", metavar="URL", help="Where the files come from; a known portal proves the place.")
@click.option(
    "--data", type=click.Path(path_type=Path), default=Path("data"), help="Folder of your portal files."
)
def read(files: tuple[Path, ...], as_lines: bool, portal: str | None, url: str | None, data: Path) -> int:
    """Read reports in any format, told apart by content; archives of them member by member."""
    division = portal_division(portal, data) if portal else address_division(url, data) if url else None
    code = DONE
    given = ((str(file), _content(file)) for file in files)
    for source, found, _ in outcomes(given, Reader(read_bytes, parts)):
        outcome = in_context(found, division=division) if isinstance(found, Reading) else found
        code = max(code, _code(outcome))
        if as_lines:
            click.echo(as_json(source, outcome))
        else:
            click.echo("\n".join(_lines(source, outcome)))
    return code


def _content(file: Path) -> bytes | Refusal:
    """One byte more than is allowed where it goes on: not every file says how long it is."""
    try:
        with file.open("rb") as stream:
            if os.fstat(stream.fileno()).st_size > LIMITS.bytes:
                return too_large("")
            return stream.read(LIMITS.bytes + 1)
    except OSError as cause:
        says = f"{file}: {cause.strerror}; check the name and that you may read it."
        return Refusal("", None, "no-file", says)


def _code(outcome: Reading | Refusal) -> int:
    if isinstance(outcome, Refusal):
        return COULD_NOT if outcome.kind == "no-file" else LOOK
    return LOOK if any(finding.attribution == "reading" for finding in outcome.findings) else DONE


def _lines(source: str, outcome: Reading | Refusal) -> Iterator[str]:
    if isinstance(outcome, Refusal):
        yield f"{source}: {outcome.kind}: {outcome.says}"
        return
    yield f"{source}: {outcome.title or 'no title'}"
    name = outcome.publisher.name or "publisher unknown"
    yield f"  {name} · {outcome.year or 'year unknown'} · form {outcome.form or 'none'}"
    statuses = Counter(figure.status for figure in outcome.figures)
    if statuses:
        yield "  figures: " + ", ".join(f"{number} {status}" for status, number in statuses.most_common())
    proposals = sum(figure.proposal is not None for figure in outcome.figures)
    if proposals:
        yield f"  proposals: {proposals}"
    for finding in outcome.findings:
        yield f"  {finding.severity} ({finding.attribution}): {finding.says}"

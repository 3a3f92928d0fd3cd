"""`nianbao review`: what a person must look at, and how to say what was decided."""

import json
from contextlib import closing
from dataclasses import asdict
from pathlib import Path

import click

from archive.access import read_only
from archive.cli.codes import DONE, LOOK
from archive.evidence import NotFound
from archive.evidence.figure import figure
from archive.publish import NotArchive, check
from archive.review import items, template


@click.command()
@click.argument("report", required=False)
@click.argument("code", required=False)
@click.option(
    "--data",
    type=click.Path(file_okay=False, path_type=Path),
    default=Path("data"),
    show_default=True,
    help="Where archive.db is.",
)
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object a line.")
def review(report: str | None, code: str | None, data: Path, as_json: bool) -> int:
    """List what a person must look at; exit 1 where there is something.

    With REPORT and CODE, print a correction of that figure to be filled in and put under DATA/corrections
    (docs/corrections.md). `nianbao evidence REPORT CODE` shows where it is printed.
    """
    file = data / "archive.db"
    if report and not code:
        raise click.ClickException(f"{report}: say behind it which figure; docs/codes.md lists their codes")
    try:
        check(file)
        with closing(read_only(file)) as connection:
            if report and code:
                click.echo(template(figure(connection, report, code)), nl=False)
                return DONE
            found = list(items(connection))
    except (NotArchive, NotFound) as cause:
        raise click.ClickException(str(cause)) from None
    for item in found:
        entry = json.dumps(asdict(item), ensure_ascii=False) if as_json else f"{item.about}: {item.says}"
        click.echo(entry)
    return LOOK if found else DONE

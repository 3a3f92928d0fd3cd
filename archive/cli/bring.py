"""`nianbao import`: what others captured, into the captures."""

import json
from dataclasses import asdict
from pathlib import Path

import click

from archive.cli.codes import COULD_NOT, DONE, LOOK
from archive.cli.portals import sound_files
from crawler.bring.bring import Bringer
from crawler.captures import Busy
from crawler.crawl import folders
from crawler.portal import portal_files


@click.command("import")
@click.argument("paths", nargs=-1, required=True, type=click.Path(exists=True, path_type=Path))
@click.option("--by", metavar="WHO", help="Who captured it, where the files do not say.")
@click.option("--portal", "key", metavar="KEY", help="Whose captures they are, where hosts do not decide.")
@click.option(
    "--data", default="data", type=click.Path(file_okay=False, path_type=Path), help="Where all is kept."
)
@click.option("--json", "as_json", is_flag=True, help="One JSON object a path.")
def import_(paths: tuple[Path, ...], by: str | None, key: str | None, data: Path, as_json: bool) -> int:
    """Bring into DATA/captures what others saved: captures folders of nianbao, WARC and WACZ files of any
    crawler, files with their addresses in a CSV, and what was saved from web archives.

    A CSV names in its first line the columns file, address, captured and, if known, by and title."""
    known, wrong = sound_files(portal_files(folders(data)))
    if key is not None and key not in known:
        raise click.ClickException(f"--portal {key}: no such portal; `nianbao portals` lists those there are")
    bringer = Bringer(data / "captures", known, by, key)
    problems = [str(problem) for problem in wrong]
    new = had = 0
    for path in paths:
        try:
            brought = bringer.bring(path)
        except Busy:
            raise click.ClickException(f"{data}: another import is running; wait for it") from None
        except OSError as cause:
            says = f"{path}: cannot be brought into {data} ({cause}); mend that, then import again"
            raise click.ClickException(says) from None
        new, had = new + brought.new, had + brought.had
        problems += brought.says
        line = f"{path}: {brought.new} new, {brought.had} that were here already"
        line += f", {brought.other} of hosts that no portal file names, left out" if brought.other else ""
        click.echo(json.dumps(asdict(brought), ensure_ascii=False) if as_json else line)
    for problem in problems:
        click.echo(f"nianbao: {problem}", err=True)
    if not new and not had:
        return COULD_NOT
    return LOOK if problems else DONE

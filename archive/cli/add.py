"""`nianbao add`: from a bare address to a portal file that can be crawled."""

import json
from dataclasses import asdict
from pathlib import Path

import click

from archive.cli.codes import COULD_NOT, DONE, LOOK
from crawler.discover.look import NotLooked, look
from crawler.discover.survey import ColumnFound, Survey, key, portal_text
from crawler.portal import load


@click.command()
@click.argument("address")
@click.option(
    "--division", metavar="CODE", help="The division's code, where the portal's pages do not prove it."
)
@click.option(
    "--column", "columns", metavar="ADDRESS", multiple=True, help="A column of reports you know of."
)
@click.option("--key", "named", metavar="KEY", help="The name of the file, instead of code and pinyin.")
@click.option("--pages", type=click.IntRange(1), default=200, show_default=True, help="Ask at most so many.")
@click.option(
    "--delay", type=click.FloatRange(0), default=2.0, show_default=True, help="Seconds between two."
)
@click.option("--browser", is_flag=True, help="Open its pages in a browser: its lists are made by scripts.")
@click.option("--local", is_flag=True, help="Allow loopback hosts.")
@click.option(
    "--data", default="data", type=click.Path(file_okay=False, path_type=Path), help="Where all is kept."
)
@click.option("--json", "as_json", is_flag=True, help="Print what was found as one JSON object.")
def add(
    address: str,
    division: str | None,
    columns: tuple[str, ...],
    named: str | None,
    pages: int,
    delay: float,
    browser: bool,
    local: bool,
    data: Path,
    as_json: bool,
) -> int:
    """Look through a portal for its columns of annual reports and write DATA/portals/KEY.yaml.

    Nothing is kept of what is asked on the way: `nianbao crawl KEY` then fetches the reports."""
    home = address if "://" in address else f"https://{address}"
    home += "" if home.count("/") > 2 else "/"
    try:
        found = look(
            home, division=division, columns=columns, pages=pages, delay=delay, browser=browser, local=local
        )
    except NotLooked as cause:
        raise click.ClickException(
            f"{home}: the look through it broke off ({cause}); please report it"
        ) from None
    path = _path(found, named, data)
    written = path is not None and _written(path, portal_text(found))
    if as_json:
        entry = {**asdict(found), "file": str(path) if written else None}
        click.echo(json.dumps(entry, ensure_ascii=False))
    else:
        _tell(found, path if written else None)
    if path is not None and not written:
        click.echo(f"nianbao: {path}: is there already; remove it, or name another with --key", err=True)
    for line in found.says:
        click.echo(f"nianbao: {line}", err=True)
    return COULD_NOT if not written else LOOK if found.says else DONE


def _path(found: Survey, named: str | None, data: Path) -> Path | None:
    """None where it was not found out what has to stand in the file."""
    if found.cms is None or found.division is None:
        return None
    return data / "portals" / f"{named or key(found.division, found.home)}.yaml"


def _written(path: Path, text: str) -> bool:
    path.parent.mkdir(parents=True, exist_ok=True)
    try:
        with path.open("x", encoding="utf-8") as file:
            file.write(text)
    except FileExistsError:
        return False
    load(path)
    return True


def _tell(found: Survey, path: Path | None) -> None:
    click.echo(f"{found.home}: {found.pages} pages asked; {found.name or 'it has no title'}")
    for family, knows in found.families:
        click.echo(f"  {family}: {knows}")
    for column in found.columns:
        click.echo(f"  {column.url}: {len(column.reports)} reports, {_years(column)}; {_bodies(column)}")
    for title in found.not_taken:
        click.echo(f"  not taken: {title.title} ({title.url})")
    if path is not None:
        click.echo(
            f"{path}: {found.reports} reports in {len(found.columns)} columns; nianbao crawl {path.stem}"
        )


def _years(column: ColumnFound) -> str:
    return f"{column.years[0]}–{column.years[-1]}" if column.years else "no year named"


def _bodies(column: ColumnFound) -> str:
    more = f" and {len(column.bodies) - 3} more" if column.bodies[3:] else ""
    return column.body or "、".join(column.bodies[:3]) + more or "no body named"

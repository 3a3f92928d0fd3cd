"""`nianbao portals`: what can be crawled, how it is, and whether it still answers as its file says."""

import json
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

import click

from archive.cli.codes import COULD_NOT, DONE, LOOK
from archive.cli.outcome import health_entry, health_line
from archive.cli.story import story
from crawler.captures import Store
from crawler.crawl import folders
from crawler.discover.checkup import Health
from crawler.discover.look import NotLooked, check_up
from crawler.notice import FAILING, health
from crawler.portal import Portal, WrongPortal, load, portal_files

_data = click.option(
    "--data", default="data", type=click.Path(file_okay=False, path_type=Path), help="Where all is kept."
)
_json = click.option("--json", "as_json", is_flag=True, help="One JSON object a line.")


NO_OWN = "{}: no portal file is there; nianbao add ADDRESS writes one, nianbao portals lists those to name"


@click.group(invoke_without_command=True)
@click.option(
    "--health", "as_health", is_flag=True, help="How each is, since when, and when it last was well."
)
@_data
@_json
@click.pass_context
def portals(ctx: click.Context, data: Path, as_json: bool, as_health: bool) -> int:
    """List the portals that can be crawled: those that come with nianbao and those under DATA/portals."""
    if ctx.invoked_subcommand:
        return DONE
    known, wrong = sound_files(portal_files(folders(data)))
    for problem in wrong:
        click.echo(f"nianbao: {problem}", err=True)
    if not known and not wrong:
        click.echo(f"nianbao: no portal yet; write {data / 'portals' / 'KEY.yaml'}", err=True)
    if as_health:
        return max(_health(list(known), data, as_json), LOOK if wrong else DONE)
    for portal in known.values():
        click.echo(_portal_line(portal, as_json))
    return LOOK if wrong else DONE


@portals.command()
@click.argument("keys", metavar="[KEY]...", nargs=-1)
@click.option("--local", is_flag=True, help="Allow loopback hosts.")
@_data
@_json
def check(keys: tuple[str, ...], local: bool, data: Path, as_json: bool) -> int:
    """Ask each of these portals whether it still answers as its file says: its front page and the first page
    of each column. Nothing is kept. Without a KEY, all whose files are under DATA/portals."""
    files = portal_files(folders(data))
    for key in (unknown := [key for key in keys if key not in files]):
        click.echo(f"nianbao: {key}: there is no such portal; `nianbao portals` lists them", err=True)
    known, wrong = sound_files(chosen(files, keys, data))
    for problem in wrong:
        click.echo(f"nianbao: {problem}", err=True)
    if not known and not keys and not wrong:
        click.echo(f"nianbao: {NO_OWN.format(data / 'portals')}", err=True)
    if not known:
        return COULD_NOT
    try:
        healths = check_up([files[key] for key in known], local=local)
    except NotLooked as cause:
        raise click.ClickException(f"the look at the portals broke off ({cause}); please report it") from None
    for one in healths:
        click.echo(json.dumps(_checked(one), ensure_ascii=False) if as_json else _check_lines(one))
    return LOOK if unknown or wrong or not all(one.sound for one in healths) else DONE


def _checked(health: Health) -> dict[str, Any]:
    return {"portal": health.key, "sound": health.sound, "answers": [asdict(one) for one in health.answers]}


def _check_lines(health: Health) -> str:
    if health.sound:
        return f"{health.key}: answers as its file says, {len(health.answers)} columns"
    wrong = [f"  {one.url}: {one.says}" for one in health.answers if one.says]
    return "\n".join([f"{health.key}: does not answer as its file says", *wrong])


def _health(keys: Sequence[str], data: Path, as_json: bool) -> int:
    """Portals that were never crawled are none to look at: most of those that come with the program."""
    told = story(Store(data / "captures"), keys) if (data / "captures").is_dir() else {}
    failing = False
    for key in keys:
        found = health(told.get(key, []))
        failing = failing or (found is not None and found.state in FAILING)
        shown = health_entry(key, found)
        click.echo(json.dumps(shown, ensure_ascii=False) if as_json else health_line(key, found))
    return LOOK if failing else DONE


def chosen(files: dict[str, Path], keys: Sequence[str], data: Path) -> dict[str, Path]:
    """The files of these keys or, where none is named, the user's own: nobody asks the dozens of real portals
    that come with the program without naming them."""
    own = data / "portals"
    return {key: path for key, path in files.items() if (key in keys if keys else path.parent == own)}


def sound_files(files: dict[str, Path]) -> tuple[dict[str, Portal], list[WrongPortal]]:
    """The portals of these files, and what is wrong with the others."""
    known: dict[str, Portal] = {}
    wrong: list[WrongPortal] = []
    for key, path in files.items():
        try:
            known[key] = load(path)
        except WrongPortal as problem:
            wrong.append(problem)
    return known, wrong


def _portal_line(portal: Portal, as_json: bool) -> str:
    tried = portal.tried.isoformat() if portal.tried else None
    if not as_json:
        return f"{portal.key}  {portal.division}  {portal.cms}  {portal.name}  tried: {tried or 'never'}"
    entry: dict[str, Any] = {**asdict(portal), "tried": tried}
    return json.dumps(entry, ensure_ascii=False)

"""`nianbao portals` and `nianbao crawl`: what can be crawled, and crawling it."""

import json
import os
import sys
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import click

from archive.cli.codes import COULD_NOT, DONE, LOOK
from archive.cli.outcome import Told, entry, health_entry, health_line, lines
from archive.cli.story import story
from crawler.captures import Store
from crawler.captures.sweeps import sweeps
from crawler.crawl import Outcome, folders
from crawler.crawl import crawl as crawl_portals
from crawler.notice import FAILING, health, notices
from crawler.portal import Portal, WrongPortal, load, portal_files

_data = click.option(
    "--data", default="data", type=click.Path(file_okay=False, path_type=Path), help="Where all is kept."
)
_json = click.option("--json", "as_json", is_flag=True, help="One JSON object a line.")


@dataclass(frozen=True, slots=True)
class Crawled:
    """What came of the portals that could be crawled, and a sentence for everything else."""

    told: tuple[Told, ...]
    problems: tuple[str, ...]

    @property
    def could(self) -> bool:
        return any(told.outcome.run for told in self.told)


@click.command()
@click.option(
    "--health", "as_health", is_flag=True, help="How each is, since when, and when it last was well."
)
@_data
@_json
def portals(data: Path, as_json: bool, as_health: bool) -> int:
    """List the portals that can be crawled: those that come with nianbao and those under DATA/portals."""
    known, wrong = _load(portal_files(folders(data)))
    for problem in wrong:
        click.echo(f"nianbao: {problem}", err=True)
    if not known and not wrong:
        click.echo(f"nianbao: no portal yet; write {data / 'portals' / 'KEY.yaml'}", err=True)
    if as_health:
        return max(_health(list(known), data, as_json), LOOK if wrong else DONE)
    for portal in known.values():
        click.echo(_portal_line(portal, as_json))
    return LOOK if wrong else DONE


@click.command()
@click.argument("keys", metavar="[KEY]...", nargs=-1)
@_data
@_json
@click.option("--local", is_flag=True, help="Allow loopback and private hosts.")
@click.option("--replay", is_flag=True, help="Answer from the captures, without a network; keep nothing.")
@click.option("--tsa", metavar="URL", help="Have each run's manifest stamped by this authority (RFC 3161).")
def crawl(
    keys: tuple[str, ...], data: Path, as_json: bool, local: bool, replay: bool, tsa: str | None
) -> int:
    """Fetch the reports of these portals, or of all, into DATA/captures, and say what changed there."""
    crawled = crawl_keys(keys, data, local=local, replay=replay, tsa=tsa)
    for told in crawled.told:
        click.echo(json.dumps(entry(told), ensure_ascii=False) if as_json else "\n".join(lines(told)))
    problems = [*crawled.problems, *(says for told in crawled.told for says in told.outcome.says)]
    for problem in problems:
        click.echo(f"nianbao: {problem}", err=True)
    if not crawled.could:
        return COULD_NOT
    return LOOK if problems or any(told.must_look for told in crawled.told) else DONE


def crawl_keys(
    keys: Sequence[str], data: Path, *, local: bool = False, replay: bool = False, tsa: str | None = None
) -> Crawled:
    """Crawls these portals, or all where none is named. Raises ClickException where nothing can be kept."""
    files = portal_files(folders(data))
    known, wrong = _load({key: path for key, path in files.items() if key in keys or not keys})
    problems = [
        f"{key}: there is no such portal; `nianbao portals` lists those there are"
        for key in keys
        if key not in files
    ]
    problems += map(str, wrong)
    problems += [] if known or problems else [f"{data / 'portals'}: no portal file is there; write one"]
    if known and not (local or replay or os.environ.get("NIANBAO_CONTACT")):
        click.echo("nianbao: set NIANBAO_CONTACT to where webmasters can write to you", err=True)
    outcomes = _crawled(list(known), data, local, replay, tsa)
    if not replay:
        problems += [f"{damage.file}: {damage.says}" for damage in Store(data / "captures").damage()]
    return Crawled(tuple(_told(outcomes, data, replay)), tuple(problems))


def _told(outcomes: Sequence[Outcome], data: Path, replay: bool) -> Iterator[Told]:
    """A replay stands by itself: what it adds to the captures is thrown away."""
    if replay:
        for outcome in outcomes:
            said = notices(sweeps([outcome.run]), ()) if outcome.run else []
            yield Told(outcome, said[-1] if said else None, health(said))
        return
    told = story(Store(data / "captures"), [outcome.key for outcome in outcomes])
    for outcome in outcomes:
        said = told[outcome.key]
        last = next((one for one in said if outcome.run and one.run == outcome.run.id), None)
        yield Told(outcome, last, health(said))


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


def _load(files: dict[str, Path]) -> tuple[dict[str, Portal], list[WrongPortal]]:
    known: dict[str, Portal] = {}
    wrong: list[WrongPortal] = []
    for key, path in files.items():
        try:
            known[key] = load(path)
        except WrongPortal as problem:
            wrong.append(problem)
    return known, wrong


def _crawled(keys: Sequence[str], data: Path, local: bool, replay: bool, tsa: str | None) -> list[Outcome]:
    if not keys:
        return []
    try:
        outcomes = crawl_portals(keys, data, local=local, replay=replay, tsa=tsa, progress=_progress)
    except OSError as problem:
        raise click.ClickException(
            f"{data}: cannot be written ({problem}); make room or choose --data"
        ) from None
    if sys.stderr.isatty():
        click.echo(err=True)
    return outcomes


def _progress(line: str) -> None:
    """One line that is written over on a terminal, lines elsewhere."""
    if sys.stderr.isatty():
        click.echo(f"\r\033[K{line}", err=True, nl=False)
    else:
        click.echo(line, err=True)


def _portal_line(portal: Portal, as_json: bool) -> str:
    tried = portal.tried.isoformat() if portal.tried else None
    if not as_json:
        return f"{portal.key}  {portal.division}  {portal.cms}  {portal.name}  tried: {tried or 'never'}"
    entry: dict[str, Any] = {**asdict(portal), "tried": tried}
    return json.dumps(entry, ensure_ascii=False)

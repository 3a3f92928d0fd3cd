"""`nianbao portals` and `nianbao crawl`: what can be crawled, and crawling it."""

import json
import sys
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

import click

from archive.cli.codes import COULD_NOT, DONE, LOOK
from crawler.captures import Store
from crawler.crawl import Outcome, folders
from crawler.crawl import crawl as crawl_portals
from crawler.portal import Portal, WrongPortal, load, portal_files
from crawler.settings import CONTACT

_data = click.option(
    "--data", default="data", type=click.Path(file_okay=False, path_type=Path), help="Where all is kept."
)
_json = click.option("--json", "as_json", is_flag=True, help="One JSON object a line.")


@click.command()
@_data
@_json
def portals(data: Path, as_json: bool) -> int:
    """List the portals that can be crawled: those that come with nianbao and those under DATA/portals."""
    known, wrong = _load(portal_files(folders(data)))
    for portal in known.values():
        click.echo(_portal_line(portal, as_json))
    for problem in wrong:
        click.echo(f"nianbao: {problem}", err=True)
    if not known and not wrong:
        click.echo(f"nianbao: no portal yet; write {data / 'portals' / 'KEY.yaml'}", err=True)
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
    """Fetch the reports of these portals, or of all, into DATA/captures."""
    files = portal_files(folders(data))
    unknown = [key for key in keys if key not in files]
    known, wrong = _load({key: path for key, path in files.items() if key in keys or not keys})
    problems = [
        *(f"{key}: there is no such portal; `nianbao portals` lists those there are" for key in unknown),
        *map(str, wrong),
    ]
    problems += [] if known or problems else [f"{data / 'portals'}: no portal file is there; write one"]
    if known and not (local or replay or CONTACT):
        click.echo("nianbao: set NIANBAO_CONTACT to where webmasters can write to you", err=True)
    outcomes = _crawled(list(known), data, local, replay, tsa)
    for outcome in outcomes:
        click.echo(_outcome_line(outcome, as_json))
        problems += outcome.says
    if not replay:
        problems += [f"{damage.file}: {damage.says}" for damage in Store(data / "captures").damage()]
    for problem in problems:
        click.echo(f"nianbao: {problem}", err=True)
    return _exit_code(outcomes, problems)


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


def _outcome_line(outcome: Outcome, as_json: bool) -> str:
    run, summary = outcome.run, outcome.run.summary if outcome.run else None
    requests, size = (summary.requests, summary.bytes) if summary else (0, 0)
    if not as_json:
        return f"{outcome.key}: {outcome.reports} reports, {requests} answers, {size} bytes"
    entry = {
        "portal": outcome.key,
        "run": run.id if run else None,
        "reports": outcome.reports,
        "requests": requests,
        "bytes": size,
        "errors": dict(summary.errors) if summary else {},
        "unreached": [asdict(item) for item in run.unreached] if run else [],
        "signals": [asdict(item) for item in run.signals] if run else [],
        "not_taken": [asdict(item) for item in run.not_taken] if run else [],
        "says": list(outcome.says),
    }
    return json.dumps(entry, ensure_ascii=False)


def _exit_code(outcomes: Sequence[Outcome], problems: Sequence[str]) -> int:
    if not any(outcome.run for outcome in outcomes):
        return COULD_NOT
    return LOOK if problems else DONE

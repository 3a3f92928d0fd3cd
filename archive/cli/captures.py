"""`nianbao captures`: the evidence in a second place."""

import json
from collections.abc import Callable, Iterator
from dataclasses import asdict
from pathlib import Path

import click

from archive.cli.codes import DONE, LOOK
from crawler.captures import Busy
from crawler.captures.carry import Carried
from crawler.captures.carry import pull as from_remote
from crawler.captures.carry import push as to_remote
from crawler.captures.remote import NoRemote, Remote

_data = click.option(
    "--data", default="data", type=click.Path(file_okay=False, path_type=Path), help="Where all is kept."
)
_json = click.option("--json", "as_json", is_flag=True, help="One JSON object a run.")


@click.group()
def captures() -> None:
    """Carry captures to a store elsewhere and from there: whole runs, each once.

    URL is any that fsspec knows, s3://BUCKET/FOLDER above all, with the credentials and the endpoint of the
    usual AWS_ variables."""


@captures.command()
@click.argument("url")
@_data
@_json
def push(url: str, data: Path, as_json: bool) -> int:
    """Send the runs that have ended and are not yet there to URL. What is there is never written over."""
    if not (data / "captures").is_dir():
        raise click.ClickException(f"{data / 'captures'}: no captures there; crawl a portal first")
    return _carried(lambda: to_remote(data / "captures", Remote(url)), url, "sent", as_json)


@captures.command()
@click.argument("url")
@_data
@_json
def pull(url: str, data: Path, as_json: bool) -> int:
    """Fetch the runs that are at URL and not yet here, each file checked by the digest in its manifest."""
    return _carried(lambda: from_remote(Remote(url), data / "captures"), url, "fetched", as_json)


def _carried(carry: Callable[[], Iterator[Carried]], url: str, done: str, as_json: bool) -> int:
    new = had = said = 0
    try:
        for carried in carry():
            if as_json:
                click.echo(json.dumps(asdict(carried), ensure_ascii=False))
            if carried.says:
                click.echo(f"nianbao: {url}: run {carried.run}: {carried.says}", err=True)
            new, had = new + carried.new, had + (not carried.new and carried.says is None)
            said += carried.says is not None
    except (NoRemote, Busy) as problem:
        raise click.ClickException(str(problem)) from None
    if not as_json:
        click.echo(f"{url}: {new} runs {done}, {had} there already, {said} left")
    return LOOK if said else DONE

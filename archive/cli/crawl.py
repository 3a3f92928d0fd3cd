"""`nianbao crawl`: what there is at the portals, into the captures."""

import json
import os
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import click

from archive.cli.codes import COULD_NOT, DONE, LOOK
from archive.cli.outcome import Told, entry, lines
from archive.cli.portals import NO_OWN, chosen, sound_files
from archive.cli.story import story
from crawler.captures import Busy, Store
from crawler.captures.sweeps import sweeps
from crawler.cluster import NoCluster
from crawler.crawl import Outcome, folders
from crawler.crawl import crawl as crawl_portals
from crawler.notice import health, notices
from crawler.portal import portal_files

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
@click.argument("keys", metavar="[KEY]...", nargs=-1)
@_data
@_json
@click.option("--local", is_flag=True, help="Allow loopback and private hosts.")
@click.option("--replay", is_flag=True, help="Answer from the captures, without a network; keep nothing.")
@click.option("--tsa", metavar="URL", help="Have each run's manifest stamped by this authority (RFC 3161).")
@click.option("--cluster", metavar="ADDRESS", help="Crawl on the workers of this Dask scheduler.")
def crawl(
    keys: tuple[str, ...],
    data: Path,
    as_json: bool,
    local: bool,
    replay: bool,
    tsa: str | None,
    cluster: str | None,
) -> int:
    """Fetch the reports of these portals into DATA/captures, and say what changed there. Without a KEY, of
    all whose files are under DATA/portals."""
    if cluster and replay:
        raise click.ClickException("--replay needs no cluster; leave one of the two out")
    crawled = crawl_keys(keys, data, local=local, replay=replay, tsa=tsa, cluster=cluster)
    for told in crawled.told:
        click.echo(json.dumps(entry(told), ensure_ascii=False) if as_json else "\n".join(lines(told)))
    problems = [*crawled.problems, *(says for told in crawled.told for says in told.outcome.says)]
    for problem in problems:
        click.echo(f"nianbao: {problem}", err=True)
    if not crawled.could:
        return COULD_NOT
    return LOOK if problems or any(told.must_look for told in crawled.told) else DONE


def crawl_keys(
    keys: Sequence[str],
    data: Path,
    *,
    local: bool = False,
    replay: bool = False,
    tsa: str | None = None,
    cluster: str | None = None,
) -> Crawled:
    """Crawls these portals, or all of the user's own where none is named. Raises ClickException where
    nothing can be kept."""
    files = portal_files(folders(data))
    known, wrong = sound_files(chosen(files, keys, data))
    problems = [
        f"{key}: there is no such portal; `nianbao portals` lists those there are"
        for key in keys
        if key not in files
    ]
    problems += map(str, wrong)
    problems += [] if known or problems else [NO_OWN.format(data / "portals")]
    if known and not (local or replay or os.environ.get("NIANBAO_CONTACT")):
        click.echo("nianbao: set NIANBAO_CONTACT to where webmasters can write to you", err=True)
    outcomes = _crawled(list(known), data, local, replay, tsa, cluster)
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


def _crawled(
    keys: Sequence[str], data: Path, local: bool, replay: bool, tsa: str | None, cluster: str | None
) -> list[Outcome]:
    if not keys:
        return []
    try:
        outcomes = crawl_portals(
            keys, data, local=local, replay=replay, tsa=tsa, cluster=cluster, progress=_progress
        )
    except (NoCluster, Busy) as problem:
        raise click.ClickException(str(problem)) from None
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

"""`nianbao run`: the steps from portals to archive for a scheduler, and telling people what came of it."""

import os
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

import click

from archive.cli.build import build, check
from archive.cli.codes import COULD_NOT, DONE, LOOK
from archive.cli.crawl import crawl_keys
from archive.cli.journal import Journal
from archive.cli.lock import Held, locked
from archive.cli.outcome import entry, lines
from archive.cli.release import release
from archive.cli.story import story
from archive.notify.events import events
from archive.notify.feed import write_feed
from archive.notify.settings import Settings, WrongSettings, settings
from archive.notify.tell import tell
from crawler.captures import Store
from crawler.notice import Notice


@dataclass(frozen=True, slots=True)
class Job:
    context: click.Context
    data: Path
    keys: tuple[str, ...]
    local: bool
    journal: Journal


Step = Callable[[Job], int]


@click.command()
@click.option("--portals", "keys", metavar="KEY", multiple=True, help="Only this portal; may be repeated.")
@click.option("--contact", metavar="ADDRESS", help="Where webmasters can write to, as NIANBAO_CONTACT.")
@click.option("--local", is_flag=True, help="Allow loopback and private hosts.")
@click.option(
    "--data", default="data", type=click.Path(file_okay=False, path_type=Path), help="Where all is kept."
)
@click.pass_context
def run(ctx: click.Context, keys: tuple[str, ...], contact: str | None, local: bool, data: Path) -> int:
    """Crawl, build, check and release for a scheduler, and notify of what came of it; DATA/log/ says what was
    done.

    Exit 0: nothing to look at. 1: look. 2: could not, or another run is under way in DATA."""
    if contact:
        os.environ["NIANBAO_CONTACT"] = contact  # the process that crawls reads it
    try:
        chosen = settings(data / "notify.yaml")
        with locked(data / "log" / "run.lock"):
            return _run(Job(ctx, data, keys, local, Journal(data / "log")), chosen)
    except (WrongSettings, Held) as problem:
        raise click.ClickException(str(problem)) from None
    except OSError as problem:
        raise click.ClickException(f"{data}: cannot be written ({problem}); make room") from None


def _run(job: Job, chosen: Settings) -> int:
    job.journal.write("begin", process=os.getpid(), portals=list(job.keys))
    before = Store(job.data / "captures").run_ids()
    code = DONE
    for name, step in STEPS.items():
        done = _step(name, step, job)
        code = max(code, done)
        if done == COULD_NOT:
            break
    code = max(code, _notify(job, chosen, before))
    job.journal.write("end", code=code)
    return code


def _step(name: str, step: Step, job: Job) -> int:
    """What could not be done ends the steps and is said; what is there already can still be told."""
    try:
        code = step(job)
    except click.ClickException as problem:
        click.echo(f"nianbao: {problem.format_message()}", err=True)
        job.journal.write("step", name=name, code=COULD_NOT, says=problem.format_message())
        return COULD_NOT
    job.journal.write("step", name=name, code=code)
    return code


def _crawl(job: Job) -> int:
    """A page that was not had is no news while the portal is well: `nianbao crawl` tells of each."""
    crawled = crawl_keys(job.keys, job.data, local=job.local)
    for told in crawled.told:
        click.echo("\n".join(lines(told)))
        job.journal.write("outcome", **entry(told))
    for problem in crawled.problems:
        click.echo(f"nianbao: {problem}", err=True)
        job.journal.write("problem", says=problem)
    if not crawled.could:
        return COULD_NOT
    return LOOK if crawled.problems or any(told.must_look for told in crawled.told) else DONE


def _build(job: Job) -> int:
    return int(job.context.invoke(build, data=job.data) or DONE)


def _check(job: Job) -> int:
    return int(job.context.invoke(check, data=job.data) or DONE)


def _release(job: Job) -> int:
    return int(job.context.invoke(release, data=job.data) or DONE)


def _notify(job: Job, chosen: Settings, before: set[str]) -> int:
    notices = _notices(job.data)
    every = [event for said in notices for event in events(said)]
    runs = [notice for said in notices for notice in said]
    if not runs:
        return DONE
    last = max(notice.started for notice in runs)
    write_feed(job.data / "feeds" / "notices.atom", every, last)
    begun = min((notice.started for notice in runs if notice.run not in before), default=last)
    problems = tell(every, chosen, begun, job.data / "log" / "sent.json")
    for problem in problems:
        click.echo(f"nianbao: {problem}", err=True)
        job.journal.write("not told", says=problem)
    return LOOK if problems else DONE


def _notices(data: Path) -> Sequence[Sequence[Notice]]:
    """Of every portal that was ever crawled, its file be there or not."""
    store = Store(data / "captures")
    return list(story(store, store.portals()).values())


STEPS: dict[str, Step] = {
    "crawl": _crawl,
    "build": _build,
    "check": _check,
    "release": _release,
}
"""What a run does, in order."""

"""Crawling portals, and what came of it."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, replace
from pathlib import Path
from tempfile import TemporaryDirectory

from crawler.captures import Run, Store
from crawler.captures.lock import lock
from crawler.cluster import crawl_on
from crawler.job import Job
from crawler.launch import launch
from crawler.portal import SHIPPED, load, portal_files
from crawler.timestamp import NotStamped, stamp
from crawler.units import addresses, units


@dataclass(frozen=True, slots=True)
class Outcome:
    """What the crawl of one portal came to. `run` is None where it could not even begin.

    `says` has a line for everything that a person must look at."""

    key: str
    run: Run | None
    says: tuple[str, ...]

    @property
    def reports(self) -> int:
        return self.run.summary.reports if self.run and self.run.summary else 0


def folders(data: Path) -> tuple[Path, Path]:
    """Where portal files are: those that come with the program, and the user's, which win."""
    return SHIPPED, data / "portals"


def crawl(
    keys: Sequence[str],
    data: Path,
    *,
    local: bool = False,
    replay: bool = False,
    tsa: str | None = None,
    cluster: str | None = None,
    progress: Callable[[str], None] = print,
) -> list[Outcome]:
    """Crawl these portals into `data`/captures and say of each what came of it, in the order given.

    The portal files must be sound. Where the same was to be done before and was cut off, only the rest is
    done. With `local`, loopback and private hosts may be asked. With `replay` no network is used: answers
    come from the captures, and nothing is added to them. `tsa` is the address of a time stamp authority,
    for each manifest of these portals that has no stamp yet, `cluster` that of a Dask scheduler, whose
    workers find `data` under the same path. Raises NoCluster, and Busy
    where the same command is under way."""
    with ExitStack() as stack:
        held = data / "captures"
        captures = Path(stack.enter_context(TemporaryDirectory())) if replay else held
        store = Store(captures)
        job = Job.of(captures, keys, folders(data))
        stack.callback(lock(job.lease, "this command is under way already").close)
        runs, before = job.done(store, keys), store.run_ids()
        left = [key for key in keys if key not in runs]
        work: dict[str, object] = {
            "keys": left,
            "folders": [str(folder) for folder in folders(data)],
            "captures": str(captures),
            "replay": str(held) if replay else None,
            "local": local,
            "command": None,
        }
        logs = dict.fromkeys(left, data / "crawl.log")
        if cluster and left:
            portals = portal_files(folders(data))
            known = {key: load(portals[key]) for key in left}
            apart = units(known, addresses(known))
            logs = {key: data / f"crawl-{unit[0]}.log" for unit in apart for key in unit}
            work |= {"data": str(data.absolute()), "command": str(job.lease.absolute())}
            status = crawl_on(cluster, apart, work, progress)
        else:
            status = launch(work, data / "crawl.log", progress) if left else 0
        runs |= {run.portal.key: run for run in _begun(captures, before)}
        if not status:
            job.end()
        outcomes = [_outcome(key, runs.get(key), logs.get(key)) for key in keys]
        return list(_stamped(outcomes, Store(captures), tsa)) if tsa and not replay else outcomes


def _stamped(outcomes: list[Outcome], store: Store, tsa: str) -> Iterator[Outcome]:
    """An authority that failed once is not waited for again."""
    failed = False
    for outcome in outcomes:
        try:
            for manifest in () if failed else store.unstamped(outcome.key):
                stamp(manifest, tsa)
        except NotStamped as problem:
            failed = True
            says = (
                f"{outcome.key}: {tsa} gave no time stamp ({problem}); the next crawl with --tsa asks again"
            )
            yield replace(outcome, says=(*outcome.says, says))
        else:
            yield outcome


def _begun(captures: Path, before: set[str]) -> Iterator[Run]:
    store = Store(captures)
    for id in sorted(store.run_ids() - before):
        if run := store.run(id):
            yield run


def _outcome(key: str, run: Run | None, log: Path | None) -> Outcome:
    if run is None:
        return Outcome(key, None, (f"{key}: the crawl could not begin; {log} says why",))
    says = [f"{item.url} ({item.role}, {item.kind}): {item.says}" for item in run.unreached]
    says += [f"{signal.url}: {signal.says}" for signal in run.signals]
    says += [f"{damage.file}: {damage.says}" for damage in run.mended]
    if run.summary is None:
        says.append(f"{key}: the crawl was cut off; {log} says why; crawl again")
    elif not run.summary.reports:
        says.append(f"{key}: no report was found; check the columns in its portal file")
    return Outcome(key, run, tuple(says))

"""Documents read on the workers of a Dask cluster, for `nianbao build`."""

import time
from collections.abc import Callable, Iterator, Sequence
from itertools import islice
from pathlib import Path
from typing import Any

import click

from archive.batch import Differs, read_batch
from archive.bundles import Bundle
from archive.readings import Readings
from crawler.captures import Capture
from crawler.cluster import NoCluster, client
from parsers.reading import Refusal
from parsers.version import reader_version

BATCH = 64
"""Documents in a task, at most."""

AHEAD = 4
"""Tasks under way or waiting, a thread: the scheduler need not know of millions."""

SEEN_AFTER = 90.0
"""Seconds in which a file that another machine wrote is seen on this one."""


def read_on(
    address: str, data: Path, captures: Sequence[Capture], readings: Readings, done: Callable[[int], None]
) -> None:
    """Each document once, though a worker that is lost may have read some that another then finds read."""
    try:
        with client(address) as (dask, connected):
            threads = sum(connected.nthreads().values())
            size = min(BATCH, max(1, len(captures) // (AHEAD * threads)))
            tasks = _submitted(connected, data.absolute(), list(_batches(captures, size)))
            under_way = dask.as_completed(islice(tasks, AHEAD * threads), loop=connected.loop)
            for future in under_way:
                try:
                    _take(future.result(), readings)
                except dask.KilledWorker as problem:
                    says = f"a task lost all its workers ({problem}); build again, which reads what is left"
                    raise click.ClickException(f"{address}: {says}") from None
                done(size)
                under_way.update(islice(tasks, 1))
            _await(data, readings, [capture.document for capture in captures])
    except NoCluster as problem:
        raise click.ClickException(str(problem)) from None
    except Differs as problem:
        says = "install the same nianbao on all machines and start their workers again"
        raise click.ClickException(f"{address}: a worker reads otherwise ({problem}); {says}") from None


def _take(outcomes: Sequence[Refusal | Bundle], readings: Readings) -> None:
    for outcome in outcomes:
        readings.put(outcome)
        if isinstance(outcome, Refusal) and outcome.kind == "lost":
            click.echo(f"nianbao: {outcome.says.removesuffix('.')}", err=True)


def _submitted(connected: Any, data: Path, batches: Sequence[Sequence[Capture]]) -> Iterator[Any]:
    """Each when it is asked for."""
    for batch in batches:
        yield connected.submit(read_batch, data, batch, reader_version(), pure=False)


def _batches(captures: Sequence[Capture], size: int) -> Iterator[Sequence[Capture]]:
    for start in range(0, len(captures), size):
        yield captures[start : start + size]


def _await(data: Path, readings: Readings, digests: Sequence[str]) -> None:
    """What was read elsewhere may be seen here a little later, or never, where the folder is not shared."""
    until = time.monotonic() + SEEN_AFTER
    while missing := [sha256 for sha256 in readings.missing(digests) if readings.get(sha256) is None]:
        if time.monotonic() > until:
            says = f"{len(missing)} documents were read by workers and their readings are not here"
            raise click.ClickException(f"{data / 'readings'}: {says}; is {data} one folder on all machines?")
        time.sleep(0.5)

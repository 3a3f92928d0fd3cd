"""Crawling on a Dask cluster, whose machines share the folder of the data under one path."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from importlib import import_module
from pathlib import Path
from typing import Any

from crawler.launch import launch
from crawler.portal import SHIPPED

LOSSES = 3
"""So many times a unit that raised is tried again. How many workers it may lose, the scheduler says
(`distributed.scheduler.allowed-failures`)."""


ANSWERS = 10.0
"""Seconds in which a scheduler answers."""


class NoCluster(Exception):
    """There is no engine, or nobody at the address."""


@contextmanager
def client(address: str) -> Iterator[tuple[Any, Any]]:
    """The engine, and a connection to the scheduler."""
    try:
        dask: Any = import_module("distributed")
    except ImportError:
        raise NoCluster("--cluster needs Dask; install nianbao with its extra `cluster`") from None
    try:
        connected = dask.Client(address, timeout=ANSWERS, set_as_default=False)
    except (OSError, ValueError) as problem:
        says = f"no Dask scheduler answers there ({problem}); start one with `dask scheduler`"
        raise NoCluster(f"{address}: {says}") from None
    try:
        if not connected.scheduler_info()["workers"]:
            raise NoCluster(f"{address}: it has no workers; start some with `dask worker {address}`")
        yield dask, connected
    finally:
        connected.close()


def crawl_on(
    address: str,
    units: Sequence[Sequence[str]],
    work: Mapping[str, object],
    progress: Callable[[str], None],
) -> int:
    """0 where all units came to their end. A unit whose worker is lost is done again by another, which goes
    on where that was: what a sweep has is in the captures."""
    status, topic = 0, str(work["command"])
    with client(address) as (dask, connected):
        connected.subscribe_topic(topic, lambda event: progress(event[1]))
        futures = {
            connected.submit(_unit, dict(work, keys=list(keys)), topic, pure=False, retries=LOSSES): keys
            for keys in units
        }
        # Left to itself it would listen on the loop of whichever client was made last.
        for future in dask.as_completed(futures, loop=connected.loop):
            try:
                worker, ended = future.result()
            except dask.KilledWorker as problem:
                progress(f"{', '.join(futures[future])}: its workers were lost ({problem}); crawl again")
                status = 1
                continue
            status = status or ended
            progress(f"{', '.join(futures[future])}: through, by worker {worker}")
    return status


def _unit(work: dict[str, Any], topic: str) -> tuple[str, int]:
    """On the worker: the ordinary crawl, in a process of its own, which ends when the worker does."""
    dask: Any = import_module("distributed")
    worker, data = dask.get_worker(), Path(work["data"])
    work["folders"] = [str(SHIPPED), str(data / "portals")]
    work["captures"] = str(data / "captures")
    log = data / f"crawl-{work['keys'][0]}.log"
    return worker.address, launch(work, log, lambda line: worker.log_event(topic, line))

"""Units of work on a Dask cluster, whose machines share the folder of the data under one path."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from importlib import import_module
from pathlib import Path
from typing import Any

from crawler.launch import launch


class NoCluster(Exception):
    """There is no engine, or nobody at the address."""


@contextmanager
def client(address: str) -> Iterator[Any]:
    try:
        dask: Any = import_module("distributed")
    except ImportError:
        raise NoCluster("--cluster needs dask; install nianbao with its extra `cluster`") from None
    try:
        connected = dask.Client(address, timeout=10)
    except (OSError, ValueError) as problem:
        raise NoCluster(f"{address}: no Dask scheduler answers ({problem}); start one") from None
    try:
        yield connected
    finally:
        connected.close()


def crawl_on(
    address: str,
    units: Sequence[Sequence[str]],
    work: Mapping[str, object],
    log: Path,
    progress: Callable[[str], None],
) -> int:
    """0 where all units came to their end. A unit whose worker is lost is done again by another, which goes
    on where that was: what a sweep has is in the captures."""
    with client(address) as connected:
        tasks = [(dict(work, keys=list(keys)), str(log.with_name(f"crawl-{keys[0]}.log"))) for keys in units]
        dask: Any = import_module("distributed")
        futures = [connected.submit(_unit, *task, pure=False, retries=2) for task in tasks]
        status = 0
        for future in dask.as_completed(futures):
            try:
                worker, ended, lines = future.result()
            except dask.KilledWorker as problem:
                progress(f"a unit killed its workers ({problem}); crawl again")
                status = 1
                continue
            status = status or ended
            for line in lines:
                progress(f"{line} (worker {worker})")
        return status


def _unit(work: dict[str, object], log: str) -> tuple[str, int, list[str]]:
    """On the worker: the ordinary crawl, in a process of its own, which ends when the worker does."""
    dask: Any = import_module("distributed")
    lines: list[str] = []
    status = launch(work, Path(log), lines.append)
    return dask.get_worker().address, status, lines

"""A Dask cluster on this machine: its own scheduler and two workers, started as its manual says."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from distributed import Client

BIN = Path(sys.executable).parent


@contextmanager
def cluster(folder: Path) -> Iterator[str]:
    """The scheduler's address. `dask worker` starts a worker again that was killed."""
    found = folder / "scheduler.json"
    scheduler = ["scheduler", "--host", "127.0.0.1", "--port", "0", "--no-dashboard"]
    with (folder / "log").open("wb") as log:
        started: list[subprocess.Popen[bytes]] = []

        def dask(*words: str) -> None:
            command = [str(BIN / "dask"), *words, "--scheduler-file", str(found)]
            started.append(
                subprocess.Popen(command, stdout=log, stderr=log, cwd=folder, start_new_session=True)
            )

        try:
            dask(*scheduler)
            while not found.exists():
                assert started[0].poll() is None, (folder / "log").read_text("utf-8")
                time.sleep(0.02)
            dask("worker", "--nworkers", "2", "--nthreads", "2", "--no-dashboard")
            with Client(scheduler_file=str(found)) as client:  # type: ignore[no-untyped-call]
                client.wait_for_workers(2, timeout=60)
                address = str(client.scheduler.address)
            yield address
        finally:
            for process in reversed(started):
                os.killpg(process.pid, signal.SIGKILL)
                process.wait()


def workers(address: str) -> dict[str, int]:
    """The process of each worker, when both are there."""
    with Client(address) as client:  # type: ignore[no-untyped-call]
        client.wait_for_workers(2, timeout=60)
        return dict(client.run(os.getpid))

"""The heartbeat of a process: renews its leases, so that other machines know that it lives."""

import os
import sys
import threading
import time
from pathlib import Path
from typing import Protocol

BEAT = 10.0
"""Seconds between two renewals."""

LASTS = 120.0
"""Seconds after which a lease of another machine that was not renewed is over."""


class Renewed(Protocol):
    path: Path

    def renew(self) -> bool:
        """False where another has the lease."""


class Beats:
    """One thread renews all leases of the process."""

    def __init__(self) -> None:
        self._guard = threading.Lock()
        self._renewed: dict[Renewed, float] = {}
        self._thread: threading.Thread | None = None

    def begin(self, lease: Renewed) -> None:
        with self._guard:
            self._renewed[lease] = time.monotonic()
            if self._thread is None:
                self._thread = threading.Thread(target=self._run, daemon=True, name="leases")
                self._thread.start()

    def end(self, lease: Renewed) -> None:
        with self._guard:
            self._renewed.pop(lease, None)

    def _run(self) -> None:
        while True:
            time.sleep(BEAT)
            with self._guard:
                held = list(self._renewed)
            for lease in held:
                if not self._kept(lease):
                    print(f"{lease.path}: the lease is lost; this process ends here", file=sys.stderr)  # noqa: T201
                    # As by a kill: two would do what comes after.
                    os._exit(1)

    def _kept(self, lease: Renewed) -> bool:
        """Who cannot renew a lease for long must take it that another has it."""
        try:
            kept, renewed = lease.renew(), time.monotonic()
        except OSError:
            kept, renewed = True, 0.0
        with self._guard:
            if lease not in self._renewed:
                return True
            self._renewed[lease] = max(renewed, self._renewed[lease])
            return kept and time.monotonic() - self._renewed[lease] < LASTS / 2


BEATS = Beats()

"""Hosts that are asked no more in this run, and why."""

from dataclasses import dataclass
from typing import Any, Literal

ROW = 3
"""So many network errors in a row end the asking of a host."""

AWAY = frozenset({403, 412, 429})
"""Statuses by which a host says that it does not want to be asked."""


@dataclass(frozen=True, slots=True)
class Stop:
    reason: Literal["blocked", "network"]
    says: str


class Stops:
    """By host. The first reason stands."""

    def __init__(self) -> None:
        self._stopped: dict[str, Stop] = {}
        self._errors: dict[str, int] = {}

    def of(self, host: str) -> Stop | None:
        return self._stopped.get(host)

    def stop(self, host: str, reason: Literal["blocked", "network"], says: str) -> None:
        self._stopped.setdefault(host, Stop(reason, says))

    def failed(self, host: str, says: str) -> None:
        self._errors[host] = self._errors.get(host, 0) + 1
        if self._errors[host] >= ROW:
            says = f"{ROW} network errors in a row, the last: {says}; it is asked again by the next run"
            self.stop(host, "network", says)

    def answered(self, host: str, status: int, refusal: str | None) -> None:
        self._errors.pop(host, None)
        if status in AWAY or refusal == "challenge":
            what = "a challenge page" if refusal == "challenge" else f"status {status}"
            says = f"answered with {what}, so the host was asked no more; the next run asks it again"
            self.stop(host, "blocked", says)


def tell(spider: Any, host: str, stops: Stops) -> None:
    """The run says it once (`spider.stop`), whoever of the process met it."""
    if stop := stops.of(host):
        spider.stop(stop.reason, f"http://{host}/", f"{host} {stop.says}")


STOPS = Stops()
"""Of the process: portals that share a host share its fate."""

"""What a run has taken, and when it has had enough."""

import time

from crawler.portal import Budget


class Spent:
    def __init__(self, budget: Budget) -> None:
        self._budget = budget
        self._began = time.monotonic()
        self._requests = 0
        self._bytes = 0

    def over(self) -> str | None:
        """Why nothing more is asked in this run."""
        minutes = (time.monotonic() - self._began) / 60
        for had, may, what in (
            (self._requests, self._budget.requests, "requests"),
            (self._bytes, self._budget.bytes, "bytes"),
            (minutes, self._budget.minutes, "minutes"),
        ):
            if had >= may:
                return f"the run's budget of {may} {what} is spent; the next run goes on"
        return None

    def request(self) -> None:
        self._requests += 1

    def answer(self, size: int) -> None:
        self._bytes += size

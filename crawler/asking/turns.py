"""Whose turn it is: one request at a time to an address, whoever in this process asks, and not too soon."""

import asyncio
import time
from collections.abc import Iterable
from dataclasses import dataclass, field

SLOWEST = 60.0
"""Seconds: a server that takes longer is not asked yet more slowly by itself."""

UNJUDGED = 60.0
"""Seconds after which a turn is handed on though nobody has judged the answer. A busy disk may take long."""


@dataclass(slots=True)
class Line:
    """Those who wait for one address. `pace` is the largest delay that one of them must keep, `slow` the
    delay that the server's own slowness asks for."""

    lock: asyncio.Lock = field(default_factory=asyncio.Lock)
    pace: float = 0.0
    slow: float = 0.0
    ended: float = float("-inf")
    not_before: float = float("-inf")

    def due(self) -> float:
        """From the end of the answer before, not from its beginning: the server's own log proves it then."""
        return max(self.ended + max(self.pace, self.slow), self.not_before)


class Turn:
    """Held while a request is on its way and its answer is judged."""

    def __init__(self, lines: list[Line]) -> None:
        self._lines = lines

    async def wait(self) -> None:
        """Until the server may be asked again."""
        while (rest := max(line.due() for line in self._lines) - time.monotonic()) > 0:
            await asyncio.sleep(rest)

    def answered(self, latency: float, *, good: bool) -> None:
        """The rule of Scrapy's AutoThrottle: as long between two requests as the server needs for one;
        faster again by halves, and only on good answers: bad ones come quickly."""
        for line in self._lines:
            slow = min(max(latency, (line.slow + latency) / 2), SLOWEST)
            if line.pace and (good or slow > line.slow):
                line.slow = slow

    def not_for(self, seconds: float) -> None:
        for line in self._lines:
            line.not_before = max(line.not_before, time.monotonic() + seconds)

    def ended(self) -> None:
        """The answer is over; the turn is handed on when it is judged."""
        for line in self._lines:
            line.ended = time.monotonic()

    def release(self) -> None:
        """Safe to call again."""
        lines, self._lines = self._lines, []
        for line in lines:
            line.lock.release()

    def release_later(self) -> None:
        """In case whoever should judge the answer never sees it."""
        asyncio.get_running_loop().call_later(UNJUDGED, self.release)


class Turns:
    """The lines of a process. Hosts that share an address share its line."""

    def __init__(self) -> None:
        self._lines: dict[str, Line] = {}
        self._wished: dict[str, float] = {}

    def wish(self, host: str, delay: float) -> None:
        """A host asks for a delay of its own."""
        self._wished[host] = delay

    def delay(self, host: str, delay: float) -> float:
        return max(delay, self._wished.get(host, 0.0))

    def rest(self) -> float:
        """Seconds until whoever comes next may ask every server that was asked."""
        due = (line.ended + max(line.pace, line.slow) for line in self._lines.values())
        return max(0.0, max(due, default=0.0) - time.monotonic())

    async def take(self, addresses: Iterable[str], delay: float) -> Turn:
        """Waits for all these addresses, always in one order, so that no two wait for each other."""
        lines = [self._lines.setdefault(address, Line()) for address in sorted(set(addresses))]
        held: list[Line] = []
        try:
            for line in lines:
                await line.lock.acquire()
                held.append(line)
        except asyncio.CancelledError:
            Turn(held).release()
            raise
        for line in lines:
            line.pace = max(line.pace, delay)
        return Turn(lines)


TURNS = Turns()
"""Of the process: portals that share a host share its line."""

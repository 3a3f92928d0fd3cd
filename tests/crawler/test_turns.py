"""One at a time and not too soon, to one address, whoever asks."""

import asyncio
import time
from itertools import pairwise

import pytest

from crawler.asking.turns import Turns


class Log:
    """When a request was on its way."""

    def __init__(self) -> None:
        self.spans: list[tuple[float, float]] = []

    async def ask(self, turns: Turns, addresses: list[str], delay: float, takes: float = 0.01) -> None:
        turn = await turns.take(addresses, delay)
        await turn.wait()
        began = time.monotonic()
        await asyncio.sleep(takes)
        turn.ended()
        self.spans.append((began, time.monotonic()))
        turn.release()

    def gaps(self) -> list[float]:
        spans = sorted(self.spans)
        return [after[0] - before[1] for before, after in pairwise(spans)]


async def test_two_portals_on_one_address_share_its_line_and_the_larger_delay() -> None:
    turns, log = Turns(), Log()
    await asyncio.gather(*(log.ask(turns, ["a"], delay) for delay in (0.05, 0.0, 0.05, 0.0)))
    assert len(log.gaps()) == 3
    assert min(log.gaps()) >= 0.05


async def test_hosts_that_share_one_of_their_addresses_share_the_line() -> None:
    turns, log = Turns(), Log()
    await asyncio.gather(*(log.ask(turns, some, 0.03) for some in (["a", "b"], ["c", "b"], ["b"])))
    assert min(log.gaps()) >= 0.03


async def test_other_hosts_do_not_wait() -> None:
    turns, log = Turns(), Log()
    began = time.monotonic()
    await asyncio.gather(*(log.ask(turns, [str(host)], 5.0) for host in range(20)))
    assert time.monotonic() - began < 1


async def test_a_slow_server_is_asked_more_slowly_and_a_quick_bad_answer_changes_nothing() -> None:
    turns = Turns()
    turn = await turns.take(["a"], 0.1)
    (line,) = turn._lines
    turn.answered(2.0, good=True)
    assert line.slow == 2.0
    turn.answered(0.1, good=False)
    assert line.slow == 2.0
    turn.answered(0.1, good=True)
    assert line.slow == 1.05
    turn.answered(500.0, good=True)
    assert line.slow == 60.0


async def test_who_asks_without_a_delay_is_not_slowed_down() -> None:
    turn = await Turns().take(["a"], 0.0)
    turn.answered(2.0, good=True)
    began = time.monotonic()
    turn.ended()
    await turn.wait()
    assert time.monotonic() - began < 0.5


async def test_a_turn_nobody_judges_is_handed_on(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("crawler.asking.turns.UNJUDGED", 0.1)
    turns = Turns()
    turn = await turns.take(["a"], 0.0)
    turn.release_later()
    await asyncio.wait_for(turns.take(["a"], 0.0), 5)


async def test_who_gives_up_waiting_leaves_nothing_locked() -> None:
    turns = Turns()
    first = await turns.take(["b"], 0.0)
    waiting = asyncio.ensure_future(turns.take(["a", "b"], 0.0))
    await asyncio.sleep(0)
    waiting.cancel()
    await asyncio.wait({waiting})
    await asyncio.wait_for(turns.take(["a"], 0.0), 1)
    first.release()
    await asyncio.wait_for(turns.take(["b"], 0.0), 1)


def test_a_host_may_wish_for_more_and_not_for_less() -> None:
    turns = Turns()
    turns.wish("a", 7.0)
    assert (turns.delay("a", 5.0), turns.delay("a", 9.0), turns.delay("b", 5.0)) == (7.0, 9.0, 5.0)

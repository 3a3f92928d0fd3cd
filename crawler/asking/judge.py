"""A downloader middleware: reads from each answer whether its host may be asked again, and when."""

from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import Any, Self

from scrapy import Request
from scrapy.crawler import Crawler
from scrapy.http import Response

from crawler.asking.stops import STOPS, tell
from crawler.asking.turns import Turn
from crawler.hosts import host_of

LONGEST = 300.0
"""Seconds of a Retry-After that are waited; who asks for more is left to the next run."""


class Judge:
    """Stands above the recorder, whose judgement it needs, and hands the turn on. An answer without a turn
    comes from captures, and nobody need be spared."""

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        return cls(crawler.spider)

    def __init__(self, spider: Any) -> None:
        self._spider = spider

    def process_response(self, request: Request, response: Response) -> Response:
        turn: Turn | None = request.meta.pop("turn", None)
        if turn is None:
            return response
        host = host_of(response.url)
        STOPS.answered(host, response.status, request.meta["refusal"])
        if response.status == 503 and (seconds := retry_after(response)):
            _wait(host, seconds, turn)
        tell(self._spider, host, STOPS)
        turn.release()
        return response


def _wait(host: str, seconds: float, turn: Turn) -> None:
    if seconds > LONGEST:
        says = f"asks to be left alone for {seconds:.0f} seconds; the next run asks it again"
        STOPS.stop(host, "network", says)
    else:
        turn.not_for(seconds)


def retry_after(response: Response) -> float | None:
    """Seconds or a date; None where it says neither."""
    said = (response.headers.get("Retry-After") or b"").decode("latin-1").strip()
    if said.isdigit():
        return float(said)
    try:
        until = parsedate_to_datetime(said)
    except ValueError:
        return None
    return max(0.0, (until.replace(tzinfo=until.tzinfo or UTC) - datetime.now(UTC)).total_seconds())

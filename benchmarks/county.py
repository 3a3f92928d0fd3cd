"""Captures and readings of as many made-up reports as are wanted, each a figure and a text of its own."""

import hashlib
import os
import random
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from archive.forked import spread
from archive.readings import Readings
from benchmarks import prose
from crawler.captures import Capture, PortalFacts, Run, Summary
from parsers.document import Box
from parsers.form import form
from parsers.reading import Figure, Place, Publisher, Reading, Section

YEARS = range(2021, 2026)
STARTED = "2026-05-01T00:00:00Z"
_AT_ONCE = 1000
_RARE = [chr(code) for code in range(0x4E00, 0x4E00 + 4000)]


@dataclass(frozen=True)
class Made:
    """A store and its readings. Each body reports for five years, each county has two hundred bodies."""

    reports: int
    readings: Readings

    @cached_property
    def portals(self) -> list[PortalFacts]:
        counties = -(-self.reports // (200 * len(YEARS)))
        return [
            PortalFacts(f"county-{n}", f"{810000 + n:06}", f"第{n}县", f"http://c{n}.example/", "trs")
            for n in range(counties)
        ]

    def runs(self) -> Iterator[Run]:
        done = Summary(STARTED, 0, 0, 0, ())
        for portal in self.portals:
            yield Run(portal.key, portal.key, STARTED, "agent", portal, (), (), (), (), done)

    def captures(self) -> Iterator[Capture]:
        for number in range(self.reports):
            body, year = divmod(number, len(YEARS))
            portal = self.portals[body // 200]
            yield Capture(
                id=_digest(f"capture {number}")[:32],
                url=f"{portal.home}{body}/{YEARS[year]}.html",
                fetched=STARTED,
                status=200,
                media_type="text/html",
                role="article",
                portal=portal.key,
                title=None,
                listed=f"{YEARS[year] + 1}-01-20",
                body_name=None,
                parent=None,
                document=_digest(str(number)),
                length=20_000,
                warc=f"{portal.key}.warc.gz",
                offset=number,
                run=portal.key,
            )

    def write_readings(self) -> None:
        helpers = (os.cpu_count() or 0) if self.reports > _AT_ONCE else 0
        for _ in spread("wrote readings", self._write, range(0, self.reports, _AT_ONCE), helpers):
            pass

    def _write(self, first: int) -> None:
        for number in range(first, min(first + _AT_ONCE, self.reports)):
            self.readings.put(reading(number))


def made(folder: Path, reports: int) -> Made:
    return Made(reports, Readings(folder, "made"))


def reading(number: int) -> Reading:
    chance = random.Random(number)  # noqa: S311
    body, year = divmod(number, len(YEARS))
    name = f"第{body // 200}县{_RARE[body % 200]}{_RARE[body * 7 % 3989]}局"
    figures = tuple(_figure(code, chance) for code in form("2021").codes())
    texts = prose.report(number)
    cut = len(texts) // 6
    headings = form("2021").sections
    sections = tuple(
        Section(at + 1, f"{'一二三四五六'[at]}、{heading}", texts[at * cut : (at + 1) * cut])
        for at, heading in enumerate(headings)
    )
    title = f"{name}{YEARS[year]}年政府信息公开工作年度报告"
    publisher = Publisher(name, f"{810000 + body // 200:06}")
    document = _digest(str(number))
    facts = (document, "text/html", "2021", YEARS[year], publisher, title, f"{YEARS[year] + 1}-01-20")
    return Reading(*facts, sections, figures, (), "own", ())


def _figure(code: str, chance: random.Random) -> Figure:
    value = chance.choice((0, 0, 0, chance.randrange(500)))
    left, top = chance.randrange(50_000) / 100, chance.randrange(80_000) / 100
    return Figure(
        code, "read", value, str(value), Place(1, Box(left, top, round(left + 30, 2), round(top + 15, 2)))
    )


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()

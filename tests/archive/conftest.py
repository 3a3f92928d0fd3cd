"""A county in memory: captures, runs and readings as a build takes them."""

import hashlib
import random
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace

import pytest

from crawler.captures import Capture, PortalFacts, Run, Summary, Unreached
from parsers.document import Box
from parsers.form import form
from parsers.reading import Figure, Place, Publisher, Reading, Refusal, Section, Status


def digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


def a_figure(code: str, text: str) -> Figure:
    place = Place(page=1, box=Box(10.25, 20.0, 30.5, 40.0))
    marks: Mapping[str, Status] = {"": "blank", "—": "mark"}
    if text in marks:
        return Figure(code, marks[text], None, text, place)
    return Figure(code, "read", text if "." in text else int(text), text, place)


def a_reading(
    sha256: str, body: str | None, year: int | None, texts: Mapping[str, str], section: str = ""
) -> Reading:
    """Every figure 0 but those given as printed."""
    sections = (
        Section(1, "⼀、总体情况", f"{body}{year}年政府信息公开⼯作。{section}"),
        Section(3, "三、收到和处理政府信息公开申请情况", "收到申请，见下表。"),
    )
    figures = tuple(a_figure(code, texts.get(code, "0")) for code in form("2021").codes())
    title = f"{body}{year}年政府信息公开⼯作年度报告"
    return Reading(
        sha256, "text/html", "2021", year, Publisher(body), title, None, sections, figures, (), "own", ()
    )


COUNTY = PortalFacts("county", "990101", "清源县人民政府", "http://county.example/", "trs")


@dataclass
class County:
    portal: PortalFacts = COUNTY
    found: list[Capture] = field(default_factory=list)
    readings: dict[str, Reading | Refusal] = field(default_factory=dict)
    begun: list[Run] = field(default_factory=list)

    def captures(self) -> Iterator[Capture]:
        yield from self.found

    def runs(self) -> Iterator[Run]:
        yield from self.begun

    def get(self, sha256: str) -> Reading | Refusal | None:
        return self.readings.get(sha256)

    def run(self, id: str = "run-1", started: str = "2025-05-01T00:00:00Z", *missed: Unreached) -> Run:
        summary = Summary(started, 0, 0, 0, ())
        run = Run(id, id, started, "agent", self.portal, (), missed, (), (), summary)
        self.begun.append(run)
        return run

    def capture(self, run: Run, url: str, content: str, **facts: object) -> Capture:
        document = digest(content)
        fetched = facts.pop("fetched", run.started)
        capture = Capture(
            id=digest(f"{url}{fetched}{document}")[:32],
            url=url,
            fetched=str(fetched),
            status=200,
            media_type="text/html",
            role="article",
            portal=run.portal.key,
            title=None,
            listed=None,
            body_name=None,
            parent=None,
            document=document,
            length=len(content),
            warc="one.warc.gz",
            offset=0,
            run=run.id,
        )
        capture = replace(capture, **facts)  # type: ignore[arg-type]
        self.found.append(capture)
        return capture

    def report(
        self,
        run: Run,
        body: str,
        year: int,
        texts: Mapping[str, str] | None = None,
        *,
        url: str = "",
        section: str = "",
        **facts: object,
    ) -> Capture:
        texts = texts or {}
        content = f"{body}{year}{sorted(texts.items())}{section}{facts.get('role', '')}"
        url = url or f"http://county.example/{body}/{year}.html"
        reading = a_reading(digest(content), body, year, texts, section)
        self.readings[reading.sha256] = reading
        return self.capture(run, url, content, listed=f"{year + 1}-01-20", **facts)

    def shuffled(self, seed: int) -> "County":
        other = County(self.portal, list(self.found), dict(self.readings), list(self.begun))
        random.Random(seed).shuffle(other.found)
        random.Random(seed).shuffle(other.begun)
        return other


@pytest.fixture
def county() -> County:
    return County()


@pytest.fixture
def three_years(county: County) -> County:
    """Two bodies, three years, one report republished with another figure, one page that is no report."""
    first = county.run()
    for year in (2022, 2023, 2024):
        county.report(first, "清源县人民政府", year, {"requests.new.person": str(year - 2000)})
    county.report(first, "清源县民政局", 2022, {"disclosure.fees.amount": "5949.088667"})
    county.report(first, "清源县民政局", 2024, {"requests.new.total": "", "disputes.review.total": "—"})
    page = county.capture(first, "http://county.example/plan.html", "工作要点")
    county.readings[page.document] = Refusal(page.document, "text/html", "not-a-report", "No title.")
    county.capture(first, "http://county.example/list.html", "list", role="list")
    second = county.run("run-2", "2025-06-01T00:00:00Z")
    county.report(second, "清源县人民政府", 2023, {"requests.new.person": "7"}, section="更正。")
    return county

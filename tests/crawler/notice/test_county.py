"""The made-up county, crawled run after run while things befall it: every change is named rightly."""

import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from copy import copy
from dataclasses import dataclass
from datetime import date, timedelta
from http.server import ThreadingHTTPServer
from pathlib import Path

import pytest
import yaml

from crawler.captures import Store
from crawler.crawl import crawl
from crawler.notice import Notice, notices
from samples import defects, render
from samples.moods import MOVED, Mood, Moody, moved
from samples.portals import yaml_files
from samples.report import Report
from samples.server import handler, site
from samples.sites.page import Answer, Query
from samples.truth import truth

KEY = "sample-hanweb"
BODIES = ("health", "culture", "audit", "urban")
SINCE = 2018
FIRST_DAY = date(2026, 6, 1)
RUNS: tuple[tuple[int, Mood], ...] = (
    (1, "well"),
    (2, "well"),
    (2, "blocked"),
    (2, "well"),
    (2, "unreachable"),
    (2, "well"),
    (2, "redesigned"),
    (2, "shrunk"),
    (2, "moved"),
)
"""Phase and mood of the portal in each run, a week apart."""


@dataclass(frozen=True, slots=True)
class Weeks:
    base: str
    notices: list[Notice]
    data: Path


def _file(report: Report, *_: object) -> bytes:
    """Making real files takes most of a minute, and no crawl opens them."""
    texts = sorted((figure.code, figure.text) for figure in report.figures)
    return b"%PDF-1.4 " + json.dumps([report.id, texts]).encode()


@dataclass
class Portal:
    """A part of the county's second portal: what may befall it does not need all of it."""

    base: str = ""
    phase: int = 1
    mood: Mood = "well"

    def answer(self, query: Query, _method: str, _path: str) -> Answer:
        part = copy(site("hanweb", self.phase))
        part.rows = {
            column: tuple(row for row in rows if _shown(row.key)) for column, rows in part.rows.items()
        }
        return Moody(part, self.mood).answer(query)

    def crawl(self, data: Path, day: date) -> None:
        (outcome,) = crawl([KEY], data, local=True, progress=lambda _line: None)
        assert outcome.run
        backdate(data / "captures" / "runs" / f"{outcome.run.id}.jsonl", day)


def _shown(key: str) -> bool:
    body, _, year = key.rpartition("-")
    return body in BODIES and int(year) >= SINCE


@contextmanager
def served(data: Path) -> Iterator[Portal]:
    """The portal, and its file in the data folder."""
    portal = Portal()
    server = ThreadingHTTPServer(("127.0.0.1", 0), handler(portal.answer))
    portal.base = f"http://127.0.0.1:{server.server_address[1]}"
    threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True).start()
    entry = yaml.safe_load(yaml_files({"hanweb": portal.base})[f"{KEY}.yaml"])
    columns = [
        one
        for one in entry["columns"]
        if one["url"].endswith(("/col33718/index.html", "/col33733/index.html"))
    ]
    assert len(columns) == 2
    (data / "portals").mkdir()
    written = yaml.safe_dump({**entry, "columns": columns, "expected": {}}, allow_unicode=True)
    (data / "portals" / f"{KEY}.yaml").write_text(written, "utf-8")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(render, "file", _file)
        yield portal
    server.shutdown()
    server.server_close()


@pytest.fixture(scope="module")
def weeks(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Weeks]:
    data = tmp_path_factory.mktemp("weeks")
    with served(data) as portal:
        for number, (portal.phase, portal.mood) in enumerate(RUNS):
            portal.crawl(data, FIRST_DAY + timedelta(weeks=number))
        yield Weeks(portal.base, said(data), data)


def backdate(file: Path, day: date) -> None:
    """The clock of a run is what its file says: so the county's calendar stands still."""
    head, _, rest = file.read_text("utf-8").partition("\n")
    line = json.dumps({**json.loads(head), "started": f"{day}T08:00:00.000000Z"}, ensure_ascii=False)
    file.write_text(f"{line}\n{rest}", "utf-8")


def said(data: Path) -> list[Notice]:
    store = Store(data / "captures")
    return notices(store.sweeps(KEY), store.captures())


def url(weeks: Weeks, key: tuple[str, int]) -> str:
    return weeks.base + truth().entry(f"{key[0]}-{key[1]}").address.article


def test_each_run_finds_the_portal_as_it_was(weeks: Weeks) -> None:
    assert [notice.state for notice in weeks.notices] == [
        "ok",
        "ok",
        "blocked from here",
        "nothing new",
        "unreachable",
        "nothing new",
        "changed shape",
        "shrunk",
        "ok",
    ]


def test_the_first_run_has_every_report(weeks: Weeks) -> None:
    shown = [entry for entry in truth().entries if 1 in entry.phases and _shown(entry.report.id)]
    assert len(shown) == 30
    assert {one.url for one in weeks.notices[0].new} == {weeks.base + e.address.article for e in shown}
    assert weeks.notices[0].first


def test_what_was_added_and_edited_is_named(weeks: Weeks) -> None:
    second = weeks.notices[1]
    (added,), (edited,) = defects.ADDED_LATER, defects.EDITED
    assert [one.url for one in second.new] == [url(weeks, added)]
    assert [one.report.url for one in second.changed] == [url(weeks, edited)]
    assert (second.returned, second.moved, second.gone) == ((), (), ())


def test_what_moved_is_named_once_and_is_not_new(weeks: Weeks) -> None:
    old = weeks.base + truth().entry(MOVED[1]).address.article
    found = [(number, one.report.url, one.to) for number, n in enumerate(weeks.notices) for one in n.moved]
    assert found == [(8, old, moved(old))]


def test_what_was_deleted_is_gone_after_three_more_runs_that_could_see_it(weeks: Weeks) -> None:
    (deleted,) = defects.DELETED_LATER
    asked = [
        (number, one.report.url, one.asked_again)
        for number, notice in enumerate(weeks.notices)
        for one in (*notice.vanished, *notice.gone)
    ]
    assert asked == [(number, url(weeks, deleted), again) for again, number in enumerate((1, 3, 5, 6))]
    (gone,) = weeks.notices[6].gone
    captures = {capture.id: capture for capture in Store(weeks.data / "captures").captures()}
    assert [captures[one.capture or ""].refusal for one in gone.evidence] == ["soft-404"] * 4


def test_nothing_else_is_ever_said_of_any_report(weeks: Weeks) -> None:
    """Some of these runs met closed or empty columns, and one a portal half of whose rows were gone."""
    for notice in weeks.notices[2:]:
        assert (notice.new, notice.changed, notice.returned) == ((), (), ())
    assert all(notice.complete == (notice.stopped is None) for notice in weeks.notices)


def test_the_same_portal_is_silent_when_the_year_after_brings_nothing(weeks: Weeks) -> None:
    last = Store(weeks.data / "captures").sweeps(KEY)[-1].runs[-1]
    file = weeks.data / "captures" / "runs" / f"{last.id}.jsonl"
    before = file.read_bytes()
    for day, state in ((date(2027, 2, 14), "ok"), (date(2027, 2, 15), "silent")):
        backdate(file, day)
        assert said(weeks.data)[-1].state == state
    file.write_bytes(before)


def test_a_portal_that_lacks_the_last_year_is_silent_when_first_read(tmp_path: Path) -> None:
    with served(tmp_path) as portal:
        portal.mood = "silent"
        portal.crawl(tmp_path, FIRST_DAY)
    (notice,) = said(tmp_path)
    assert notice.state == "silent"
    (due,) = notice.expected
    assert (due.year, due.due, due.bodies, len(due.missing)) == (2025, "2026-01-31", 4, 4)

"""What is gathered lies in a file: little is held, and it tells what a look at all captures would."""

import gc
import tracemalloc
from dataclasses import replace
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory

from hypothesis import given
from hypothesis import strategies as st

from archive.claims import candidates, looked_up
from archive.gathering import gathering
from archive.material import gather
from benchmarks.county import made
from crawler.captures import Capture

A_REPORT = 500
"""Bytes that a build may hold of each."""


def held(folder: Path, reports: int) -> int:
    county = made(folder / str(reports), reports)
    county.write_readings()
    gather(county, looked_up(county.readings.kept), folder / "warm.db")
    gc.collect()
    tracemalloc.start()
    material = gather(county, looked_up(county.readings.kept), folder / f"{reports}.db")
    gc.collect()
    size, _ = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert sum(material.gathered.versions()) == reports
    return size


def test_little_is_held_of_a_report(tmp_path: Path) -> None:
    assert (held(tmp_path, 200) - held(tmp_path, 100)) / 100 < A_REPORT


URLS = st.sampled_from(["http://a/", "http://b/", "http://c/"])


@st.composite
def captures(draw: st.DrawFn) -> Capture:
    return Capture(
        id="",
        url=draw(URLS),
        fetched=draw(st.sampled_from(["2024", "2025", "2026"])),
        status=draw(st.sampled_from([0, 200, 304, 404])),
        media_type="text/html",
        role=draw(st.sampled_from(["list", "article", "attachment", "robots"])),
        portal="county",
        title=None,
        listed=None,
        body_name=None,
        parent=draw(st.none() | URLS),
        document=draw(st.sampled_from("xyz")),
        length=1,
        warc="one.warc.gz",
        offset=0,
        run="run",
        refusal=draw(st.sampled_from([None, "", "status"])),
    )


def page(capture: Capture, of: list[Capture]) -> Capture:
    """The article it was linked from, as last seen then, or else as first seen."""
    seen = [one for one in of if one.role == "article" and one.url == (capture.parent or "")]
    before = [one for one in seen if one.fetched <= capture.fetched]
    return (before or [capture])[-1] if before or not seen else seen[0]


@given(st.lists(captures(), max_size=12), st.randoms())
def test_what_may_hold_a_report_and_where_it_hung(drawn: list[Capture], random: Random) -> None:
    ordered = sorted(
        (replace(one, id=f"{number:02}") for number, one in enumerate(drawn)),
        key=lambda one: (one.fetched, one.id),
    )
    shuffled = list(ordered)
    random.shuffle(shuffled)
    with TemporaryDirectory() as folder, gathering(Path(folder) / "gathered.db") as into:
        into.captures(shuffled)
        met = list(into.met())
    may = list(candidates(ordered))
    last = {one.url: one.document for one in ordered if one.role in ("article", "attachment")}
    assert [one.capture for one in met] == may
    assert [one.page for one in met] == [page(one, ordered) for one in may]
    assert [one.stands for one in met] == [last[one.url] == one.document for one in may]
    read = {one.document for one in may}
    assert [one.leads for one in met] == [
        one.page.id != one.capture.id and one.page.document in read for one in met
    ]


def test_what_all_would_hold_is_more_than_that(tmp_path: Path) -> None:
    """Else the limit above could not be broken."""
    county = made(tmp_path, 200)
    tracemalloc.start()
    every = list(county.captures())
    size, _ = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert size / len(every) > A_REPORT

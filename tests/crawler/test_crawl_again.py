"""A portal crawled again: what did not change, what no column names any more, what was left undone."""

import gzip
import json
import subprocess
import sys
from pathlib import Path

import pytest

from benchmarks.kills import wrong_with
from crawler.captures import Run, Store
from crawler.captures.warc import whole_records
from crawler.crawl import crawl
from crawler.job import Job
from crawler.spider import REMEMBERED
from tests.crawler.loopback import MISSING, Reply, Site
from tests.crawler.reports import article, column, list_page, publish, text, title

KEY = "990101-qinghe"


@pytest.fixture
def data(tmp_path: Path, site: Site) -> Path:
    publish(site, pages=1, each=4, etags=True)
    site.portal_file(tmp_path, KEY, [column()])
    return tmp_path


def _crawl(data: Path, *, replay: bool = False) -> Run:
    (outcome,) = crawl([KEY], data, local=True, replay=replay, progress=lambda _line: None)
    assert outcome.run is not None
    return outcome.run


def _list(site: Site, *numbers: int) -> None:
    site.html(column(), list_page(numbers, 1, 0))


def test_what_was_taken_is_said(data: Path, site: Site) -> None:
    site.replies["/moved.htm"] = Reply(b"", status=302, headers=(("Location", article(2)),))
    rows = list_page([0, 1], 1, 0) + f'<li><a href="/moved.htm">{title(2)}</a><span>2022-01-20</span></li>'
    file = f'<li><a href="{column()}P0.pdf">{title(3)}</a><span>2022-01-21</span></li>'
    site.html(column(), rows + file)
    run = _crawl(data)
    base = site.base
    assert {(t.url, t.title, t.year, t.listed, t.column, t.unlisted) for t in run.taken} == {
        (base + article(0), title(0), 2008, "2022-01-20", base + column(), False),
        (base + article(1), title(1), 2009, "2022-01-20", base + column(), False),
        (base + "/moved.htm", title(2), 2010, "2022-01-20", base + column(), False),
        (base + column() + "P0.pdf", title(3), 2011, "2022-01-21", base + column(), False),
    }
    assert len({t.text for t in run.taken}) == 4


def test_what_did_not_change_is_not_sent_again(data: Path, site: Site) -> None:
    first = _crawl(data)
    assert site.conditions == {}
    second = _crawl(data)
    assert set(site.conditions) == {column(), *map(article, range(4))}
    assert second.summary is not None
    assert second.summary.bytes == len(site.replies[column() + "P0.pdf"].body) + len(MISSING)
    assert [t for t in second.taken if t.unlisted] == []
    assert {(t.url, t.text) for t in second.taken} == {(t.url, t.text) for t in first.taken}
    store = Store(data / "captures")
    unchanged = [capture for capture in store.captures() if capture.status == 304]
    assert len(unchanged) == 5
    before = {c.url: c for c in store.captures() if c.status == 200}
    for capture in unchanged:
        same = before[capture.url]
        facts = (capture.document, capture.length, capture.media_type, capture.role, capture.title)
        assert facts == (same.document, same.length, same.media_type, same.role, same.title)
        assert store.body(capture) == store.body(same)
    third = _crawl(data)
    assert (third.summary and third.summary.bytes) == second.summary.bytes
    replayed = _crawl(data, replay=True)
    assert {(t.url, t.text) for t in replayed.taken} == {(t.url, t.text) for t in first.taken}


def test_a_revisit_says_that_the_server_said_so(data: Path) -> None:
    _crawl(data)
    run = _crawl(data)
    (warc,) = (data / "captures").glob(f"{run.id}@*.warc.gz")
    warcio = str(Path(sys.executable).with_name("warcio"))
    listed = subprocess.run(
        [warcio, "index", "-f", "warc-type,warc-profile,http:status,warc-refers-to-target-uri", str(warc)],
        capture_output=True, text=True, check=True,
    )  # fmt: skip
    entries = [json.loads(line) for line in listed.stdout.splitlines()]
    revisits = [entry for entry in entries if entry["warc-type"] == "revisit"]
    said = [entry for entry in revisits if entry["http:status"] == "304"]
    assert len(said) == 5
    assert {entry["warc-profile"] for entry in said} == {
        "http://netpreserve.org/warc/1.1/revisit/server-not-modified"
    }
    assert all(entry["warc-refers-to-target-uri"].startswith("http://127.0.0.1") for entry in said)
    assert {entry["warc-profile"] for entry in revisits if entry not in said} == {
        "http://netpreserve.org/warc/1.1/revisit/identical-payload-digest"
    }
    assert subprocess.run([warcio, "check", str(warc)], capture_output=True, check=False).stdout == b""


def _killed_at_its_first_answer(data: Path, run: Run) -> None:
    """A kill that comes when the first answer is in the WARC file, and before its line is in the run."""
    captures = data / "captures"
    path = captures / "runs" / f"{run.id}.jsonl"
    lines = path.read_bytes().splitlines(keepends=True)
    first = next(number for number, line in enumerate(lines) if b'"line": "exchange"' in line)
    answer = json.loads(lines[first])
    assert answer["role"] == "robots"
    path.write_bytes(b"".join(lines[:first]))
    warc = captures / answer["warc"]
    ends = next(end for start, end in whole_records(warc) if start == answer["offset"])
    with warc.open("r+b") as stream:
        stream.truncate(ends)


@pytest.mark.parametrize("continued", [True, False])
def test_an_answer_that_says_unchanged_and_of_which_no_run_speaks_is_entered_by_the_next(
    data: Path, site: Site, continued: bool
) -> None:
    """What it refers to was itself such an answer."""
    site.replies["/robots.txt"] = Reply(b"User-agent: *", "text/plain", headers=(("ETag", '"r"'),))
    runs = [_crawl(data) for _ in range(3)]
    assert all(run.complete for run in runs)
    _killed_at_its_first_answer(data, runs[2])
    (wrong,) = wrong_with(data / "captures")
    assert "is not indexed" in wrong
    if not continued:
        site.portal_file(data, KEY, [column()], name="青禾县")
    after = [_crawl(data), _crawl(data)]
    assert (after[0].sweep == runs[2].sweep) == continued
    assert wrong_with(data / "captures") == []
    said = [[note.url for note in run.notes if "cut off" in note.says] for run in after]
    assert said == [[site.base + "/robots.txt"], []]


def test_an_unchanged_answer_refers_to_the_one_that_brought_the_bytes(data: Path) -> None:
    for _ in range(3):
        _crawl(data)
    lists = [c for c in Store(data / "captures").captures() if c.role == "list"]
    assert [c.status for c in lists] == [200, 304, 304]
    records = Store(data / "captures").records(lists[2])
    assert [cut.kind for cut in records if cut.warc == lists[0].warc][-1] == "response"
    (revisit,) = (gzip.decompress(cut.content) for cut in records if cut.kind == "revisit")
    assert f"WARC-Refers-To-Date: {lists[0].fetched}".encode() in revisit


def test_what_changed_is_sent_and_taken(data: Path, site: Site) -> None:
    before = {t.url: t.text for t in _crawl(data).taken}
    changed = text(1, "被撤回").encode()
    site.replies[article(1)] = Reply(changed, headers=(("ETag", '"new"'),))
    after = {t.url: t.text for t in _crawl(data).taken}
    assert {url for url in after if after[url] != before[url]} == {site.base + article(1)}
    captures = Store(data / "captures").captures()
    assert [c.status for c in captures if c.url == site.base + article(1)] == [200, 200]


def test_not_modified_without_anything_before_is_no_page(data: Path, site: Site) -> None:
    site.replies[article(1)] = Reply(b"", status=304)
    run = _crawl(data)
    assert [(item.url, item.kind) for item in run.unreached] == [(site.base + article(1), "status")]
    assert len(run.taken) == 3
    again = _crawl(data)
    assert article(1) not in site.conditions
    assert len(again.taken) == 3


def test_what_the_store_lost_is_asked_for_plainly(data: Path, site: Site) -> None:
    _crawl(data)
    for warc in (data / "captures").glob("*.warc.gz"):
        warc.unlink()
    run = _crawl(data)
    assert site.conditions == {}
    assert len(run.taken) == 4


def test_what_no_column_names_is_asked_for_by_four_later_sweeps(data: Path, site: Site) -> None:
    _crawl(data)
    _list(site, 0, 1)
    del site.replies[article(2)]
    for _ in range(REMEMBERED):
        site.asked.clear()
        run = _crawl(data)
        assert [(item.url, item.kind, item.title) for item in run.unreached] == [
            (site.base + article(2), "soft-404", title(2))
        ]
        assert {(t.url, t.unlisted) for t in run.taken} == {
            (site.base + article(0), False),
            (site.base + article(1), False),
            (site.base + article(3), True),
        }
        assert site.asked.count(article(2)) == 1
    run = _crawl(data)
    assert run.unreached == ()
    assert {t.url for t in run.taken if t.unlisted} == {site.base + article(3)}
    assert (run.summary and run.summary.reports) == 3


def test_a_column_that_could_not_be_read_says_nothing_of_its_reports(data: Path, site: Site) -> None:
    _crawl(data)
    site.asked.clear()
    del site.replies[column()]
    run = _crawl(data)
    assert set(site.asked) == {"/robots.txt", column()}
    assert run.taken == ()
    assert [(item.url, item.role) for item in run.unreached] == [(site.base + column(), "list")]


def test_a_command_cut_off_at_its_very_end_asks_nothing_again(
    data: Path, site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as patch:
        patch.setattr(Job, "end", lambda _self: None)
        run = _crawl(data)
    site.asked.clear()
    assert _crawl(data) == run
    assert site.asked == []
    assert _crawl(data) != run
    assert site.asked != []


def test_a_changed_portal_file_is_other_work(data: Path, site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    with monkeypatch.context() as patch:
        patch.setattr(Job, "end", lambda _self: None)
        run = _crawl(data)
    site.portal_file(data, KEY, [column(), "/more/"])
    assert _crawl(data) != run

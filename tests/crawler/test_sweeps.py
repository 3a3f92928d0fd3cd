"""Sweeps: runs that belong together, what they leave to the next, and what a kill leaves behind."""

import gzip
import hashlib
import json
import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from crawler.adopt import adopt_left
from crawler.captures import (
    Busy,
    Exchange,
    PortalFacts,
    Recording,
    Signal,
    Store,
    Taken,
    Unreached,
    settled,
)
from crawler.captures.index import Index
from crawler.captures.runs import read_run

FACTS = PortalFacts("990101-qinghe", "990101", "青禾县人民政府", "http://www.example.cn/", "trs")
BASE = "http://www.example.cn/nb/"


def _exchange(name: str, payload: bytes = b"payload", status: int = 200, form: bytes = b"") -> Exchange:
    method = "POST" if form else "GET"
    return Exchange(BASE + name, method, [], form, status, [("ETag", '"1"')], payload, "article", name)


def _taken(name: str, text: str = "0") -> Taken:
    return Taken(BASE + name, name, 2021, "01-20", BASE, text)


def _store(folder: Path) -> Store:
    return Store(folder)


def test_a_complete_run_is_a_sweep_of_its_own(tmp_path: Path) -> None:
    for number in range(2):
        recording = _store(tmp_path).begin(FACTS, "test")
        recording.taken(_taken(f"{number}"))
        recording.close(1)
    sweeps = _store(tmp_path).sweeps(FACTS.key)
    assert [(len(sweep.runs), sweep.complete) for sweep in sweeps] == [(1, True), (1, True)]
    assert [sweep.taken for sweep in sweeps] == [(_taken("0"),), (_taken("1"),)]
    assert _store(tmp_path).complete_sweeps(FACTS.key, last=1) == sweeps[1:]
    assert _store(tmp_path).sweeps("990102-other") == []


@pytest.mark.parametrize("stopped", ["budget", None])
def test_an_unfinished_sweep_is_continued_by_a_run_of_its_own(tmp_path: Path, stopped: str | None) -> None:
    first = _store(tmp_path).begin(FACTS, "test")
    first.taken(_taken("1"))
    first.signal(Signal(BASE, "odd"))
    first.unreached(Unreached(BASE + "2", "article", "timeout", "no answer"))
    first.close(1, stopped) if stopped else first.abandon()
    (waiting,) = _store(tmp_path).sweeps(FACTS.key)
    assert (waiting.complete, waiting.taken, len(waiting.unreached)) == (False, (_taken("1"),), 1)
    assert _store(tmp_path).complete_sweeps(FACTS.key, last=3) == []
    before = (tmp_path / "runs" / f"{first.id}.jsonl").read_bytes()
    second = _store(tmp_path).begin(FACTS, "test")
    second.taken(_taken("1", "1"))
    second.taken(_taken("2"))
    second.close(2)
    (sweep,) = _store(tmp_path).sweeps(FACTS.key)
    assert (sweep.id, [run.id for run in sweep.runs]) == (first.id, [first.id, second.id])
    assert (sweep.complete, sweep.taken, sweep.unreached) == (True, (_taken("1", "1"), _taken("2")), ())
    assert (tmp_path / "runs" / f"{first.id}.jsonl").read_bytes() == before


def test_an_old_sweep_and_one_of_another_portal_file_are_not_continued(tmp_path: Path) -> None:
    first = _store(tmp_path).begin(FACTS, "test")
    first.exchange(_exchange("1"), None)
    first.close(0, "budget")
    moved = _store(tmp_path).begin(replace(FACTS, home="http://new.example.cn/"), "test")
    assert (moved.rest.sweep, moved.rest.had(BASE + "1", "GET", b"")) == (None, None)
    moved.close(0, "budget")
    _backdate(tmp_path, moved.id, days=8)
    late = _store(tmp_path).begin(replace(FACTS, home="http://new.example.cn/"), "test")
    assert late.rest.sweep is None
    late.close(0, "budget")
    assert len(_store(tmp_path).sweeps(FACTS.key)) == 3


def _backdate(folder: Path, run: str, days: int) -> None:
    path = folder / "runs" / f"{run}.jsonl"
    text = path.read_text(encoding="utf-8")
    started = (datetime.now(UTC) - timedelta(days=days)).strftime("%Y-%m-%dT%H:%M:%S.%fZ")
    path.write_text(re.sub('"started": "[^"]*"', f'"started": "{started}"', text), encoding="utf-8")


def test_what_a_sweep_had_is_had_and_what_was_refused_is_asked_again(tmp_path: Path) -> None:
    first = _store(tmp_path).begin(FACTS, "test")
    first.exchange(_exchange("1"), None)
    first.exchange(_exchange("gone", status=404), "status")
    first.exchange(_exchange("blocked", status=403), "status")
    first.exchange(_exchange("asks"), "challenge")
    first.exchange(_exchange("list", b"one", form=b"page=1"), None)
    first.exchange(_exchange("list", b"two", form=b"page=2"), None)
    first.close(0, "blocked")
    store = _store(tmp_path)
    recording = store.begin(FACTS, "test")
    recording.abandon()
    rest = recording.rest
    had = rest.had(BASE + "list", "POST", b"page=2")
    assert had is not None
    assert store.served(had).payload == b"two"
    names = ("1", "gone", "blocked", "asks", "never")
    assert [rest.had(BASE + name, "GET", b"") is not None for name in names] == [
        True, True, False, False, False,
    ]  # fmt: skip
    assert rest.had(BASE + "list", "POST", b"page=3") is None
    assert not settled(next(c for c in store.captures() if c.refusal == "challenge"))


def test_one_crawl_of_a_portal_at_a_time(tmp_path: Path) -> None:
    recording = _store(tmp_path).begin(FACTS, "test")
    with pytest.raises(Busy, match="another crawl of this portal is running"):
        _store(tmp_path).begin(FACTS, "test")
    other = _store(tmp_path).begin(replace(FACTS, key="990101-qinghe-2"), "test")
    other.close(0)
    recording.close(0)
    _store(tmp_path).begin(FACTS, "test").close(0)


def _orphaned(folder: Path, *exchanges: Exchange) -> Recording:
    """A run that was killed after its last answer was in the WARC file and before its line was."""
    recording = _store(folder).begin(FACTS, "test")
    for exchange in exchanges:
        recording.exchange(exchange, None)
    recording.abandon()
    path = folder / "runs" / f"{recording.id}.jsonl"
    lines = path.read_bytes().splitlines(keepends=True)
    path.write_bytes(b"".join(lines[:-1]))
    return recording


def test_an_answer_of_which_no_run_speaks_is_found_by_what_was_asked(tmp_path: Path) -> None:
    _orphaned(tmp_path, _exchange("1"), _exchange("list", b"two", form=b"page=2"))
    assert len(list(_store(tmp_path).captures())) == 1
    store = _store(tmp_path)
    recording = store.begin(FACTS, "test")
    assert recording.rest.orphan(BASE + "list", "POST", b"page=1") is None
    found = recording.rest.orphan(BASE + "list", "POST", b"page=2")
    assert found is not None
    assert (found.url, found.method, found.form) == (BASE + "list", "POST", b"page=2")
    assert (found.answer.status, found.answer.headers, found.answer.payload) == (
        200, (("ETag", '"1"'),), b"two",
    )  # fmt: skip
    assert recording.rest.orphan(BASE + "list", "POST", b"page=2") is None
    adopted = recording.adopt(found, _exchange("list", b"two", form=b"page=2"), None, None).capture
    summary = recording.close(1)
    assert (summary.requests, summary.bytes) == (0, 0)
    captures = {capture.title: capture for capture in _store(tmp_path).captures()}
    assert captures["list"] == adopted
    assert (adopted.run, adopted.warc) == (recording.id, captures["1"].warc)
    assert _store(tmp_path).body(adopted) == b"two"


@pytest.mark.parametrize("days", [0, 8])
def test_an_answer_that_nobody_asks_for_again_is_spoken_of_once(tmp_path: Path, days: int) -> None:
    """Of a sweep that is continued, and of one that is not; of two killed runs that had the same answer."""
    killed = [_orphaned(tmp_path, _exchange("1"), _exchange("2")) for _ in range(2)]
    for run in killed:
        _backdate(tmp_path, run.id, days)
    ids = []
    for _ in range(2):
        store = _store(tmp_path)
        recording = store.begin(FACTS, "test")
        adopt_left(store, recording)
        recording.close(0)
        ids.append(recording.id)
    captures = [capture for capture in _store(tmp_path).captures() if capture.url == BASE + "2"]
    assert [capture.run for capture in captures] == [ids[0]] * 2
    assert {capture.warc.partition("@")[0] for capture in captures} == {run.id for run in killed}
    assert {(capture.role, _store(tmp_path).body(capture)) for capture in captures} == {("list", b"payload")}
    notes = {run.id: [note.url for note in run.notes] for run in _store(tmp_path).runs()}
    assert [notes[id] for id in ids] == [[BASE + "2"] * 2, []]


def test_what_an_unspoken_answer_repeats_may_be_lost(tmp_path: Path) -> None:
    first = _store(tmp_path).begin(FACTS, "test")
    first.exchange(_exchange("1"), None)
    first.close(1)
    _orphaned(tmp_path, _exchange("2"), _exchange("1"))
    next(tmp_path.glob(f"{first.id}@*")).unlink()
    for _ in range(2):
        store = _store(tmp_path)
        recording = store.begin(FACTS, "test")
        adopt_left(store, recording)
        recording.close(0)
    assert [capture.url for capture in _store(tmp_path).captures()] == [BASE + "2"]
    lost = {damage.file: damage.says for damage in _store(tmp_path).damage()}
    assert [says.startswith("1 captures") for says in lost.values()] == [True, True]
    notes = [run.notes for run in _store(tmp_path).runs()]
    assert [len(said) for said in notes] == [0, 0, 1, 0]


@pytest.mark.parametrize("cut", [1, 30])
def test_torn_ends_are_cut_back_by_the_next_run_and_said(tmp_path: Path, cut: int) -> None:
    first = _orphaned(tmp_path, _exchange("1"), _exchange("2", b"other" * 99))
    (warc,) = tmp_path.glob("*.warc.gz")
    lines = tmp_path / "runs" / f"{first.id}.jsonl"
    whole = lines.read_bytes()
    lines.write_bytes(whole + b'{"line": "exch')
    size = warc.stat().st_size
    warc.write_bytes(warc.read_bytes()[:-cut])
    recording = _store(tmp_path).begin(FACTS, "test")
    recording.close(0)
    assert lines.read_bytes() == whole
    (run,) = (run for run in _store(tmp_path).runs() if run.id == recording.id)
    says = {damage.file: damage.says for damage in run.mended}
    assert set(says) == {warc.name, f"runs/{first.id}.jsonl"}
    assert (
        says[f"runs/{first.id}.jsonl"]
        == f"was cut back to byte {len(whole)}: the 14 after it were torn by a kill"
    )
    gone = size - cut - warc.stat().st_size
    assert gone > 0
    assert (
        says[warc.name]
        == f"was cut back to byte {warc.stat().st_size}: the {gone} after it were torn by a kill"
    )
    gzip.decompress(warc.read_bytes())
    assert _store(tmp_path).damage() == []
    later = _store(tmp_path).begin(FACTS, "test")
    later.close(0)
    assert [run.mended for run in _store(tmp_path).runs() if run.id == later.id] == [()]


def test_a_file_without_a_whole_record_is_removed_and_said(tmp_path: Path) -> None:
    first = _store(tmp_path).begin(FACTS, "test")
    first.abandon()
    (tmp_path / f"{first.id}@www.example.cn.warc.gz").write_bytes(b"\x1f\x8b\x08torn")
    _store(tmp_path).begin(FACTS, "test").close(0)
    assert list(tmp_path.glob("*.warc.gz")) == []
    assert ["was removed" in damage.says for run in _store(tmp_path).runs() for damage in run.mended] == [
        True
    ]


def test_damage_in_the_middle_and_the_files_of_others_are_left_alone(tmp_path: Path) -> None:
    first = _orphaned(tmp_path, _exchange("1"), _exchange("2"), _exchange("3"))
    ended = _store(tmp_path).begin(replace(FACTS, key="990101-qinghe-2"), "test")
    ended.exchange(_exchange("1"), None)
    ended.close(1)
    before = {}
    for warc in tmp_path.glob("*.warc.gz"):
        content = bytearray(warc.read_bytes())
        place = len(content) - 20 if ended.id in warc.name else len(content) // 3
        content[place] ^= 255
        warc.write_bytes(content)
        before[warc] = bytes(content)
    recording = _store(tmp_path).begin(FACTS, "test")
    recording.close(0)
    assert {warc: warc.read_bytes() for warc in before} == before
    assert first.id in str(list(before))
    assert [run.mended for run in _store(tmp_path).runs() if run.id == recording.id] == [()]


def test_the_manifest_names_what_the_run_left(tmp_path: Path) -> None:
    killed = _orphaned(tmp_path, _exchange("1"), _exchange("2"))
    assert list((tmp_path / "runs").glob("*.manifest.json")) == []
    recording = _store(tmp_path).begin(FACTS, "test")
    recording.exchange(_exchange("3"), None)
    recording.close(1)
    for run in (killed, recording):
        written = json.loads((tmp_path / "runs" / f"{run.id}.manifest.json").read_text())
        names = [f"{run.id}@www.example.cn.warc.gz", f"runs/{run.id}.jsonl"]
        assert (written["run"], [entry["file"] for entry in written["files"]]) == (run.id, names)
        for entry in written["files"]:
            content = (tmp_path / entry["file"]).read_bytes()
            assert (entry["size"], entry["sha256"]) == (len(content), hashlib.sha256(content).hexdigest())


def test_a_run_whose_head_is_not_written_leaves_no_run(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def killed(*_paths: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr("crawler.captures.recording.os.link", killed)
        with pytest.raises(KeyboardInterrupt):
            _store(tmp_path).begin(FACTS, "test")
    assert (list(_store(tmp_path).runs()), _store(tmp_path).damage()) == ([], [])
    _store(tmp_path).begin(FACTS, "test").close(0)
    assert all(read_run(path) for path in (tmp_path / "runs").glob("*.jsonl"))


def test_no_lookup_reads_all_captures(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    recording = _store(tmp_path).begin(FACTS, "test")
    recording.exchange(_exchange("1"), None)
    recording.close(0, "budget")
    store = _store(tmp_path)
    plans: list[str] = []

    def explained(index: Index, select: str, values: Sequence[Any]) -> list[tuple[Any, ...]]:
        with index._open() as base:
            plans.extend(row[3] for row in base.execute(f"EXPLAIN QUERY PLAN {select}", values))
            return base.execute(select, values).fetchall()

    monkeypatch.setattr(Index, "_rows", explained)
    (capture,) = store.captures()
    store.body(capture)
    store.answer(BASE + "1", "GET", b"")
    store.last_good(BASE + "1")
    store.original(BASE + "1", capture.fetched)
    store.complete_sweeps(FACTS.key, last=3)
    continuing = store.begin(FACTS, "test")
    assert continuing.rest.had(BASE + "1", "GET", b"") is not None
    continuing.exchange(_exchange("1"), None)
    continuing.close(0)
    assert len(plans) > 20
    assert [plan for plan in plans if plan.startswith("SCAN") and "exchanges_time" not in plan] == []
    store.damage()
    assert [plan for plan in plans if plan.startswith("SCAN") and "exchanges_time" not in plan] != []

import gzip
import subprocess
import sys
import zlib
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from warcio.archiveiterator import ArchiveIterator

from crawler.captures import (
    Capture,
    CaptureLost,
    Exchange,
    Note,
    NotTaken,
    PortalFacts,
    Recording,
    Signal,
    Store,
    Unreached,
)
from crawler.captures.payload import decoded

FACTS = PortalFacts("990101-qinghe", "990101", "青禾县人民政府", "http://www.example.cn/", "trs")
PAGE = "青禾县民政局2021年政府信息公开工作年度报告".encode("gb18030")
ADDRESS = "http://www.example.cn:8080/nb/t1.htm?x=1"


def _exchange(url: str = ADDRESS, payload: bytes = PAGE, *more: tuple[str, str]) -> Exchange:
    received = (("Content-Type", "text/html; charset=ISO-8859-1"), *more)
    sent = (("User-Agent", "test"),)
    return Exchange(url, "GET", sent, b"", 200, received, payload, "article", "标题", "01-20")


def _run(folder: Path, *exchanges: Exchange) -> list[Capture]:
    recording = Store(folder).begin(FACTS, "test")
    made = [recording.exchange(exchange, None) for exchange in exchanges]
    recording.close(len(made))
    return made


def _warcs(folder: Path) -> list[Path]:
    return sorted(folder.glob("*.warc.gz"), key=lambda path: path.stat().st_mtime_ns)


def _types(path: Path) -> list[str]:
    with path.open("rb") as stream:
        return [record.rec_type for record in ArchiveIterator(stream)]


def test_a_capture_leads_to_its_bytes(tmp_path: Path) -> None:
    (made,) = _run(tmp_path, _exchange())
    store = Store(tmp_path)
    (capture,) = store.captures()
    assert capture == made
    assert (capture.title, capture.listed, capture.portal, capture.media_type, capture.length) == (
        "标题", "01-20", "990101-qinghe", "text/html", len(PAGE),
    )  # fmt: skip
    assert store.body(capture) == PAGE


def test_the_payload_is_kept_as_served_and_handed_out_decoded(tmp_path: Path) -> None:
    served = gzip.compress(PAGE)
    (capture,) = _run(tmp_path, _exchange(ADDRESS, served, ("Content-Encoding", "gzip")))
    assert Store(tmp_path).body(capture) == PAGE
    answer = Store(tmp_path).answer(ADDRESS, "GET", b"")
    assert answer is not None
    assert answer.payload == served


@given(st.binary(max_size=400), st.sampled_from(["gzip", "x-gzip", "deflate", "GZIP", "identity", "br", ""]))
def test_a_payload_that_is_not_encoded_as_it_says_stands_for_itself(data: bytes, encoding: str) -> None:
    inflated = decoded(data, encoding)
    assert inflated == data or data[:1] in b"\x1f\x78" or encoding == "deflate"


def test_deflate_comes_with_and_without_its_head() -> None:
    bare = zlib.compressobj(wbits=-15)
    assert decoded(zlib.compress(PAGE), "deflate") == PAGE
    assert decoded(bare.compress(PAGE) + bare.flush(), "deflate") == PAGE
    assert decoded(gzip.compress(zlib.compress(PAGE)), "deflate, gzip") == PAGE


def test_warcio_finds_every_digest_right(tmp_path: Path) -> None:
    raw = [("Content-Disposition", "attachment; filename=年报.pdf".encode().decode("latin-1"))]
    _run(tmp_path, _exchange(), Exchange(ADDRESS + "2", "POST", [], b"a=1", 200, raw, b"%PDF", "attachment"))
    _run(tmp_path, _exchange())
    command = [str(Path(sys.executable).with_name("warcio")), "check", *map(str, _warcs(tmp_path))]
    checked = subprocess.run(command, capture_output=True, text=True, check=False)
    assert (checked.returncode, checked.stdout) == (0, "")
    path = _warcs(tmp_path)[0]
    path.write_bytes(gzip.compress(gzip.decompress(path.read_bytes())[:-5] + b"x"))
    assert subprocess.run(command, capture_output=True, text=True, check=False).stdout != ""


def test_headers_are_kept_as_received(tmp_path: Path) -> None:
    name = "attachment; filename=年报.pdf".encode("gbk").decode("latin-1")
    _run(tmp_path, _exchange(ADDRESS, PAGE, ("Content-Disposition", name)))
    assert name.encode("latin-1") in gzip.decompress(_warcs(tmp_path)[0].read_bytes())


def test_an_unchanged_payload_becomes_a_revisit(tmp_path: Path) -> None:
    (first,) = _run(tmp_path, _exchange())
    again, changed = _run(tmp_path, _exchange(), _exchange(url=ADDRESS + "&y=2"))
    assert [_types(path) for path in _warcs(tmp_path)] == [
        ["warcinfo", "request", "response"],
        ["warcinfo", "request", "revisit", "request", "response"],
    ]
    store = Store(tmp_path)
    assert list(store.captures()) == [first, again, changed]
    assert store.body(again) == PAGE
    assert again.document == first.document


def test_the_index_can_be_deleted_and_is_made_again(tmp_path: Path) -> None:
    _run(tmp_path, _exchange())
    _run(tmp_path, _exchange(), _exchange(url=ADDRESS + "&y=2", payload=b"other"))
    before = list(Store(tmp_path).captures())
    (tmp_path / "index.db").write_bytes(b"this is no database at all, whatever its name may say......")
    assert list(Store(tmp_path).captures()) == before
    (tmp_path / "index.db").unlink()
    store = Store(tmp_path)
    assert list(store.captures()) == before
    assert [store.body(capture) for capture in before] == [PAGE, PAGE, b"other"]


@pytest.mark.parametrize("cut", [1, 40, 200])
def test_a_cut_warc_loses_only_its_tail_and_says_so(tmp_path: Path, cut: int) -> None:
    kept, _lost = _run(tmp_path, _exchange(), _exchange(url=ADDRESS + "&y=2", payload=b"other" * 99))
    (path,) = _warcs(tmp_path)
    whole = path.read_bytes()
    path.write_bytes(whole[: _offset_of_last_response(whole) + cut])
    store = Store(tmp_path)
    assert list(store.captures()) == [kept]
    assert store.body(kept) == PAGE
    says = {damage.file: damage.says for damage in store.damage()}
    assert "only the records before it are read" in says[path.name]
    assert "1 captures of this run" in says[f"runs/{kept.run}.jsonl"]


def _offset_of_last_response(whole: bytes) -> int:
    starts = [place for place in range(len(whole)) if whole[place : place + 3] == b"\x1f\x8b\x08"]
    return starts[-2]


def test_a_revisit_whose_original_is_gone_is_left_out_and_said(tmp_path: Path) -> None:
    _run(tmp_path, _exchange())
    (again,) = _run(tmp_path, _exchange())
    _warcs(tmp_path)[0].unlink()
    store = Store(tmp_path)
    assert list(store.captures()) == []
    assert len(store.damage()) == 2
    with pytest.raises(CaptureLost, match="crawl again"):
        store.body(again)


def test_bytes_that_are_not_those_captured_are_refused(tmp_path: Path) -> None:
    first, second = _run(tmp_path, _exchange(), _exchange(url=ADDRESS + "2", payload=b"other"))
    (path,) = _warcs(tmp_path)
    store = Store(tmp_path)
    path.write_bytes(path.read_bytes()[: first.offset] + path.read_bytes()[second.offset :])
    with pytest.raises(CaptureLost, match="not those that were captured"):
        store.body(first)


def test_a_run_says_what_it_met(tmp_path: Path) -> None:
    recording = Store(tmp_path).begin(FACTS, "test agent")
    recording.exchange(_exchange(), None)
    recording.unreached(Unreached("http://a/", "list", "timeout", "no answer", None))
    recording.signal(Signal("http://b/", "no rows"))
    recording.note(Note("http://b/robots.txt", "404, so all may be asked"))
    recording.not_taken(NotTaken("http://c/", "解读", "01-02", "why"))
    summary = recording.close(1)
    (run,) = Store(tmp_path).runs()
    assert (run.portal, run.agent, run.summary) == (FACTS, "test agent", summary)
    assert run.unreached == (Unreached("http://a/", "list", "timeout", "no answer", None),)
    assert run.signals == (Signal("http://b/", "no rows"),)
    assert run.not_taken == (NotTaken("http://c/", "解读", "01-02", "why"),)
    assert run.notes == (Note("http://b/robots.txt", "404, so all may be asked"),)
    assert (summary.requests, summary.bytes, summary.reports) == (1, len(PAGE), 1)
    assert dict(summary.errors) == {"signal": 1, "timeout": 1}


def test_an_article_found_to_be_none_is_no_report(tmp_path: Path) -> None:
    recording = Store(tmp_path).begin(FACTS, "test")
    recording.exchange(_exchange(), None)
    recording.not_taken(NotTaken(ADDRESS, "解读", None, "its own title"))
    recording.close(0)
    (capture,) = Store(tmp_path).captures()
    assert capture.refusal == "not-a-report"


def test_a_run_that_was_cut_off_is_read_to_its_last_whole_line(tmp_path: Path) -> None:
    _run(tmp_path, _exchange())
    (path,) = (tmp_path / "runs").glob("*.jsonl")
    path.write_bytes(path.read_bytes()[:-10])
    store = Store(tmp_path)
    assert [run.summary for run in store.runs()] == [None]
    assert len(list(store.captures())) == 1
    assert ["only the lines before it are read" in damage.says for damage in store.damage()] == [True]


def test_a_run_file_that_says_nothing_is_named(tmp_path: Path) -> None:
    (tmp_path / "runs").mkdir()
    (tmp_path / "runs" / "x.jsonl").write_bytes(b"")
    store = Store(tmp_path)
    assert list(store.runs()) == []
    assert [damage.file for damage in store.damage()] == ["runs/x.jsonl"]


def test_two_runs_in_one_second_have_names_of_their_own(tmp_path: Path) -> None:
    names = [_recorded(tmp_path).id for _ in range(3)]
    assert len(set(names)) == 3
    assert [run.id for run in Store(tmp_path).runs()] == sorted(names)
    assert len(Store(tmp_path).portals()) == 1


def _recorded(folder: Path) -> Recording:
    recording = Store(folder).begin(FACTS, "test")
    recording.close(0)
    return recording


def test_an_empty_store_has_nothing(tmp_path: Path) -> None:
    store = Store(tmp_path / "captures")
    assert (list(store.captures()), list(store.runs()), store.damage()) == ([], [], [])
    assert store.answer(ADDRESS, "GET", b"") is None

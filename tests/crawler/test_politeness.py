"""Whole crawls, judged by the log of the server."""

import gzip
import socket
import time
from collections.abc import Callable, Mapping
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest

from crawler.captures import Run, Store
from crawler.crawl import Outcome, crawl
from tests.crawler.loopback import Site
from tests.crawler.raw import Raw, plain, raw

DELAY = 0.3
TEXT = "本机关全年主动公开政府信息。" * 50


def _title(year: int) -> str:
    return f"青禾县民政局{year}年政府信息公开工作年度报告"


def _article(files: str = "") -> bytes:
    return plain(f"<h1>{_title(2021)}</h1><div class='TRS_Editor'><p>{TEXT}</p>{files}</div>".encode())


def _list(*links: str) -> bytes:
    rows = "".join(f"<tr><td><a href='{link}'>{_title(2021)}</a></td><td>01-20</td></tr>" for link in links)
    return plain(f"<table>{rows}</table>".encode())


def _answering(answers: Mapping[str, bytes | list[bytes]]) -> Callable[[socket.socket, str], None]:
    """By path; a list gives one answer after another, and the last for ever."""
    turns = {path: list(given) for path, given in answers.items() if isinstance(given, list)}

    def answer(stream: socket.socket, path: str) -> None:
        given = answers.get(path, plain(b"<html>404</html>", "404 Not Found"))
        if isinstance(given, list):
            given = turns[path].pop(0) if len(turns[path]) > 1 else turns[path][0]
        stream.sendall(given)

    return answer


def _crawl(data: Path, bases: Mapping[str, str], **more: Any) -> list[Outcome]:
    for key, base in bases.items():
        Site(base).portal_file(data, key, ["/nb/"], **{"pace": {"delay": 0, "timeout": 5}, **more})
    return crawl(list(bases), data, local=True, progress=lambda _line: None)


def _one(data: Path, base: str, **more: Any) -> Run:
    (outcome,) = _crawl(data, {"one": base}, **more)
    assert outcome.run is not None
    return outcome.run


def _stopped(run: Run) -> str | None:
    assert run.summary is not None
    return run.summary.stopped


def _kinds(run: Run) -> list[str]:
    return sorted(item.kind for item in run.unreached)


COUNTY: dict[str, bytes | list[bytes]] = {
    "/robots.txt": plain(b"User-agent: *\nDisallow: /no/\n"),
    "/nb/": _list(
        "/a/t20220120_1.htm", "/moved/t20220120_2.htm", "/busy/t20220120_3.htm", "/no/t20220120_4.htm"
    ),
    "/a/t20220120_1.htm": _article("<a href='/f/1.pdf'>年报.pdf</a><a href='/f/2.pdf'>年报.pdf</a>"),
    "/moved/t20220120_2.htm": plain(b"", "302 Found", "Location: /b/t20220120_2.htm"),
    "/b/t20220120_2.htm": _article(),
    "/busy/t20220120_3.htm": [plain(b"", "503 Busy"), _article()],
    "/f/1.pdf": plain(b"%PDF-1.4 one"),
    "/f/2.pdf": plain(b"%PDF-1.4 two"),
}  # fmt: skip


def test_two_portals_on_one_host_are_asked_one_at_a_time_and_never_too_soon(tmp_path: Path) -> None:
    with raw(_answering(COUNTY)) as server:
        pace = {"pace": {"delay": DELAY, "timeout": 5}}
        outcomes = _crawl(tmp_path, {"one": server.base, "two": server.base}, **pace)
    assert [outcome.reports for outcome in outcomes] == [3, 3]
    assert len(server.log) >= 15
    assert {"/robots.txt", "/f/2.pdf", "/b/t20220120_2.htm"} < set(server.asked)
    assert server.asked.count("/busy/t20220120_3.htm") == 3
    _were_polite(server)


def _were_polite(server: Raw, delay: float = DELAY) -> None:
    starts = sorted(span.began for span in server.log)
    assert min(after - before for before, after in pairwise(starts)) >= delay
    assert min(server.gaps()) > 0


def test_a_host_is_let_go_only_when_the_next_crawl_may_ask_it(tmp_path: Path) -> None:
    with raw(_answering({"/nb/": _list()})) as server:
        _crawl(tmp_path, {"one": server.base}, pace={"delay": 0.8, "timeout": 5})
        assert time.monotonic() - max(span.ended for span in server.log) >= 0.8


def test_the_proof_of_politeness_can_fail(tmp_path: Path) -> None:
    with raw(_answering(COUNTY)) as server:
        _crawl(tmp_path, {"one": server.base, "two": server.base}, pace={"delay": 0.02, "timeout": 5})
    with pytest.raises(AssertionError):
        _were_polite(server)


def test_what_robots_forbids_is_not_asked_and_the_run_says_which_line_did(tmp_path: Path) -> None:
    with raw(_answering(COUNTY)) as server:
        run = _one(tmp_path, server.base)
    (item,) = [item for item in run.unreached if item.kind == "robots"]
    assert item.url.endswith("/no/t20220120_4.htm")
    assert "line 2, Disallow: /no/" in item.says
    assert "/no/t20220120_4.htm" not in server.asked
    assert [c.role for c in Store(tmp_path / "captures").captures() if c.url.endswith("robots.txt")] == [
        "robots"
    ]


@pytest.mark.parametrize(
    "answer", [plain(b"", "503 Busy"), b"", b"HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nU"]
)
def test_without_an_answer_on_robots_nothing_is_asked_now(tmp_path: Path, answer: bytes) -> None:
    with raw(_answering({**COUNTY, "/robots.txt": answer})) as server:
        run = _one(tmp_path, server.base)
    assert set(server.asked) == {"/robots.txt"}
    assert (_stopped(run), _kinds(run)) == ("network", ["network"])
    assert "robots.txt could not be had" in run.unreached[0].says


def test_where_there_is_no_robots_all_may_be_asked(tmp_path: Path) -> None:
    with raw(_answering({**COUNTY, "/robots.txt": plain(b"<html></html>", "404 Not Found")})) as server:
        run = _one(tmp_path, server.base)
    assert "/no/t20220120_4.htm" in server.asked
    assert ["there is none" in note.says for note in run.notes] == [True]
    assert _stopped(run) is None


def test_a_wish_for_more_time_in_robots_is_granted(tmp_path: Path) -> None:
    with raw(_answering({**COUNTY, "/robots.txt": plain(b"User-agent: *\nCrawl-delay: 0.3")})) as server:
        run = _one(tmp_path, server.base, pace={"delay": 0.01, "timeout": 5})
    assert len(server.log) >= 8
    _were_polite(server)
    assert ["0.3 seconds" in note.says for note in run.notes] == [True]


@pytest.mark.parametrize("status", ["403 Forbidden", "412 Precondition Failed", "429 Too Many Requests"])
def test_a_host_that_wants_none_of_it_is_left_alone_at_once(tmp_path: Path, status: str) -> None:
    with raw(_answering({**COUNTY, "/f/1.pdf": plain(b"away", status)})) as server:
        run = _one(tmp_path, server.base)
    assert server.asked[-1] == "/f/1.pdf"
    assert server.asked.count("/f/1.pdf") == 1
    assert _stopped(run) == "blocked"
    assert "blocked" in _kinds(run)
    taken = [c.url for c in Store(tmp_path / "captures").captures() if c.role == "article" and not c.refusal]
    assert taken
    with raw(_answering(COUNTY)) as again:
        run = _one(tmp_path, again.base)
    assert ("/f/1.pdf" in again.asked, _stopped(run)) == (True, None)


def test_a_challenge_page_ends_the_asking_of_its_host_for_all_portals(tmp_path: Path) -> None:
    challenge = plain(b"<script>document.cookie='__jsl_clearance=1';location.href='/'</script>")
    with raw(_answering({**COUNTY, "/nb/": challenge})) as server:
        outcomes = _crawl(tmp_path, {"one": server.base, "two": server.base})
    assert server.asked.count("/nb/") == 1
    runs = [outcome.run for outcome in outcomes if outcome.run]
    assert [_stopped(run) for run in runs] == ["blocked", "blocked"]


def test_three_network_errors_in_a_row_end_the_asking_of_a_host(tmp_path: Path) -> None:
    links = [f"/a/t20220120_{number}.htm" for number in range(20)]
    with raw(_answering({"/nb/": _list(*links), **dict.fromkeys(links, b"")})) as server:
        run = _one(tmp_path, server.base)
    assert len([path for path in server.asked if path.startswith("/a/")]) == 3
    assert _stopped(run) == "network"


def test_one_address_that_breaks_off_does_not_end_the_crawl(tmp_path: Path) -> None:
    with raw(_answering({**COUNTY, "/f/1.pdf": b""})) as server:
        run = _one(tmp_path, server.base)
    assert server.asked.count("/f/1.pdf") == 2
    assert "/f/2.pdf" in server.asked
    assert _stopped(run) is None


def test_a_server_that_says_when_to_come_again_is_heard(tmp_path: Path) -> None:
    busy = [plain(b"", "503 Busy", "Retry-After: 2"), _article()]
    with raw(_answering({**COUNTY, "/busy/t20220120_3.htm": busy})) as server:
        _one(tmp_path, server.base)
    spans = sorted(server.log, key=lambda span: span.began)
    at = next(place for place, span in enumerate(spans) if span.path.startswith("/busy/"))
    assert spans[at + 1].began - spans[at].began >= 2


def test_a_server_that_wants_an_hour_is_left_to_the_next_run(tmp_path: Path) -> None:
    busy = plain(b"", "503 Busy", "Retry-After: 3600")
    with raw(_answering({**COUNTY, "/nb/": busy})) as server:
        run = _one(tmp_path, server.base)
    assert server.asked.count("/nb/") == 1
    assert (_stopped(run), "3600 seconds" in run.unreached[0].says) == ("network", True)


@pytest.mark.parametrize(
    ("budget", "asked"), [({"requests": 3}, 3), ({"bytes": 500}, 2), ({"minutes": 0}, 0)]
)
def test_a_run_keeps_to_its_budget_and_the_next_goes_on(
    tmp_path: Path, budget: dict[str, int], asked: int
) -> None:
    with raw(_answering(COUNTY)) as server:
        run = _one(tmp_path, server.base, budget=budget)
        assert _stopped(run) == "budget"
        assert len(server.log) == asked
        assert [item.kind for item in run.unreached if item.kind == "budget"] == ["budget"]
        run = _one(tmp_path, server.base)
        assert _stopped(run) is None
        assert run.summary is not None
        assert run.summary.reports == 3


def test_the_run_says_that_it_looked_through_a_proxy_and_keeps_its_password_to_itself(tmp_path: Path) -> None:
    """A proxy gets the whole address; this one answers itself."""
    seen: list[str] = []

    def proxy(stream: socket.socket, path: str) -> None:
        seen.append(path)
        stream.sendall(_list() if path.endswith("/nb/") else plain(b"", "404 Not Found"))

    with raw(proxy) as server:
        address = server.base.replace("http://", "http://guest:secret@")
        run = _one(tmp_path, "http://portal.example", proxy=address)
    assert run.portal.via == server.base.removeprefix("http://")
    assert seen == ["http://portal.example/robots.txt", "http://portal.example/nb/"]
    kept = b"".join(path.read_bytes() for path in (tmp_path / "captures").rglob("*") if path.is_file())
    assert b"secret" not in kept
    warcs = [path.read_bytes() for path in (tmp_path / "captures").glob("*.gz")]
    assert warcs
    assert all(b"roxy-" not in gzip.decompress(warc) for warc in warcs)


def test_a_proxy_is_never_taken_from_the_environment(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("http_proxy", "http://127.0.0.1:9")
    with raw(_answering(COUNTY)) as server:
        run = _one(tmp_path, server.base)
    assert (_stopped(run), run.portal.via, len(server.log) > 5) == (None, "direct", True)

"""Captures that others made: each kind brought in, once, with who captured it, when and from where."""

import gzip
import hashlib
import json
import shutil
import subprocess
import sys
import zipfile
from io import BytesIO
from pathlib import Path, PurePath

import pytest
from click.testing import CliRunner, Result
from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

from archive.cli.bring import import_
from crawler.bring.wayback import Kept, kept, of_path
from crawler.captures import Capture, Store
from crawler.captures.payload import unchunked
from crawler.crawl import crawl
from tests.crawler.loopback import Reply, Site

HOST = "http://www.example.cn"
TITLE = "青禾县民政局2022年政府信息公开工作年度报告"
ARTICLE = f"<title>{TITLE}</title><div id=zoom><a href='/files/r.pdf'>附件</a>" + "公开" * 300 + "</div>"
FILE = b"%PDF-1.4 the report"
KILLED = """
import os, signal, sys
from crawler.bring.warcs import Kept
from crawler.captures import Recording, Store
at, path, data = sys.argv[1:]
owner = {"settle": Kept, "begin": Store, "adopt": Recording, "close": Recording}[at]
done = getattr(owner, at)
def killed(*args):
    if at != "close":
        done(*args)
    os.kill(os.getpid(), signal.SIGKILL)
setattr(owner, at, killed)
from archive.cli.bring import import_
import_([path, "--data", data])
"""
PORTAL = f"""
division: "990101"
name: 青禾县人民政府
home: {HOST}/
cms: trs
columns:
  - url: {HOST}/nb/
"""


def _import(data: Path, *words: object) -> Result:
    (data / "portals").mkdir(parents=True, exist_ok=True)
    (data / "portals" / "990101-qinghe.yaml").write_text(PORTAL, encoding="utf-8")
    asked = [str(word) for word in (*words, "--data", data)]
    return CliRunner().invoke(import_, asked, standalone_mode=False)


def _captures(data: Path) -> dict[str, Capture]:
    return {capture.url: capture for capture in Store(data / "captures").captures()}


def _chunked(payload: bytes) -> bytes:
    return b"".join(b"%x\r\n%s\r\n" % (len(part), part) for part in (payload[:7], payload[7:])) + b"0\r\n\r\n"


def _warc(path: Path, *, gzipped: bool = True, prefix: str = "") -> Path:
    """As wget writes it: payloads chunked and compressed as they came."""
    with path.open("wb") as out:
        writer = WARCWriter(out, gzip=gzipped)
        info = {"software": "Wget/1.21.3 (linux-gnu)", "operator": "青禾观察"}
        writer.write_record(writer.create_warcinfo_record(path.name, info))
        page = gzip.compress(ARTICLE.encode())
        answers = (
            ("/nb/1.html", _chunked(page), [("Content-Encoding", "gzip"), ("Transfer-Encoding", "chunked")]),
            ("/files/r.pdf", FILE, [("Content-Type", "application/pdf")]),
            ("/news.html", b"<title>news</title>" + b"<p>news</p>" * 99, [("Content-Type", "text/html")]),
            ("/gone.html", b"<title>404</title>404 Not Found", [("Content-Type", "text/html")]),
        )
        for where, payload, headers in answers:
            head = StatusAndHeaders("200 OK", headers, protocol="HTTP/1.1")
            dated = {"WARC-Date": "2023-02-03T04:05:06Z"}
            writer.write_record(
                writer.create_warc_record(
                    f"{prefix}{HOST}{where}",
                    "response",
                    BytesIO(payload),
                    len(payload),
                    http_headers=head,
                    warc_headers_dict=dated,
                )
            )
    return path


@pytest.mark.parametrize("gzipped", [True, False])
def test_a_warc_of_another_crawler_keeps_who_when_and_what(tmp_path: Path, gzipped: bool) -> None:
    path = _warc(tmp_path / ("x.warc.gz" if gzipped else "x.warc"), gzipped=gzipped)
    assert _import(tmp_path, path).return_value == 0
    store, found = Store(tmp_path / "captures"), _captures(tmp_path)
    article, file = found[f"{HOST}/nb/1.html"], found[f"{HOST}/files/r.pdf"]
    assert store.body(article) == ARTICLE.encode()
    assert store.body(file) == FILE
    assert (article.fetched, article.role, article.title) == ("2023-02-03T04:05:06Z", "article", TITLE)
    assert (file.role, file.parent) == ("attachment", article.url)
    assert found[f"{HOST}/news.html"].role == "list"
    assert found[f"{HOST}/gone.html"].refusal == "soft-404"
    (run,) = store.runs()
    assert run.portal.via == run.agent == "青禾观察, Wget/1.21.3 (linux-gnu)"
    assert run.portal.division == "990101"
    assert run.portal.key.startswith("import-990101-qinghe-")
    assert run.notes[0].url.startswith(f"{path.name}, sha256 ")


def test_what_is_here_already_is_not_brought_in_twice(tmp_path: Path) -> None:
    path = _warc(tmp_path / "x.warc.gz")
    assert _import(tmp_path, path).stdout == f"{path}: 4 new, 0 that were here already\n"
    before = sorted((tmp_path / "captures").glob("*.warc.gz"))
    again = _import(tmp_path, path, "--json")
    assert json.loads(again.stdout) == {"path": str(path), "new": 0, "had": 4, "other": 0, "says": []}
    assert sorted((tmp_path / "captures").glob("*.warc.gz")) == before


def test_a_wacz_and_addresses_of_a_web_archive(tmp_path: Path) -> None:
    inner = _warc(tmp_path / "data.warc.gz", prefix="https://archive.example/web/20200115000000id_/")
    with zipfile.ZipFile(tmp_path / "x.wacz", "w") as bundle:
        bundle.write(inner, "archive/data.warc.gz")
        bundle.writestr("datapackage.json", "{}")
    assert _import(tmp_path, tmp_path / "x.wacz", "--by", "the group").return_value == 0
    article = _captures(tmp_path)[f"{HOST}/nb/1.html"]
    assert article.fetched == "2020-01-15T00:00:00Z"
    (run,) = Store(tmp_path / "captures").runs()
    assert run.portal.via == "the group; 青禾观察, Wget/1.21.3 (linux-gnu) (kept by archive.example)"


def test_a_warc_that_breaks_off_is_read_up_to_there_and_said(tmp_path: Path) -> None:
    path = _warc(tmp_path / "x.warc.gz")
    path.write_bytes(path.read_bytes()[:-40])
    result = _import(tmp_path, path)
    assert result.return_value == 1
    assert f"{HOST}/files/r.pdf" in _captures(tmp_path)
    assert "are damaged or cut off; get a sound copy" in result.stderr


def test_hosts_of_no_portal_prove_no_division_unless_a_portal_is_named(tmp_path: Path) -> None:
    path = _warc(tmp_path / "x.warc.gz", prefix="https://archive.example/web/20200115000000id_/")
    text = PORTAL.replace("www.example.cn", "www.other.cn")
    (tmp_path / "portals").mkdir()
    asked = [str(path), "--data", str(tmp_path)]
    (tmp_path / "portals" / "990101-qinghe.yaml").write_text(text, encoding="utf-8")
    left = CliRunner().invoke(import_, asked, standalone_mode=False)
    assert left.stdout.endswith(
        ": 2 new, 0 that were here already, 2 of hosts that no portal file names, left out\n"
    )
    assert {run.portal.division for run in Store(tmp_path / "captures").runs()} == {None}
    other = [*asked[:2], str(tmp_path / "named"), "--portal", "990101-qinghe"]
    shutil.copytree(tmp_path / "portals", tmp_path / "named" / "portals")
    named = CliRunner().invoke(import_, other, standalone_mode=False)
    assert named.return_value == 0
    assert len(_captures(tmp_path / "named")) == 4
    assert {run.portal.division for run in Store(tmp_path / "named" / "captures").runs()} == {"990101"}


def test_files_are_listed_with_their_addresses(tmp_path: Path) -> None:
    (tmp_path / "saved").mkdir()
    (tmp_path / "saved" / "报告.pdf").write_bytes(FILE)
    lines = [
        "\ufefffile,address,captured,by,title",
        f"报告.pdf,{HOST}/files/r.pdf,2021-02-03,李记者,{TITLE}",
        "nowhere.pdf,http://www.example.cn/x,2021-02-03,,",
        f"报告.pdf,{HOST}/y.pdf,yesterday,,",
        f"报告.pdf,https://archive.example/web/20200115000000/{HOST}/z.pdf,,,",
        f"../secret.txt,{HOST}/secret,2021-02-03,,",
    ]
    (tmp_path / "secret.txt").write_text("ours", encoding="utf-8")
    (tmp_path / "saved" / "beside.pdf").write_bytes(FILE)
    (tmp_path / "saved" / "addresses.csv").write_text("\n".join(lines), encoding="utf-8")
    result = _import(tmp_path, tmp_path / "saved")
    assert result.return_value == 1
    assert "line 3, column file: nowhere.pdf is not there; mend the line" in result.stderr
    assert "line 4, column captured: yesterday is no day or moment; write" in result.stderr
    assert "line 6, column file: ../secret.txt is outside the folder of the list" in result.stderr
    assert "addresses.csv: no line names beside.pdf; add one or take it away" in result.stderr
    store, found = Store(tmp_path / "captures"), _captures(tmp_path)
    file, old = found[f"{HOST}/files/r.pdf"], found[f"{HOST}/z.pdf"]
    assert (file.status, file.role, file.title) == (0, "article", TITLE)
    assert (file.fetched, file.media_type) == ("2021-02-03T00:00:00Z", "application/pdf")
    assert store.body(file) == store.body(old) == FILE
    assert old.fetched == "2020-01-15T00:00:00Z"
    vias = {run.portal.via: run for run in store.runs()}
    assert set(vias) == {"李记者", "unknown; it does not say (kept by archive.example)"}
    notes = [note.says for run in vias.values() for note in run.notes if note.url == old.url]
    assert notes == ["saved with what the service adds to a page: its bytes are not only the portal's"]


def test_folders_named_by_moment_and_host(tmp_path: Path) -> None:
    place = tmp_path / "saved" / "20200115000000" / "www.example.cn" / "nb"
    place.mkdir(parents=True)
    (place / "1.html").write_text(ARTICLE, encoding="utf-8")
    (tmp_path / "saved" / "notes.txt").write_text("mine", encoding="utf-8")
    result = _import(tmp_path, tmp_path / "saved")
    assert result.return_value == 1
    assert "notes.txt: no address; name it in addresses.csv" in result.stderr
    article = _captures(tmp_path)[f"{HOST}/nb/1.html"]
    assert (article.fetched, article.title) == ("2020-01-15T00:00:00Z", TITLE)


def test_what_is_nothing_of_the_kind_is_said(tmp_path: Path) -> None:
    (tmp_path / "x.bin").write_bytes(b"\x00\x01")
    result = _import(tmp_path, tmp_path / "x.bin")
    assert result.return_value == 2
    assert "is no WARC, WACZ, CSV of files or captures folder" in result.stderr


def _crawled(data: Path, site: Site, key: str) -> None:
    site.html("/nb/", f"<li><a href='/nb/t20230101_1.html'>{TITLE}</a> 2023-01-01</li>")
    site.html("/nb/t20230101_1.html", f"<title>{TITLE}</title>" + "公开" * 300)
    site.portal_file(data, key, ["/nb/"])
    crawl([key], data, local=True, progress=lambda _line: None)


def _all(data: Path) -> set[str]:
    return {capture.id for capture in Store(data / "captures").captures()}


def test_two_captures_folders_merge_both_ways_to_one_set(tmp_path: Path, site: Site) -> None:
    ours, theirs = tmp_path / "ours", tmp_path / "theirs"
    _crawled(ours, site, "ours")
    _crawled(theirs, site, "theirs")
    both = _all(ours) | _all(theirs)
    assert len(both) == len(_all(ours)) + len(_all(theirs))
    assert _import(ours, theirs / "captures").return_value == 0
    assert _import(theirs, ours / "captures").return_value == 0
    assert _import(ours, theirs / "captures").stdout.endswith(": 0 new, 2 that were here already\n")
    assert _all(ours) == _all(theirs) == both
    assert not list(ours.glob("captures/**/*.part"))


def test_one_file_that_both_imported_is_one_capture_when_they_merge(tmp_path: Path) -> None:
    ours, theirs = tmp_path / "ours", tmp_path / "theirs"
    path = _warc(tmp_path / "x.warc.gz")
    for data, who in ((ours, "we"), (theirs, "they")):
        _import(data, path, "--by", who)
    for data, other in ((ours, theirs), (theirs, ours)):
        assert _import(data, other / "captures").return_value == 0
    both = [list(Store(data / "captures").captures()) for data in (ours, theirs)]
    assert both[0] == both[1]
    assert len(both[0]) == len({capture.id for capture in both[0]}) == 4


def test_a_folder_that_would_write_outside_the_store_is_refused(tmp_path: Path, site: Site) -> None:
    ours, theirs = tmp_path / "ours", tmp_path / "theirs"
    _crawled(theirs, site, "theirs")
    (theirs / "x.warc.gz").write_bytes(b"")
    (manifest,) = (theirs / "captures" / "runs").glob("*.manifest.json")
    said = json.loads(manifest.read_text("utf-8"))
    said["files"].append({"file": "../x.warc.gz", "sha256": hashlib.sha256(b"").hexdigest(), "size": 0})
    for text in (json.dumps(said), "no json"):
        manifest.write_text(text, encoding="utf-8")
        assert "is no manifest of ours; get a sound copy" in _import(ours, theirs / "captures").stderr
    assert not (ours / "x.warc.gz").exists()


@pytest.mark.parametrize("at", ["settle", "begin", "adopt", "close"])
def test_an_import_that_is_killed_is_completed_by_the_same_command(tmp_path: Path, at: str) -> None:
    path, data = _warc(tmp_path / "x.warc.gz"), tmp_path / "data"
    _import(tmp_path / "whole", path)
    (data / "portals").mkdir(parents=True)
    (data / "portals" / "990101-qinghe.yaml").write_text(PORTAL, encoding="utf-8")
    killed = subprocess.run([sys.executable, "-c", KILLED, at, str(path), str(data)], check=False)
    assert killed.returncode == -9
    assert _import(data, path).return_value == 0
    assert _all(data) == _all(tmp_path / "whole")
    ended = {manifest.name for manifest in (data / "captures" / "runs").glob("*.manifest.json")}
    assert ended == {f"{run.id}.manifest.json" for run in Store(data / "captures").runs()}
    third = _import(tmp_path / "third", data / "captures")
    assert third.return_value == 0, third.stderr
    assert _all(tmp_path / "third") == _all(data)


def test_a_run_that_differs_and_one_that_is_not_whole_are_left_and_said(tmp_path: Path, site: Site) -> None:
    ours, theirs = tmp_path / "ours", tmp_path / "theirs"
    _crawled(theirs, site, "theirs")
    shutil.copytree(theirs / "captures", ours / "captures")
    (run,) = (ours / "captures" / "runs").glob("*.jsonl")
    run.write_bytes(run.read_bytes() + b"\n")
    result = _import(ours, theirs / "captures")
    assert result.return_value == 2
    assert "is here; neither was touched" in result.stderr
    (manifest,) = (theirs / "captures" / "runs").glob("*.manifest.json")
    (warc,) = (theirs / "captures").glob("*.warc.gz")
    warc.write_bytes(warc.read_bytes()[:-1])
    assert "is not what its manifest says" in _import(tmp_path / "third", theirs / "captures").stderr
    manifest.unlink()
    assert "is not ended" in _import(tmp_path / "third", theirs / "captures").stderr
    assert _all(tmp_path / "third") == set()


def test_addresses_of_web_archives() -> None:
    address = "https://web.archive.example/web/20230115010203id_/http:/www.example.cn/a?b=http://c/"
    url, when = "http://www.example.cn/a?b=http://c/", "2023-01-15T01:02:03Z"
    assert kept(address) == Kept(url, when, "web.archive.example", True)
    assert kept(address.replace("id_", "")) == Kept(url, when, "web.archive.example", False)
    assert kept("http://www.example.cn/20230115010203/http://x/") is not None
    assert kept("http://www.example.cn/20231315010203/http://x/") is None
    assert of_path(PurePath("20230115010203/www.example.cn/nb/index.html")) == (
        "http://www.example.cn/nb/",
        when,
    )
    assert of_path(PurePath("websites/www.example.cn/20230115010203/nb/1.html")) == (
        "http://www.example.cn/nb/1.html",
        when,
    )
    assert of_path(PurePath("notes/www.example.cn/x")) is None


def test_chunks_are_joined_only_where_they_come_to_their_end() -> None:
    assert unchunked(_chunked(b"0123456789")) == b"0123456789"
    assert unchunked(b"4;x=y\nfour\n0\n\n") == b"four"
    assert unchunked(b"5\r\nno") is None
    assert unchunked(b"<html>") is None


def test_a_crawl_is_not_answered_from_what_others_captured(tmp_path: Path, site: Site) -> None:
    text = f"<title>{TITLE}</title>" + "公开" * 300
    site.html("/nb/", f"<li><a href='/nb/t20230101_1.html'>{TITLE}</a> 2023-01-01</li>")
    site.replies["/nb/t20230101_1.html"] = Reply(text.encode(), headers=(("ETag", '"a"'),))
    site.portal_file(tmp_path, "ours", ["/nb/"])
    with (tmp_path / "x.warc.gz").open("wb") as out:
        head = StatusAndHeaders("200 OK", [("ETag", '"a"')], protocol="HTTP/1.1")
        writer, body = WARCWriter(out, gzip=True), text.replace("公开", "改动").encode()
        known = {"http_headers": head, "warc_headers_dict": {"WARC-Date": "2023-02-03T04:05:06Z"}}
        url = f"{site.base}/nb/t20230101_1.html"
        writer.write_record(writer.create_warc_record(url, "response", BytesIO(body), len(body), **known))
    assert ": 1 new" in _import(tmp_path, tmp_path / "x.warc.gz").stdout
    crawl(["ours"], tmp_path, local=True, progress=lambda _line: None)
    assert site.conditions == {}
    latest = _captures(tmp_path)[url]
    assert (latest.portal, latest.status) == ("ours", 200)
    assert Store(tmp_path / "captures").body(latest) == text.encode()

"""Servers that keep to no standard: what they have is had nevertheless."""

import gzip
import socket
import ssl
import subprocess
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from crawler.captures import Run, Store
from crawler.crawl import crawl
from tests.crawler.loopback import Site
from tests.crawler.raw import Raw, plain, raw

TITLE = "青禾县民政局2021年政府信息公开工作年度报告"
ARTICLE = f"<h1>{TITLE}</h1><p>{'本机关全年主动公开政府信息。' * 50}</p>".encode()
PATH = "/a/t20220120_1.htm"


def _list(*links: str, more: str = "") -> bytes:
    rows = "".join(f"<tr><td><a href='{link}'>{TITLE}</a></td><td>01-20</td></tr>" for link in links)
    return f"<table>{rows}</table>{more}".encode()


def _crawled(
    data: Path, answers: Mapping[str, bytes], tls: ssl.SSLContext | None = None, **more: Any
) -> tuple[Raw, Run]:
    def answer(stream: socket.socket, path: str) -> None:
        stream.sendall(answers.get(path, plain(b"<html>404</html>", "404 Not Found")))

    with raw(answer, tls=tls) as server:
        entry = {"pace": {"delay": 0, "timeout": 5}, **more}
        Site(server.base).portal_file(data, "odd", ["/nb/"], **entry)
        (outcome,) = crawl(["odd"], data, local=True, progress=lambda _line: None)
    assert outcome.run is not None
    return server, outcome.run


def _documents(data: Path, role: str) -> dict[str, bytes]:
    store = Store(data / "captures")
    taken = (c for c in store.captures() if c.role == role and c.refusal is None and c.status == 200)
    return {"/" + c.url.split("/", 3)[3]: store.body(c) for c in taken}


HALF = gzip.compress(ARTICLE)[:100]
ODD = {
    "/a/t20220120_1.htm": b"HTTP/1.0 200 OK\r\n\r\n" + ARTICLE,
    "/a/t20220120_2.htm": b"HTTP/1.1 200 OK\r\nContent-Length:\r\nContent-Type: text/html\r\n\r\n" + ARTICLE,
    "/a/t20220120_3.htm": b"HTTP/1.1 200\r\nContent-Length: 7, 9\r\n\r\n" + ARTICLE,
    "/a/t20220120_4.htm": b"HTTP/1.1 200 OK\r\nContent-Length: 99999\r\n\r\n" + ARTICLE,
    "/a/t20220120_5.htm": plain(ARTICLE, "200 OK", "Content-Encoding: gzip"),
    "/a/t20220120_6.htm": plain(ARTICLE, "200 OK", "Content-Type: image/png"),
    "/a/t20220120_7.htm": plain(ARTICLE, "200 OK", "Content-Type: text/html; charset=x-none"),
    "/a/t20220120_8.htm": plain(gzip.compress(ARTICLE), "200 OK", "Content-Encoding: GZIP"),
    "/a/t20220120_9.htm": b"HTTP/1.1 200 OK\nServer\nTransfer-Encoding: identity\n\n" + ARTICLE,
    "/a/t20220120_10.htm": plain(ARTICLE.decode().encode("gb18030"), "200 OK", "Content-Type: application/pdf"),  # noqa: E501
    "/a/t20220120_11.htm": b"HTTP/1.1 200 OK\r\nContent-Length: 5000\r\nContent-Length: 5000\r\n\r\n" + b" " * (5000 - len(ARTICLE)) + ARTICLE,  # noqa: E501
}  # fmt: skip
"""Articles by their address; each is the same but for the tenth, which is in another charset."""


def test_odd_answers_are_taken_whole(tmp_path: Path) -> None:
    _server, run = _crawled(tmp_path, {"/nb/": plain(_list(*ODD)), **ODD})
    had = _documents(tmp_path, "article")
    assert set(had) == set(ODD)
    other = {"/a/t20220120_10.htm": ARTICLE.decode().encode("gb18030")}
    assert {path: body.strip() for path, body in had.items()} == {**dict.fromkeys(ODD, ARTICLE), **other}
    assert run.summary is not None
    assert (run.summary.reports, run.summary.stopped, run.unreached) == (len(ODD), None, ())
    assert ["shorter than its Content-Length" in note.says for note in run.notes][-1:] == [True]


def test_a_broken_compression_stands_for_itself(tmp_path: Path) -> None:
    half = plain(HALF, "200 OK", "Content-Encoding: gzip")
    _crawled(tmp_path, {"/nb/": plain(_list(PATH)), PATH: half})
    store = Store(tmp_path / "captures")
    assert [store.body(c) for c in store.captures() if c.url.endswith(PATH)] == [HALF]


def test_addresses_in_gbk_are_asked_as_the_page_wrote_them(tmp_path: Path) -> None:
    escaped, named = "/a/%C4%EA%B1%A8/t20220120_1.htm", "/d/downfile.jsp?filename=年报.pdf"
    text = "本机关全年主动公开政府信息。" * 50
    article = f"<h1>{TITLE}</h1><div class='TRS_Editor'>{text}<a href='{named}'>附件</a></div>"
    answers = {
        "/nb/": plain(_list(escaped).decode().encode("gb18030")),
        escaped: plain(article.encode("gb18030")),
        "/d/downfile.jsp?filename=%C4%EA%B1%A8.pdf": plain(b"", "302 Found", "Location: /d/\u00c4\u00ea.pdf"),
        "/d/%C4%EA.pdf": plain(b"%PDF-1.4 x"),
    }
    server, run = _crawled(tmp_path, answers)
    assert set(answers) <= set(server.asked)
    assert run.unreached == ()
    assert list(_documents(tmp_path, "attachment")) == ["/d/%C4%EA.pdf"]


@pytest.mark.parametrize(
    "page",
    [
        "<meta http-equiv='Refresh' content='0; URL=/new/'>",
        "<html><script>window.location.href = '/new/';</script></html>",
        "<body onload=\"location.replace('/new/')\">正在跳转</body>",
        "<script>if(/Mobile/.test(x)){location='/m/'}else{location='/new/'}</script>",
    ],
)
def test_a_list_that_only_sends_elsewhere_is_followed(tmp_path: Path, page: str) -> None:
    answers = {"/nb/": plain(page.encode()), "/new/": plain(_list(PATH)), PATH: plain(ARTICLE)}
    _server, run = _crawled(tmp_path, answers)
    assert run.summary is not None
    assert (run.summary.reports, run.unreached) == (1, ())


def test_an_article_that_only_sends_elsewhere_is_gone(tmp_path: Path) -> None:
    answers = {"/nb/": plain(_list(PATH)), PATH: plain(b"<script>location.href='/nb/'</script>")}
    server, run = _crawled(tmp_path, answers)
    assert [item.kind for item in run.unreached] == ["soft-404"]
    assert server.asked.count("/nb/") == 1


def test_a_list_is_never_followed_to_somebody_else(tmp_path: Path) -> None:
    away = plain(b"<script>location.href='http://127.0.0.1:9/'</script>")
    _server, run = _crawled(tmp_path, {"/nb/": away})
    assert [item.kind for item in run.unreached] == ["offsite"]


def test_the_mark_of_a_session_makes_no_new_pages(tmp_path: Path) -> None:
    mark, other = "0A1B2C3D4E5F60718293A4B5C6D7E8F9", "FFFF2C3D4E5F60718293A4B5C6D7E8F9"
    pager = '<script>createPageHTML(2, 0, "index", "html");</script>'
    again = '<script>createPageHTML(2, 1, "index", "html");</script>'
    first, second = (
        [f"{PATH};jsessionid={session}", f"/b/t20220120_2.htm?PHPSESSID={session}&id=7"]
        for session in (mark, other)
    )
    answers = {
        "/nb/": plain(_list(*first, more=pager)),
        "/nb/index_1.html": plain(_list(*second, more=again)),
        PATH: plain(ARTICLE),
        "/b/t20220120_2.htm?id=7": plain(ARTICLE),
    }  # fmt: skip
    server, run = _crawled(tmp_path, answers)
    assert sorted(server.asked) == sorted([*answers, "/robots.txt"])
    assert run.summary is not None
    assert run.summary.reports == 2


def test_a_page_that_says_in_any_way_that_there_is_none_is_no_report(tmp_path: Path) -> None:
    missing = plain("<title>提示信息</title><p>您访问的页面不存在或已删除</p>".encode("gb18030"))
    _server, run = _crawled(tmp_path, {"/nb/": plain(_list(PATH)), PATH: missing})
    assert [item.kind for item in run.unreached] == ["soft-404"]


def _certificate(folder: Path, *more: str) -> tuple[Path, Path]:
    key, certificate = folder / "key.pem", folder / "certificate.pem"
    command = ["openssl", "req", "-x509", "-newkey", "rsa:1024", "-nodes", "-keyout", str(key), "-out"]
    command += [str(certificate), "-subj", "/CN=www.example.cn", *more]
    subprocess.run(command, check=True, capture_output=True)
    return certificate, key


OLD = {"1.0": ssl.TLSVersion.TLSv1, "1.1": ssl.TLSVersion.TLSv1_1, "1.2": ssl.TLSVersion.TLSv1_2}


@pytest.mark.parametrize("version", sorted(OLD))
@pytest.mark.filterwarnings("ignore:ssl.TLSVersion.TLSv1:DeprecationWarning")
def test_old_tls_with_a_short_key_that_signs_itself_is_spoken_and_noted(tmp_path: Path, version: str) -> None:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.set_ciphers("AES128-SHA:@SECLEVEL=0")
    context.minimum_version = context.maximum_version = OLD[version]
    context.load_cert_chain(*_certificate(tmp_path, "-days", "1"))
    _server, run = _crawled(tmp_path, {"/nb/": plain(_list(PATH)), PATH: plain(ARTICLE)}, tls=context)
    assert run.summary is not None
    assert (run.summary.reports, run.summary.stopped) == (1, None)
    (note,) = [note.says for note in run.notes if "certificate" in note.says]
    assert "it is signed by itself, it is not for 127.0.0.1" in note

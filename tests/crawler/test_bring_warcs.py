"""WARC files of other crawlers: kept as they are, read as our own, what is damaged in them named."""

import gzip
import hashlib
import random
import zipfile
from io import BytesIO
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

from archive.cli.bring import import_
from crawler.bring.bring import Bringer
from crawler.captures import Capture, Store
from crawler.captures.warc import whole_records
from crawler.portal import load

WGET = Path(__file__).parents[1] / "fixtures" / "warcs" / "wget"
HOST = "http://www.example.cn"
TITLE = "砚澜县水利局2022年度政府信息公开工作年度报告"
PORTAL = """
division: "{division}"
name: 砚澜县人民政府
home: http://www.example.cn{folder}/
cms: trs
columns:
  - url: http://www.example.cn{folder}/nb/
"""
PAGE = f"<title>{TITLE}</title><div id=zoom>" + "公开" * 300 + "<a href='/r.pdf'>附件</a></div>"


def _portal(data: Path, key: str = "990121-yanlan", division: str = "990121", folder: str = "") -> None:
    (data / "portals").mkdir(parents=True, exist_ok=True)
    text = PORTAL.format(division=division, folder=folder)
    (data / "portals" / f"{key}.yaml").write_text(text, encoding="utf-8")


def _import(data: Path, *words: object) -> Result:
    asked = [str(word) for word in (*words, "--data", data)]
    result = CliRunner().invoke(import_, asked, standalone_mode=False)
    assert result.exception is None, result.exception
    return result


def _captures(data: Path) -> dict[str, Capture]:
    return {capture.url: capture for capture in Store(data / "captures").captures()}


Answers = dict[str, tuple[bytes, list[tuple[str, str]]]]


def _warc(path: Path, answers: Answers, gzipped: bool = True, status: str = "200 OK") -> Path:
    with path.open("wb") as out:
        writer = WARCWriter(out, gzip=gzipped)
        for where, (payload, headers) in answers.items():
            head = StatusAndHeaders(status, headers, protocol="HTTP/1.1")
            facts = {"WARC-Date": "2023-02-03T04:05:06Z"}
            body, size = BytesIO(payload), len(payload)
            known = {"http_headers": head, "warc_headers_dict": facts}
            writer.write_record(writer.create_warc_record(where, "response", body, size, **known))
    return path


HTML = [("Content-Type", "text/html")]
PDF = [("Content-Type", "application/pdf")]


def test_what_wget_wrote_is_kept_byte_for_byte_and_read(tmp_path: Path) -> None:
    _portal(tmp_path)
    _import(tmp_path, WGET / "crawl.warc.gz")
    digest = hashlib.sha256((WGET / "crawl.warc.gz").read_bytes()).hexdigest()
    kept = tmp_path / "captures" / f"import-{digest[:32]}.warc.gz"
    assert kept.read_bytes() == (WGET / "crawl.warc.gz").read_bytes()
    assert [path.name for path in (tmp_path / "captures").glob("*.warc*")] == [kept.name]
    store, found = Store(tmp_path / "captures"), _captures(tmp_path)
    page, file = found[f"{HOST}/nb/r.html"], found[f"{HOST}/nb/r.docx"]
    assert (page.role, page.title, found[f"{HOST}/nb/"].role) == ("article", TITLE, "list")
    assert (file.role, file.parent) == ("attachment", page.url)
    assert store.body(file)[:2] == b"PK"
    assert "见附件".encode() in store.body(page)
    (run,) = store.runs()
    assert run.portal.via == "青禾观察, Wget/1.21.3 (linux-gnu)"
    assert run.notes[0].url == f"crawl.warc.gz, sha256 {digest}"
    assert f"kept byte for byte as {kept.name}" in run.notes[0].says
    assert store.damage() == []


def test_what_a_revisit_repeats_is_found_in_another_file_and_its_absence_is_said(tmp_path: Path) -> None:
    _portal(tmp_path)
    alone = _import(tmp_path, WGET / "again.warc.gz")
    assert alone.output.count("repeats an answer that is not here; import the file with it") == 3
    _import(tmp_path, WGET / "crawl.warc.gz")
    assert "3 new" in _import(tmp_path, WGET / "again.warc.gz").output
    store = Store(tmp_path / "captures")
    pages = [capture for capture in store.captures() if capture.url == f"{HOST}/nb/r.html"]
    assert len(pages) == 2
    assert pages[0].fetched < pages[1].fetched
    assert pages[0].document == pages[1].document
    assert store.body(pages[1]) == store.body(pages[0])
    assert "0 new, 3 that" in _import(tmp_path, WGET / "again.warc.gz").output


@pytest.mark.parametrize("how", ["plain", "one member"])
def test_a_file_of_other_shape_is_kept_record_by_record(tmp_path: Path, how: str) -> None:
    _portal(tmp_path)
    plain = gzip.decompress((WGET / "crawl.warc.gz").read_bytes())
    path = tmp_path / ("x.bin" if how == "one member" else "x.warc")
    path.write_bytes(gzip.compress(plain) if how == "one member" else plain)
    assert "3 new" in _import(tmp_path, path).output
    (kept,) = (tmp_path / "captures").glob("import-*.warc.gz")
    assert gzip.decompress(kept.read_bytes()) == plain
    assert len(list(whole_records(kept))) == plain.count(b"WARC-Record-ID")
    store = Store(tmp_path / "captures")
    assert "kept record by record" in next(store.runs()).notes[0].says
    assert store.body(_captures(tmp_path)[f"{HOST}/nb/r.docx"])[:2] == b"PK"


def test_a_damaged_record_is_named_and_those_around_it_are_taken(tmp_path: Path) -> None:
    _portal(tmp_path)
    whole = (WGET / "crawl.warc.gz").read_bytes()
    path = tmp_path / "crawl.warc.gz"
    path.write_bytes(whole)
    start, end = list(whole_records(path))[2]
    path.write_bytes(whole[: start + 60] + b"\x00\x01\x02\x03" + whole[start + 64 :])
    result = _import(tmp_path, path)
    assert result.return_value == 1
    assert f"its {end - start} bytes from byte {start} are damaged or cut off" in result.output
    assert set(_captures(tmp_path)) == {f"{HOST}/nb/r.html", f"{HOST}/nb/r.docx"}


def test_bytes_that_are_not_what_their_digest_names_are_not_taken(tmp_path: Path) -> None:
    _portal(tmp_path)
    path = _warc(tmp_path / "x.warc", {f"{HOST}/a": (PAGE.encode(), HTML)}, gzipped=False)
    path.write_bytes(path.read_bytes().replace("水利局".encode(), "水务局".encode()))
    assert "a: is damaged: its bytes are not those that its digest names" in _import(tmp_path, path).output
    assert not _captures(tmp_path)


@pytest.mark.parametrize(
    ("payload", "headers", "says"),
    [
        (b"%PDF short", [*PDF, ("Content-Length", "99")], "was cut short: 89 of its 99 bytes are missing"),
        (b"5\r\n%PDF-\r\n9\r\nno", [*PDF, ("Transfer-Encoding", "chunked")], "do not come to an end"),
        (b"\x8b\x02", [*PDF, ("Content-Encoding", "br")], "is packed as br, which is not read"),
    ],
)
def test_an_answer_cut_short_or_packed_strangely_is_named(
    tmp_path: Path, payload: bytes, headers: list[tuple[str, str]], says: str
) -> None:
    _portal(tmp_path)
    answers = {f"{HOST}/a": (PAGE.encode(), HTML), f"{HOST}/r.pdf": (payload, headers)}
    result = _import(tmp_path, _warc(tmp_path / "x.warc.gz", answers))
    assert f"{HOST}/r.pdf: " in result.output
    assert says in result.output
    assert set(_captures(tmp_path)) == {f"{HOST}/a"}


def test_that_something_has_not_changed_is_no_answer(tmp_path: Path) -> None:
    _portal(tmp_path)
    answers = {f"{HOST}/a": (b"", [("Content-Length", "99")])}
    path = _warc(tmp_path / "x.warc", answers, status="304 Not Modified")
    assert "a: says that something has not changed, and not what" in _import(tmp_path, path).output
    assert not _captures(tmp_path)


def test_no_damage_whatever_ends_in_a_traceback_or_in_other_bytes(tmp_path: Path) -> None:
    _portal(tmp_path)
    whole = (WGET / "crawl.warc.gz").read_bytes()
    _import(tmp_path, WGET / "crawl.warc.gz")
    sound = {capture.id for capture in _captures(tmp_path).values()}
    with zipfile.ZipFile(tmp_path / "x.wacz", "w", zipfile.ZIP_DEFLATED) as bundle:
        bundle.writestr("archive/a.warc.gz", whole)
    shapes = [whole, gzip.decompress(whole), (tmp_path / "x.wacz").read_bytes()]
    chance = random.Random(4)
    portals = {"990121-yanlan": load(tmp_path / "portals" / "990121-yanlan.yaml")}
    for number in range(30):
        data, torn = tmp_path / str(number), bytearray(shapes[number % 3])
        for _ in range(chance.randint(1, 4)):
            torn[chance.randrange(len(torn))] ^= chance.randint(1, 255)
        data.mkdir()
        (data / "x.warc.gz").write_bytes(torn[: chance.choice([len(torn), chance.randrange(len(torn))])])
        Bringer(data / "captures", portals).bring(data / "x.warc.gz")
        store = Store(data / "captures")
        for capture in store.captures():
            assert capture.id in sound or capture.url not in {f"{HOST}/nb/", f"{HOST}/nb/r.docx"}
            store.body(capture)


def test_a_host_of_no_portal_claims_no_division_and_what_is_no_report_there_is_left(tmp_path: Path) -> None:
    answers = {
        f"{HOST}:8080/a": (PAGE.encode(), HTML),
        f"{HOST}:8080/r.pdf": (b"%PDF-1", PDF),
        f"{HOST}:8080/style.css": (b"p {}", [("Content-Type", "text/css")]),
    }
    result = _import(tmp_path, _warc(tmp_path / "x.warc.gz", answers))
    assert "2 new, 0 that were here already, 1 of hosts that no portal file names, left out" in result.output
    (run,) = Store(tmp_path / "captures").runs()
    assert run.portal.key.startswith("import-www.example.cn-8080-")
    assert run.portal.division is None


def test_a_file_on_another_host_is_of_the_portal_whose_report_links_to_it(tmp_path: Path) -> None:
    _portal(tmp_path)
    page = PAGE.replace("/r.pdf", "//files.other.cn/报告.pdf")
    answers = {
        f"{HOST}/a": (page.encode(), HTML),
        "http://files.other.cn/%E6%8A%A5%E5%91%8A.pdf": (b"%PDF-1", PDF),
    }
    _import(tmp_path, _warc(tmp_path / "x.warc.gz", answers))
    (run,) = Store(tmp_path / "captures").runs()
    assert {capture.role for capture in _captures(tmp_path).values()} == {"article", "attachment"}
    assert run.portal.division == "990121"


def test_a_file_that_a_list_links_to_as_a_report_is_one(tmp_path: Path) -> None:
    _portal(tmp_path)
    row = f"<ul><li><a href='/x/2022.pdf'>{TITLE}</a></ul>"
    answers = {f"{HOST}/nb/": (row.encode(), HTML), f"{HOST}/x/2022.pdf": (b"%PDF-1", PDF)}
    _import(tmp_path, _warc(tmp_path / "x.warc.gz", answers))
    file = _captures(tmp_path)[f"{HOST}/x/2022.pdf"]
    assert (file.role, file.title) == ("article", TITLE)


def test_portals_of_two_divisions_at_one_host_are_never_guessed(tmp_path: Path) -> None:
    _portal(tmp_path, "990121-yanlan", "990121", "/yl")
    _portal(tmp_path, "990122-other", "990122", "/other")
    answers = {f"{HOST}/other/nb/a.html": (PAGE.encode(), HTML), f"{HOST}/b.html": (PAGE.encode(), HTML)}
    path = _warc(tmp_path / "x.warc.gz", answers)
    result = _import(tmp_path, path)
    assert "1 answers of www.example.cn, where portals of several divisions are, were left" in result.output
    (run,) = Store(tmp_path / "captures").runs()
    assert (run.portal.division, set(_captures(tmp_path))) == ("990122", {f"{HOST}/other/nb/a.html"})
    assert "1 new, 1 that" in _import(tmp_path, path, "--portal", "990121-yanlan").output


def test_links_that_a_web_archive_rewrote_lead_to_what_they_meant(tmp_path: Path) -> None:
    _portal(tmp_path)
    at = "https://archive.example/web/20200115000000"
    page = PAGE.replace("/r.pdf", f"/web/20200115000000/{HOST}/r.pdf")
    answers = {f"{at}/{HOST}/a": (page.encode(), HTML), f"{at}if_/{HOST}/r.pdf": (b"%PDF-1", PDF)}
    _import(tmp_path, _warc(tmp_path / "x.warc.gz", answers))
    file = _captures(tmp_path)[f"{HOST}/r.pdf"]
    assert (file.role, file.parent, file.fetched) == ("attachment", f"{HOST}/a", "2020-01-15T00:00:00Z")
    (run,) = Store(tmp_path / "captures").runs()
    assert [note.url for note in run.notes[1:]] == [f"{HOST}/a", f"{HOST}/r.pdf"]

"""From a figure of each format to the place where it is printed, and to the bytes."""

import gzip
import hashlib
import json
import re
import subprocess
import sys
from collections.abc import Callable
from io import BytesIO
from pathlib import Path
from typing import Any

import pypdfium2
import pytest
from click import ClickException
from PIL import Image, ImageChops

from archive.evidence.picture import LONGER_SIDE, framed_page
from crawler.captures import Exchange, PortalFacts, Store
from parsers.document import Box
from samples.render.bundle import zipped
from samples.render.ofd import ofd
from samples.render.office import docx
from samples.render.plain import text
from samples.render.portable import pdf
from samples.render.sheet import xlsx
from samples.render.web import article
from samples.report import Report
from samples.truth import truth

Command = Callable[..., Any]
WARCIO = str(Path(sys.executable).parent / "warcio")
PORTAL = PortalFacts("sample", "990121", "砚澜县人民政府", "http://sample.example/", "trs")
PAGE = "<html><head><title>{0}</title></head><body><h1>{0}</h1>{1}</body></html>"


def page(report: Report) -> bytes:
    return PAGE.format(report.title, article(report)).encode()


FORMATS: dict[str, tuple[Callable[[Report], bytes], str]] = {
    "html": (page, "table.html"),
    "pdf": (pdf, "page.png"),
    "docx": (docx, "table.html"),
    "ofd": (ofd, "page.html"),
    "xlsx": (xlsx, "table.html"),
    "txt": (lambda report: text(report).encode(), "table.html"),
    "zip": (lambda report: zipped({f"{report.title}.pdf": pdf(report)}), "page.png"),
}
_MADE: dict[str, Any] = {}


@pytest.fixture
def data(tmp_path_factory: pytest.TempPathFactory, nianbao_command: Command) -> Path:
    """A report in each format, crawled twice: the second time nothing had changed. Made once."""
    if not _MADE:
        reports = [entry.report for entry in truth().entries if _plain(entry.report)][: len(FORMATS)]
        folder = tmp_path_factory.mktemp("evidence")
        exchanges = [_exchange(kind, report) for kind, report in zip(FORMATS, reports, strict=True)]
        for _ in range(2):
            recording = Store(folder / "captures").begin(PORTAL, "test")
            for exchange in exchanges:
                recording.exchange(exchange, None)
            recording.close(len(exchanges))
        nianbao_command("build", "--data", folder)
        _MADE.update(data=folder, reports=dict(zip(FORMATS, reports, strict=True)))
    return Path(_MADE["data"])


def _plain(report: Report) -> bool:
    """Of the newest form, without anything peculiar, and with a number that stands out."""
    return report.form == "2021" and not report.defects and not report.traits and len(_printed(report)) > 1


def _printed(report: Report) -> str:
    (told,) = (one.text for one in report.figures if one.code == "requests.new.total")
    return told


def _exchange(kind: str, report: Report) -> Exchange:
    content, url = FORMATS[kind][0](report), f"http://sample.example/{kind}"
    received: tuple[tuple[str, str], ...] = (
        ("Content-Type", "text/html" if kind == "html" else "application/octet-stream"),
    )
    if kind == "html":
        content, received = gzip.compress(content, mtime=0), (*received, ("Content-Encoding", "gzip"))
    return Exchange(url, "GET", (), b"", 200, received, content, "article", report.title)


def of(kind: str) -> str:
    report = _MADE["reports"][kind]
    return f"990121-{report.publisher}-{report.year}"


def shown(folder: Path, name: str, kind: str, page: int | None) -> None:
    """The marked place holds what is printed."""
    printed = _printed(_MADE["reports"][kind])
    if name == "table.html":
        (marked,) = re.findall(r'class="cell">([^<]*)<', (folder / name).read_text("utf-8"))
        assert marked.strip() == printed
    elif name == "page.html":
        drawn = (folder / name).read_text("utf-8")
        x, y, width, height = map(
            float, re.findall(r'<rect x="(.*?)" y="(.*?)" width="(.*?)" height="(.*?)"', drawn)[-1]
        )
        texts = [
            (float(a), float(b), said)
            for a, b, said in re.findall(r'<text x="(.*?)" y="(.*?)"[^>]*>(.*?)<', drawn)
        ]
        assert [said for a, b, said in texts if x <= a <= x + width and y <= b <= y + height] == [printed]
    else:
        assert page
        assert in_the_frame(folder / name, folder / "document.pdf", page) == printed


def in_the_frame(picture: Path, document: Path, page: int) -> str:
    """What the PDF prints inside the red frame that was drawn."""
    with Image.open(picture) as image:
        other = ImageChops.difference(image.convert("RGB"), Image.new("RGB", image.size, (214, 40, 40)))
    dots = other.convert("L").point(lambda level: 255 if level == 0 else 0).getbbox()
    assert dots
    left, top, right, bottom = (dot / 2 for dot in dots)
    with pypdfium2.PdfDocument(document.read_bytes()) as pages:
        height = pages[page - 1].get_height()
        words = pages[page - 1].get_textpage()
        return str(words.get_text_bounded(left, height - bottom, right, height - top)).strip()


@pytest.mark.parametrize("kind", FORMATS)
def test_the_cell_is_marked_and_the_bytes_are_there(
    data: Path, tmp_path: Path, nianbao_command: Command, kind: str
) -> None:
    out = tmp_path / "out"
    said = nianbao_command("evidence", of(kind), "requests.new.total", "--data", data, "--out", out, "--json")
    entry = json.loads(said.output)
    assert said.code == 0
    assert entry["shown"] == FORMATS[kind][1]
    (document,) = out.glob("document.*")
    assert hashlib.sha256(document.read_bytes()).hexdigest() == entry["document"]
    assert document.suffix == {"zip": ".pdf"}.get(kind, f".{kind}")
    shown(out, entry["shown"], kind, entry["page"])
    readme = (out / "README.html").read_text("utf-8")
    for fact in ("document", "capture", "warc", "url", "fetched", "code", "version"):
        assert entry[fact] in readme


def test_the_commands_of_the_explanation_verify_it(
    data: Path, tmp_path: Path, nianbao_command: Command
) -> None:
    out = tmp_path / "out"
    nianbao_command("evidence", of("html"), "requests.new.total", "--data", data, "--out", out)
    commands = re.search(r"<pre>(.*?)</pre>", (out / "README.html").read_text("utf-8"), re.DOTALL)
    assert commands
    script = commands[1].replace("warcio ", f"{WARCIO} ")
    printed = subprocess.run(
        ["sh", "-ec", script], cwd=out, capture_output=True, text=True, check=True
    ).stdout
    digest = hashlib.sha256((out / "document.html").read_bytes()).hexdigest()
    assert "document.html: OK" in printed
    assert printed.splitlines()[-1] == f"{digest}  -", "the payload in the WARC record is the document"
    kinds = re.findall(r'"warc-type": "(\w+)"', printed)
    assert kinds == ["warcinfo", "request", "response", "warcinfo", "request", "revisit"]


def test_the_records_are_those_of_the_store_byte_for_byte(
    data: Path, tmp_path: Path, nianbao_command: Command
) -> None:
    out = tmp_path / "out"
    nianbao_command("evidence", of("pdf"), "requests.new.total", "--data", data, "--out", out)
    taken = (out / "record.warc.gz").read_bytes()
    listed = re.findall(
        r"([^\s>]+\.warc\.gz), byte (\d+): \w+, (\d+) bytes", (out / "README.html").read_text("utf-8")
    )
    stored = [
        (data / "captures" / name).read_bytes()[int(start) : int(start) + int(length)]
        for name, start, length in listed
    ]
    assert len(stored) == 6
    assert taken == b"".join(stored)


def test_a_page_of_a_picture_is_framed_where_the_box_is() -> None:
    sheets = [Image.new("L", (1000, 1684), level) for level in (255, 200)]
    held = BytesIO()
    sheets[0].save(held, "TIFF", save_all=True, append_images=sheets[1:])
    made = framed_page(held.getvalue(), 2, Box(100, 200, 140, 220))
    assert made
    with Image.open(BytesIO(made)) as image:
        scale = 1684 / LONGER_SIDE
        assert image.size == (1000, 1684)
        assert image.getpixel((round(98 * scale) + 1, round(210 * scale))) == (214, 40, 40)
        assert image.getpixel((round(120 * scale), round(210 * scale))) == (200, 200, 200)


def test_what_is_not_there_is_named_with_the_nearest(data: Path, nianbao_command: Command) -> None:
    name = of("pdf").removeprefix("990121-")
    with pytest.raises(ClickException, match=f"{name}: no such report or version; did you mean {of('pdf')}"):
        nianbao_command("evidence", name, "requests.new.total", "--data", data)
    with pytest.raises(
        ClickException, match=r"no figure requests\.new\.totl; did you mean requests\.new\.total"
    ):
        nianbao_command("evidence", of("pdf"), "requests.new.totl", "--data", data)
    with pytest.raises(ClickException, match="there is no database; make it with `nianbao build"):
        nianbao_command("evidence", name, "requests.new.total", "--data", data / "nowhere")


def test_an_earlier_version_has_its_own_evidence(
    data: Path, tmp_path: Path, nianbao_command: Command
) -> None:
    said = nianbao_command(
        "evidence", of("pdf"), "requests.new.total", "--data", data, "--json", "--out", tmp_path / "a"
    )
    version = json.loads(said.output)["version"]
    again = nianbao_command(
        "evidence", version, "requests.new.total", "--data", data, "--out", tmp_path / "b"
    )
    assert again.code == 0
    assert (tmp_path / "a/page.png").read_bytes() == (tmp_path / "b/page.png").read_bytes()


def test_bytes_that_are_lost_are_said_and_nothing_is_written(
    data: Path, tmp_path: Path, nianbao_command: Command
) -> None:
    (tmp_path / "archive.db").write_bytes((data / "archive.db").read_bytes())
    (tmp_path / "captures").mkdir()
    with pytest.raises(ClickException, match="no longer in the store"):
        nianbao_command(
            "evidence", of("pdf"), "requests.new.total", "--data", tmp_path, "--out", tmp_path / "out"
        )
    assert not (tmp_path / "out").exists()

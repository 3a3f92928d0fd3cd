"""What no reader can make a report of: one error of a named kind each, and a report after them is read."""

import io
import json
import subprocess
import sys
import zipfile
from collections.abc import Mapping
from pathlib import Path

import pytest
from fpdf import FPDF

from archive.limits import LIMITS
from parsers.document import Unreadable
from parsers.read import running_text
from parsers.readers import read_document
from parsers.readers.scan import has_engine
from samples.fonts.subset import PATH
from samples.publication import reports
from samples.render import office, portable
from samples.render.bundle import zipped

NIANBAO = Path(sys.executable).parent / "nianbao"
OFFICE = "http://schemas.openxmlformats.org"
WORD, SHEET = f"{OFFICE}/wordprocessingml/2006/main", f"{OFFICE}/spreadsheetml/2006/main"
RELATIONS, PACKAGE = f"{OFFICE}/officeDocument/2006/relationships", f"{OFFICE}/package/2006/relationships"
REPORT = next(report for report in reports() if report.format == "pdf")
ELSEWHERE = "this-is-read-from-another-file"


def packed(parts: Mapping[str, str | bytes]) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return file.getvalue()


def laughs() -> str:
    """A billion of them, if anyone expands `&j;`."""
    pairs = zip("abcdefghi", "bcdefghij", strict=True)
    entities = "".join(f'<!ENTITY {more} "{f"&{one};" * 10}">' for one, more in pairs)
    return f'<!DOCTYPE x [<!ENTITY a "{ELSEWHERE}">{entities}]>'


def word(text: str, head: str = "") -> bytes:
    body = f"<w:body><w:p><w:r><w:t>{text}</w:t></w:r></w:p></w:body>"
    return packed({"word/document.xml": f'{head}<w:document xmlns:w="{WORD}">{body}</w:document>'})


def workbook(text: str, head: str) -> bytes:
    cell = f'<c r="A1" t="inlineStr"><is><t>{text}</t></is></c>'
    rows = f'<sheetData><row r="1">{cell}</row></sheetData>'
    return packed(
        {
            "xl/workbook.xml": f'<workbook xmlns="{SHEET}" xmlns:r="{RELATIONS}"><sheets>'
            '<sheet name="a" sheetId="1" r:id="r1"/></sheets></workbook>',
            "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{PACKAGE}"><Relationship Id="r1" '
            f'Type="{RELATIONS}/worksheet" Target="worksheets/sheet1.xml"/></Relationships>',
            "xl/worksheets/sheet1.xml": f'{head}<worksheet xmlns="{SHEET}">{rows}</worksheet>',
        }
    )


def ofd(text: str, head: str) -> bytes:
    space = 'xmlns:ofd="http://www.ofdspec.org/2016"'
    body = f"<ofd:DocBody><ofd:DocRoot>{text}</ofd:DocRoot></ofd:DocBody>"
    return packed({"OFD.xml": f"{head}<ofd:OFD {space}>{body}</ofd:OFD>"})


def locked() -> bytes:
    page = FPDF()
    page.add_page()
    page.set_encryption(owner_password="owner", user_password="user")  # noqa: S106
    return bytes(page.output())


def of_pages(number: int) -> bytes:
    kids = b" ".join(b"%d 0 R" % (3 + page) for page in range(number))
    objects = [
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Count %d/Kids[%s]>>" % (number, kids),
        *[b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]>>"] * number,
    ]
    body = b"".join(b"%d 0 obj%sendobj\n" % numbered for numbered in enumerate(objects, 1))
    return b"%PDF-1.4\n" + body + b"trailer<</Root 1 0 R>>\n"


def nested(depth: int) -> bytes:
    return packed({"a.txt" if depth == 1 else "a.zip": b"x" if depth == 1 else nested(depth - 1)})


def spanning() -> bytes:
    """A table that claims a hundred million places."""
    row = "<td rowspan=9999 colspan=999>1</td>" * 300
    return f"<html><title>{REPORT.title}</title><table><tr>{row}</tr></table></html>".encode()


def half(data: bytes) -> bytes:
    return data[: len(data) // 2]


def nameless() -> bytes:
    """A font that does not say which characters its shapes are."""
    page = FPDF()
    page.add_page()
    page.add_font("sc", fname=str(PATH))
    page.set_font("sc", size=14)
    page.multi_cell(0, 9, REPORT.title)
    return bytes(page.output()).replace(b"/ToUnicode", b"/ToUnicodX")


def word_of_30_mb() -> bytes:
    """A few kilobytes before they are unpacked."""
    return packed({f"word/{name}.xml": b" " * (30 << 20) for name in ("document", "styles")})


PIXEL = bytes.fromhex(
    "47494638396101000100800000000000ffffff21f90400000000002c00000000010001000002024401003b"
)
NOT_FOUND = b"<html><head><title>404 Not Found</title></head><body><h1>Not Found</h1></body></html>"
HUGE = "65-megabytes.pdf"


def bad() -> dict[str, tuple[bytes, str]]:
    page = ("<html><body>" + "<p>受理申请81件。</p>\n" * 1_100_000).encode()
    return {
        "cut.pdf": (half(portable.pdf(REPORT)), "damaged"),
        "cut.docx": (half(office.docx(REPORT)), "damaged"),
        "cut.zip": (half(packed({"report.pdf": portable.pdf(REPORT)})), "damaged"),
        "nothing.pdf": (b"", "empty"),
        "locked.pdf": (locked(), "encrypted"),
        "locked.zip": (zipped({"report.pdf": portable.pdf(REPORT)}, locked=True), "encrypted"),
        "wide.html": (spanning(), "not-a-report"),
        "10000-pages.pdf": (of_pages(10_000), "too-large"),
        "30-megabytes.docx": (word_of_30_mb(), "too-large"),
        "30-megabytes.html": (page, "not-a-report"),
        "bomb.zip": (packed({"a.txt": bytes(300 << 20)}), "too-large"),
        "laughs.docx": (word("&j;", laughs()), "damaged"),
        "laughs.xlsx": (workbook("&j;", laughs()), "damaged"),
        "laughs.ofd": (ofd("&j;", laughs()), "damaged"),
        "laughs.html": (f"{laughs()}<html><body>&j;</body></html>".encode(), "not-a-report"),
        "nested.zip": (nested(9), "too-large"),
        "gif.pdf": (PIXEL, "no-text" if has_engine() else "needs-ocr"),
        "error.doc": (NOT_FOUND, "not-a-report"),
        "nameless.pdf": (nameless(), "not-a-report" if has_engine() else "needs-ocr"),
    }


def nianbao(*files: Path) -> subprocess.CompletedProcess[str]:
    command = [str(NIANBAO), "read", *map(str, files), "--json"]
    return subprocess.run(command, capture_output=True, text=True, check=False, timeout=300)


def test_each_ends_in_one_error_of_its_kind_and_the_report_after_them_is_read(tmp_path: Path) -> None:
    named = bad()
    for name, (data, _) in named.items():
        assert len(data) <= LIMITS.bytes
        (tmp_path / name).write_bytes(data)
    (tmp_path / "good.pdf").write_bytes(portable.pdf(REPORT))
    with (tmp_path / HUGE).open("wb") as file:
        file.truncate(LIMITS.bytes + 1)
    files = [tmp_path / name for name in (HUGE, *named, "good.pdf")]
    outcome = nianbao(*files)
    *refused, good = map(json.loads, outcome.stdout.splitlines())
    kinds = {Path(one["source"].split("!")[0]).name: one["error"]["kind"] for one in refused}
    assert kinds == {HUGE: "too-large"} | {name: kind for name, (_, kind) in named.items()}
    assert len(refused) == len(kinds)
    assert all(one["error"]["says"].endswith(".") for one in refused)
    assert (good["source"], good["year"]) == (str(files[-1]), REPORT.year)
    assert (outcome.returncode, outcome.stderr) == (1, "")


def test_a_locked_pdf_says_so() -> None:
    with pytest.raises(Unreadable) as raised:
        read_document(locked())
    assert raised.value.kind == "encrypted"


def test_what_never_ends_is_too_large() -> None:
    outcome = nianbao(Path("/dev/zero"))
    assert json.loads(outcome.stdout)["error"]["kind"] == "too-large"


@pytest.mark.parametrize("inside", [True, False])
def test_no_entity_is_resolved(tmp_path: Path, inside: bool) -> None:
    other = tmp_path / "other.txt"
    other.write_text(ELSEWHERE, "utf-8")
    entity = f'"{ELSEWHERE}"' if inside else f'SYSTEM "{other.as_uri()}"'
    head = f"<!DOCTYPE x [<!ENTITY x {entity}>]>"
    word_file = word("前文&x;后文", head)
    page = f"{head}<html><body><p>前文&x;后文</p></body></html>".encode()
    for data in (word_file, page):
        text = running_text(read_document(data))
        assert "前文" in text
        assert ELSEWHERE not in text

import zipfile
from collections.abc import Callable
from io import BytesIO
from typing import Any

import pytest

from parsers.document import Unreadable
from parsers.readers import read_document


def packed(*names: str) -> bytes:
    data = BytesIO()
    with zipfile.ZipFile(data, "w") as package:
        for name in names:
            package.writestr(name, "x")
    return data.getvalue()


def test_the_content_decides(
    make_pdf: Callable[..., bytes], make_word: Callable[..., bytes], sheet: Any
) -> None:
    documents = {
        "application/pdf": b"\xef\xbb\xbf\r\n" + make_pdf(sheet().text(50, 50, "文")),
        "application/vnd.openxmlformats-officedocument.wordprocessingml.document": make_word(
            "<w:p><w:r><w:t>文</w:t></w:r></w:p>"
        ),
        "text/html": "\ufeff\n<!-- x --><DIV class=a>文</DIV>".encode(),
        "text/plain": "1 < 2 件，文".encode("gb18030"),
    }
    for media_type, data in documents.items():
        assert read_document(data).media_type == media_type


@pytest.mark.parametrize("encoding", ["utf-16", "gb18030", "utf-8-sig"])
def test_html_in_any_encoding(encoding: str) -> None:
    assert read_document("<html><body>文</body></html>".encode(encoding)).media_type == "text/html"


@pytest.mark.parametrize(
    ("data", "says"),
    [
        (b"\x1f\x8b\x08", "gzip"),
        (b"{\\rtf1", "RTF"),
    ],
)
def test_other_kinds_are_named_and_refused(data: bytes, says: str) -> None:
    with pytest.raises(Unreadable, match=says) as raised:
        read_document(data)
    assert raised.value.kind == "unsupported"


@pytest.mark.parametrize(
    ("data", "kind"),
    [
        (b"", "empty"),
        (b" \r\n", "empty"),
        (b"PK\x03\x04broken", "damaged"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "damaged"),
        (packed("OFD.xml", "Doc_0/Document.xml"), "damaged"),
        (packed("xl/workbook.xml"), "damaged"),
        (packed("甲.pdf"), "bundle"),
        (bytes(range(32)) * 9, "unknown-type"),
    ],
)
def test_what_is_nothing_or_nobody_knows(data: bytes, kind: str) -> None:
    with pytest.raises(Unreadable) as raised:
        read_document(data)
    assert raised.value.kind == kind

"""Documents made by hand: PDFs in a predefined Chinese encoding, and Word packages."""

import zipfile
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from io import BytesIO
from typing import Literal

import pytest

from parsers.document import Cell

WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_FONT = (
    "<< /Type /Font /Subtype /Type0 /BaseFont /STSong-Light /Encoding /GBK-EUC-H /DescendantFonts [ <<"
    " /Type /Font /Subtype /CIDFontType0 /BaseFont /STSong-Light /DW 1000 /W [1 95 500 814 939 500]"
    " /CIDSystemInfo << /Registry (Adobe) /Ordering (GB1) /Supplement 2 >> /FontDescriptor <<"
    " /Type /FontDescriptor /FontName /STSong-Light /Flags 6 /FontBBox [-25 -254 1000 880]"
    " /ItalicAngle 0 /Ascent 880 /Descent -120 /CapHeight 880 /StemV 93 >> >> ] >>"
)
# It says which shapes it prints and not which characters they are.
_NAMELESS = (
    "<< /Type /Font /Subtype /Type0 /BaseFont /Nameless /Encoding /Identity-H /DescendantFonts [ <<"
    " /Type /Font /Subtype /CIDFontType2 /BaseFont /Nameless /DW 1000"
    " /CIDSystemInfo << /Registry (Adobe) /Ordering (Identity) /Supplement 0 >> /FontDescriptor <<"
    " /Type /FontDescriptor /FontName /Nameless /Flags 4 /FontBBox [0 -120 1000 880]"
    " /ItalicAngle 0 /Ascent 880 /Descent -120 /CapHeight 880 /StemV 93 >> >> ] >>"
)
_FORM_LINES = "0 0 m 120 0 l 0 24 m 120 24 l 0 0 m 0 24 l 60 0 m 60 24 l 120 0 m 120 24 l S"
_FORM = (
    f"<< /Type /XObject /Subtype /Form /BBox [0 0 120 24] /Length {len(_FORM_LINES)} >>"
    f"\nstream\n{_FORM_LINES}\nendstream"
)


@dataclass(slots=True)
class Sheet:
    """One page of 600 by 800 points; places are given from its top left corner."""

    drawn: list[str] = field(default_factory=list)
    matrix: str = "1 0 0 1 0 0"

    def text(self, x: float, y: float, text: str, size: float = 10, font: str = "F1") -> "Sheet":
        """`y` is the base line."""
        code = text.encode("gbk").hex()
        self.drawn.append(f"BT /{font} {size} Tf {x} {800 - y} Td <{code}> Tj ET")
        return self

    def line(self, x0: float, y0: float, x1: float, y1: float) -> "Sheet":
        self.drawn.append(f"0.5 w {x0} {800 - y0} m {x1} {800 - y1} l S")
        return self

    def thin(self, x0: float, y0: float, x1: float, y1: float) -> "Sheet":
        """The same line as browsers and Word draw it: a filled box half a point thick."""
        width, height = max(x1 - x0, 0.5), max(y1 - y0, 0.5)
        self.drawn.append(f"{x0} {800 - y0 - height} {width} {height} re f")
        return self

    def box(self, x0: float, y0: float, x1: float, y1: float) -> "Sheet":
        self.drawn.append(f"0.9 g {x0} {800 - y1} {x1 - x0} {y1 - y0} re f 0 g")
        return self

    def table(
        self,
        cells: Sequence[Cell],
        *,
        left: float = 50,
        top: float = 100,
        width: float = 60,
        height: float = 24,
        by: Literal["line", "thin", "box"] = "line",
    ) -> "Sheet":
        draw = {"line": self.line, "thin": self.thin}
        for cell in cells:
            x0, y0 = left + cell.column * width, top + cell.row * height
            x1, y1 = x0 + cell.width * width, y0 + cell.height * height
            if by == "box":
                self.box(x0, y0, x1, y1)
            else:
                for edge in ((x0, y0, x1, y0), (x0, y1, x1, y1), (x0, y0, x0, y1), (x1, y0, x1, y1)):
                    draw[by](*edge)
            self.text(x0 + 4, y0 + 16, cell.text)
        return self


def pdf(*sheets: Sheet, rotate: int = 0, media: str = "0 0 600 800", crop: str | None = None) -> bytes:
    objects = ["<< /Type /Catalog /Pages 2 0 R >>", "", _FONT, _NAMELESS, _FORM]
    pages = []
    box = f"/MediaBox [{media}]" + (f" /CropBox [{crop}]" if crop else "")
    for sheet in sheets:
        content = f"q {sheet.matrix} cm\n" + "\n".join(sheet.drawn) + "\nQ"
        objects.append(f"<< /Length {len(content)} >>\nstream\n{content}\nendstream")
        objects.append(
            f"<< /Type /Page /Parent 2 0 R {box} /Rotate {rotate} /Contents {len(objects)} 0 R"
            " /Resources << /Font << /F1 3 0 R /F2 4 0 R >> /XObject << /X1 5 0 R >> >> >>"
        )
        pages.append(f"{len(objects)} 0 R")
    objects[1] = f"<< /Type /Pages /Kids [{' '.join(pages)}] /Count {len(pages)} >>"
    return _assembled(objects)


def _assembled(objects: Sequence[str]) -> bytes:
    data = b"%PDF-1.4\n"
    places = []
    for number, body in enumerate(objects, 1):
        places.append(len(data))
        data += f"{number} 0 obj\n{body}\nendobj\n".encode("latin-1")
    table = "".join(f"{place:010} 00000 n \n" for place in places)
    head = f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n{table}"
    foot = f"trailer << /Size {len(objects) + 1} /Root 1 0 R >>\nstartxref\n{len(data)}\n%%EOF"
    return data + (head + foot).encode()


def word(body: str, numbering: str = "", styles: str = "", namespace: str = WORD) -> bytes:
    """A package with this content of its w:body, and of its numbering and styles parts."""
    parts = {"document": f"<w:body>{body}</w:body>", "numbering": numbering, "styles": styles}
    packed = BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as package:
        for name, content in parts.items():
            if content:
                package.writestr(f"word/{name}.xml", f'<w:{name} xmlns:w="{namespace}">{content}</w:{name}>')
    return packed.getvalue()


@pytest.fixture(scope="session")
def sheet() -> type[Sheet]:
    return Sheet


@pytest.fixture(scope="session")
def make_pdf() -> Callable[..., bytes]:
    return pdf


@pytest.fixture(scope="session")
def make_word() -> Callable[..., bytes]:
    return word

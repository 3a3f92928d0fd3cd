"""The report as an OFD document: texts with the place of every character, ruling lines as paths."""

from io import BytesIO
from xml.sax.saxutils import escape
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from samples.render.office import ZIP_DAY
from samples.render.portable import HEADS, MARGIN, WIDTHS
from samples.render.ruled import Sheet, draw
from samples.render.web import APPENDIX
from samples.report import Report
from samples.tables import tables

MM = 25.4 / 72
WIDE, HIGH = 210.0, 297.0
_HEAD = '<?xml version="1.0" encoding="UTF-8"?>'
_NAME = 'xmlns:ofd="http://www.ofdspec.org/2016"'
_ASCENT = 0.88


class Pages:
    """As much of a page printer as `ruled` and the text need."""

    h, t_margin, b_margin, l_margin = HIGH, MARGIN, MARGIN, MARGIN

    def __init__(self) -> None:
        self.drawn: list[list[str]] = []
        self.size = 11 * MM
        self._y = 0.0
        self.add_page()

    def add_page(self) -> None:
        self.drawn.append([])
        self._y = self.t_margin

    def get_y(self) -> float:
        return self._y

    def set_xy(self, x: float, y: float) -> None:  # noqa: ARG002 - every line begins at the margin
        self._y = y

    def get_string_width(self, s: str) -> float:
        return sum(_advance(sign) for sign in s) * self.size

    def text(self, x: float, y: float, text: str) -> None:
        """`y` is the base line."""
        top, width = y - _ASCENT * self.size, self.get_string_width(text)
        steps = " ".join(f"{_advance(sign) * self.size:.4f}" for sign in text[:-1])
        self.drawn[-1].append(
            f'<ofd:TextObject ID="{self._id()}" Boundary="{x:.3f} {top:.3f} {width:.3f} {self.size:.3f}" '
            f'Font="2" Size="{self.size:.4f}"><ofd:TextCode X="0" Y="{_ASCENT * self.size:.4f}" '
            f'DeltaX="{steps}">{escape(text)}</ofd:TextCode></ofd:TextObject>'
        )

    def line(self, x1: float, y1: float, x2: float, y2: float) -> None:
        box = f"{x1:.3f} {y1:.3f} {max(x2 - x1, 0.1):.3f} {max(y2 - y1, 0.1):.3f}"
        self.drawn[-1].append(
            f'<ofd:PathObject ID="{self._id()}" Boundary="{box}" LineWidth="0.2"><ofd:AbbreviatedData>'
            f"M 0 0 L {x2 - x1:.3f} {y2 - y1:.3f}</ofd:AbbreviatedData></ofd:PathObject>"
        )

    def paragraph(self, text: str, height: float) -> None:
        """Flowing text from margin to margin."""
        room, line = WIDE - 2 * self.l_margin, ""
        for sign in text:
            if self.get_string_width(line + sign) > room:
                self._flow(line, height)
                line = ""
            line += sign
        self._flow(line, height)

    def _flow(self, line: str, height: float) -> None:
        if self._y + height > self.h - self.b_margin:
            self.add_page()
        self.text(self.l_margin, self._y + 0.75 * height, line)
        self._y += height

    def _id(self) -> int:
        return 1000 * len(self.drawn) + len(self.drawn[-1])


def ofd(report: Report) -> bytes:
    pages = Pages()
    pages.size = 16 * MM
    pages.paragraph(report.title, 9)
    pages.size = 11 * MM
    grids = tables(report)
    for section in report.sections:
        for text in (section.heading, *(f"　　{paragraph}" for paragraph in section.paragraphs)):
            pages.paragraph(text, 7)
        if section.number and section.number in grids:
            _table(pages, Sheet(grids[section.number], tuple(WIDTHS[section.number]), HEADS[section.number]))
    if 0 in grids:
        pages.paragraph(APPENDIX, 7)
        _table(pages, Sheet(grids[0], tuple(WIDTHS[0]), HEADS[0]))
    pages.paragraph(report.publisher, 7)
    return packed(pages.drawn)


def packed(drawn: list[list[str]]) -> bytes:
    """A document of pages, each given by its objects."""
    made = BytesIO()
    with ZipFile(made, "w", ZIP_DEFLATED) as target:
        for name, text in _parts(drawn):
            entry = ZipInfo(name, ZIP_DAY)
            entry.compress_type = ZIP_DEFLATED
            target.writestr(entry, f"{_HEAD}\n{text}")
    return made.getvalue()


def _parts(drawn: list[list[str]]) -> list[tuple[str, str]]:
    numbers = range(len(drawn))
    listed = "".join(f'<ofd:Page ID="{n + 10}" BaseLoc="Pages/Page_{n}/Content.xml"/>' for n in numbers)
    area = f"<ofd:PageArea><ofd:PhysicalBox>0 0 {WIDE:g} {HIGH:g}</ofd:PhysicalBox></ofd:PageArea>"
    root = (
        f'<ofd:OFD {_NAME} Version="1.0" DocType="OFD"><ofd:DocBody>'
        "<ofd:DocRoot>Doc_0/Document.xml</ofd:DocRoot></ofd:DocBody></ofd:OFD>"
    )
    document = (
        f"<ofd:Document {_NAME}><ofd:CommonData><ofd:MaxUnitID>99999</ofd:MaxUnitID>{area}"
        f"</ofd:CommonData><ofd:Pages>{listed}</ofd:Pages></ofd:Document>"
    )
    pages = [(f"Doc_0/Pages/Page_{n}/Content.xml", _page(objects)) for n, objects in enumerate(drawn)]
    return [("OFD.xml", root), ("Doc_0/Document.xml", document), *pages]


def _page(objects: list[str]) -> str:
    layer = f'<ofd:Layer ID="5">{"".join(objects)}</ofd:Layer>'
    return f"<ofd:Page {_NAME}><ofd:Content>{layer}</ofd:Content></ofd:Page>"


def _table(pages: Pages, sheet: Sheet) -> None:
    pages.size = 9 * MM
    pages.set_xy(0, pages.get_y() + 2)
    draw(pages, sheet)
    pages.set_xy(0, pages.get_y() + 3)
    pages.size = 11 * MM


def _advance(sign: str) -> float:
    return 0.5 if sign.isascii() else 1.0

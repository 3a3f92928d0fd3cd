import re
from dataclasses import replace
from io import BytesIO

import pytest

from parsers.document import CERTAIN, Cell, Document, Grid, Line, Unreadable
from parsers.read import read
from parsers.readers import pdf, read_document
from parsers.readers import scan as reader
from parsers.reading import Reading
from parsers.text.numbers import printed

pytest.importorskip("rapidocr", reason="scans are read with the extra: pip install 'nianbao[ocr]'")

import numpy as np
import pypdfium2
from PIL import Image, ImageDraw, ImageFont

from parsers.readers.scan.engine import Look, engine
from parsers.readers.scan.figures import Figure, confidence, known_digits
from parsers.readers.scan.paper import A4_HEIGHT, gray_of, skew
from parsers.readers.scan.sheets import DraftTable, read_sheet
from samples.fonts.subset import PATH
from samples.render import portable, scan
from samples.render.scan import Wear
from samples.report import Report
from samples.truth import truth

DASH = re.compile("[-–—―−─一]")
FONT = ImageFont.truetype(PATH, 25)
WIDTH, HEIGHT = 160, 80
ROWS = (("信息内容", "自然人", "企业", "总计"), ("规章", "10", "", "27"), ("许可", "0", "—", "2386"))
Spot = tuple[int, int]


def page(rows: tuple[tuple[str, ...], ...] = ROWS, size: Spot = (1654, 2339)) -> Image.Image:
    """A page of A4 at 200 dpi with one line and a ruled table under it."""
    sheet = Image.new("L", size, 255)
    draw = ImageDraw.Draw(sheet)
    draw.text((200, 120), "二、主动公开政府信息情况", 0, FONT)
    for row, texts in enumerate(rows):
        for column, text in enumerate(texts):
            left, top = 300 + column * WIDTH, 300 + row * HEIGHT
            draw.rectangle((left, top, left + WIDTH, top + HEIGHT), outline=0, width=2)
            draw.text((left + WIDTH / 2, top + HEIGHT / 2), text, 0, FONT, anchor="mm")
    return sheet


def picture(sheet: Image.Image, kind: scan.Picture = "PNG") -> bytes:
    return scan.picture(sheet, kind)


def cells(document: Document) -> list[list[Cell]]:
    (grid,) = document.grids
    return [[cell for cell in grid.cells if cell.row == row] for row in range(grid.height)]


def texts(document: Document) -> tuple[tuple[str, ...], ...]:
    """The table, its dashes told from one another no better than the engine does."""
    return tuple(tuple(DASH.sub("—", cell.text) for cell in row) for row in cells(document))


def fault(data: bytes) -> Unreadable:
    with pytest.raises(Unreadable) as raised:
        read_document(data)
    return raised.value


@pytest.mark.parametrize(("kind", "media_type"), [("PNG", "image/png"), ("JPEG", "image/jpeg")])
def test_a_picture_is_read_with_places_and_certainty(kind: scan.Picture, media_type: str) -> None:
    document = read_document(picture(page(), kind))
    line, grid = document.blocks
    assert isinstance(line, Line)
    assert isinstance(grid, Grid)
    assert document.media_type == media_type
    assert line.text == "二、主动公开政府信息情况"
    assert texts(document) == ROWS
    last = cells(document)[2][3]
    assert last.page == 1
    assert last.box is not None
    assert last.confidence is not None
    assert last.confidence >= CERTAIN
    unit = 842 / 2339
    assert last.box.left == pytest.approx((300 + 3 * WIDTH) * unit, abs=1.5)
    assert last.box.bottom == pytest.approx((300 + 3 * HEIGHT) * unit, abs=1.5)


@pytest.mark.parametrize("turn", [90, 180, 270])
def test_a_page_lying_otherwise_is_read_upright_and_placed_as_it_lies(turn: int) -> None:
    sheet = page().rotate(turn, expand=True)
    document = read_document(picture(sheet))
    assert texts(document) == ROWS
    box = cells(document)[0][0].box
    assert box is not None
    unit = 842 / 2339
    x, y = (300 + WIDTH / 2) * unit, (300 + HEIGHT / 2) * unit
    wide, tall = 1654 * unit, 842.0
    where = {90: (y, wide - x), 180: (wide - x, tall - y), 270: (tall - y, x)}[turn]
    assert ((box.left + box.right) / 2, (box.top + box.bottom) / 2) == pytest.approx(where, abs=2)


def test_a_crooked_page_is_read_straight_and_placed_as_it_lies() -> None:
    document = read_document(picture(page().rotate(-3, fillcolor=255)))
    assert texts(document) == ROWS
    boxes = [cells(document)[0][column].box for column in (0, 3)]
    assert boxes[0] is not None
    assert boxes[1] is not None
    assert boxes[1].top - boxes[0].top == pytest.approx(3 * WIDTH * 842 / 2339 * 0.0524, abs=1.5)


def test_pages_of_a_tiff_and_rows_of_two_pages() -> None:
    document = read_document(scan.tiff([page(), page((("处罚", "3", "4", "7"),))]))
    assert document.media_type == "image/tiff"
    assert [grid.cells[-1].page for grid in document.grids] == [1, 2]
    assert [cell.text for cell in document.grids[1].cells] == ["处罚", "3", "4", "7"]


@pytest.mark.parametrize("hurt", ["erased", "blot", "line"])
def test_a_damaged_figure_is_never_certain(hurt: str) -> None:
    sheet = page()
    draw = ImageDraw.Draw(sheet)
    x, y = 300 + 3.5 * WIDTH, 300 + 2.5 * HEIGHT
    if hurt == "erased":
        draw.rectangle((x - 40, y - 3, x + 40, y + 20), fill=255)
    elif hurt == "blot":
        draw.ellipse((x - 12, y - 12, x + 12, y + 12), fill=0)
    else:
        draw.line((x - 40, y - 8, x + 40, y + 10), fill=0, width=5)
    cell = cells(read_document(picture(sheet)))[2][3]
    assert (cell.confidence or 0) < CERTAIN


def test_dirt_in_a_cell_is_not_blank() -> None:
    sheet = page()
    x, y = 300 + 2.5 * WIDTH, 300 + 1.5 * HEIGHT
    ImageDraw.Draw(sheet).ellipse((x - 9, y - 9, x + 9, y + 9), fill=0)
    cell = cells(read_document(picture(sheet)))[1][2]
    assert printed(cell.text).kind == "unclear"


def chosen() -> Report:
    return next(e.report for e in truth().entries if e.report.form == "2021" and not e.report.defects)


def test_a_worn_scan_of_a_report_claims_nothing_wrong() -> None:
    report = chosen()
    sheets = scan.pages(portable.pdf(report), Wear(angle=0.8, noise=15, jpeg=60, stamp=True))
    reading = read(scan.pdf(sheets, 200))
    assert isinstance(reading, Reading)
    assert (reading.form, reading.year, reading.media_type) == ("2021", report.year, "application/pdf")
    found = {figure.code: figure for figure in reading.figures}
    verdicts = [
        (found[figure.code].status, str(found[figure.code].value) == str(figure.value))
        for figure in report.figures
    ]
    assert not [v for v in verdicts if v[0] not in ("unreadable", "absent") and not v[1]]
    assert sum(v[1] and v[0] == "read" for v in verdicts) > 0.95 * len(verdicts)


def test_a_pdf_page_that_is_a_picture_is_read_between_written_ones() -> None:
    report = chosen()
    written = pypdfium2.PdfDocument(portable.pdf(report))
    pictured = pypdfium2.PdfDocument(scan.pdf([page()], 200))
    written.import_pages(pictured, index=1)
    held = BytesIO()
    written.save(held)
    document = pdf.read(held.getvalue())
    assert not document.doubts
    (grid,) = [grid for grid in document.grids if any(cell.confidence for cell in grid.cells)]
    assert {cell.page for cell in grid.cells} == {2}
    assert tuple(DASH.sub("—", cell.text) for cell in grid.cells) == tuple(
        text for row in ROWS for text in row
    )


def test_a_picture_cut_off_or_tiny_or_none_is_refused_by_name() -> None:
    whole = picture(page())
    assert fault(whole[: len(whole) // 2]).kind == "damaged"
    assert fault(b"\x89PNG\r\n\x1a\n" + b"x" * 50).kind == "damaged"
    assert fault(picture(page().resize((150, 200)))).kind == "no-text"
    assert fault(picture(Image.new("1", (12000, 12000)))).kind == "too-large"


def test_without_the_engine_it_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reader, "find_spec", lambda _name: None)
    for data in (picture(page()), scan.pdf([page()], 200)):
        error = fault(data)
        assert (error.kind, "pip install" in error.says) == ("needs-ocr", True)


def test_each_witness_against_a_figure_is_heard() -> None:
    rows = tuple((str(n) * 2, *("0123456789"[i : i + 4] for i in (n, 9 - n))) for n in range(6))
    blocks = read_sheet(gray_of(np.asarray(page(rows))), A4_HEIGHT, 1, engine())
    drafts = [cell for block in blocks if isinstance(block, DraftTable) for cell in block.cells]
    figures = [cell.figure for cell in drafts if cell.figure]
    known = known_digits(figures)
    (sound,) = [figure for figure in figures if figure.text == "1234"]
    assert confidence(sound, known) >= CERTAIN

    def doubted(figure: Figure) -> bool:
        return confidence(figure, known) < CERTAIN

    unsure = Look("1234", 0.3, 0.5)
    assert doubted(replace(sound, second=Look("1284", 0.99, 0.99)))
    assert doubted(replace(sound, first=unsure, second=unsure))
    assert doubted(replace(sound, glyphs=sound.glyphs[1:]))
    assert doubted(replace(sound, glyphs=sound.glyphs[::-1]))
    assert doubted(replace(sound, edged=True))
    alike = Look("1284", 0.99, 0.99)
    assert doubted(replace(sound, first=alike, second=alike)), "both looks wrong alike: the shape says no"


def test_the_black_edge_of_an_open_lid_does_not_straighten_a_page_that_lies_askew() -> None:
    askew = page().rotate(2.2, Image.Resampling.BICUBIC, fillcolor=255)
    draw = ImageDraw.Draw(askew)
    draw.rectangle((0, askew.height - 60, askew.width, askew.height), fill=0)
    draw.rectangle((0, 0, 70, askew.height), fill=0)
    assert abs(skew(np.asarray(askew)) - 2.2) < 0.2

from io import BytesIO

import pytest

pytest.importorskip("numpy", reason="scans are rendered with the extra: pip install 'nianbao[ocr]'")

import numpy as np
import pypdfium2
from fpdf import FPDF
from PIL import Image

from samples.render import scan
from samples.render.scan import Wear


@pytest.fixture(scope="module")
def printed() -> bytes:
    page = FPDF(format=(200, 300), unit="pt")
    page.set_font("helvetica", size=20)
    for text in ("12", "34"):
        page.add_page()
        page.text(40, 60, text)
    return bytes(page.output())


def test_the_same_wear_gives_the_same_bytes_and_another_seed_others(printed: bytes) -> None:
    wear = Wear(angle=1, noise=20, jpeg=60, stamp=True, bend=2, blur=0.2)
    first, again = (scan.picture(scan.pages(printed, wear)[0]) for _ in range(2))
    other = scan.picture(scan.pages(printed, Wear(angle=1, noise=20, jpeg=60, stamp=True, seed=1))[0])
    assert first == again
    assert first != other


@pytest.mark.parametrize("dpi", [150, 200, 300])
def test_size_is_that_of_the_paper(printed: bytes, dpi: int) -> None:
    upright, sideways = (scan.pages(printed, Wear(dpi=dpi, quarters=q))[0].size for q in (0, 1))
    assert abs(upright[0] - 200 * dpi / 72) <= 1
    assert abs(upright[1] - 300 * dpi / 72) <= 1
    assert sideways == upright[::-1]


def test_a_fax_has_two_colours_and_its_file_all_pages(printed: bytes) -> None:
    sheets = scan.pages(printed, Wear(fax=True))
    assert {sheet.mode for sheet in sheets} == {"1"}
    with Image.open(BytesIO(scan.tiff(sheets))) as held:
        assert getattr(held, "n_frames", 1) == 2
        assert held.info["compression"] == "group4"


def test_a_stamp_is_red_and_hides_no_print(printed: bytes) -> None:
    plain, stamped = (scan.pages(printed, Wear(stamp=stamp))[0].convert("RGB") for stamp in (False, True))
    red, green = (np.asarray(stamped.getchannel(band), np.int16) for band in "RG")
    assert (red > green + 90).sum() > 1000
    assert red.min() == np.asarray(plain).min()


def test_a_scanned_pdf_holds_pictures_and_no_text(printed: bytes) -> None:
    document = pypdfium2.PdfDocument(scan.pdf(scan.pages(printed, Wear()), 200))
    assert len(document) == 2
    assert document[0].get_textpage().count_chars() == 0
    assert [round(side) for side in document[0].get_size()] == [200, 300]
    document.close()

"""The rendered files: the same bytes each time, and what is printed can be had back from them."""

import re
from dataclasses import replace
from io import BytesIO

import docx
import pdfplumber
import pypdfium2
import pytest

from samples.fonts.characters import ALWAYS, characters
from samples.fonts.subset import PATH
from samples.render import office, plain, portable
from samples.render.web import article
from samples.report import Report
from samples.tables import tables
from samples.truth import truth


def _of(format: str, form: str) -> Report:
    return next(
        e.report
        for e in truth().entries
        if e.report.format == format and e.report.form == form and not e.report.defects
    )


def _report(id: str) -> Report:
    return truth().entry(id).report


def _pdf_text(report: Report) -> str:
    document = pypdfium2.PdfDocument(portable.pdf(report))
    text = "".join(page.get_textpage().get_text_bounded() for page in document)
    document.close()
    return "".join(text.split())


@pytest.mark.parametrize("form", ["2021", "2019", "2014", "free"])
def test_files_have_the_same_bytes_each_time(form: str) -> None:
    printed, office_file = _of("pdf", form), _of("docx", form)
    assert portable.pdf(printed) == portable.pdf(printed)
    assert office.docx(office_file) == office.docx(office_file)


def test_files_do_not_take_the_date_of_the_day(monkeypatch: pytest.MonkeyPatch) -> None:
    report = _of("docx", "free")
    before = office.docx(report)
    monkeypatch.setattr("time.time", lambda: 4_000_000_000.0)
    assert office.docx(report) == before
    printed = _of("pdf", "free")
    days = re.findall(rb"D:(\d{8})", portable.pdf(printed))
    assert set(days) == {f"{printed.published:%Y%m%d}".encode()}


@pytest.mark.parametrize("form", ["2021", "2019", "2014"])
def test_pdf_gives_its_words_and_figures_back(form: str) -> None:
    report = _of("pdf", form)
    text = _pdf_text(report)
    assert report.title in text
    for section in report.sections:
        assert section.heading in text
        assert all(paragraph in text for paragraph in section.paragraphs)
    for grid in tables(report).values():
        assert all("".join(cell.text.split()) in text for cell in grid.cells if cell.height == 1)


def test_pdf_with_radicals_gives_radicals_back() -> None:
    text = _pdf_text(_report("justice-2021"))
    for radical in "⼀⼈⺠⽤":
        assert radical in text
    assert "⼈" not in _pdf_text(_of("pdf", "2021"))


def test_tables_split_over_pages_inside_the_merged_cell() -> None:
    reports = [e.report for e in truth().entries if e.report.format == "pdf" and e.report.form == "2021"]
    split = [report for report in reports[:12] if _pages_of_outcomes(report) > 1]
    assert len(split) >= 2


def _pages_of_outcomes(report: Report) -> int:
    """On how many pages rows of 三、本年度办理结果 stand."""
    with pdfplumber.open(BytesIO(portable.pdf(report))) as document:
        texts = ["".join(page.extract_text().split()) for page in document.pages]
    return sum("（一）予以公开" in text or "（七）总计" in text for text in texts)


def test_open_page_break_leaves_the_rules_at_the_break_out() -> None:
    report = _report("security-2023")
    closed, opened = (_rules(replace(report, traits=traits)) for traits in ((), ("open_page_break",)))
    assert opened < closed


def _rules(report: Report) -> int:
    with pdfplumber.open(BytesIO(portable.pdf(report))) as document:
        return sum(len(page.lines) for page in document.pages)


def test_pdf_table_is_ruled_so_that_a_reader_finds_its_cells() -> None:
    report = _of("pdf", "2021")
    with pdfplumber.open(BytesIO(portable.pdf(report))) as document:
        rows = [row for page in document.pages for table in page.extract_tables() for row in table]
    wanted = [report.texts[f"requests.new.{c}"] for c in ("person", "company", "research")]
    assert any(row[3:6] == wanted for row in rows if row[0] and row[0].startswith("一、本年新收"))


@pytest.mark.parametrize("form", ["2021", "2019"])
def test_docx_opens_with_merged_cells(form: str) -> None:
    report = _of("docx", form)
    document = docx.Document(BytesIO(office.docx(report)))
    assert [len(table.columns) for table in document.tables] == [4, 10, 15]
    table = document.tables[1]
    labels = [table.cell(row, 0)._tc for row in (5, 20)]
    assert labels[0] is labels[1]
    assert table.cell(5, 0).text == "三、本年度办理结果"
    assert table.cell(3, 9).text == report.texts["requests.new.total"]
    assert report.title in [paragraph.text for paragraph in document.paragraphs]


def test_text_file_has_each_cell_once() -> None:
    report = _of("txt", "2021")
    lines = plain.text(report).splitlines()
    row = next(line for line in lines if line.startswith("一、本年新收")).split("\t")
    assert row[1:] == [text for code, text in report.texts.items() if code.startswith("requests.new.")]


def test_html_spans_cover_every_slot_once() -> None:
    report = _of("html", "2021")
    for number, grid in tables(report).items():
        slots = [
            (row, column)
            for cell in grid.cells
            for row in range(cell.row, cell.row + cell.height)
            for column in range(cell.column, cell.column + cell.width)
        ]
        assert len(slots) == len(set(slots)) == grid.height * grid.width, number
    assert '<td rowspan="22" align="center"><p>三、本年度办理结果</p></td>' in article(report)


def test_mistyped_label_is_printed_in_place_of_the_right_one() -> None:
    text = plain.text(_report("labour-2022"))
    assert "4.保护第三合法权益" in text
    assert "4.保护第三方合法权益" not in text


def test_font_covers_every_printed_character() -> None:
    from fontTools.ttLib import TTFont

    with TTFont(PATH) as font:
        covered = {chr(code) for code in font.getBestCmap()}
    missing = characters() - covered
    assert not missing, "run samples.fonts.make again: " + "".join(sorted(missing))
    assert len(characters()) > len(ALWAYS) + 400
    assert PATH.stat().st_size < 600_000
    assert "Open Font License" in PATH.with_name("OFL.txt").read_text(encoding="utf-8")

"""The report as a DOCX with real gridSpan and vMerge, the same bytes each time."""

from datetime import datetime
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from docx import Document
from docx.document import Document as Docx
from docx.enum.text import WD_ALIGN_PARAGRAPH

from parsers.document import Grid
from samples.render.web import APPENDIX
from samples.report import Report
from samples.tables import tables

ZIP_DAY = (1980, 1, 1, 0, 0, 0)


def docx(report: Report) -> bytes:
    document = Document()
    _properties(document, report)
    document.add_paragraph(report.title).alignment = WD_ALIGN_PARAGRAPH.CENTER
    grids = tables(report)
    for section in report.sections:
        document.add_paragraph(section.heading)
        for paragraph in section.paragraphs:
            document.add_paragraph(f"　　{paragraph}")
        if section.number and section.number in grids:
            _add(document, grids[section.number])
    if 0 in grids:
        document.add_paragraph(APPENDIX)
        _add(document, grids[0])
    document.add_paragraph(report.publisher).alignment = WD_ALIGN_PARAGRAPH.RIGHT
    return _stable(document)


def _properties(document: Docx, report: Report) -> None:
    day = datetime.combine(report.published, datetime.min.time())
    properties = document.core_properties
    properties.author = properties.last_modified_by = report.publisher
    properties.title = report.title
    properties.created = properties.modified = day
    properties.comments = ""


def _add(document: Docx, grid: Grid) -> None:
    table = document.add_table(grid.height, grid.width, style="Table Grid")
    slots = [list(row.cells) for row in table.rows]
    for cell in grid.cells:
        first = slots[cell.row][cell.column]
        if cell.height > 1 or cell.width > 1:
            first.merge(slots[cell.row + cell.height - 1][cell.column + cell.width - 1])
        first.paragraphs[0].add_run(cell.text)


def _stable(document: Docx) -> bytes:
    """The archive written again with one date for every member: python-docx takes the clock's."""
    raw, made = BytesIO(), BytesIO()
    document.save(raw)
    with ZipFile(raw) as source, ZipFile(made, "w", ZIP_DEFLATED) as target:
        for name in source.namelist():
            entry = ZipInfo(name, ZIP_DAY)
            entry.compress_type = ZIP_DEFLATED
            target.writestr(entry, source.read(name))
    return made.getvalue()

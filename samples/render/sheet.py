"""The report's tables as an Excel workbook: a sheet a table, counts as numbers, real merged cells."""

from collections.abc import Iterable, Sequence
from io import BytesIO
from xml.sax.saxutils import escape
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from parsers.document import Cell, Grid
from samples.render.office import ZIP_DAY
from samples.report import Report
from samples.tables import tables

_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml"
_HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'


def xlsx(report: Report) -> bytes:
    """Each sheet begins with the heading of its section; the first with the title."""
    headings = {section.number: section.heading for section in report.sections}
    grids = tables(report)
    lines = [[headings.get(number, "附件")] for number in grids]
    if lines:
        lines[0].insert(0, report.title)
    return packed([_sheet(above, grid) for above, grid in zip(lines, grids.values(), strict=True)])


def packed(sheets: Sequence[str]) -> bytes:
    """A workbook of worksheet parts, the same bytes each time."""
    made = BytesIO()
    with ZipFile(made, "w", ZIP_DEFLATED) as target:
        for name, text in _parts(sheets):
            entry = ZipInfo(name, ZIP_DAY)
            entry.compress_type = ZIP_DEFLATED
            target.writestr(entry, f"{_HEAD}\n{text}")
    return made.getvalue()


def worksheet(cells: Iterable[Cell]) -> str:
    cells = list(cells)
    rows = sorted({cell.row for cell in cells})
    lines = (
        f'<row r="{row + 1}">' + "".join(_c(cell) for cell in cells if cell.row == row) + "</row>"
        for row in rows
    )
    wide = [cell for cell in cells if cell.height > 1 or cell.width > 1]
    merged = "".join(f'<mergeCell ref="{_range(cell)}"/>' for cell in wide)
    spans = f"<mergeCells>{merged}</mergeCells>" if merged else ""
    return f'<worksheet xmlns="{_MAIN}"><sheetData>{"".join(lines)}</sheetData>{spans}</worksheet>'


def _sheet(above: list[str], grid: Grid) -> str:
    head = [Cell(text, row, 0, 1, grid.width) for row, text in enumerate(above)]
    table = (
        Cell(cell.text, cell.row + len(above), cell.column, cell.height, cell.width) for cell in grid.cells
    )
    return worksheet([*head, *table])


def _c(cell: Cell) -> str:
    slot = _slot(cell.row, cell.column)
    if cell.text.isascii() and cell.text.isdigit() and str(int(cell.text)) == cell.text:
        return f'<c r="{slot}"><v>{cell.text}</v></c>'
    return (
        f'<c r="{slot}" t="inlineStr"><is><t>{escape(cell.text)}</t></is></c>'
        if cell.text
        else f'<c r="{slot}"/>'
    )


def _range(cell: Cell) -> str:
    last = _slot(cell.row + cell.height - 1, cell.column + cell.width - 1)
    return f"{_slot(cell.row, cell.column)}:{last}"


def _slot(row: int, column: int) -> str:
    return f"{chr(ord('A') + column)}{row + 1}"


def _parts(sheets: Sequence[str]) -> list[tuple[str, str]]:
    names = [f"worksheets/sheet{number}.xml" for number in range(1, len(sheets) + 1)]
    listed = "".join(f'<sheet name="表{n}" sheetId="{n}" r:id="rId{n}"/>' for n in range(1, len(sheets) + 1))
    book = f'<workbook xmlns="{_MAIN}" xmlns:r="{_OFFICE}"><sheets>{listed}</sheets></workbook>'
    return [
        ("[Content_Types].xml", _types(names)),
        ("_rels/.rels", _relations("officeDocument", ["xl/workbook.xml"])),
        ("xl/workbook.xml", book),
        ("xl/_rels/workbook.xml.rels", _relations("worksheet", names)),
        *((f"xl/{name}", sheet) for name, sheet in zip(names, sheets, strict=True)),
    ]


def _types(names: Sequence[str]) -> str:
    sheets = "".join(
        f'<Override PartName="/xl/{name}" ContentType="{_TYPE}.worksheet+xml"/>' for name in names
    )
    return (
        f'<Types xmlns="{_PACKAGE}/content-types"><Default Extension="rels" '
        f'ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        f'<Override PartName="/xl/workbook.xml" ContentType="{_TYPE}.sheet.main+xml"/>{sheets}</Types>'
    )


def _relations(kind: str, targets: Sequence[str]) -> str:
    entries = "".join(
        f'<Relationship Id="rId{number}" Type="{_OFFICE}/{kind}" Target="{target}"/>'
        for number, target in enumerate(targets, 1)
    )
    return f'<Relationships xmlns="{_PACKAGE}/relationships">{entries}</Relationships>'

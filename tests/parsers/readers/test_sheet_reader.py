import zipfile
from io import BytesIO
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from parsers.document import Cell, Grid, Line, Unreadable
from parsers.read import read
from parsers.readers import read_document, sheet
from parsers.readers.sheet.shown import shown
from parsers.reading import Reading
from samples.render.sheet import packed, worksheet, xlsx
from samples.report import Report
from samples.truth import truth

FILES = Path(__file__).parents[1] / "files"


def report(id: str) -> Report:
    return next(entry.report for entry in truth().entries if entry.report.id == id)


def test_old_and_new_workbooks_say_the_same_and_every_figure_is_right() -> None:
    truly = report("market-2023")
    new, old = xlsx(truly), (FILES / "market-2023.xls").read_bytes()
    assert read_document(new).blocks == read_document(old).blocks
    for data, media_type in ((new, sheet.XLSX), (old, sheet.XLS)):
        outcome = read(data)
        assert isinstance(outcome, Reading)
        assert (outcome.media_type, outcome.year, outcome.form) == (media_type, 2023, "2021")
        figures = {figure.code: (figure.status, str(figure.value)) for figure in outcome.figures}
        assert {f.code: figures[f.code] for f in truly.figures} == {
            f.code: (f.status, str(f.value)) for f in truly.figures
        }


def shapes(data: bytes) -> list[object]:
    return [
        block.text if isinstance(block, Line) else [(c.text, c.row, c.column) for c in block.cells]
        for block in sheet.read_xlsx(data).blocks
    ]


def test_lines_around_tables_and_tables_apart() -> None:
    cells = [
        Cell("统计表", 0, 0, 1, 3),
        Cell("规章", 2, 1), Cell("0", 2, 2), Cell("许可", 3, 1), Cell("12", 3, 2), Cell("注：无", 4, 1),
        Cell("新收", 6, 1), Cell("7", 6, 2), Cell("", 7, 5),
    ]  # fmt: skip
    assert shapes(packed([worksheet(cells)])) == [
        "统计表",
        [("规章", 0, 0), ("0", 0, 1), ("许可", 1, 0), ("12", 1, 1)],
        "注：无",
        [("新收", 0, 0), ("7", 0, 1)],
    ]


def test_a_merged_cell_comes_once_whatever_hides_under_it() -> None:
    cells = [Cell("总计", 0, 0, 2, 2), Cell("7", 0, 2), Cell("9", 1, 2)]
    hidden = worksheet(cells).replace('<row r="2">', '<row r="2"><c r="B2"><v>5</v></c>')
    (grid,) = sheet.read_xlsx(packed([hidden])).blocks
    assert isinstance(grid, Grid)
    assert grid.cells[0] == Cell("总计", 0, 0, 2, 2)
    assert len(grid.cells) == 3


def test_a_last_row_of_blank_cells_is_a_row() -> None:
    cells = [Cell("新收", 0, 0), Cell("7", 0, 1), Cell("结转", 1, 0), Cell("", 1, 1), Cell("注", 2, 0)]
    assert shapes(packed([worksheet(cells)])) == [
        [("新收", 0, 0), ("7", 0, 1), ("结转", 1, 0), ("", 1, 1)],
        "注",
    ]


def part(inner: str, styles: str = "", strings: str = "") -> bytes:
    """A workbook of one sheet with these cells in its first row."""
    made = BytesIO(packed([f"<worksheet><sheetData><row>{inner}</row></sheetData></worksheet>"]))
    with zipfile.ZipFile(made, "a") as target:
        target.writestr("xl/styles.xml", f"<styleSheet>{styles}</styleSheet>")
        target.writestr("xl/sharedStrings.xml", f"<sst>{strings}</sst>")
    return made.getvalue()


def test_kinds_of_cells() -> None:
    strings = "<si><t>规</t></si><si><r><t>行政</t></r><r><t>许可</t></r><rPh><t>xingzheng</t></rPh></si>"
    inner = (
        '<c t="s"><v>1</v></c><c t="str"><v>7件</v></c><c t="b"><v>1</v></c><c t="e"><v>#REF!</v></c>'
        '<c><f>1+2</f><v>3</v></c><c s="1"><v>0.5</v></c><c t="inlineStr"><is><r><t>甲</t></r></is></c><c/>'
    )
    styles = (
        '<numFmts><numFmt numFmtId="170" formatCode="0.00&quot;万元&quot;"/></numFmts>'
        '<cellStyleXfs><xf numFmtId="9"/></cellStyleXfs>'
        '<cellXfs><xf numFmtId="0"/><xf numFmtId="170"/></cellXfs>'
    )
    ((*cells,),) = (grid.cells for grid in sheet.read_xlsx(part(inner, styles, strings)).grids)
    assert [c.text for c in cells] == ["行政许可", "7件", "TRUE", "#REF!", "3", "0.50万元", "甲"]
    assert [c.column for c in cells] == list(range(7))


@pytest.mark.parametrize(
    ("value", "format", "text"),
    [
        (0.0, "General", "0"),
        (5949.088667, "General", "5949.088667"),
        (1e-05, "General", "0.00001"),
        (1234.5, "#,##0.00", "1,234.50"),
        (75.8688, "0.00_ ", "75.87"),
        (2.5, "0", "3"),
        (7.0, "0.##", "7"),
        (0.3827, "0.00%", "38.27%"),
        (-3.0, "#,##0;(#,##0)", "(3)"),
        (-3.0, "0;-0", "-3"),
        (0.0, '_(* #,##0_);_(* (#,##0);_(* "-"_);_(@_)', "-"),
        (0.0, "0;-0;;@", ""),
        (0.0, "#", ""),
        (12.0, '[Red]0"件"', "12件"),
        (45292.0, "yyyy-mm-dd", "45292"),
        (7.0, "@", "7"),
    ],
)
def test_a_number_is_read_as_it_shows(value: float, format: str, text: str) -> None:
    assert shown(value, format) == text


@given(st.integers(0, 10**9))
def test_counts_keep_their_digits(count: int) -> None:
    for format in ("General", "0", "0_ ", "@", "0_);[Red]\\(0\\)"):
        assert shown(float(count), format) == str(count)


def test_hidden_sheets_are_not_shown() -> None:
    data = packed([worksheet([Cell("甲", 0, 0)]), worksheet([Cell("乙", 0, 0)])])
    made = BytesIO()
    with zipfile.ZipFile(BytesIO(data)) as plain, zipfile.ZipFile(made, "w") as target:
        for name in plain.namelist():
            text = plain.read(name).decode()
            target.writestr(name, text.replace('sheetId="2"', 'sheetId="2" state="hidden"'))
    assert shapes(made.getvalue()) == ["甲"]


def test_what_cannot_be_read_is_refused() -> None:
    wide = '<mergeCells><mergeCell ref="A1:XFD9999"/></mergeCells>'
    bomb = worksheet([Cell("甲", 0, 0)]).replace("</sheetData>", f"</sheetData>{wide}")
    old = (FILES / "market-2023.xls").read_bytes()
    for data, kind in (
        (packed([bomb]), "too-large"),
        (packed([worksheet([])]), "empty"),
        (part('<c r="1A"><v>1</v></c>'), "damaged"),
        (part('<c t="s"><v>9</v></c>'), "damaged"),
        (part("<c><v>many</v></c>"), "damaged"),
        (packed([])[:-40], "damaged"),
        (old[:6000], "damaged"),
    ):
        with pytest.raises(Unreadable) as raised:
            read_document(data)
        assert raised.value.kind == kind


def test_nothing_is_said_on_the_terminal(capfd: pytest.CaptureFixture[str]) -> None:
    old = bytearray((FILES / "market-2023.xls").read_bytes())
    old[600:640] = bytes(40)
    read(bytes(old))
    assert capfd.readouterr() == ("", "")


def test_hidden_rows_and_columns_are_not_seen_and_what_is_merged_over_them_is() -> None:
    cells = [
        Cell("规章", 0, 0), Cell("上年", 0, 1), Cell("3", 0, 2), Cell("许可", 1, 0), Cell("9", 1, 2),
        Cell("处罚", 2, 0, 2, 1), Cell("7", 2, 2), Cell("8", 3, 2),
    ]  # fmt: skip
    sheet = worksheet(cells).replace(
        "<sheetData>", '<cols><col min="2" max="2" hidden="1"/></cols><sheetData>'
    )
    for number in (2, 3):
        sheet = sheet.replace(f'<row r="{number}">', f'<row r="{number}" hidden="1">')
    assert shapes(packed([sheet])) == [[("规章", 0, 0), ("3", 0, 1), ("处罚", 1, 0), ("8", 1, 1)]]

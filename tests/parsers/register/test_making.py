"""How the register's data is made from notices: what is merged, split and renamed."""

import zipfile
from collections.abc import Sequence
from pathlib import Path

import pytest

from parsers.register.changes import Change, changes
from parsers.register.make import _ended, with_history
from parsers.register.rows import Row

HEAD = ("序号", "省份", "原区划代码", "原名称", "变更原因", "现区划代码", "现名称")
MAIN = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'


def book(path: Path, rows: Sequence[tuple[str, ...]], merged: list[str]) -> Path:
    strings = sorted({text for row in (HEAD, *rows) for text in row})
    lines = []
    for number, row in enumerate((HEAD, *rows), 1):
        cells = (
            f'<c r="{"ABCDEFG"[at]}{number}" t="s"><v>{strings.index(text)}</v></c>'
            for at, text in enumerate(row)
            if text
        )
        lines.append(f'<row r="{number}">{"".join(cells)}</row>')
    spans = "".join(f'<mergeCell ref="{span}"/>' for span in merged)
    items = "".join(f"<si><t>{text}</t></si>" for text in strings)
    with zipfile.ZipFile(path, "w") as file:
        file.writestr("xl/workbook.xml", f'<workbook {MAIN}><sheets><sheet name="2019"/></sheets></workbook>')
        file.writestr("xl/sharedStrings.xml", f"<sst {MAIN}>{items}</sst>")
        file.writestr(
            "xl/worksheets/sheet1.xml",
            f"<worksheet {MAIN}>{''.join(lines)}<mergeCells>{spans}</mergeCells></worksheet>",
        )
    return path


def test_merged_cells_say_what_became_one(tmp_path: Path) -> None:
    rows = [
        ("1", "河北", "130123200", "南牛乡", "撤乡设镇", "130123106", "南牛镇"),
        ("2", "", "130125206", "上方乡", "合并", "130125104", "上方镇"),
        ("3", "", "130125207", "下方乡", "", "", ""),
        ("4", "", "", "", "新设街道", "130125001", "中方街道"),
        ("5", "", "130125003", "东方街道", "更名", "", "西方街道"),
    ]
    assert list(changes(book(tmp_path / "a.xlsx", rows, ["G3:G4"]))) == [
        Change(2019, (("130123200", "南牛乡"),), (("130123106", "南牛镇"),)),
        Change(2019, (("130125206", "上方乡"), ("130125207", "下方乡")), (("130125104", "上方镇"),)),
        Change(2019, (), (("130125001", "中方街道"),)),
        Change(2019, (("130125003", "东方街道"),), (("130125003", "西方街道"),)),
    ]


@pytest.mark.parametrize("listed", ["130123106", "130123110"])
def test_a_notice_and_the_list_may_give_two_codes(listed: str) -> None:
    change = Change(2019, (("130123200", "南牛乡"),), (("130123106", "南牛镇"),))
    assert with_history([Row(listed, "南牛镇")], [change]) == [
        Row(listed, "南牛镇", 2019),
        Row("130123200", "南牛乡", None, 2019, (listed,)),
    ]


def test_the_list_is_later_than_a_notice() -> None:
    change = Change(2019, (("130123200", "南牛乡"),), ())
    assert with_history([Row("130123200", "南牛乡")], [change]) == [Row("130123200", "南牛乡")]


def test_a_township_ends_with_its_county() -> None:
    county = Row("513321", "康定县", 1981, 2015, ("513301",))
    old, new = Row("513321103", "塔公镇", 2014), Row("513301103", "塔公镇")
    ended = Row("513321103", "塔公镇", 2014, 2015, ("513301103",))
    assert list(_ended([old, new], [county, Row("513301", "康定市", 2015)])) == [ended, new]

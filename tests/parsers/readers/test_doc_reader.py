import random
from dataclasses import replace
from pathlib import Path

import pytest

from parsers.document import Grid, Line, Unreadable
from parsers.read import read
from parsers.readers import doc, docx, ole, read_document
from parsers.readers.doc.formatting import Runs
from parsers.readers.doc.paragraphs import Looks, paragraphs
from parsers.readers.doc.pieces import Characters
from parsers.readers.doc.rows import CellShape, row_shape
from parsers.readers.doc.tables import TextRow, grid
from parsers.reading import Reading, Refusal
from samples.render import office
from samples.report import Report
from samples.truth import truth

FILES = Path(__file__).parents[1] / "files"
WHOLE = (FILES / "market-2023.doc").read_bytes()


def report(id: str) -> Report:
    return next(entry.report for entry in truth().entries if entry.report.id == id)


@pytest.mark.parametrize("name", ["market-2023.doc", "land-2019.wps"])
def test_the_binary_says_what_the_file_it_was_made_from_says(name: str) -> None:
    data = (FILES / name).read_bytes()
    assert read_document(data).blocks == docx.read(office.docx(report(Path(name).stem))).blocks


@pytest.mark.parametrize("name", ["market-2023.doc", "land-2019.wps"])
def test_every_figure_is_right(name: str) -> None:
    outcome, truly = read((FILES / name).read_bytes()), report(Path(name).stem)
    assert isinstance(outcome, Reading)
    assert outcome.media_type == "application/msword"
    figures = {figure.code: (figure.status, str(figure.value)) for figure in outcome.figures}
    assert {f.code: figures[f.code] for f in truly.figures} == {
        f.code: (f.status, str(f.value)) for f in truly.figures
    }


def test_printed_numbers_are_part_of_the_text() -> None:
    found = doc.read((FILES / "numbered.doc").read_bytes()).blocks
    assert found == docx.read((FILES / "numbered.docx").read_bytes()).blocks
    assert [block.text for block in found if isinstance(block, Line)] == [
        "一、总体情况", "（3）甲", "（4）乙", "4.1 细", "二、主动公开", "（3）丙", "点", "①圈", "无号",
        "十一、申请", "末",
    ]  # fmt: skip


def definition(edges: list[int], flags: list[int]) -> bytes:
    """sprmTDefTable for cells between these edges."""
    cells = b"".join(flag.to_bytes(2, "little") + bytes(18) for flag in flags)
    body = bytes([len(flags)]) + b"".join(e.to_bytes(2, "little", signed=True) for e in edges) + cells
    return b"\x08\xd6" + (len(body) + 1).to_bytes(2, "little") + body


@pytest.mark.parametrize(("first", "next_"), [(1, 2), (2, 1), (3, 1)])
def test_either_mark_opens_cells_merged_across(first: int, next_: int) -> None:
    shape = row_shape(definition([0, 100, 200, 300, 400], [first, next_, first, next_]))
    assert shape is not None
    assert [cell.goes_on for cell in shape] == [False, True, False, True]


def test_merging_may_be_said_after_the_definition() -> None:
    shape = row_shape(definition([0, 100, 200], [0, 0]) + b"\x24\x56\x00\x02" + b"\x2b\xd6\x02\x00\x01")
    assert shape == (
        CellShape(0, 100, goes_on=False, hangs=True),
        CellShape(100, 200, goes_on=True, hangs=False),
    )


def test_cells_left_out_at_the_end_of_a_definition_are_not_merged() -> None:
    cut = definition([0, 100, 200], [0, 0])[:-20]
    shape = row_shape(cut[:2] + (len(cut) - 3).to_bytes(2, "little") + cut[4:])
    assert shape is not None
    assert not any(cell.goes_on or cell.hangs for cell in shape)


def cell(left: int, right: int, *, goes_on: bool = False, hangs: bool = False) -> CellShape:
    return CellShape(left, right, goes_on, hangs)


def places(made: Grid) -> list[tuple[str, int, int, int, int]]:
    return [(c.text, c.row, c.column, c.height, c.width) for c in made.cells]


def test_edges_that_nearly_agree_are_one_column() -> None:
    rows = [
        TextRow(("申请", "总计"), (cell(0, 1000), cell(1000, 3000))),
        TextRow(("新收", "1", "2"), (cell(-20, 1015), cell(1015, 2000), cell(2000, 2990))),
    ]
    assert places(grid(rows)) == [
        ("申请", 0, 0, 1, 1), ("总计", 0, 1, 1, 2),
        ("新收", 1, 0, 1, 1), ("1", 1, 1, 1, 1), ("2", 1, 2, 1, 1),
    ]  # fmt: skip


def test_merged_cells_come_once() -> None:
    rows = [
        TextRow(("三、", "", "1"), (cell(0, 600), cell(600, 1200, goes_on=True), cell(1200, 1800))),
        TextRow(("", "（二）", "2"), (cell(0, 600, hangs=True), cell(600, 1200), cell(1200, 1800))),
    ]
    assert places(grid(rows)) == [
        ("三、", 0, 0, 1, 2), ("1", 0, 2, 1, 1),
        ("", 1, 0, 1, 1), ("（二）", 1, 1, 1, 1), ("2", 1, 2, 1, 1),
    ]  # fmt: skip
    tall = [
        TextRow(("本年度", "1"), (cell(0, 600), cell(600, 1200))),
        *[TextRow(("", "2"), (cell(0, 600, hangs=True), cell(600, 1200)))] * 2,
    ]
    assert places(grid(tall))[0] == ("本年度", 0, 0, 3, 1)
    assert len(places(grid(tall))) == 4


def test_rows_that_are_not_defined_make_a_ragged_grid() -> None:
    for shape in (None, (cell(0, 600),)):
        made = grid([TextRow(("新收", "1"), shape)])
        assert made.ragged
        assert [c.text for c in made.cells] == ["新收", "1"]


NO_RUNS = Runs((), (), ())
PLAIN = Looks(NO_RUNS, NO_RUNS, NO_RUNS, NO_RUNS)


def unnumbered(use: int, level: int) -> str:
    return f"{use}.{level}"


def characters(text: str) -> Characters:
    made = Characters()
    made.units.extend(map(ord, text))
    made.places.extend(range(0, 2 * len(text), 2))
    return made


def test_field_codes_hidden_text_and_pictures_are_no_text() -> None:
    text = "共\x13PAGE \\* \x1420\x1523年\x01隐\x0b下\x1e1\r"
    hidden = 2 * text.index("隐")
    unseen = Runs((hidden,), (hidden + 2,), (b"",))
    found = list(paragraphs(characters(text), range(len(text)), NO_RUNS, PLAIN, unnumbered))
    assert [p.text for p in found] == ["共2023年隐\n下-1"]
    unseen = Runs((hidden,), (hidden + 2,), (b"\x3c\x08\x01",))
    found = list(
        paragraphs(characters(text), range(len(text)), NO_RUNS, replace(PLAIN, unseen=unseen), unnumbered)
    )
    assert [p.text for p in found] == ["共2023年\n下-1"]


def test_struck_raised_and_lowered_characters_are_marked() -> None:
    struck, raised, lowered = (Runs((at,), (at + 2,), (b"\x48",)) for at in (0, 4, 8))
    looks = Looks(NO_RUNS, struck, raised, lowered)
    (found,) = paragraphs(characters("91213\r"), range(6), NO_RUNS, looks, unnumbered)
    assert found.text == "9\u03361²1₃"


def test_depth_has_an_end() -> None:
    deep = b"\x49\x66\xff\xff\xff\x7f"
    (found,) = paragraphs(characters("文\r"), range(2), Runs((0,), (4,), (deep,)), PLAIN, unnumbered)
    assert found.depth == 8


def test_a_password_and_an_old_word_are_refused() -> None:
    head = WHOLE.index(b"\xec\xa5")
    for at, byte, kind in ((11, 0x29, "encrypted"), (3, 0x00, "unsupported")):
        changed = bytearray(WHOLE)
        changed[head + at] = byte
        with pytest.raises(Unreadable) as raised:
            doc.read(bytes(changed))
        assert raised.value.kind == kind


def test_an_encrypted_package_is_told_from_other_binaries(monkeypatch: pytest.MonkeyPatch) -> None:
    for name, kind in (("EncryptedPackage", "encrypted"), ("PowerPoint Document", "unsupported")):
        monkeypatch.setattr(ole.Container, "names", lambda _, name=name: {name})
        with pytest.raises(Unreadable) as raised:
            read_document(WHOLE)
        assert raised.value.kind == kind


@pytest.mark.parametrize("seed", range(40))
def test_a_damaged_file_is_read_or_refused(seed: int) -> None:
    dice = random.Random(seed)
    data = bytearray(WHOLE)
    for _ in range(dice.randint(1, 60)):
        data[dice.randrange(len(data))] = dice.randrange(256)
    cut = bytes(data[: dice.randrange(1000, len(data))]) if seed % 4 == 0 else bytes(data)
    outcome = read(cut)
    if isinstance(outcome, Refusal):
        assert outcome.kind in ("damaged", "empty", "encrypted", "unsupported", "too-large", "not-a-report")


def test_a_web_page_named_doc_is_a_web_page() -> None:
    page = "<html><body><p>一、总体情况</p></body></html>"
    mail = (
        "MIME-Version: 1.0\r\nContent-Type: multipart/related; boundary=x\r\n\r\n--x\r\n"
        "Content-Type: text/html; charset=gb2312\r\nContent-Transfer-Encoding: base64\r\n\r\n"
    )
    import base64

    whole = mail.encode() + base64.b64encode(page.encode("gb18030")) + b"\r\n--x--\r\n"
    for data in (page.encode("gb18030"), whole):
        assert [line.text for line in read_document(data).blocks if hasattr(line, "text")] == ["一、总体情况"]
    with pytest.raises(Unreadable, match="no page"):
        read_document(b"MIME-Version: 1.0\nContent-Type: text/plain\n\nx")

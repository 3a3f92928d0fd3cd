import zipfile
from collections.abc import Callable
from io import BytesIO

import pytest

from parsers.document import Line, Unreadable
from parsers.readers import docx

Make = Callable[..., bytes]
STRICT = "http://purl.oclc.org/ooxml/wordprocessingml/main"


def p(text: str, properties: str = "") -> str:
    return f"<w:p><w:pPr>{properties}</w:pPr><w:r><w:t>{text}</w:t></w:r></w:p>"


def table(*rows: str) -> str:
    return "<w:tbl>" + "".join(f"<w:tr>{row}</w:tr>" for row in rows) + "</w:tbl>"


def tc(content: str, properties: str = "") -> str:
    return f"<w:tc><w:tcPr>{properties}</w:tcPr>{content}</w:tc>"


def shapes(data: bytes) -> list[object]:
    return [
        block.text if isinstance(block, Line) else [(c.text, c.row, c.column) for c in block.cells]
        for block in docx.read(data).blocks
    ]


def test_paragraphs_and_tables_in_order(make_word: Make) -> None:
    cells = table(tc(p("规章")) + tc(p("0") + p("件")))
    data = make_word(p("一、总体情况") + cells + p(" ") + p("六、其他"))
    assert shapes(data) == ["一、总体情况", [("规章", 0, 0), ("0\n件", 0, 1)], "六、其他"]


def test_the_strict_namespace_is_the_same_language(make_word: Make) -> None:
    assert shapes(make_word(p("一、总体情况"), namespace=STRICT)) == ["一、总体情况"]


def test_the_text_part_is_where_the_package_says() -> None:
    packed = BytesIO()
    with zipfile.ZipFile(packed, "w") as package:
        package.writestr("_rels/.rels", '<R><r Type="x/officeDocument" Target="/word/document2.xml"/></R>')
        name = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
        package.writestr(
            "word/document2.xml", f'<w:document xmlns:w="{name}"><w:body>{p("文")}</w:body></w:document>'
        )
    assert shapes(packed.getvalue()) == ["文"]


def test_deleted_text_goes_inserted_stays_and_field_codes_are_no_text(make_word: Make) -> None:
    runs = (
        "<w:del><w:r><w:delText>旧</w:delText></w:r></w:del><w:ins><w:r><w:t>新</w:t></w:r></w:ins>"
        "<w:moveFrom><w:r><w:t>去</w:t></w:r></w:moveFrom>"
        "<w:r><w:instrText> PAGE </w:instrText></w:r><w:r><w:rPr><w:vanish/></w:rPr><w:t>隐</w:t></w:r>"
        '<w:r><w:rPr><w:vanish w:val="0"/></w:rPr><w:t>20</w:t></w:r>'
        "<w:hyperlink><w:r><w:t>23</w:t></w:r></w:hyperlink>"
        "<w:r><w:noBreakHyphen/><w:t>1</w:t><w:br/><w:t>下</w:t><w:tab/><w:t>行</w:t></w:r>"
    )
    assert shapes(make_word(f"<w:p>{runs}</w:p>")) == ["新2023-1", "下\t行"]


def test_deleted_rows_are_gone_and_rows_may_be_wrapped(make_word: Make) -> None:
    gone = f"<w:tr><w:trPr><w:del/></w:trPr>{tc(p('去'))}</w:tr>"
    kept = f"<w:sdt><w:sdtContent><w:tr>{tc(p('规章'))}{tc(p('0'))}</w:tr></w:sdtContent></w:sdt>"
    assert shapes(make_word(f"<w:tbl>{gone}{kept}</w:tbl>")) == [[("规章", 0, 0), ("0", 0, 1)]]


def test_cells_left_out_before_a_row_keep_the_columns(make_word: Make) -> None:
    first = tc(p("甲")) + tc(p("乙")) + tc(p("丙"))
    second = '<w:trPr><w:gridBefore w:val="1"/></w:trPr>' + tc(p("1")) + tc(p("2"))
    assert shapes(make_word(table(first, second))) == [
        [("甲", 0, 0), ("乙", 0, 1), ("丙", 0, 2), ("1", 1, 1), ("2", 1, 2)]
    ]


def test_text_boxes_are_read_once(make_word: Make) -> None:
    box = f"<w:txbxContent>{p('框')}</w:txbxContent>"
    mc = 'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"'
    both = f"<mc:Choice>{box}</mc:Choice><mc:Fallback>{box}</mc:Fallback>"
    choice = f"<mc:AlternateContent {mc}>{both}</mc:AlternateContent>"
    data = make_word(f"<w:p><w:r>{choice}</w:r><w:r><w:t>文</w:t></w:r></w:p>")
    assert shapes(data) == ["文", "框"]


def test_a_table_for_layout_is_unwrapped(make_word: Make) -> None:
    inner = table(tc(p("规章")) + tc(p("0")), tc(p("许可")) + tc(p("1")))
    data = make_word(table(tc(p("前") + inner + p("后")) + tc(p("旁"))))
    grid = [("规章", 0, 0), ("0", 0, 1), ("许可", 1, 0), ("1", 1, 1)]
    assert shapes(data) == ["前", grid, "后", "旁"]


def test_a_small_table_inside_a_cell_is_that_cells_text(make_word: Make) -> None:
    inner = table(tc(p("（一）"))) + p("")
    assert shapes(make_word(table(tc(inner) + tc(p("3"))))) == [[("（一）", 0, 0), ("3", 0, 1)]]


def num(level: int, id: int = 1) -> str:
    return f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{id}"/></w:numPr>'


def lvl(depth: int, format: str, text: str, start: int = 1) -> str:
    return (
        f'<w:lvl w:ilvl="{depth}"><w:start w:val="{start}"/><w:numFmt w:val="{format}"/>'
        f'<w:lvlText w:val="{text}"/></w:lvl>'
    )


def test_printed_numbers_are_part_of_the_text(make_word: Make) -> None:
    levels = lvl(0, "chineseCounting", "%1、") + lvl(1, "decimal", "%2.", 3) + lvl(2, "bullet", "")
    numbering = (
        f'<w:abstractNum w:abstractNumId="7">{levels}</w:abstractNum>'
        '<w:num w:numId="1"><w:abstractNumId w:val="7"/></w:num>'
        '<w:num w:numId="2"><w:abstractNumId w:val="7"/><w:lvlOverride w:ilvl="0">'
        '<w:startOverride w:val="11"/></w:lvlOverride></w:num>'
    )
    styles = (
        f'<w:style w:styleId="a"><w:pPr>{num(0)}</w:pPr></w:style>'
        '<w:style w:styleId="b"><w:basedOn w:val="a"/></w:style>'
    )
    body = [
        p("总体", num(0)),
        p("甲", num(1)),
        p("乙", num(1)),
        p("点", num(2)),
        p("公开", '<w:pStyle w:val="b"/>'),
        p("丙", num(1)),
        p(" ", num(0)),
        p("申请", num(0, 2)),
        p("无号", num(0, 9)),
    ]
    assert shapes(make_word("".join(body), numbering, styles)) == [
        "一、总体", "3.甲", "4.乙", "点", "二、公开", "3.丙", "十一、申请", "无号",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("format", "start", "printed"),
    [
        ("decimal", 20, "20"),
        ("chineseCountingThousand", 20, "二十"),
        ("japaneseCounting", 32, "三十二"),
        ("ideographDigital", 10, "一〇"),
        ("decimalEnclosedCircle", 3, "③"),
        ("upperLetter", 2, "B"),
        ("lowerRoman", 14, "xiv"),
        ("upperRoman", 9, "IX"),
    ],
)
def test_ways_of_counting(make_word: Make, format: str, start: int, printed: str) -> None:
    numbering = (
        f'<w:abstractNum w:abstractNumId="0">{lvl(0, format, "（%1）", start)}</w:abstractNum>'
        '<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>'
    )
    assert shapes(make_word(p("甲", num(0)), numbering)) == [f"（{printed}）甲"]


def test_a_file_without_text(make_word: Make) -> None:
    with pytest.raises(Unreadable, match="no text") as raised:
        docx.read(make_word("<w:p/>"))
    assert raised.value.kind == "empty"


def test_damaged_files(make_word: Make) -> None:
    whole = make_word(p("文"))
    empty = BytesIO()
    zipfile.ZipFile(empty, "w").close()
    for data in (b"PK", whole[:-30], empty.getvalue(), make_word("<w:p>")):
        with pytest.raises(Unreadable, match="Word file") as raised:
            docx.read(data)
        assert raised.value.kind == "damaged"


def test_a_zip_bomb_is_not_unpacked(make_word: Make) -> None:
    with pytest.raises(Unreadable, match="24 MiB") as raised:
        docx.read(make_word(" " * (25 << 20)))
    assert raised.value.kind == "too-large"


def test_entities_are_not_expanded() -> None:
    laughs = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 10))
    packed = BytesIO()
    with zipfile.ZipFile(packed, "w") as package:
        text = f'<!DOCTYPE w [<!ENTITY l0 "ha">{laughs}]><w:document xmlns:w="w"><w:t>&l9;</w:t></w:document>'
        package.writestr("word/document.xml", text)
    with pytest.raises(Unreadable):
        docx.read(packed.getvalue())


def test_struck_and_raised_characters_are_marked(make_word: Make) -> None:
    def run(text: str, property: str) -> str:
        return f"<w:r><w:rPr>{property}</w:rPr><w:t>{text}</w:t></w:r>"

    up = '<w:vertAlign w:val="superscript"/>'
    struck = run("9", "<w:strike/>") + run("8", "<w:dstrike/>") + run("12", '<w:strike w:val="0"/>')
    assert shapes(make_word(f"<w:p>{struck}{run('1', up)}</w:p>")) == ["9̶8̶12¹"]


def test_a_digit_set_higher_by_its_position_is_a_note(make_word: Make) -> None:
    lifted = '<w:r><w:rPr><w:position w:val="6"/></w:rPr><w:t>1</w:t></w:r>'
    lowered = lifted.replace('<w:position w:val="6"/>', '<w:vertAlign w:val="subscript"/>')
    assert shapes(make_word(f"<w:p><w:r><w:t>12</w:t></w:r>{lifted}{lowered}</w:p>")) == ["12¹₁"]


def test_what_is_typed_as_a_formula_is_printed(make_word: Make) -> None:
    space = "http://schemas.openxmlformats.org/officeDocument/2006/math"
    formula = f'<m:oMath xmlns:m="{space}"><m:r><m:t>2</m:t></m:r></m:oMath>'
    assert shapes(make_word(f"<w:p><w:r><w:t>1</w:t></w:r>{formula}</w:p>")) == ["12"]

import zipfile
from io import BytesIO

import pytest

from parsers.document import Cell, Grid, Line, Unreadable
from parsers.read import read
from parsers.readers import docx, ofd, read_document
from parsers.reading import Reading
from samples.render import office
from samples.render.ofd import Pages, packed
from samples.render.ofd import ofd as rendered
from samples.truth import Entry, truth


def one_of(form: str) -> Entry:
    return next(entry for entry in truth().entries if entry.report.form == form)


@pytest.mark.parametrize("form", ["2021", "2019"])
def test_every_figure_is_right_and_has_its_place(form: str) -> None:
    report = one_of(form).report
    outcome = read(rendered(report))
    assert isinstance(outcome, Reading)
    assert (outcome.media_type, outcome.form) == ("application/ofd", form)
    figures = {figure.code: figure for figure in outcome.figures}
    for printed in report.figures:
        found = figures[printed.code]
        assert (found.status, str(found.value)) == (printed.status, str(printed.value))
        assert found.place.page
        assert found.place.box
        assert 0 < found.place.box.left < found.place.box.right < 210 / 25.4 * 72
    assert [section.number for section in outcome.sections if section.number] == [1, 2, 3, 4, 5, 6]


def test_cells_are_those_of_the_other_formats() -> None:
    report = one_of("2014").report
    made, other = read_document(rendered(report)), docx.read(office.docx(report))
    texts = [cell.text.replace("\n", "") for grid in made.grids for cell in grid.cells]
    assert texts == [cell.text for grid in other.grids for cell in grid.cells]


def text(*, code: str = "文", attributes: str = "", inner: str = "", place: str = 'X="0" Y="5"') -> str:
    return (
        f'<ofd:TextObject Boundary="20 30 100 10" Size="5" {attributes}>{inner}'
        f"<ofd:TextCode {place}>{code}</ofd:TextCode></ofd:TextObject>"
    )


def path(data: str, attributes: str = "", boundary: str = "20 40 100 50") -> str:
    return (
        f'<ofd:PathObject Boundary="{boundary}" {attributes}><ofd:AbbreviatedData>{data}'
        "</ofd:AbbreviatedData></ofd:PathObject>"
    )


def lines(*objects: str) -> list[str]:
    return [block.text for block in ofd.read(packed([list(objects)])).blocks if isinstance(block, Line)]


def test_where_a_text_stands() -> None:
    (line,) = ofd.read(packed([[text()]])).blocks
    assert isinstance(line, Line)
    assert line.page == 1
    assert line.box
    points = 72 / 25.4
    assert (line.box.left, line.box.right) == (round(20 * points, 2), round(25 * points, 2))
    assert line.box.top == round((30 + 5 - 0.88 * 5) * points, 2)


def test_distances_between_characters() -> None:
    assert lines(text(code="1023", place='X="0" Y="5" DeltaX="g 3 2.5"')) == ["1023"]
    assert lines(text(code="12", place='X="0" Y="5" DeltaX="30"')) == ["1 2"]
    assert lines(text(code="一二", place='X="0" Y="5" DeltaX="0" DeltaY="6"')) == ["一", "二"]
    assert lines(text(code="没有距离2023")) == ["没有距离2023"]


def test_turned_and_stretched_text_is_where_its_matrix_puts_it() -> None:
    (line,) = ofd.read(packed([[text(attributes='CTM="2 0 0 2 10 0"')]])).blocks
    assert isinstance(line, Line)
    assert line.box
    assert line.box.left == round(30 * 72 / 25.4, 2)
    assert round(line.box.right - line.box.left, 1) == round(10 * 72 / 25.4, 1)


def test_invisible_text_is_no_text() -> None:
    assert lines(text(), text(code="隐", attributes='Visible="false"')) == ["文"]


SQUARES = [Cell("规章", 0, 0), Cell("0", 0, 1), Cell("许可", 1, 0), Cell("3", 1, 1)]


def words() -> list[str]:
    pages = Pages()
    for cell in SQUARES:
        pages.text(25 + 50 * cell.column, 50 + 25 * cell.row, cell.text)
    return pages.drawn[0]


@pytest.mark.parametrize(
    "drawn",
    [
        [path(f"M {x} 0 L {x} 50") for x in (0, 50, 100)] + [path(f"M 0 {y} L 100 {y}") for y in (0, 25, 50)],
        [path(f"M{x} 0L{x + 50} 0L{x + 50} {y + 25}L{x} {y + 25}C") for x in (0, 50) for y in (0, 25)],
        [
            path("M 0 0 L 100 0 L 100 0.2 L 0 0.2 C", 'Stroke="false" Fill="true"', f"20 {y} 100 1")
            for y in (40, 65, 90)
        ]
        + [
            path("M 0 0 L 0.2 0 L 0.2 50 L 0 50 C", 'Stroke="false" Fill="true"', f"{x} 40 1 50")
            for x in (20, 70, 120)
        ],
    ],
    ids=["lines", "boxes", "thin"],
)
def test_ruling_lines_in_the_ways_they_are_drawn(drawn: list[str]) -> None:
    (grid,) = ofd.read(packed([words() + drawn])).grids
    assert [(c.text, c.row, c.column) for c in grid.cells] == [(c.text, c.row, c.column) for c in SQUARES]


def test_what_is_not_drawn_rules_nothing() -> None:
    drawn = [path(f"M {x} 0 L {x} 50", 'Stroke="false"') for x in (0, 50, 100)]
    drawn += [path(f"M 0 {y} L 100 {y}", 'Stroke="false"') for y in (0, 25, 50)]
    assert not ofd.read(packed([words() + drawn])).grids


def with_template(names: dict[str, str]) -> bytes:
    plain = zipfile.ZipFile(BytesIO(packed([[text()]])))
    made = BytesIO()
    with zipfile.ZipFile(made, "w") as target:
        for name in plain.namelist():
            target.writestr(name, names.get(name, plain.read(name).decode()))
        for name in names.keys() - plain.namelist():
            target.writestr(name, names[name])
    return made.getvalue()


def test_templates_and_other_namespaces_and_paths_from_the_top() -> None:
    page = (
        '<Page xmlns="x"><Template TemplateID="7"/><Content><Layer>'
        f"{text(code='页')}</Layer></Content></Page>".replace("ofd:", "")
    )
    behind = f'<Page xmlns="y"><Content><Layer>{text(code="底")}</Layer></Content></Page>'.replace("ofd:", "")
    behind = behind.replace("20 30 100 10", "20 90 100 10")
    document = (
        '<Document xmlns="z"><CommonData><TemplatePage ID="7" BaseLoc="Tpls/T.xml"/></CommonData><Pages>'
        '<Page ID="1" BaseLoc="/Doc_0/Pages/Page_0/Content.xml"/></Pages></Document>'
    )
    parts = {
        "Doc_0/Document.xml": document,
        "Doc_0/Tpls/T.xml": behind,
        "Doc_0/Pages/Page_0/Content.xml": page,
    }
    assert [line.text for line in ofd.read(with_template(parts)).blocks if isinstance(line, Line)] == [
        "页",
        "底",
    ]


IMAGE = '<ofd:ImageObject Boundary="0 0 210 297" ResourceID="3"/>'
SHAPED = '<ofd:CGTransform CodePosition="0"><ofd:Glyphs>34</ofd:Glyphs></ofd:CGTransform>'


def test_what_needs_ocr() -> None:
    for objects in ([IMAGE], [text(code="¤", inner=SHAPED)]):
        with pytest.raises(Unreadable, match="OCR") as raised:
            ofd.read(packed([objects]))
        assert raised.value.kind == "no-text"
    document = ofd.read(packed([[text()], [IMAGE]]))
    assert document.damaged
    assert "Page 2" in document.doubts[0]
    assert lines(text(code="¤3")) == ["¤3"], "the sign itself, where no shape stands for it"


def test_damaged_files() -> None:
    whole = packed([[text()]])
    broken = [
        whole[:-30],
        with_template({"Doc_0/Document.xml": "<Document"}),
        with_template({"OFD.xml": "<OFD><DocRoot>Doc_9/None.xml</DocRoot></OFD>"}),
        packed([[text(attributes='CTM="a b"')]]),
    ]
    for data in broken:
        with pytest.raises(Unreadable) as raised:
            ofd.read(data)
        assert raised.value.kind == "damaged"


def test_bombs_are_not_unpacked() -> None:
    with pytest.raises(Unreadable) as raised:
        ofd.read(with_template({"Doc_0/Document.xml": " " * (25 << 20)}))
    assert raised.value.kind == "too-large"
    pages = "".join('<Page BaseLoc="Pages/Page_0/Content.xml"/>' for _ in range(1001))
    with pytest.raises(Unreadable, match="1001 pages"):
        ofd.read(with_template({"Doc_0/Document.xml": f"<Document>{pages}</Document>"}))


def test_a_grid_is_a_grid() -> None:
    assert all(isinstance(grid, Grid) for grid in ofd.read(rendered(one_of("2021").report)).grids)


def test_a_line_through_a_figure_strikes_it_out() -> None:
    """The base line is at 35 mm; the stroke runs at 33.5 over the first digit."""
    struck = path("M 0 3.5 L 2.5 3.5", boundary="20 30 100 10")
    assert lines(text(code="96"), struck) == ["9̶6"]

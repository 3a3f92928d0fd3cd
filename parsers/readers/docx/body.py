"""Paragraphs, text boxes and tables in document order."""

from collections.abc import Iterator

from parsers.document import Block, Cell, Grid, Line
from parsers.readers.docx.numbering import Numbering
from parsers.readers.docx.parts import W, number, value
from parsers.readers.package import Element
from parsers.text.marks import lowered, raised, struck

_TEXTS = (W + "t", "{http://schemas.openxmlformats.org/officeDocument/2006/math}t")
"""A number may be typed as a formula, or the half of it."""
_LONG = 400
"""Characters that no cell of a form has: a table with more in one cell is there for its layout."""
_MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
_DROPPED = frozenset(
    W + name for name in ("del", "moveFrom", "instrText", "delText", "rPr", "pPr", "rt", "txbxContent")
) | {_MC + "Fallback"}
_GIVEN = {W + "tab": "\t", W + "br": "\n", W + "cr": "\n", W + "noBreakHyphen": "-"}
_WRAPPERS = frozenset(
    W + name for name in ("sdt", "sdtContent", "ins", "moveTo", "customXml", "smartTag", "body")
)


def blocks(root: Element, numbering: Numbering) -> Iterator[Block]:
    """`root` holds paragraphs and tables, wrapped or not."""
    for part in _unwrapped(root, (W + "p", W + "tbl")):
        if part.tag == W + "p":
            yield from _paragraph(part, numbering)
        elif _is_layout(part):
            for cell in part.iterfind(f".//{W}tc"):
                if next(cell.iterancestors(W + "tbl")) is part and not _continues(cell):
                    yield from blocks(cell, numbering)
        else:
            yield Grid(tuple(sorted(_cells(part, numbering), key=_reading_order)))


def _paragraph(paragraph: Element, numbering: Numbering) -> Iterator[Block]:
    for line in _text(paragraph, numbering).split("\n"):
        if line.strip():
            yield Line(line.strip())
    for box in paragraph.iter(W + "txbxContent"):
        if next(box.iterancestors(_MC + "Fallback"), None) is None and _nearest_box(box, paragraph) is None:
            yield from blocks(box, numbering)


def _nearest_box(box: Element, paragraph: Element) -> Element | None:
    """The text box around this one within the paragraph: it brings the inner one along."""
    for ancestor in box.iterancestors():
        if ancestor is paragraph:
            return None
        if ancestor.tag == W + "txbxContent":
            return ancestor
    return None


def _text(paragraph: Element, numbering: Numbering) -> str:
    text = "".join(_pieces(paragraph))
    return numbering.before(paragraph) + text if text.strip() else text


def _pieces(node: Element) -> Iterator[str]:
    for child in node:
        tag = child.tag
        if tag in _TEXTS:
            yield child.text or ""
        elif tag in _GIVEN:
            yield _GIVEN[tag]
        elif tag == W + "sym":
            yield chr(int(child.get(W + "char", "20"), 16))
        elif tag in _DROPPED or (tag == W + "r" and _is_on(child, "vanish")):
            continue
        elif tag == W + "r":
            yield from _run(child)
        elif isinstance(tag, str):
            yield from _pieces(child)


def _run(run: Element) -> Iterator[str]:
    if _is_on(run, "strike") or _is_on(run, "dstrike"):
        return map(struck, _pieces(run))
    properties = run.find(W + "rPr")
    if _is_raised(properties):
        return map(raised, _pieces(run))
    return map(lowered, _pieces(run)) if value(properties, "vertAlign") == "subscript" else _pieces(run)


def _is_raised(properties: Element | None) -> bool:
    lifted = number(value(properties, "position"), 0) > 0
    return lifted or value(properties, "vertAlign") == "superscript"


def _is_on(run: Element, name: str) -> bool:
    switch = value(run.find(W + "rPr"), name)
    return switch is not None and switch not in ("0", "false", "off")


def _cells(table: Element, numbering: Numbering) -> Iterator[Cell]:
    """Each merged cell once. Word repeats it row by row; only the first repetition is shown."""
    open_cells: dict[int, Cell] = {}
    for row, tr in enumerate(_rows(table)):
        column = number(value(tr.find(W + "trPr"), "gridBefore"), 0)
        for tc in _unwrapped(tr, (W + "tc",)):
            width = max(1, number(value(tc.find(W + "tcPr"), "gridSpan"), 1))
            above = open_cells.get(column)
            if _continues(tc) and above and above.row + above.height == row:
                open_cells[column] = _grown(above)
            else:
                if above:
                    yield above
                open_cells[column] = Cell(_cell_text(tc, numbering), row, column, 1, width)
            column += width
    yield from open_cells.values()


def _reading_order(cell: Cell) -> tuple[int, int]:
    return cell.row, cell.column


def _grown(cell: Cell) -> Cell:
    return Cell(cell.text, cell.row, cell.column, cell.height + 1, cell.width)


def _cell_text(tc: Element, numbering: Numbering) -> str:
    lines = (
        line.text if isinstance(line, Line) else "\n".join(cell.text for cell in line.cells)
        for line in blocks(tc, numbering)
    )
    return "\n".join(lines)


def _rows(table: Element) -> list[Element]:
    rows = _unwrapped(table, (W + "tr",))
    return [row for row in rows if row.find(f"{W}trPr/{W}del") is None]


def _continues(tc: Element) -> bool:
    properties = tc.find(W + "tcPr")
    return "" in (merge := [value(properties, "vMerge")]) or "continue" in merge


def _is_layout(table: Element) -> bool:
    rows = [list(_unwrapped(row, (W + "tc",))) for row in _rows(table)]
    if max(map(len, rows), default=0) < 2:
        return True
    inner = table.iterfind(f".//{W}tbl")
    if any(len(_rows(other)) > 1 and other.find(f".//{W}tc/../{W}tc[2]") is not None for other in inner):
        return True
    return any(sum(map(len, _pieces(tc))) > _LONG for row in rows for tc in row)


def _unwrapped(node: Element, wanted: tuple[str, ...]) -> Iterator[Element]:
    for child in node:
        if child.tag in wanted:
            yield child
        elif child.tag in _WRAPPERS:
            yield from _unwrapped(child, wanted)

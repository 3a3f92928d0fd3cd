"""The table or the page of a figure as a web page of its own, its cell marked: of what has no pages, and of
pages that nothing here can draw."""

from collections.abc import Iterator
from html import escape

from parsers.document import Box, Cell, Document, Grid, Line
from parsers.reading import Place

_STYLE = """
body { font: 16px/1.5 "Noto Sans CJK SC", "Microsoft YaHei", sans-serif; margin: 1em auto; max-width: 70em; }
h1 { font-size: 1.2em; overflow-wrap: anywhere; }
table { border-collapse: collapse; } td { border: 1px solid #888; padding: .2em .5em; }
.cell { outline: 4px solid #d62828; background: #fff3b0; }
#cell { scroll-margin: 40vh; }
svg { border: 1px solid #888; width: 100%; height: auto; } text { font-family: inherit; }
"""
_PAGE = """<!doctype html>
<html lang="zh"><head><meta charset="utf-8"><title>{title}</title><style>{style}</style></head>
<body><h1>{title}</h1>
<p>{says}</p>
{content}
</body></html>
"""


def marked_table(document: Document, place: Place, title: str) -> str | None:
    """None where the document has no such cell."""
    if place.grid is None or place.row is None or place.column is None:
        return None
    grid = document.grids[place.grid]
    says = (
        f"Table {place.grid + 1} of the document, row {place.row + 1}, column {place.column + 1}, as it is "
        "read; the document itself lies beside this page."
    )
    return _page(title, says, "\n".join(_rows(grid, place.row, place.column)))


def marked_drawing(document: Document, page: int, box: Box, title: str) -> str:
    """Texts where they stand on the page, drawn from what the document says of their places."""
    found = [block for block in document.blocks if isinstance(block, Line) and block.page == page]
    cells = [cell for grid in document.grids for cell in grid.cells if cell.page == page]
    boxes = [box for box in (*(line.box for line in found), *(cell.box for cell in cells)) if box]
    width, height = max(one.right for one in boxes) + 40, max(one.bottom for one in boxes) + 40
    drawn = [*(_text(line.text, line.box) for line in found), *(_drawn_cell(cell) for cell in cells)]
    frame = _rectangle(box, 'id="cell" fill="#fff3b0" fill-opacity=".5" stroke="#d62828" stroke-width="2.5"')
    says = f"Page {page}: texts and cells in their places; the document itself lies beside this page."
    return _page(title, says, f'<svg viewBox="0 0 {width:g} {height:g}">{"".join(drawn)}{frame}</svg>')


def _page(title: str, says: str, content: str) -> str:
    return _PAGE.format(title=escape(title), style=_STYLE, says=escape(says), content=content)


def _rows(grid: Grid, row: int, column: int) -> Iterator[str]:
    lines: dict[int, list[Cell]] = {}
    for cell in grid.cells:
        lines.setdefault(cell.row, []).append(cell)
    yield "<table>"
    for number in range(grid.height):
        cells = sorted(lines.get(number, []), key=lambda cell: cell.column)
        yield f"<tr>{''.join(_cell(cell, row, column) for cell in cells)}</tr>"
    yield "</table>"


def _cell(cell: Cell, row: int, column: int) -> str:
    inside = cell.row <= row < cell.row + cell.height and cell.column <= column < cell.column + cell.width
    spans = "".join(
        f' {name}="{number}"'
        for name, number in (("rowspan", cell.height), ("colspan", cell.width))
        if number > 1
    )
    mark = ' id="cell" class="cell"' if inside else ""
    return f"<td{spans}{mark}>{escape(cell.text)}</td>"


def _drawn_cell(cell: Cell) -> str:
    outline = _rectangle(cell.box, 'fill="none" stroke="#888" stroke-width=".5"') if cell.box else ""
    return outline + _text(cell.text, cell.box)


def _text(text: str, box: Box | None) -> str:
    lines = text.splitlines() or [""]
    if box is None:
        return ""
    size = min(10.5, (box.bottom - box.top) / len(lines) * 0.8)
    left, look = box.left + 2, f'font-size="{size:g}"'
    tops = (box.top + size * (1.25 * number + 1) for number in range(len(lines)))
    return "".join(
        f'<text x="{left:g}" y="{top:g}" {look}>{escape(line)}</text>'
        for top, line in zip(tops, lines, strict=True)
    )


def _rectangle(box: Box, look: str) -> str:
    width, height = box.right - box.left, box.bottom - box.top
    return f'<rect x="{box.left:g}" y="{box.top:g}" width="{width:g}" height="{height:g}" {look}/>'

"""The report as a text file: tables as lines of cells with tabs between, each cell once."""

from itertools import groupby

from parsers.document import Grid
from samples.render.web import APPENDIX
from samples.report import Report
from samples.tables import tables


def text(report: Report) -> str:
    grids = tables(report)
    lines = [report.title, ""]
    for section in report.sections:
        lines += [section.heading, *(f"　　{paragraph}" for paragraph in section.paragraphs)]
        if section.number and section.number in grids:
            lines += ["", *_lines(grids[section.number]), ""]
    if 0 in grids:
        lines += [APPENDIX, *_lines(grids[0]), ""]
    lines.append(report.publisher)
    return "\r\n".join(lines) + "\r\n"


def _lines(grid: Grid) -> list[str]:
    rows = groupby(sorted(grid.cells, key=lambda cell: (cell.row, cell.column)), key=lambda cell: cell.row)
    return ["\t".join(cell.text for cell in cells) for _, cells in rows]

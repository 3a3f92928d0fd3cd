"""The report as a text file: tables as lines of cells with tabs between, each cell once."""

from collections import Counter
from collections.abc import Mapping, Sequence
from itertools import groupby

from parsers.document import Cell, Grid
from parsers.form import form
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


def adrift(report: Report) -> Mapping[str, Sequence[tuple[str, str]]]:
    """The rows of table three, their codes and texts, that a text file does not print to the letter: a cell
    merged over several rows stands in the first of them alone and moves it a tab aside of the others. A
    full row can be counted off; where some of its cells are blank no one can say which column is which."""
    if report.form not in ("2019", "2021"):
        return {}
    (block,) = form(report.form).table("requests")
    lines = [cells for cells in _rows(tables(report)[3]) if len(cells) > len(block.columns)]
    named = [row for row in block.rows if block.code(row, block.columns[0]) in report.texts]
    usual = Counter(map(len, lines)).most_common(1)[0][0]
    found = {}
    for row, cells in zip(named, lines, strict=True):
        texts = [cell.text for cell in cells[-len(block.columns) :]]
        if len(cells) != usual and any(texts) and not all(texts):
            found[row.id] = [(block.code(row, c), text) for c, text in zip(block.columns, texts, strict=True)]
    return found


def _lines(grid: Grid) -> list[str]:
    return ["\t".join(cell.text for cell in cells) for cells in _rows(grid)]


def _rows(grid: Grid) -> list[list[Cell]]:
    ordered = sorted(grid.cells, key=lambda cell: (cell.row, cell.column))
    return [list(cells) for _, cells in groupby(ordered, key=lambda cell: cell.row)]

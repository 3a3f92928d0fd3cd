"""The report as a CMS shows it in an article: the content element's HTML, without a page around it."""

import re
from html import escape
from itertools import groupby

from parsers.document import Cell, Grid
from samples.report import Report
from samples.tables import tables

APPENDIX = "附件：政府信息公开情况统计表"


def article(report: Report) -> str:
    grids = tables(report)
    parts = []
    for section in report.sections:
        parts.append(f"<p><strong>{_words(section.heading, report)}</strong></p>")
        parts += [f"<p>　　{_words(text, report)}</p>" for text in section.paragraphs]
        if section.number and section.number in grids:
            parts.append(_table(grids[section.number], report))
    if 0 in grids:
        parts += [f"<p>{APPENDIX}</p>", _table(grids[0], report)]
    parts.append(f'<p style="text-align: right;">{escape(report.publisher)}</p>')
    return "\n".join(parts)


def _words(text: str, report: Report) -> str:
    """In pages pasted from an office program every run of digits has a span of its own."""
    if "word_spans" not in report.traits:
        return escape(text)
    return re.sub(r"[0-9]+", r'<span lang="EN-US">\g<0></span>', escape(text))


def _table(grid: Grid, report: Report) -> str:
    rows = groupby(sorted(grid.cells, key=lambda cell: (cell.row, cell.column)), key=lambda cell: cell.row)
    lines = ("<tr>" + "".join(_td(cell, report) for cell in cells) + "</tr>" for _, cells in rows)
    head = '<table border="1" cellspacing="0" cellpadding="0" style="border-collapse:collapse;" width="640">'
    return "\n".join((head, "<tbody>", *lines, "</tbody>", "</table>"))


def _td(cell: Cell, report: Report) -> str:
    spans = (f' rowspan="{cell.height}"' if cell.height > 1 else "") + (
        f' colspan="{cell.width}"' if cell.width > 1 else ""
    )
    return f'<td{spans} align="center">{_content(cell, report)}</td>'


def _content(cell: Cell, report: Report) -> str:
    if not cell.text:
        return "<p>&nbsp;</p>"
    if cell.height > 3 and "split_label" in report.traits:
        return "<p>" + "".join(f"<span>{escape(sign)}</span>" for sign in cell.text) + "</p>"
    return f"<p>{_words(cell.text, report)}</p>"

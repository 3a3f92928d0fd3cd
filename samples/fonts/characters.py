"""Which characters the font must have."""

from functools import cache

from samples.publication import reports
from samples.render.web import APPENDIX
from samples.report import Report
from samples.tables import tables

ALWAYS = frozenset(map(chr, range(0x20, 0x7F))) | {"　"}


@cache
def characters() -> frozenset[str]:
    """Every character that any report of any phase prints, ASCII and the indent."""
    texts = (text for phase in (1, 2) for report in reports(phase) for text in printed(report))
    return ALWAYS.union(*map(frozenset, texts), frozenset(APPENDIX))


def printed(report: Report) -> tuple[str, ...]:
    words = (text for section in report.sections for text in (section.heading, *section.paragraphs))
    cells = (cell.text for grid in tables(report).values() for cell in grid.cells)
    return (report.title, report.publisher, *words, *cells)

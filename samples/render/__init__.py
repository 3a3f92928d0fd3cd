"""How a report is printed: one module a format."""

from functools import cache

from samples.render import office, plain, portable
from samples.report import Report


@cache
def file(report: Report, encoding: str) -> bytes:
    """The report as the file it is published as; `encoding` is that of a text file."""
    if report.format == "txt":
        return plain.text(report).encode(encoding)
    return portable.pdf(report) if report.format == "pdf" else office.docx(report)

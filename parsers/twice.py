"""Tables that a document prints twice: two reports in one, or one year's figures beside another's.

Which of the two is the report's nobody can tell from them, so a figure counts only where both agree.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace

from parsers.reading import Figure, Finding


def compared(
    first: Mapping[str, Figure], again: Iterable[Mapping[str, Figure]]
) -> tuple[dict[str, Figure], tuple[Finding, ...]]:
    """The figures of which the second print, row by row, says the same; all others of its tables are
    unreadable, also those of rows that it does not have."""
    second = {code: figure for row in again for code, figure in row.items()}
    tables = sorted({_table(code) for code in second})
    unlike = {
        code for code, figure in first.items() if _table(code) in tables and _differ(figure, second.get(code))
    }
    figures = {code: _doubted(figure) if code in unlike else figure for code, figure in first.items()}
    return figures, tuple(_findings(tables, unlike, first, second))


def _findings(
    tables: Iterable[str], unlike: set[str], first: Mapping[str, Figure], second: Mapping[str, Figure]
) -> Iterator[Finding]:
    for table in tables:
        codes = tuple(code for code in first if code in unlike and _table(code) == table)
        if not codes:
            says = f"The table of {table} is printed twice, with the same figures."
            yield Finding("tables.twice", "note", "publisher", says)
            continue
        code = next((code for code in codes if code in second), codes[0])
        other = second[code].text if code in second else None
        says = (
            f"The table of {table} is printed twice and {len(codes)} figures differ, as {code} does with"
            f" “{first[code].text or ''}” and “{other or ''}”: look which of the two is this report's."
        )
        yield Finding("tables.twice", "warning", "undecided", says, codes)


def _differ(figure: Figure, other: Figure | None) -> bool:
    return other is None or (figure.status, figure.value) != (other.status, other.value)


def _doubted(figure: Figure) -> Figure:
    return figure if figure.status == "absent" else replace(figure, status="unreadable", value=None)


def _table(code: str) -> str:
    return code.partition(".")[0]

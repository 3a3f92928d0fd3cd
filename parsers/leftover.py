"""What a document prints in tables and the form does not know: never dropped without a word."""

from collections.abc import Collection, Iterator, Sequence
from functools import cache

from parsers.document import Document
from parsers.form import Form
from parsers.reading import Finding
from parsers.rows import Row, rows
from parsers.text.labels import key
from parsers.text.numbers import printed


def left_over(found: Sequence[Row], known: Collection[int], form: Form) -> Iterator[Finding]:
    """Rows with figures inside the printed tables that are no row of the form. `known` are those that are."""
    grids = {found[number].grid for number in known}
    for number, row in enumerate(found):
        if number in known or row.empty or row.grid is None or row.grid not in grids:
            continue
        numbered = any(printed(slot.text).kind == "number" for slot in row.slots)
        if _around(row, form, numbered=numbered):
            continue
        if row.label or numbered:
            says = f"A row of the table fits no row of the form: “{row.text}”"
            yield Finding("rows.unknown", "warning", "undecided", says)


def unknown_tables(document: Document, known: Collection[int | None]) -> tuple[Finding, ...]:
    """Tables with numbers of which no row is one of the form: they are not read, and said so. `known` are
    the grids of which one is."""
    left = set(range(len(document.grids))).difference(known)
    if not left:
        return ()
    telling = {row.grid: row for row in reversed(rows(document)) if row.grid in left and _counts(row)}
    says = "A table is none of the form's and is not read; it has the row “{}”"
    return tuple(
        Finding("tables.unknown", "note", "undecided", says.format(row.text))
        for row in reversed(telling.values())
    )


def _counts(row: Row) -> bool:
    return bool(row.label) and any(printed(slot.text).kind == "number" for slot in row.slots)


def _around(row: Row, form: Form, *, numbered: bool) -> bool:
    """A heading of the form, which has marks for its figures, or a line about who filled it in."""
    heads, beside = _surroundings(form)
    label = row.label.lstrip("0123456789")  # a column of running numbers may stand before the labels
    return (label in heads and not numbered) or label.startswith(beside)


@cache
def _surroundings(form: Form) -> tuple[frozenset[str], tuple[str, ...]]:
    heads = {key(group) for block in form.blocks if block.units for row in block.rows for group in row.under}
    return frozenset(heads), tuple(key(label) for block in form.blocks for label in block.beside)

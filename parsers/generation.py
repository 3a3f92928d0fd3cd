"""Which generation of the form a document prints: told from its labels, never from the year."""

import re
from collections.abc import Iterable, Sequence
from functools import cache

from parsers.form import Form, Label, forms
from parsers.text.labels import key

ORDINAL = re.compile(r"^(?:其中[:：]|[一二三四五六七八九十]、|（[一二三四五六七八九十]）|\d[.、])")

TELLING = 6
"""Characters from which on a label cannot be a part of something else."""


def recognised(text: str) -> Form | None:
    """The form whose own labels are printed, those of its longest table's rows before all others; the
    newest where they tie. None where fewer than half of the rows of that table are printed. `text` is
    the key of everything printed."""
    best: tuple[tuple[int, int], Form | None] = ((0, 0), None)
    for form in forms():
        names = _names(form)
        if not _half(names, text):
            continue
        score = (_printed(_own_rows(form), text), _printed(_own_labels(form), text))
        if score > best[0] or best[1] is None:
            best = (score, form)
    return best[1]


def _half(names: Sequence[Sequence[str]], text: str) -> bool:
    """Are so many of the rows printed? Looks no further than it must."""
    wanted = (len(names) + 1) // 2
    for number, spellings in enumerate(names):
        if wanted <= 0 or wanted > len(names) - number:
            break
        wanted -= any(name in text for name in spellings)
    return wanted <= 0


def printed_table(form: Form, table: str, text: str) -> Form:
    """The generation whose columns that table prints: reports put last year's table two before this
    year's table three. The form itself where nothing says otherwise."""
    others = [other for other in forms() if other.table(table)]
    return max(others, key=lambda other: (_columns_printed(other, table, text), other.id == form.id))


def _columns_printed(form: Form, table: str, text: str) -> int:
    return _printed(_own_columns(form, table), text)


@cache
def _own_columns(form: Form, table: str) -> frozenset[str]:
    """Column labels that no other generation's contain: 处理决定数量 is part of 本年处理决定数量."""
    foreign = "|".join(
        key(spelling)
        for other in forms()
        if other.id != form.id
        for block in other.table(table)
        for column in block.columns
        for spelling in column.spellings
    )
    own = (column for block in form.table(table) for column in block.columns)
    return frozenset(label for column in own if (label := key(column.label)) not in foreign)


@cache
def _names(form: Form) -> tuple[tuple[str, ...], ...]:
    """Each row of the longest table as its label goes, with and without its number."""
    return tuple(tuple(_bare(spelling) for spelling in row.spellings) for row in form.longest.rows)


def _bare(label: str) -> str:
    return key(ORDINAL.sub("", label))


def _printed(labels: Iterable[str], text: str) -> int:
    return sum(label in text for label in labels)


@cache
def _own_rows(form: Form) -> set[str]:
    """（六）其他处理 is a row in 2019 and a group in 2021; 3.其他 is too short to tell anything."""
    groups = {key(group) for other in forms() for row in other.longest.rows for group in row.under}
    rows = {key(row.label) for row in form.longest.rows}
    return {label for label in (rows & _own_labels(form)) - groups if len(label) >= TELLING}


@cache
def _own_labels(form: Form) -> set[str]:
    others = {label for other in forms() if other.id != form.id for label in _all_labels(other)}
    return _all_labels(form) - others


@cache
def _all_labels(form: Form) -> set[str]:
    labels: list[Label] = [
        label for block in form.blocks for label in (*block.rows, *block.columns) if not label.replaces
    ]
    return {key(spelling) for label in labels for spelling in label.spellings}

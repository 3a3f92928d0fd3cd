"""The rows of a sheet: one a figure in the long table, one a row of the form in the wide ones."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import repeat
from operator import itemgetter
from typing import Any

from archive.figures import WIDE, Row, codes, finer, number
from archive.sheet import HUNDREDTHS, Column, Sheet
from parsers.reading import Value

Numbers = Sequence[int | None]
_KEY = itemgetter(1)


@dataclass(frozen=True, slots=True)
class Across:
    """A row of a wide table: where its figures stand in a sheet, and how its values are picked, an absent
    column behind the last figure."""

    table: str
    row: str
    places: tuple[int, ...]
    values: Callable[[Any], tuple[int | None, ...]]


@dataclass(frozen=True, slots=True)
class Layout:
    """What follows from the codes alone; nearly all sheets of one form have the same."""

    keys: tuple[int, ...]
    in_order: bool
    amounts: tuple[int, ...]
    wide: tuple[Across, ...]


@lru_cache(maxsize=64)
def _layout(names: str) -> Layout:
    found = [codes()[name] for name in names.split()]
    keys = tuple(code.key for code in found)
    rows: dict[tuple[str, str], dict[str, int]] = {}
    for place, code in enumerate(found):
        rows.setdefault((code.table_name, code.row), {})[code.column] = place
    wide = (_across(table, row, rows[table, row], len(found)) for table, row in sorted(rows))
    amounts = tuple(place for place, code in enumerate(found) if code.unit != "count")
    return Layout(keys, list(keys) == sorted(keys), amounts, tuple(wide))


def _across(table: str, row: str, places: dict[str, int], nowhere: int) -> Across:
    at = [places.get(column, nowhere) for column in WIDE[table]]
    # Of one place itemgetter gives no tuple.
    values = itemgetter(*at) if len(at) > 1 else lambda numbers: (numbers[at[0]],)
    return Across(table, row, tuple(places.values()), values)


def numbers(sheet: Sheet) -> list[int | None]:
    """Counts as they are, amounts in 分."""
    if sheet.value is None:
        return [None] * len(sheet.status)
    values: list[Any] = list(sheet.value)
    names = sheet.codes.split() if _layout(sheet.codes).amounts else []
    for place in _layout(sheet.codes).amounts:
        values[place] = number(names[place], values[place])
    return values


def figure_rows(version: int, sheet: Sheet, values: Numbers) -> list[Row]:
    """The rows of version_figures, in the order of its key."""
    layout = _layout(sheet.codes)
    proposed = sheet.proposal and list(map(number, sheet.codes.split(), sheet.proposal))
    edges = (_hundredths(edge, sheet.scale) for edge in (sheet.left, sheet.top, sheet.right, sheet.bottom))
    places = (sheet.page, *edges, sheet.grid, sheet.row, sheet.column)
    rest = map(sheet.filled, (sheet.text, *places, proposed, sheet.basis, sheet.document))
    rows = list(zip(repeat(version), layout.keys, sheet.status, values, *rest))
    if not layout.in_order:
        rows.sort(key=_KEY)
    return rows


def wide_rows(report: str, sheet: Sheet, values: Numbers) -> dict[str, list[Row]]:
    """From table to its rows, in key order: one for each row of which a cell was found."""
    rows: dict[str, list[Row]] = {}
    numbered, absent = (*values, None), "absent" in sheet.status
    for across in _layout(sheet.codes).wide:
        if not absent or any(sheet.status[place] != "absent" for place in across.places):
            rows.setdefault(across.table, []).append((report, across.row, *across.values(numbered)))
    return rows


def imprecise(sheet: Sheet) -> Iterator[tuple[str, str | None, Value]]:
    """Code, text and value of each amount that 分 cannot hold."""
    values: Sequence[Value | None] = sheet.filled(sheet.value)
    texts = sheet.filled(sheet.text)
    for place in _layout(sheet.codes).amounts:
        value = values[place]
        if value is not None and finer(value):
            yield sheet.codes.split()[place], texts[place], value


def _hundredths(edges: Column[float], scale: int) -> Column[float]:
    if edges is None or scale == HUNDREDTHS:
        return edges
    return [None if edge is None else round(edge * HUNDREDTHS) for edge in edges]

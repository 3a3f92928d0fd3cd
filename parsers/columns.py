"""Which printed cell of a row stands under which column: proved by position or by count, or not at all."""

from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import pairwise
from operator import itemgetter

from parsers.document import Cell, Grid
from parsers.form import Label
from parsers.rows import Row, Slot
from parsers.text.labels import key

Span = tuple[int, int]
WIDE = 3
"""Up to so many columns, those of table two, a form has cells of figures that are several slots wide."""

Texts = dict[str, list[tuple[int, int, Cell]]]
"""The cells of a grid by the key of what they print, each with its row and its number in the grid."""

_in_order = itemgetter(0, 1)


@dataclass(frozen=True, slots=True)
class Header:
    """Where the columns of a form stand in a grid; None for a column whose header is not printed."""

    spans: tuple[Span | None, ...]
    apart: bool = field(init=False)
    """Does each column stand right of the one before it?"""
    permuted: bool = field(init=False)
    """Are the columns printed in another order than the form's? Then counting proves nothing."""
    start: int = field(init=False)
    stop: int = field(init=False)

    def __post_init__(self) -> None:
        """Every row below asks."""
        apart = _apart(self.spans)
        object.__setattr__(self, "apart", apart)
        object.__setattr__(self, "permuted", not apart and _permuted(self.spans))
        object.__setattr__(self, "start", min((span[0] for span in self.spans if span), default=0))
        object.__setattr__(self, "stop", max((span[1] for span in self.spans if span), default=0))


def _apart(spans: tuple[Span | None, ...]) -> bool:
    known = [span for span in spans if span]
    return all(left[0] < left[1] <= right[0] < right[1] for left, right in pairwise(known))


class Headers:
    """The printed headers of a grid, each looked for once: rows between the same two printed labels of
    columns have the same one."""

    def __init__(self, grid: Grid) -> None:
        self._cells = by_text(grid)
        self._found: dict[tuple[Label, ...], tuple[list[int], dict[int, Header | None]]] = {}

    def above(self, row: int, columns: tuple[Label, ...]) -> Header | None:
        """As `printed_header`."""
        if columns not in self._found:
            spellings = {text for _, _, texts in _labels(columns) for text in texts}
            named = (cell for text in spellings for cell in self._cells.get(text, ()))
            self._found[columns] = sorted({row for row, _, _ in named}), {}
        labelled, headers = self._found[columns]
        at = bisect_left(labelled, row)
        if at not in headers:
            headers[at] = printed_header(self._cells, row, columns)
        return headers[at]


def by_text(grid: Grid) -> Texts:
    cells: Texts = {}
    for number, cell in enumerate(grid.cells):
        if cell.text and not cell.text.isdecimal():
            cells.setdefault(key(cell.text), []).append((cell.row, number, cell))
    return cells


@lru_cache(maxsize=256)
def _labels(columns: tuple[Label, ...]) -> tuple[tuple[str, int, frozenset[str]], ...]:
    """The different labels of columns, how many columns have each, and the keys of its spellings."""
    spellings = {column.label: frozenset(map(key, column.spellings)) for column in reversed(columns)}
    times = Counter(column.label for column in columns)
    return tuple((label, count, spellings[label]) for label, count in times.items())


def printed_header(cells: Texts, above: int, columns: tuple[Label, ...]) -> Header | None:
    """The columns as their printed labels say, nearest above a grid row. A label that stands over
    several columns (table four prints five labels three times) is taken from left to right."""
    free: dict[str, list[Span]] = {}
    for label, times, spellings in _labels(columns):
        matching = [it for text in spellings for it in cells.get(text, ()) if it[0] < above]
        nearest = [cell for _, _, cell in sorted(matching, key=_in_order)[-times:]]
        free[label] = sorted((cell.column, cell.column + cell.width) for cell in nearest)
    spans = tuple(free[column.label].pop(0) if free[column.label] else None for column in columns)
    known = [span for span in spans if span]
    if len(known) * 2 <= len(spans) or (known != sorted(known) and not _permuted(spans)):
        return None
    return Header(spans)


def _permuted(spans: Sequence[Span | None]) -> bool:
    """Does the publisher print all the columns side by side, in an order of his own?"""
    known = sorted(span for span in spans if span)
    return len(known) == len(spans) and all(left[1] == right[0] for left, right in pairwise(known))


def usual_header(siblings: Sequence[Row], count: int) -> Header | None:
    """The columns as most full rows of the same grid fill them."""
    starts = Counter(
        tuple((slot.start, slot.stop) for slot in row.slots)
        for row in siblings
        if len(row.slots) == count and row.slots[0].start is not None
    )
    if not starts:
        return None
    spans, times = starts.most_common(1)[0]
    if times * 2 <= sum(starts.values()):
        return None
    return Header(tuple((start, stop) for start, stop in spans if start is not None and stop is not None))


def placed(row: Row, count: int, header: Header | None) -> Mapping[int, Slot] | None:
    """The slots by column number, or None where position and count do not prove it."""
    by_position = _by_position(row, header) if header else None
    if header and header.permuted:
        return None if row.ragged else by_position
    by_count = _by_count(row, count, header)
    if by_count is None or by_position is None:
        return by_count or by_position
    if by_position == by_count:
        return by_count
    return by_count if row.ragged and _full(by_count.values()) else None


def _by_count(row: Row, count: int, header: Header | None) -> Mapping[int, Slot] | None:
    """May a row be read by counting alone? Only a full one, or one in a grid that says nothing else."""
    if len(row.slots) == count and header is None and not row.ragged:
        return dict(enumerate(row.slots))
    cut = row.ragged or (header is None and len(row.slots) != count)
    slots = _between_blanks(row, count) if cut else row.slots
    return dict(enumerate(slots)) if len(slots) == count and _full(slots) else None


def _between_blanks(row: Row, count: int) -> Sequence[Slot]:
    """Text without spans leaves blanks at either end of a row, for the slots that a span would take. Before
    a few columns a blank may be a cell that is empty, and the next one printed for each slot of its span."""
    filled = [number for number, slot in enumerate(row.slots) if slot.text.strip()]
    if not filled:
        return row.slots
    return row.slots[filled[0] if count > WIDE else 0 : filled[-1] + 1]


def _full(slots: Iterable[Slot]) -> bool:
    return all(slot.text.strip() for slot in slots)


def _by_position(row: Row, header: Header) -> dict[int, Slot] | None:
    if row.label_stop > header.start or any(slot.start is None for slot in row.slots):
        return None
    if (row.slots[-1].stop or 0) < header.stop:
        return None  # a cell was lost, and what stood right of it may have moved into its place
    if header.apart and tuple([(slot.start, slot.stop) for slot in row.slots]) == header.spans:
        return dict(enumerate(row.slots))
    found: dict[int, Slot] = {}
    for slot in row.slots:
        columns = _under(slot, header)
        if len(columns) == 1 and columns[0] not in found:
            found[columns[0]] = slot
        elif slot.text.strip() or len(columns) > 1:
            return None
    return found


def _under(slot: Slot, header: Header) -> list[int]:
    start, stop = slot.start or 0, slot.stop or 0
    return [number for number, span in enumerate(header.spans) if span and span[0] < stop and start < span[1]]

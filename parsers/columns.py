"""Which printed cell of a row stands under which column: proved by position or by count, or not at all."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from parsers.document import Grid
from parsers.form import Label
from parsers.rows import Row, Slot
from parsers.text.labels import key

Span = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Header:
    """Where the columns of a form stand in a grid; None for a column whose header is not printed."""

    spans: tuple[Span | None, ...]

    @property
    def start(self) -> int:
        return min((span[0] for span in self.spans if span), default=0)

    @property
    def stop(self) -> int:
        return max((span[1] for span in self.spans if span), default=0)


def printed_header(grid: Grid, above: int, columns: Sequence[Label]) -> Header | None:
    """The columns as their printed labels say, nearest above a grid row. A label that stands over
    several columns (table four prints five labels three times) is taken from left to right."""
    cells = [(cell, key(cell.text)) for cell in grid.cells if cell.row < above and cell.text]
    times = Counter(column.label for column in columns)
    free: dict[str, list[Span]] = {}
    for column in columns:
        if column.label not in free:
            spellings = {key(spelling) for spelling in column.spellings}
            matching = [cell for cell, text in cells if text in spellings]
            nearest = sorted(matching, key=lambda cell: cell.row)[-times[column.label] :]
            free[column.label] = sorted((cell.column, cell.column + cell.width) for cell in nearest)
    spans = tuple(free[column.label].pop(0) if free[column.label] else None for column in columns)
    known = [span for span in spans if span]
    if len(known) * 2 <= len(spans) or known != sorted(known):
        return None
    return Header(spans)


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
    by_count = dict(enumerate(row.slots)) if len(row.slots) == count else None
    if by_count is None or by_position is None:
        return by_count if by_count and _counts(row, header) else by_position
    if by_position == by_count:
        return by_count
    return by_count if row.ragged and _full(row) else None


def _counts(row: Row, header: Header | None) -> bool:
    """May a row be read by counting alone? Only a full one, or one in a grid that says nothing else."""
    return _full(row) or (header is None and not row.ragged)


def _full(row: Row) -> bool:
    return all(slot.text.strip() for slot in row.slots)


def _by_position(row: Row, header: Header) -> dict[int, Slot] | None:
    if row.label_stop > header.start or any(slot.start is None for slot in row.slots):
        return None
    if row.ragged and (row.slots[-1].stop or 0) < header.stop:
        return None  # a cell was lost, and counting from the left would give its neighbours its place
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

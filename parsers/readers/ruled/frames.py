"""Ruling lines to the frames of tables: where rows and columns are, and which slots are one cell."""

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from parsers.document import Box
from parsers.readers.ruled.drawing import Rule
from parsers.readers.ruled.groups import Groups

_TOUCH = 3.0
_SAME = 2.6
_SLACK = 2.0
_WIDER = 5.0

Interval = tuple[float, float]


@dataclass(frozen=True, slots=True)
class Area:
    """The slots of one cell."""

    row: int
    column: int
    height: int
    width: int


@dataclass(frozen=True, slots=True)
class Frame:
    """`xs` and `ys` are the edges of columns and rows; `owner` gives each slot its area's place."""

    xs: tuple[float, ...]
    ys: tuple[float, ...]
    areas: tuple[Area, ...]
    owner: tuple[tuple[int, ...], ...]

    @property
    def is_table(self) -> bool:
        """A box around something is none, nor are boxes below each other: shaded paragraphs look so."""
        return len(self.xs) > 2 and len(self.areas) > 1

    @property
    def box(self) -> Box:
        return Box(self.xs[0], self.ys[0], self.xs[-1], self.ys[-1])

    def at(self, x: float, y: float) -> int | None:
        """The place in `areas` of the cell around this point."""
        row, column = bisect_right(self.ys, y) - 1, bisect_right(self.xs, x) - 1
        if 0 <= row < len(self.owner) and 0 <= column < len(self.xs) - 1:
            return self.owner[row][column]
        return None

    def area_box(self, area: Area) -> Box:
        return Box(
            self.xs[area.column],
            self.ys[area.row],
            self.xs[area.column + area.width],
            self.ys[area.row + area.height],
        )


def frames(horizontal: Sequence[Rule], vertical: Sequence[Rule]) -> list[Frame]:
    """The tables that these lines draw, smallest first."""
    found = [_frame(h, v) for h, v in _networks(horizontal, vertical) if h and len(v) > 1]
    kept = [frame for frame in found if frame.is_table]
    return sorted(kept, key=lambda frame: (frame.xs[-1] - frame.xs[0]) * (frame.ys[-1] - frame.ys[0]))


def frame_of_cells(cells: Sequence[Box]) -> Frame:
    """The table of these cells; a slot in none of them is a cell of its own."""
    xs = _distinct(sorted(x for cell in cells for x in (cell.left, cell.right)))
    ys = _distinct(sorted(y for cell in cells for y in (cell.top, cell.bottom)))
    columns = len(xs) - 1
    groups = Groups((len(ys) - 1) * columns)
    for cell in cells:
        first, last = _nearest(xs, cell.left), _nearest(xs, cell.right)
        top, bottom = _nearest(ys, cell.top), _nearest(ys, cell.bottom)
        for row in range(top, bottom):
            for column in range(first, last):
                groups.unite(top * columns + first, row * columns + column)
    return _with_areas(xs, ys, groups)


def _networks(horizontal: Sequence[Rule], vertical: Sequence[Rule]) -> list[tuple[list[Rule], list[Rule]]]:
    """Lines that touch each other, straight or through others."""
    groups = Groups(len(horizontal) + len(vertical))
    reaches = [(v.at, v.start - _TOUCH, v.end + _TOUCH) for v in vertical]
    for i, (at, start, end) in enumerate(horizontal):
        first, last = start - _TOUCH, end + _TOUCH
        for j, (x, top, bottom) in enumerate(reaches, len(horizontal)):
            if first <= x <= last and top <= at <= bottom:
                groups.unite(i, j)
    networks: dict[int, tuple[list[Rule], list[Rule]]] = {}
    for index in range(len(horizontal) + len(vertical)):
        lines = networks.setdefault(groups.first(index), ([], []))
        if index < len(horizontal):
            lines[0].append(horizontal[index])
        else:
            lines[1].append(vertical[index - len(horizontal)])
    return list(networks.values())


def _frame(horizontal: list[Rule], vertical: list[Rule]) -> Frame:
    xs = _edges(vertical, horizontal)
    ys = _edges(horizontal, vertical)
    across = _drawn(ys, horizontal)
    down = _drawn(xs, vertical)
    groups = Groups((len(ys) - 1) * (len(xs) - 1))
    columns = len(xs) - 1
    for row in range(len(ys) - 1):
        for column in range(columns):
            slot = row * columns + column
            if row + 2 < len(ys) and not _covered(across[row + 1], xs[column], xs[column + 1]):
                groups.unite(slot, slot + columns)
            if column + 1 < columns and not _covered(down[column + 1], ys[row], ys[row + 1]):
                groups.unite(slot, slot + 1)
    return _with_areas(xs, ys, groups)


def _edges(along: list[Rule], across: list[Rule]) -> tuple[float, ...]:
    """Where lines stand, and where those across them end: browsers draw no border at a page break,
    and some tables have open sides."""
    ends = [min(rule.start for rule in across), max(rule.end for rule in across)]
    places = sorted(rule.at for rule in along)
    if ends[0] < places[0] - _WIDER:
        places.insert(0, ends[0])
    if ends[1] > places[-1] + _WIDER:
        places.append(ends[1])
    return _distinct(places)


def _distinct(places: list[float]) -> tuple[float, ...]:
    edges = places[:1]
    for place in places[1:]:
        if place - edges[-1] > _SAME:
            edges.append(place)
    return tuple(edges)


def _nearest(edges: Sequence[float], place: float) -> int:
    return min(range(len(edges)), key=lambda index: abs(edges[index] - place))


def _drawn(edges: Sequence[float], rules: Iterable[Rule]) -> list[list[Interval]]:
    drawn: list[list[Interval]] = [[] for _ in edges]
    for rule in rules:
        drawn[_nearest(edges, rule.at)].append((rule.start, rule.end))
    return drawn


def _covered(drawn: list[Interval], start: float, end: float) -> bool:
    first, last = start + _SLACK, end - _SLACK
    return any(a <= first and b >= last for a, b in drawn)


def _with_areas(xs: tuple[float, ...], ys: tuple[float, ...], groups: Groups) -> Frame:
    columns = len(xs) - 1
    slots: dict[int, list[tuple[int, int]]] = {}
    for slot in range(len(groups.parents)):
        slots.setdefault(groups.first(slot), []).append(divmod(slot, columns))
    areas = sorted(
        (area for group in slots.values() for area in _areas(group)), key=lambda area: (area.row, area.column)
    )
    owner = [[0] * columns for _ in range(len(ys) - 1)]
    for index, area in enumerate(areas):
        for row in range(area.row, area.row + area.height):
            owner[row][area.column : area.column + area.width] = [index] * area.width
    return Frame(xs, ys, tuple(areas), tuple(map(tuple, owner)))


def _areas(group: list[tuple[int, int]]) -> list[Area]:
    """One rectangle, or one for each run in a row where a lost line made a crooked shape."""
    if len(group) == 1:  # most cells are one slot
        return [Area(*group[0], 1, 1)]
    rows = [row for row, _ in group]
    columns = [column for _, column in group]
    height, width = max(rows) - min(rows) + 1, max(columns) - min(columns) + 1
    if height * width == len(group):
        return [Area(min(rows), min(columns), height, width)]
    areas: list[Area] = []
    for row, column in sorted(group):
        last = areas[-1] if areas else None
        if last and last.row == row and last.column + last.width == column:
            areas[-1] = Area(row, last.column, 1, last.width + 1)
        else:
            areas.append(Area(row, column, 1, 1))
    return areas

"""The figures of one reading as columns: what is kept, and what rows are made of without an object each."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any, TypeVar

from parsers.document import Box
from parsers.reading import Figure, Place, Proposal, Status, Value

HUNDREDTHS = 100
Item = TypeVar("Item")
Column = Sequence[Item | None] | None
"""None where every entry of it is."""


@dataclass(frozen=True, slots=True)
class Sheet:
    """`codes` have a blank between them. Edges are whole hundredths of a point, as readers measure; where
    they are not (`scale` is 1), they are points. `document` is as in Place."""

    codes: str
    status: Sequence[Status]
    value: Column[Value]
    text: Column[str]
    page: Column[int]
    left: Column[float]
    top: Column[float]
    right: Column[float]
    bottom: Column[float]
    scale: int
    grid: Column[int]
    row: Column[int]
    column: Column[int]
    document: Column[str]
    proposal: Column[Value]
    basis: Column[str]

    def __post_init__(self) -> None:
        """Raises ValueError where a column is longer or shorter than the others."""
        wanted = len(self.codes.split())
        for name in self.__slots__:
            its = getattr(self, name)
            if isinstance(its, list | tuple) and len(its) != wanted:
                raise ValueError(f"{len(its)} entries of {name} and {wanted} codes")

    def counts(self) -> Counter[Status]:
        return Counter(self.status)

    def filled(self, column: Column[Item]) -> Sequence[Item | None]:
        return [None] * len(self.status) if column is None else column

    def figures(self) -> Iterator[Figure]:
        values: Sequence[Value | None] = self.filled(self.value)
        says = zip(self.codes.split(), self.status, values, self.filled(self.text), strict=True)
        places = zip(self._boxes(), self.filled(self.page), *self._cells(), strict=True)
        for said, (box, page, *cell), proved in zip(says, places, self._proposals(), strict=True):
            yield Figure(*said, Place(page, box, *cell), proved)

    def _cells(self) -> Iterator[Sequence[Any]]:
        return map(self.filled, (self.grid, self.row, self.column, self.document))

    def _proposals(self) -> Iterator[Proposal | None]:
        values: Sequence[Value | None] = self.filled(self.proposal)
        for value, basis in zip(values, self.filled(self.basis), strict=True):
            yield None if value is None or basis is None else Proposal(value, basis)

    def _boxes(self) -> Iterator[Box | None]:
        edges = map(self.filled, (self.left, self.top, self.right, self.bottom))
        return (self._box([edge for edge in its if edge is not None]) for its in zip(*edges, strict=True))

    def _box(self, edges: Sequence[float]) -> Box | None:
        if self.scale == HUNDREDTHS:
            edges = [edge / HUNDREDTHS for edge in edges]
        return Box(*edges) if edges else None


def sheet_of(figures: Sequence[Figure]) -> Sheet:
    boxes = [figure.place.box for figure in figures]
    scale = HUNDREDTHS if all(map(_whole, filter(None, boxes))) else 1
    left, top, right, bottom = (
        _column([_edge(getattr(box, name), scale) if box else None for box in boxes])
        for name in ("left", "top", "right", "bottom")
    )
    places, proposals = [figure.place for figure in figures], [figure.proposal for figure in figures]
    return Sheet(
        codes=" ".join(figure.code for figure in figures),
        status=[figure.status for figure in figures],
        value=_column([figure.value for figure in figures]),
        text=_column([figure.text for figure in figures]),
        page=_column([place.page for place in places]),
        left=left,
        top=top,
        right=right,
        bottom=bottom,
        scale=scale,
        grid=_column([place.grid for place in places]),
        row=_column([place.row for place in places]),
        column=_column([place.column for place in places]),
        document=_column([place.document for place in places]),
        proposal=_column([one.value if one else None for one in proposals]),
        basis=_column([one.basis if one else None for one in proposals]),
    )


def _column(entries: list[Item | None]) -> Column[Item]:
    return None if all(entry is None for entry in entries) else entries


def _whole(box: Box) -> bool:
    edges = (box.left, box.top, box.right, box.bottom)
    return all(round(edge * HUNDREDTHS) / HUNDREDTHS == edge for edge in edges)


def _edge(edge: float, scale: int) -> float:
    return round(edge * HUNDREDTHS) if scale == HUNDREDTHS else edge

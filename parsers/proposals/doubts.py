"""What an engine holds possible in the cells that it is not sure of, as numbers with their chances."""

from collections.abc import Mapping, Sequence

from parsers.document import CERTAIN, Cell, Document, Grid, Line
from parsers.proposals.layouts import GREATEST
from parsers.reading import Figure, Place, Unplaced
from parsers.text.numbers import printed

Doubt = Mapping[int, float]
"""Values to chances, the likeliest first."""


def doubts(document: Document, figures: Mapping[str, Figure]) -> dict[str, Doubt]:
    """By code, of the unreadable figures for whose cells the engine names numbers and nothing else."""
    grids: dict[int, Mapping[tuple[int | None, int | None], Cell]] = {}
    found: dict[str, Doubt] = {}
    for code, figure in figures.items():
        place = figure.place
        if figure.status == "unreadable" and place.grid is not None:
            if place.grid not in grids:
                grids[place.grid] = _doubtful(document.grids[place.grid])
            cell = grids[place.grid].get((place.row, place.column))
            if cell and (doubt := _numbers(cell)):
                found[code] = doubt
    return found


def placeable(document: Document, unplaced: Sequence[Unplaced]) -> tuple[Unplaced, ...]:
    """Those of rows in which every number was read with certainty, though not its column: nothing is
    concluded from any other."""
    doubtful = {item.row for item in unplaced if _uncertain(document, item.place)}
    return tuple(item for item in unplaced if item.row not in doubtful)


def _uncertain(document: Document, place: Place) -> bool:
    if place.grid is None:
        return any(isinstance(block, Line) and block.confidence is not None for block in document.blocks)
    cells = document.grids[place.grid].cells
    found = (cell.confidence for cell in cells if (cell.row, cell.column) == (place.row, place.column))
    return any(sure is not None and sure < CERTAIN for sure in found)


def _doubtful(grid: Grid) -> Mapping[tuple[int | None, int | None], Cell]:
    return {(cell.row, cell.column): cell for cell in grid.cells if cell.alternatives}


def _numbers(cell: Cell) -> Doubt | None:
    """None where it may be something else than a number: the sums know nothing of marks."""
    found: dict[int, float] = {}
    for one in cell.alternatives:
        value = printed(one.text).value
        if not isinstance(value, int) or value > GREATEST:
            return None
        found[value] = found.get(value, 0.0) + one.chance
    return found

"""Bounds of open cells, narrowed along every equation until nothing moves.

All figures of tables three and four are non-negative, so a sum of 0 proves every part 0.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from parsers.form import Equation
from parsers.reading import Figure
from parsers.rules import known

Bounds = tuple[int, int | None]
"""Least and greatest possible value; None where nothing limits it."""


@dataclass(frozen=True, slots=True)
class Narrowed:
    """`basis` names, for each cell with one possible value, the identity that settled it."""

    bounds: Mapping[str, Bounds]
    basis: Mapping[str, str]


def narrowed(
    equations: Sequence[Equation], figures: Mapping[str, Figure], open_cells: Iterable[str]
) -> Narrowed:
    bounds: dict[str, Bounds] = dict.fromkeys(open_cells, (0, None))
    basis: dict[str, str] = {}
    # Where the arithmetic contradicts itself bounds can creep up for ever; sound tables settle in a few.
    for _ in range(len(bounds) * 3):
        if not _narrowed(equations, figures, bounds, basis):
            break
    return Narrowed(bounds, basis)


def _narrowed(
    equations: Sequence[Equation],
    figures: Mapping[str, Figure],
    bounds: dict[str, Bounds],
    basis: dict[str, str],
) -> bool:
    """One pass over all equations; True where a bound moved. An equation with an unknown that is
    not open (a mark, a blank in a sound document) says nothing."""
    moved = False
    for equation in equations:
        terms = [(code, 1) for code in equation.left] + [(code, -1) for code in equation.right]
        ranges = [(code, sign, _bounds(code, figures, bounds)) for code, sign in terms]
        if any(limits is None for _, _, limits in ranges):
            continue
        sure = [(code, sign, limits) for code, sign, limits in ranges if limits is not None]
        for code, sign, limits in sure:
            if code not in bounds or limits[0] == limits[1]:
                continue
            others = [(s, b) for c, s, b in sure if c != code]
            new = _intersection(limits, _implied(sign, others))
            if new != limits:
                moved = True
                bounds[code] = new
                if new[0] == new[1]:
                    basis[code] = _basis(equation)
                break
    return moved


def _bounds(code: str, figures: Mapping[str, Figure], bounds: Mapping[str, Bounds]) -> Bounds | None:
    if code in bounds:
        return bounds[code]
    value = known(code, figures)
    return None if value is None else (value, value)


def _implied(sign: int, others: Sequence[tuple[int, Bounds]]) -> tuple[int, int | None]:
    """The range of x where sign * x + the sum of the others is 0."""
    least, greatest = _sum_range([(-sign * s, b) for s, b in others])
    return (0 if least is None else max(0, least)), greatest


def _sum_range(terms: Sequence[tuple[int, Bounds]]) -> tuple[int | None, int | None]:
    least: int | None = 0
    greatest: int | None = 0
    for sign, (low, high) in terms:
        bottom, top = (low, high) if sign > 0 else (None if high is None else -high, -low)
        least = None if least is None or bottom is None else least + bottom
        greatest = None if greatest is None or top is None else greatest + top
    return least, greatest


def _intersection(old: Bounds, new: tuple[int, int | None]) -> Bounds:
    """Contradicting ranges leave the old one: a report whose arithmetic is wrong proves nothing."""
    low = max(old[0], new[0])
    highs = [high for high in (old[1], new[1]) if high is not None]
    high = min(highs) if highs else None
    return old if high is not None and high < low else (low, high)


def _basis(equation: Equation) -> str:
    """Which identity proves it and where: the sum along a row, or down a column."""
    table = equation.rule.partition(".")[0]
    along = "rows" if equation.rule.endswith(".total") else "columns"
    detail = "" if along == "rows" else f" ({equation.rule})"
    return f"identity {along} {table}.{equation.at}{detail}"

"""The likeliest assignment of the engine's alternatives that agrees with a table, and whether it has a rival.

An assignment gives each doubtful cell one of the values that the engine names for it, at its chance, or any
other value, at UNNAMED. The likelihood of an assignment is the product of its chances. A cell gets the value
that the likeliest consistent assignment gives it only if

1. that assignment is made of named values alone,
2. no other consistent assignment of named values alone gives the cell another value, likely or not: how sure
   an engine is of its own confusions proves nothing, and
3. no consistent assignment at all that gives it another value is likelier than one part in RIVAL of it: one
   value that the engine did not see must not do to explain the sums otherwise, though two of them may.
"""

from collections.abc import Mapping
from math import log
from typing import Any

from parsers.proposals.doubts import Doubt
from parsers.proposals.layouts import GREATEST

UNNAMED = 0.001
"""The chance of one value that the engine does not name: it names all from a hundredth up."""
RIVAL = 100_000


class Likeliest:
    """`solver` holds the identities, `cells` its variables by code; both are changed."""

    def __init__(self, solver: Any, cells: Mapping[str, Any], doubts: Mapping[str, Doubt]) -> None:
        import highspy

        self._solver, self._cells = solver, cells
        self._unnamed = solver.addIntegral(lb=0, ub=len(cells))
        self._score, others = highspy.highs_linear_expression(), highspy.highs_linear_expression()
        for code, cell in cells.items():
            others += self._choice(cell, doubts[code])
        solver.addConstr(others - self._unnamed == 0)

    def values(self) -> dict[str, int]:
        best = self._best()
        if best is None or self._value(self._unnamed):
            return {}
        chosen = {code: self._value(cell) for code, cell in self._cells.items()}
        return {code: value for code, value in chosen.items() if not self._rivalled(code, value, best)}

    def _choice(self, cell: Any, doubt: Doubt) -> Any:
        """One of its values, or none of them; returns the variable that says the latter."""
        import highspy

        other = self._solver.addBinary()
        chosen, printed = highspy.highs_linear_expression(), highspy.highs_linear_expression()
        for value, chance in doubt.items():
            named = self._solver.addBinary()
            chosen += named
            printed += value * named
            self._score += log(chance) * named
        self._score += log(UNNAMED) * other
        self._solver.addConstr(chosen + other == 1)
        self._solver.addConstr(cell - printed >= 0)
        self._solver.addConstr(cell - printed - GREATEST * other <= 0)
        return other

    def _rivalled(self, code: str, value: int, best: float) -> bool:
        cell = self._cells[code]
        low, high = self._bounds(cell)
        try:
            return self._within(cell, low, value - 1, best) or self._within(cell, value + 1, high, best)
        finally:
            self._solver.changeColBounds(cell.index, low, high)

    def _within(self, cell: Any, low: float, high: float, best: float) -> bool:
        """Is there an assignment with the cell in these bounds that is named alone or likely enough?"""
        if low > high:
            return False
        self._solver.changeColBounds(cell.index, low, high)
        rival = self._best()
        if rival is None:
            return False
        return rival > best - log(RIVAL) or self._named_alone()

    def _named_alone(self) -> bool:
        self._solver.changeColBounds(self._unnamed.index, 0, 0)
        try:
            return self._best() is not None
        finally:
            self._solver.changeColBounds(self._unnamed.index, 0, len(self._cells))

    def _best(self) -> float | None:
        import highspy

        self._solver.maximize(self._score)
        if self._solver.getModelStatus() != highspy.HighsModelStatus.kOptimal:
            return None
        return float(self._solver.getObjectiveValue())

    def _value(self, variable: Any) -> int:
        return round(float(self._solver.variableValue(variable)))

    def _bounds(self, cell: Any) -> tuple[float, float]:
        model = self._solver.getLp()
        return float(model.col_lower_[cell.index]), float(model.col_upper_[cell.index])

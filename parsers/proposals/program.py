"""The integer program over one table: its identities, its read figures, and the ways its rows may lie."""

from collections.abc import Mapping, Sequence
from typing import Any

from parsers.form import Equation
from parsers.proposals.bounds import Bounds
from parsers.proposals.doubts import Doubt
from parsers.proposals.layouts import GREATEST, Row
from parsers.proposals.likeliest import Likeliest
from parsers.reading import Figure
from parsers.rules import known

MOST_WAYS = 10_000
"""Ways of all rows times open cells beyond which nothing is asked: so many cells are lost that their sums
settle next to none, and finding that out took minutes."""

MOST_NODES = 1000
"""Branches followed for one question; ordinary ones need a few, and a table that lost most of its cells
has questions that take for ever."""

MOST_STEPS = 20_000
"""Steps of the solver spent on one table, some six seconds: what was settled until then stands. Steps, not
seconds, so that every machine says the same."""


class Program:
    def __init__(
        self,
        equations: Sequence[Equation],
        figures: Mapping[str, Figure],
        bounds: Mapping[str, Bounds],
        rows: Sequence[Row],
    ) -> None:
        self._bounds = bounds
        self._rows = rows
        self._equations = [equation for equation in equations if self._speaks(equation, figures)]
        self._figures = figures
        self._open = [code for code, (low, high) in bounds.items() if low != high]
        self._bound = {code for e in self._equations for code in (*e.left, *e.right) if code in bounds}
        self._cells: dict[str, Any] = {}
        self._seen: dict[str, set[int]] = {}
        self._steps = 0
        self._solver: Any = None

    @property
    def needed(self) -> bool:
        """Is anything left that narrowing could not settle or has not looked at?"""
        return bool(self._rows) or any(code in self._bound for code in self._open)

    def feasible(self) -> bool:
        """Is there any table that agrees with all that is printed?"""
        if self._too_large():
            return not self._rows  # then the bounds are all that is known
        self._build()
        return self._solved()

    def settled(self) -> dict[str, int]:
        """The cells that have one value in every solution, apart from those the bounds settle."""
        if self._solver is None:
            return {}
        found = {}
        for code in self._open:
            # Two solutions met on the way that differ in a cell have answered for it.
            if self._steps < MOST_STEPS and code in self._cells and len(self._seen.get(code, ())) < 2:
                low, high = self._extreme(code, least=True), self._extreme(code, least=False)
                if low is not None and low == high:
                    found[code] = low
        return found

    def likeliest(self, doubts: Mapping[str, Doubt]) -> dict[str, int]:
        """The cells for which one of the engine's alternatives has no rival; see Likeliest. Not before
        `feasible` was asked."""
        open_cells = {code: self._cells[code] for code in doubts if code in self._cells}
        if self._solver is None or not open_cells:
            return {}
        return Likeliest(self._solver, open_cells, doubts).values()

    def _too_large(self) -> bool:
        if sum(len(row.layouts) for row in self._rows) * len(self._open) > MOST_WAYS:
            return True
        values = [known(code, self._figures) or 0 for code in self._figures]
        return max([*values, *(low for low, _ in self._bounds.values())], default=0) > GREATEST

    def _speaks(self, equation: Equation, figures: Mapping[str, Figure]) -> bool:
        codes = (*equation.left, *equation.right)
        return all(code in self._bounds or known(code, figures) is not None for code in codes)

    def _build(self) -> None:
        # Heavy to import, and most documents never come here.
        import highspy

        self._solver = solver = highspy.Highs()  # type: ignore[no-untyped-call]
        solver.silent()
        for option in ("mip_feasibility_tolerance", "primal_feasibility_tolerance"):
            solver.setOptionValue(option, 1e-9)
        solver.setOptionValue("mip_rel_gap", 0.0)
        solver.setOptionValue("threads", 1)
        solver.setOptionValue("mip_max_nodes", MOST_NODES)
        laid = {code for row in self._rows for code in row.codes}
        for code in sorted(self._bound | (laid & set(self._bounds))):
            low, high = self._bounds[code]
            self._cells[code] = solver.addIntegral(lb=low, ub=GREATEST if high is None else high)
        for equation in self._equations:
            solver.addConstr(self._sum(equation.left) - self._sum(equation.right) == 0)
        for row in self._rows:
            self._lay(row)

    def _sum(self, codes: Sequence[str]) -> Any:
        import highspy

        total = highspy.highs_linear_expression()
        for code in codes:
            value = known(code, self._figures)
            total += self._cells[code] if value is None else value
        return total

    def _lay(self, row: Row) -> None:
        """One of the row's layouts holds: a cell is what it says there, or free where it was lost."""
        import highspy

        chosen = [self._solver.addBinary() for _ in row.layouts]
        self._solver.addConstr(sum(chosen, highspy.highs_linear_expression()) == 1)
        for code in row.codes:
            if code not in self._cells:
                continue
            printed, lost = highspy.highs_linear_expression(), highspy.highs_linear_expression()
            for layout, choice in zip(row.layouts, chosen, strict=True):
                if code in layout:
                    printed += layout[code] * choice
                else:
                    lost += choice
            self._solver.addConstr(self._cells[code] - printed >= 0)
            self._solver.addConstr(self._cells[code] - printed - GREATEST * lost <= 0)

    def _solved(self) -> bool:
        import highspy

        self._solver.solve()
        return bool(self._solver.getModelStatus() == highspy.HighsModelStatus.kOptimal)

    def _extreme(self, code: str, *, least: bool) -> int | None:
        import highspy

        cell = self._cells[code]
        if least:
            self._solver.minimize(cell)
        else:
            self._solver.maximize(cell)
        self._steps += max(0, self._solver.getInfo().simplex_iteration_count)
        if self._solver.getModelStatus() != highspy.HighsModelStatus.kOptimal:
            return None
        values = self._solver.variableValues(list(self._cells.values()))
        for met, value in zip(self._cells, values, strict=True):
            self._seen.setdefault(met, set()).add(round(float(value)))
        return round(float(self._solver.variableValue(cell)))

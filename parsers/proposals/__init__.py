"""What the identities prove about cells that could not be read: stated beside them, never put in.

Premises are cells read with certainty. First bounds are narrowed; what that leaves open, and every row
whose printed numbers fit its columns in several ways, goes into one integer program: a cell gets a
proposal where all its solutions agree, and no cell of a table does where there is none.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from parsers.form import Equation, Form
from parsers.proposals.bounds import narrowed
from parsers.proposals.layouts import Row, layouts
from parsers.proposals.program import Program
from parsers.reading import Figure, Proposal, Unplaced
from parsers.rules import applicable, broken_among_read

TABLES = ("requests", "disputes")


def proposed(
    form: Form, figures: Mapping[str, Figure], unplaced: Sequence[Unplaced], *, damaged: bool
) -> dict[str, Figure]:
    """The figures, with a proposal on each open cell that has one possible value."""
    open_cells = {code for code, figure in figures.items() if _open(figure, damaged=damaged)}
    if not open_cells:
        return dict(figures)
    equations = applicable(form, figures)
    proposals: dict[str, Proposal] = {}
    for table in TABLES:
        own = tuple(equation for equation in equations if equation.rule.startswith(f"{table}."))
        cells = {code for code in open_cells if code.startswith(f"{table}.")}
        # Where an identity among read figures is broken, the report's arithmetic is not to be relied on.
        if cells and not any(broken_among_read(equation, figures) for equation in own):
            rows = layouts(form, table, unplaced)
            proposals |= _of_table(table, own, figures, cells, rows)
    return {
        code: replace(figure, proposal=proposals[code]) if code in proposals else figure
        for code, figure in figures.items()
    }


def _of_table(
    table: str,
    equations: Sequence[Equation],
    figures: Mapping[str, Figure],
    cells: Iterable[str],
    rows: Sequence[Row],
) -> dict[str, Proposal]:
    found = narrowed(equations, figures, cells)
    proposals = {code: Proposal(found.bounds[code][0], found.basis[code]) for code in found.basis}
    program = Program(equations, figures, found.bounds, rows)
    if not program.needed:
        return proposals
    if not program.feasible():
        return {}
    together = f"identities of {table} together"
    return proposals | {code: Proposal(value, together) for code, value in program.settled().items()}


def _open(figure: Figure, *, damaged: bool) -> bool:
    """May the identities speak for this cell? A cell that a sound document leaves blank is no riddle."""
    if figure.status == "unreadable":
        return figure.code.startswith(("requests.", "disputes."))
    return damaged and figure.status in ("blank", "absent") and figure.code.startswith("requests.")

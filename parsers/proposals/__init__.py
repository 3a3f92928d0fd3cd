"""What the identities prove about cells that could not be read: stated beside them, never put in.

Premises are cells read with certainty. First bounds are narrowed; what that leaves open, and every row
whose printed numbers fit its columns in several ways, goes into one integer program: a cell gets a
proposal where all its solutions agree, and no cell of a table does where there is none. What is then still
open and has alternatives gets the likeliest of them that agrees with the identities, if it has no rival.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from parsers.form import Equation, Form
from parsers.proposals.bounds import narrowed
from parsers.proposals.doubts import Doubt
from parsers.proposals.layouts import Row, layouts
from parsers.proposals.program import Program
from parsers.reading import Figure, Proposal, Unplaced
from parsers.rules import applicable, broken_among_read

TABLES = ("requests", "disputes")


def proposed(
    form: Form,
    figures: Mapping[str, Figure],
    unplaced: Sequence[Unplaced],
    doubts: Mapping[str, Doubt],
    *,
    damaged: bool,
) -> dict[str, Figure]:
    """The figures, with a proposal on each open cell that has one possible value. `doubts` says what the
    engine holds possible in cells that it did not read with certainty."""
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
            seen = {code: doubts[code] for code in sorted(cells) if code in doubts}
            proposals |= _of_table(table, own, figures, cells, rows, seen)
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
    doubts: Mapping[str, Doubt],
) -> dict[str, Proposal]:
    found = narrowed(equations, figures, cells)
    proposals = {code: Proposal(found.bounds[code][0], found.basis[code]) for code in found.basis}
    program = Program(equations, figures, found.bounds, rows)
    if program.needed:
        if not program.feasible():
            return {}
        together = f"identities of {table} together"
        proposals |= {code: Proposal(value, together) for code, value in program.settled().items()}
    # Where the engine sees other numbers than the sums want, either the print breaks them or the engine errs.
    if any(code in proposals and proposals[code].value not in doubt for code, doubt in doubts.items()):
        return {}
    left = {code: doubt for code, doubt in doubts.items() if code not in proposals}
    return proposals | {
        code: Proposal(value, _likeliest(table, left[code]))
        for code, value in program.likeliest(left).items()
    }


def _likeliest(table: str, doubt: Doubt) -> str:
    return (
        f"of the engine's {', '.join(map(str, doubt))} the one that fits the identities of {table} together"
    )


def _open(figure: Figure, *, damaged: bool) -> bool:
    """May the identities speak for this cell? A cell that a sound document leaves blank is no riddle."""
    if figure.status == "unreadable":
        return figure.code.startswith(("requests.", "disputes."))
    return damaged and figure.status in ("blank", "absent") and figure.code.startswith("requests.")

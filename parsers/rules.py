"""The identities printed in the form, held against the figures as printed."""

from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache

from parsers.form import Block, Equation, Form
from parsers.reading import Figure, Finding


def applicable(form: Form, figures: Mapping[str, Figure]) -> tuple[Equation, ...]:
    """The equations over the rows this report prints: a row that stands in place of others takes
    their part, and one that is not printed has none."""
    return _applicable(form, frozenset(rows_without_part(form, figures)))


@lru_cache(maxsize=64)
def _applicable(form: Form, gone: frozenset[str]) -> tuple[Equation, ...]:
    return tuple(
        Equation(
            e.rule,
            e.at,
            tuple(code for code in e.left if row_of(code) not in gone),
            tuple(code for code in e.right if row_of(code) not in gone),
            e.stated,
        )
        for e in form.equations()
        if not (e.rule.endswith(".total") and row_of(e.left[0]) in gone)
    )


def checked(
    equations: Sequence[Equation], figures: Mapping[str, Figure], *, damaged: bool
) -> tuple[tuple[Finding, ...], tuple[str, ...]]:
    """Findings for the broken identities; and, as `rule at`, those that could not be checked."""
    values = {code: _known(figure) for code, figure in figures.items()}
    broken: list[Finding] = []
    unchecked: list[str] = []
    for equation in equations:
        sides = _sides(equation, values)
        if sides is None:
            unchecked.append(f"{equation.rule} {equation.at}".strip())
        elif sides[0] != sides[1]:
            broken.append(_finding(equation, *sides, damaged=damaged))
    return tuple(broken), tuple(unchecked)


def broken_among_read(equation: Equation, figures: Mapping[str, Figure]) -> bool:
    codes = (*equation.left, *equation.right)
    sides = _sides(equation, {code: known(code, figures) for code in codes})
    return sides is not None and sides[0] != sides[1]


def known(code: str, figures: Mapping[str, Figure]) -> int | None:
    figure = figures.get(code)
    return _known(figure) if figure else None


def _known(figure: Figure) -> int | None:
    return figure.value if figure.status == "read" and isinstance(figure.value, int) else None


def row_of(code: str) -> str:
    """The table and row of a code, without its column."""
    return code.rpartition(".")[0]


def _sides(equation: Equation, values: Mapping[str, int | None]) -> tuple[int, int] | None:
    left, right = _sum(equation.left, values), _sum(equation.right, values)
    return None if left is None or right is None else (left, right)


def _sum(codes: Sequence[str], values: Mapping[str, int | None]) -> int | None:
    parts = [value for code in codes if (value := values.get(code)) is not None]
    return sum(parts) if len(parts) == len(codes) else None


def _finding(equation: Equation, left: int, right: int, *, damaged: bool) -> Finding:
    says = (
        f"{' + '.join(equation.left)} is {left}, but {_summary(equation.right)} is {right}:"
        f" {abs(left - right)} {'more' if left > right else 'less'}."
    )
    return Finding(
        rule=equation.rule,
        severity="error" if equation.stated else "warning",
        attribution="undecided" if damaged else "publisher",
        says=says,
        codes=(*equation.left, *equation.right),
        left=left,
        right=right,
    )


def _summary(codes: Sequence[str]) -> str:
    return " + ".join(codes) if len(codes) <= 6 else f"the sum of {codes[0]} … {codes[-1]}"


def rows_without_part(form: Form, figures: Mapping[str, Figure]) -> set[str]:
    """Rows that another stands for in this report, and rows that would stand for others and do not."""
    return {row for block in form.blocks for row in _replaced(block, figures)}


def _replaced(block: Block, figures: Mapping[str, Figure]) -> Iterator[str]:
    for row in block.rows:
        if row.replaces:
            stands = any(block.code(row, column) in figures for column in block.columns)
            yield from (f"{block.table}.{id}" for id in (row.replaces if stands else (row.id,)))

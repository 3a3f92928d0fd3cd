"""What rows a form leads one to expect, and by what their labels are known."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from parsers.form import Block, Form, Label
from parsers.text.labels import key


@dataclass(frozen=True, slots=True, eq=False)
class Target:
    """One row of the form with the columns it has, and every key its label goes by."""

    row: str
    block: Block
    columns: tuple[Label, ...]
    codes: tuple[str, ...]
    keys: tuple[str, ...]
    groups: str


@dataclass(frozen=True, slots=True, eq=False)
class Expected:
    """The targets in their order; the numbers of those with each key, by its length; those without any."""

    targets: tuple[Target, ...]
    endings: Mapping[int, Mapping[str, tuple[int, ...]]]
    nameless: tuple[int, ...]

    def ending(self, text: str) -> list[int]:
        """Those in whose label the text may end."""
        named = set(self.nameless)
        for size, keys in self.endings.items():
            if (ending := text[-size:]) in keys:
                named.update(keys[ending])
        return sorted(named)


@cache
def expected(form: Form, disclosure: Form) -> Expected:
    listed = _mixed(targets(form), targets(disclosure))
    endings: dict[int, dict[str, tuple[int, ...]]] = {}
    for j, target in enumerate(listed):
        for spelling in target.keys if target.row else ():
            of_length = endings.setdefault(len(spelling), {})
            of_length[spelling] = (*of_length.get(spelling, ()), j)
    return Expected(listed, endings, tuple(j for j, target in enumerate(listed) if not target.row))


def _mixed(of_form: Sequence[Target], of_table_two: Sequence[Target]) -> tuple[Target, ...]:
    return (
        *(target for target in of_table_two if target.block.table == "disclosure"),
        *(target for target in of_form if target.block.table != "disclosure"),
    )


@cache
def targets(form: Form) -> tuple[Target, ...]:
    listed = [
        Target(
            row=row.id,
            block=block,
            columns=block.typed(row),
            codes=tuple(block.code(row, column) for column in block.columns),
            keys=tuple(key(spelling) for spelling in row.spellings),
            groups="".join(key(group) for group in row.under),
        )
        for block in form.blocks
        if block.table != "disputes"
        for row in block.rows
    ]
    return (*listed, *map(_disputes, form.table("disputes")))


def _disputes(block: Block) -> Target:
    """Table four prints its rows side by side: one line of figures under three times five columns."""
    return Target(
        row="",
        block=block,
        columns=block.columns * len(block.rows),
        codes=block.codes(),
        keys=tuple(key(column.label) for column in block.columns),
        groups="",
    )

"""The statutory forms as objects. The facts are in forms/, one YAML a generation."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cache
from typing import Any, Literal

from parsers.facts import facts


@dataclass(frozen=True, slots=True, eq=False)
class Label:
    """A row or a column: its part of the code, its label as the form prints it, the labels of the
    cells it stands under (outermost first), and what publishers print instead. There is one object of
    each, as there is of each form: they are asked for by themselves all the time."""

    id: str
    label: str
    under: tuple[str, ...] = ()
    also: tuple[str, ...] = ()
    amount: bool = False
    signed: bool = False
    unit: str | None = None
    """What the form prints in its column of units."""
    replaces: tuple[str, ...] = ()
    # Set on a row that stands in the form only in place of those rows.

    @property
    def spellings(self) -> tuple[str, ...]:
        return (self.label, *self.also)


@dataclass(frozen=True, slots=True)
class Block:
    """Rows under one common header. Table two has several, the other tables one each. With `units`
    a column of units stands before the figures; `beside` begins what is printed around the rows and
    counts nothing."""

    table: str
    article: str | None
    columns: tuple[Label, ...]
    rows: tuple[Label, ...]
    units: bool = False
    beside: tuple[str, ...] = ()

    def code(self, row: Label, column: Label) -> str:
        """A table of one nameless column has codes of its rows alone."""
        return _code(self.table, row.id, column.id)

    def typed(self, row: Label) -> tuple[Label, ...]:
        """The columns as this row has them: in the table of 2014 it is the row that is an amount."""
        return _amounts(self.columns) if row.amount else self.columns

    def codes(self) -> tuple[str, ...]:
        return tuple(self.code(row, column) for row in self.rows for column in self.columns)


@dataclass(frozen=True, slots=True)
class Identity:
    """`left` sums to what `right` sums to, in each column of the table or along each of its rows.
    `stated` is whether the form itself says so."""

    rule: str
    table: str
    along: Literal["columns", "rows"]
    left: tuple[str, ...]
    right: tuple[str, ...]
    stated: bool = True


@dataclass(frozen=True, slots=True)
class Equation:
    """One identity at one place: the codes whose sums must be equal. `at` is the row or column."""

    rule: str
    at: str
    left: tuple[str, ...]
    right: tuple[str, ...]
    stated: bool = True


@dataclass(frozen=True, slots=True, eq=False)
class Form:
    id: str
    issued: str
    first_year: int
    last_year: int | None
    sections: tuple[str, ...]
    note: str
    over: str
    blocks: tuple[Block, ...]
    identities: tuple[Identity, ...]

    @property
    def longest(self) -> Block:
        """The block by which the form is recognised: table three, or the one table of 2014."""
        return max(self.blocks, key=lambda block: len(block.rows))

    def table(self, name: str) -> tuple[Block, ...]:
        return tuple(block for block in self.blocks if block.table == name)

    def codes(self) -> tuple[str, ...]:
        """Every code a reading of this form holds, rows that replace others left out."""
        return _codes(self)

    def column(self, code: str) -> Label:
        return _columns(self)[code]

    def equations(self) -> tuple[Equation, ...]:
        return _all_equations(self)


@cache
def form(id: str) -> Form:
    return _form(facts("parsers.forms", f"{id}.yaml"))


@cache
def forms() -> tuple[Form, ...]:
    """Every generation that has a table, newest first."""
    return tuple(form(id) for id in FORMS)


@cache
def _amounts(columns: tuple[Label, ...]) -> tuple[Label, ...]:
    return tuple(replace(column, amount=True) for column in columns)


@cache
def _columns(form: Form) -> Mapping[str, Label]:
    return {
        block.code(row, column): column
        for block in form.blocks
        for row in block.rows
        for column in block.typed(row)
    }


@cache
def _codes(form: Form) -> tuple[str, ...]:
    return tuple(
        block.code(row, column)
        for block in form.blocks
        for row in block.rows
        if not row.replaces
        for column in block.columns
    )


@cache
def _all_equations(form: Form) -> tuple[Equation, ...]:
    return tuple(
        equation
        for identity in form.identities
        for block in form.table(identity.table)
        for equation in _equations(identity, block)
    )


def _code(table: str, row: str, column: str) -> str:
    return ".".join(filter(None, (table, row, column)))


def _equations(identity: Identity, block: Block) -> list[Equation]:
    if identity.along == "columns":
        return [
            Equation(
                identity.rule,
                column.id,
                tuple(_code(block.table, row, column.id) for row in identity.left),
                tuple(_code(block.table, row, column.id) for row in identity.right),
                identity.stated,
            )
            for column in block.columns
        ]
    return [
        Equation(
            identity.rule,
            row.id,
            tuple(_code(block.table, row.id, column) for column in identity.left),
            tuple(_code(block.table, row.id, column) for column in identity.right),
            identity.stated,
        )
        for row in block.rows
    ]


def _form(entry: Mapping[str, Any]) -> Form:
    requests = entry.get("requests", {})
    return Form(
        id=entry["id"],
        issued=entry["issued"],
        first_year=entry["first_year"],
        last_year=entry["last_year"],
        sections=tuple(entry["sections"]),
        note=requests.get("note", ""),
        over=requests.get("over", ""),
        blocks=tuple(_block(table, block) for table in TABLES for block in _listed(entry.get(table, []))),
        identities=tuple(
            Identity(**{**i, "left": tuple(i["left"]), "right": tuple(i["right"])})
            for i in entry["identities"]
        ),
    )


def _listed(blocks: Any) -> list[Mapping[str, Any]]:
    return blocks if isinstance(blocks, list) else [blocks]


def _block(table: str, entry: Mapping[str, Any]) -> Block:
    return Block(
        table,
        entry.get("article"),
        tuple(map(_label, entry["columns"])),
        tuple(map(_label, entry["rows"])),
        entry.get("units", False),
        tuple(entry.get("beside", ())),
    )


def _label(entry: Mapping[str, Any]) -> Label:
    lists = {key: tuple(entry.get(key, ())) for key in ("under", "also", "replaces")}
    return Label(**{**entry, **lists})


TABLES = ("disclosure", "requests", "disputes", "indicators")
FORMS = ("2021", "2019", "2014")

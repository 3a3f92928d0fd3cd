"""The statutory forms as objects. The facts are in forms/, one YAML a generation."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Any, Literal

import yaml


@dataclass(frozen=True, slots=True)
class Label:
    """A row or a column: its part of the code, its label as the form prints it, the labels of the
    cells it stands under (outermost first), and what publishers print instead."""

    id: str
    label: str
    under: tuple[str, ...] = ()
    also: tuple[str, ...] = ()
    amount: bool = False
    signed: bool = False
    replaces: tuple[str, ...] = ()
    # Set on a row that stands in the form only in place of those rows.

    @property
    def spellings(self) -> tuple[str, ...]:
        return (self.label, *self.also)


@dataclass(frozen=True, slots=True)
class Block:
    """Rows under one common header. Table two has several, the other tables one each."""

    table: str
    article: str | None
    columns: tuple[Label, ...]
    rows: tuple[Label, ...]

    def code(self, row: Label, column: Label) -> str:
        return f"{self.table}.{row.id}.{column.id}"

    def codes(self) -> tuple[str, ...]:
        return tuple(self.code(row, column) for row in self.rows for column in self.columns)


@dataclass(frozen=True, slots=True)
class Identity:
    """`left` sums to what `right` sums to, in each column of the table or along each of its rows."""

    rule: str
    table: str
    along: Literal["columns", "rows"]
    left: tuple[str, ...]
    right: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Equation:
    """One identity at one place: the codes whose sums must be equal. `at` is the row or column."""

    rule: str
    at: str
    left: tuple[str, ...]
    right: tuple[str, ...]


@dataclass(frozen=True, slots=True)
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

    def table(self, name: str) -> tuple[Block, ...]:
        return tuple(block for block in self.blocks if block.table == name)

    def codes(self) -> tuple[str, ...]:
        """Every code a reading of this form holds, rows that replace others left out."""
        return tuple(
            block.code(row, column)
            for block in self.blocks
            for row in block.rows
            if not row.replaces
            for column in block.columns
        )

    def column(self, code: str) -> Label:
        return _columns(self)[code]

    def equations(self) -> tuple[Equation, ...]:
        return tuple(
            equation
            for identity in self.identities
            for block in self.table(identity.table)
            for equation in _equations(identity, block)
        )


@cache
def form(id: str) -> Form:
    return _form(yaml.safe_load(resources.files("parsers.forms").joinpath(f"{id}.yaml").read_text("utf-8")))


def forms() -> tuple[Form, ...]:
    """Every generation that has statutory tables, newest first."""
    return tuple(form(id) for id in FORMS)


@cache
def _columns(form: Form) -> Mapping[str, Label]:
    return {
        block.code(row, column): column
        for block in form.blocks
        for row in block.rows
        for column in block.columns
    }


def _equations(identity: Identity, block: Block) -> list[Equation]:
    if identity.along == "columns":
        return [
            Equation(
                identity.rule,
                column.id,
                tuple(f"{block.table}.{row}.{column.id}" for row in identity.left),
                tuple(f"{block.table}.{row}.{column.id}" for row in identity.right),
            )
            for column in block.columns
        ]
    return [
        Equation(
            identity.rule,
            row.id,
            tuple(f"{block.table}.{row.id}.{column}" for column in identity.left),
            tuple(f"{block.table}.{row.id}.{column}" for column in identity.right),
        )
        for row in block.rows
    ]


def _form(entry: Mapping[str, Any]) -> Form:
    disclosure = [_block("disclosure", block["article"], block) for block in entry["disclosure"]]
    return Form(
        id=entry["id"],
        issued=entry["issued"],
        first_year=entry["first_year"],
        last_year=entry["last_year"],
        sections=tuple(entry["sections"]),
        note=entry["requests"]["note"],
        over=entry["requests"]["over"],
        blocks=(
            *disclosure,
            _block("requests", None, entry["requests"]),
            _block("disputes", None, entry["disputes"]),
        ),
        identities=tuple(
            Identity(i["rule"], i["table"], i["along"], tuple(i["left"]), tuple(i["right"]))
            for i in entry["identities"]
        ),
    )


def _block(table: str, article: str | None, entry: Mapping[str, Any]) -> Block:
    return Block(table, article, tuple(map(_label, entry["columns"])), tuple(map(_label, entry["rows"])))


def _label(entry: Mapping[str, Any]) -> Label:
    lists = {key: tuple(entry.get(key, ())) for key in ("under", "also", "replaces")}
    return Label(**{**entry, **lists})


FORMS = ("2021", "2019")
